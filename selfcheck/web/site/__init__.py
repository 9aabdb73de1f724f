"""Pages without a self-check: the start page, the questions, help, the legal texts, the sample report."""

from flask import Blueprint

pages = Blueprint("site", __name__)
