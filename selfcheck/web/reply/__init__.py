"""Rückfragen der IHK: what the chamber asks about a report that was shared with it, and what the town answers."""

from flask import Blueprint

pages = Blueprint("reply", __name__)
