"""The checklist: its page, and its steps drawn by the day or by who does them."""

from flask import Blueprint

pages = Blueprint("checklist", __name__)
