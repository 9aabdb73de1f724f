"""A link to a report that was just made: shown on the next page and never again, with a letter ready to be sent."""

from __future__ import annotations

from collections.abc import Iterable

from flask import request, url_for

from selfcheck.reporting.letters.letters import Writer, report_letter
from selfcheck.store.sharing.shares import ShareSummary
from selfcheck.web.http import clock, shown_once
from selfcheck.web.http.shown_once import NewLink
from selfcheck.web.layout.check_page import CheckPage

KEY = "shown_once"


def take(page: CheckPage, shares: Iterable[ShareSummary]) -> NewLink | None:
    """The link kept under `KEY` for the share that the address names as new; None the second time."""
    name, check = request.args.get("neu"), page.check
    share = next((share for share in shares if share.public_id == name), None)
    token = shown_once.take(KEY, name) if share is not None else None
    if share is None or token is None:
        return None
    url = url_for("sharing.entry", token=token, _external=True)
    sender = "\n".join(part for part in (check.contact.name, check.contact.office, check.municipality) if part)
    frozen_on = clock.local(share.frozen_at).date()
    writer = Writer(check.municipality, page.questionnaire.title, sender)
    return NewLink(url, *report_letter(writer, frozen_on, share.ends_on, url))
