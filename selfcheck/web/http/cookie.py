"""The visitor's cookie: it names grants, it is never authority itself (the database decides on every request)."""

from __future__ import annotations

from datetime import date

from flask import session

MOST_GRANTS = 20
KEY = "grants"
RENEWED = "renewed"


def grants() -> tuple[str, ...]:
    """The secrets of the grants that this browser holds, newest last."""
    stored = session.get(KEY, [])
    return tuple(secret for secret in stored if isinstance(secret, str)) if isinstance(stored, list) else ()


def add_grant(secret: str) -> None:
    """Keeps `secret`; beyond twenty the oldest is let go (its link still opens the self-check again)."""
    kept = [other for other in grants() if other != secret]
    session[KEY] = [*kept, secret][-MOST_GRANTS:]
    session.permanent = True


def renew(today: date) -> None:
    """Keeps the cookie alive: written again on the first page of a day."""
    if session.get(RENEWED) != today.isoformat():
        session[RENEWED] = today.isoformat()


def drop_grant(secret: str) -> None:
    session[KEY] = [other for other in grants() if other != secret]
