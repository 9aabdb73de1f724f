"""The estimate as a page, and what it would be if."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("results", __name__)
