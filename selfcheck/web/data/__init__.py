"""The whole self-check as a file, and a new one from such a file."""

from flask import Blueprint

pages = Blueprint("data", __name__)
