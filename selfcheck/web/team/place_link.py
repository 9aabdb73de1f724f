"""A link to a place that was just made: shown on the next page and never again, with a letter ready to be sent."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from selfcheck.core.permissions import Role
from selfcheck.reporting.letters.letters import Writer, colleague_letter, office_letter
from selfcheck.store.team.places import Place
from selfcheck.web.http import shown_once
from selfcheck.web.layout.check_page import CheckPage

KEY = "place_link"


@dataclass(frozen=True, slots=True)
class PlaceLink:
    url: str
    subject: str
    letter: str


def keep(public_id: str, token: str) -> None:
    """Hands the link of this place over to the next page."""
    shown_once.keep(KEY, public_id, token)


def take(page: CheckPage, place: Place) -> PlaceLink | None:
    """The link kept for this place; None the second time."""
    token = shown_once.take(KEY, place.public_id)
    if token is None:
        return None
    url = url_for("entry.entry", token=token, _external=True)
    return PlaceLink(url, *_write(page, place, url))


def _write(page: CheckPage, place: Place, url: str) -> tuple[str, str]:
    check = page.check
    sender = "\n".join(part for part in (check.contact.name or page.access.name, check.contact.office) if part)
    signed = f"{sender}\n{check.municipality}" if sender else ""
    writer = Writer(check.municipality, page.questionnaire.title, signed)
    if place.role is Role.OFFICE:
        return office_letter(writer, place.label, len(place.questions), place.due_on, url)
    return colleague_letter(writer, url, place.ends_on)
