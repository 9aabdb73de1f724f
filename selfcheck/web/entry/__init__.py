"""The ways in: begin a self-check, open a link, say which municipality it is."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("entry", __name__)
