"""Fragen (Excel): questions go out as a file, are filled in offline, and are looked at before anything changes."""

from flask import Blueprint

pages = Blueprint("offline", __name__)
