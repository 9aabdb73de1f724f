"""What the chamber has said to the town, on the overview: beside whatever else is still to do."""

from __future__ import annotations

from typing import NamedTuple

from flask import url_for

from selfcheck.core.permissions import Right
from selfcheck.reporting.words import german
from selfcheck.web.layout.check_page import CheckPage


class FromChamber(NamedTuple):
    """One sentence and the way to what it is about."""

    said: str
    href: str
    way: str


def list_from_chamber(page: CheckPage, ahead: str) -> list[FromChamber]:
    """The result that was released, and what waits for an answer; without what the next step leads to already, whose
    address is `ahead`."""
    access = page.access
    asks, unanswered = len(access.chamber_asks), access.unanswered
    found = (
        (access.released, "Die IHK hat etwas für Sie freigegeben.", "reply.result", "Ergebnis der IHK ansehen"),
        (asks, _say_waiting(asks, "Rückfrage", "Rückfragen"), "reply.overview", "Rückfragen beantworten"),
        (
            unanswered,
            _say_waiting(unanswered, "Empfehlung", "Empfehlungen"),
            "reply.recommendations",
            "Empfehlungen ansehen",
        ),
    )
    if not page.may(Right.COMMENT):
        return []
    rows = [
        FromChamber(said, url_for(name, check_id=page.check.public_id), way)
        for there, said, name, way in found
        if there
    ]
    return [row for row in rows if row.href != ahead]


def _say_waiting(number: int, one: str, several: str) -> str:
    if number == 1:
        return f"Eine {one} wartet auf Ihre Antwort."
    return f"{german.in_words(number).capitalize()} {several} warten auf Ihre Antwort."
