"""The checklist: its page, who does its steps, and what is sent of them."""

from flask import Blueprint

pages = Blueprint("checklist", __name__)
