"""Accounts: registering, signing in, settings, the second factor."""

from flask import Blueprint

from selfcheck.web.http import headers

pages = Blueprint("accounts", __name__)
pages.before_request(headers.keep_private)
