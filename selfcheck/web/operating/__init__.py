"""The operator's pages. They show no answers."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("operating", __name__)
