"""A link to a place that was just made: shown on the next page and never again, with a letter ready to be sent."""

from __future__ import annotations

from flask import url_for

from selfcheck.core.permissions import Role
from selfcheck.reporting.letters.letters import Writer, colleague_letter, office_letter
from selfcheck.store.team.places import Place
from selfcheck.web.http.browser import shown_once
from selfcheck.web.http.browser.shown_once import NewLink
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.team.asked import describe_asked

KEY = "place_link"


def take(page: CheckPage, place: Place) -> NewLink | None:
    """The link kept under `KEY` for this place; None the second time."""
    token = shown_once.take(KEY, place.public_id)
    return None if token is None else write(page, place, token)


def write(page: CheckPage, place: Place, token: str) -> NewLink:
    """A link to a place, with the letter that goes with it by hand."""
    check = page.check
    url = url_for("entry.entry", token=token, _external=True)
    contact = check.contact
    sender = [part for part in (contact.name or page.access.name, contact.office, contact.phone) if part]
    signed = "\n".join([*sender, check.municipality]) if sender else ""
    writer = Writer(check.municipality, page.questionnaire.title, signed, contact.phone, contact.mail)
    if place.role is Role.OFFICE:
        asked = describe_asked(page, place.label, place.questions)
        return NewLink(url, *office_letter(writer, asked, place.due_on, url))
    return NewLink(url, *colleague_letter(writer, url, place.ends_on))
