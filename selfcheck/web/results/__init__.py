"""The estimate as a page, and what it would be if."""

from flask import Blueprint

pages = Blueprint("results", __name__)
