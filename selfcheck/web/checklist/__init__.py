"""The checklist: its page, and its steps drawn by the day or by who does them."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("checklist", __name__)
