"""A link to a report that was just made: shown on the next page and never again, with a letter ready to be sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import request, session, url_for

from selfcheck.reporting import german
from selfcheck.store.shares import ShareSummary
from selfcheck.web import clock
from selfcheck.web.check_page import CheckPage

KEY = "shown_once"


@dataclass(frozen=True, slots=True)
class NewLink:
    url: str
    subject: str
    letter: str


def keep(public_id: str, token: str) -> None:
    """Hands the link of this share over to the next page, in the cookie of whoever made it."""
    session[KEY] = [public_id, token]


def take(page: CheckPage, shares: Iterable[ShareSummary]) -> NewLink | None:
    """The link kept for the share that the address names as new; None the second time."""
    wanted, kept = request.args.get("neu"), session.get(KEY)
    if not wanted or not isinstance(kept, list) or len(kept) != 2 or kept[0] != wanted:
        return None
    session.pop(KEY)
    share = next((share for share in shares if share.public_id == wanted), None)
    return None if share is None else _write(page, share, str(kept[1]))


def _write(page: CheckPage, share: ShareSummary, token: str) -> NewLink:
    check = page.check
    url = url_for("share.entry", token=token, _external=True)
    until = f"Der Link gilt bis zum {german.day(share.ends_on)}. " if share.ends_on else ""
    sender = "\n".join(part for part in (check.contact.name, check.contact.office, check.municipality) if part)
    letter = (
        "Guten Tag,\n\n"
        f"wir bereiten uns mit dem Selbstcheck auf das Audit „{page.questionnaire.title}“ vor. "
        f"Hier ist unser Bericht, Stand vom {german.day(clock.local(share.frozen_at).date())}:\n\n"
        f"{url}\n\n"
        f"{until}Zum Lesen wählen Sie „Öffnen“; ein Konto brauchen Sie nicht. "
        "Das Ergebnis ist eine Schätzung, keine Zusage.\n\n"
        f"Mit freundlichen Grüßen\n{sender}"
    )
    return NewLink(url, f"Selbstcheck {check.municipality}: Bericht", letter)
