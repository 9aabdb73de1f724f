"""A new self-check from an old one, and an old one on a newer version: what would happen, before it does."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("renewal", __name__)
