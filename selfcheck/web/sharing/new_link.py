"""A link to a report that was just made: shown on the next page and never again, with a letter ready to be sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import request, url_for

from selfcheck.reporting.letters.letters import Writer, report_letter
from selfcheck.store.sharing.shares import ShareSummary
from selfcheck.web.http import clock, shown_once
from selfcheck.web.layout.check_page import CheckPage

KEY = "shown_once"


@dataclass(frozen=True, slots=True)
class NewLink:
    url: str
    subject: str
    letter: str


def keep(public_id: str, token: str) -> None:
    """Hands the link of this share over to the next page."""
    shown_once.keep(KEY, public_id, token)


def take(page: CheckPage, shares: Iterable[ShareSummary]) -> NewLink | None:
    """The link kept for the share that the address names as new; None the second time."""
    wanted = request.args.get("neu")
    share = next((share for share in shares if share.public_id == wanted), None)
    token = shown_once.take(KEY, wanted) if share is not None else None
    return None if share is None or token is None else _write(page, share, token)


def _write(page: CheckPage, share: ShareSummary, token: str) -> NewLink:
    check = page.check
    url = url_for("sharing.entry", token=token, _external=True)
    sender = "\n".join(part for part in (check.contact.name, check.contact.office, check.municipality) if part)
    frozen_on = clock.local(share.frozen_at).date()
    writer = Writer(check.municipality, page.questionnaire.title, sender)
    return NewLink(url, *report_letter(writer, frozen_on, share.ends_on, url))
