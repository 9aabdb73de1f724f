"""What a town says to its chamber: answers to Rückfragen and recommendations."""

from flask import Blueprint

pages = Blueprint("reply", __name__)
