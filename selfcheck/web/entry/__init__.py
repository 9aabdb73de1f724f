"""The ways in: begin a self-check, open a link, say which municipality it is."""

from flask import Blueprint

pages = Blueprint("entry", __name__)
