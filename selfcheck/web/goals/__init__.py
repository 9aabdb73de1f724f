"""Development goals, those of the last audit, and projects: one page of lists."""

from flask import Blueprint

pages = Blueprint("goals", __name__)
