"""Gute Beispiele: a town decides which words of its answers all towns may read."""

from flask import Blueprint

pages = Blueprint("good_examples", __name__)
