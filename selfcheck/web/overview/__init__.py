"""The first page of one self-check: where it stands, what is said about the town, leaving and deleting it."""

from flask import Blueprint

pages = Blueprint("overview", __name__)
