"""Answering: the pages of the criteria, their cards, what colleagues say about a question, news."""

from flask import Blueprint

pages = Blueprint("questions", __name__)
