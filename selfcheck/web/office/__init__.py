"""What an office sees, on the screen and on paper, and nothing else."""

from flask import Blueprint

pages = Blueprint("office", __name__)
