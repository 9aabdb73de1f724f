"""A page that refuses what was sent says so in its title, first of all: that is what a screen reader reads out when the
page has come, and what a tab shows."""

from __future__ import annotations

from flask import Flask, Response

REFUSED = frozenset({409, 422})
TITLE = b"<title>"
FAULTY = TITLE + b"Fehler: "


def register(app: Flask) -> None:
    """Whatever refuses a form, and whichever template it draws, no page has to think of it."""
    app.after_request(_say_fault)


def _say_fault(response: Response) -> Response:
    if response.status_code in REFUSED and response.mimetype == "text/html":
        response.set_data(response.get_data().replace(TITLE, FAULTY, 1))
    return response
