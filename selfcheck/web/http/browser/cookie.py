"""The visitor's cookie: it names grants, it is never authority itself (the database decides on every request)."""

from __future__ import annotations

from datetime import date

from flask import session

from selfcheck.store.access.grants import find_dispensable
from selfcheck.store.database.tokens import MOST_SECRETS
from selfcheck.web.http import clock
from selfcheck.web.http.errors import Page, Unclear

NEARLY = 5
"""Before it is full, pages say so."""
KEY = "grants"
RENEWED = "renewed"


def grants() -> tuple[str, ...]:
    """The secrets of the grants that this browser holds, newest last."""
    stored = session.get(KEY, [])
    return tuple(secret for secret in stored if isinstance(secret, str)) if isinstance(stored, list) else ()


def make_room() -> None:
    """Lets go what can be dispensed with where the cookie is full: before anything is made that has to fit in.

    Raises `Unclear` where all that it holds is needed.
    """
    kept = list(grants())
    while len(kept) >= MOST_SECRETS:
        dispensable = find_dispensable(kept, clock.now())
        if dispensable is None:
            raise Unclear(_say_full())
        kept.remove(dispensable)
        session[KEY] = kept


def add_grant(secret: str) -> None:
    """Keeps `secret`. Raises `Unclear` where there is no room: see `make_room`."""
    if secret not in grants():
        make_room()
    session[KEY] = [*(other for other in grants() if other != secret), secret]
    session.permanent = True


def nearly_full() -> tuple[int, int] | None:
    """How many grants this browser holds, and how many it can hold, where that is nearly as many."""
    held = len(grants())
    return (held, MOST_SECRETS) if held >= MOST_SECRETS - NEARLY else None


def renew(today: date) -> None:
    """Keeps the cookie alive: written again on the first page of a day."""
    if session.get(RENEWED) != today.isoformat():
        session[RENEWED] = today.isoformat()


def drop_grant(secret: str) -> None:
    session[KEY] = [other for other in grants() if other != secret]


def _say_full() -> Page:
    return Page(
        "Mehr kann sich dieser Browser nicht merken",
        f"Er öffnet schon {MOST_SECRETS} Selbstchecks ohne Konto. Damit keiner davon verloren geht, wurde nichts Neues "
        "angelegt oder geöffnet.",
        "Legen Sie ein Konto an und übernehmen Sie Ihre Selbstchecks dorthin, oder melden Sie sich von einem "
        "Selbstcheck ab, dessen persönlichen Link Sie haben.",
    )
