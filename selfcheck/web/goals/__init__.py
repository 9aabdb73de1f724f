"""Development goals, those of the last audit, and projects: one page of lists."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("goals", __name__)
