"""A link to a report that was just made: shown on the next page and never again, with a letter ready to be sent."""

from __future__ import annotations

from collections.abc import Iterable

from flask import request, url_for

from selfcheck.reporting.letters.letters import report_letter
from selfcheck.reporting.words import german
from selfcheck.store.sharing.shares import ShareSummary
from selfcheck.web.http import clock
from selfcheck.web.http.browser import shown_once
from selfcheck.web.http.browser.shown_once import NewLink
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.sharing.writer import writer_of

KEY = "shown_once"


def take(page: CheckPage, shares: Iterable[ShareSummary]) -> NewLink | None:
    """The link kept under `KEY` for the share that the address names as new; None the second time."""
    name = request.args.get("neu")
    share = next((share for share in shares if share.public_id == name), None)
    token = shown_once.take(KEY, name) if share is not None else None
    if share is None or token is None:
        return None
    url = url_for("sharing.entry", token=token, _external=True)
    stand = german.stand(share.number, clock.local(share.frozen_at))
    return NewLink(url, *report_letter(writer_of(page), stand, share.ends_on, url))
