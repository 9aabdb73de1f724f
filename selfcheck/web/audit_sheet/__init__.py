"""The chamber's Prüfbogen laid beside our questions: what somebody read there, question by question."""

from flask import Blueprint

pages = Blueprint("audit_sheet", __name__)
