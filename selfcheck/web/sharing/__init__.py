"""A Stand is frozen, gets a link, and is read as a report."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("sharing", __name__)
