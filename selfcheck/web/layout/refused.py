"""The status of a page with a form: refused forms are 422."""

from __future__ import annotations

from flask import request
from flask_wtf import FlaskForm


def status_of(form: FlaskForm) -> int:
    return 422 if request.method == "POST" and form.errors else 200


def list_errors(form: FlaskForm) -> list[tuple[str, str]]:
    """What is wrong, for the summary: the id of each field with its message."""
    return [(field.id, str(field.errors[0])) for field in form if field.errors]
