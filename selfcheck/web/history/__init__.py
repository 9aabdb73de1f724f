"""What happened in a self-check: its changes, its Stände, comparing, taking back, taking out."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("history", __name__)
