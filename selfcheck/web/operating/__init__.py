"""The operator's pages. They show no answers."""

from flask import Blueprint

pages = Blueprint("operating", __name__)
