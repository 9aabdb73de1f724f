"""Documents: the list of them, each made of a frozen Stand, and the same report for readers of a link."""

from flask import Blueprint

pages = Blueprint("documents", __name__)
