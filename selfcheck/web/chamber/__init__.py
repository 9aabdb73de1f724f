"""Beratung: what advisors of a chamber see of the reports that were shared with it, and do with them."""

from flask import Blueprint

pages = Blueprint("chamber", __name__)
