"""A Stand is frozen, gets a link, and is read as a report."""

from flask import Blueprint

pages = Blueprint("sharing", __name__)
