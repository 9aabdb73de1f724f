"""What the chamber asks, recommends and has decided, and what the town answers to it."""

from flask import Blueprint

pages = Blueprint("reply", __name__)
