"""Evidence: the register, the page of one piece, and its line on the card of a question."""

from flask import Blueprint

pages = Blueprint("evidence", __name__)
