"""The visitor's cookie: it names grants, it is never authority itself (the database decides on every request)."""

from __future__ import annotations

from flask import session

MOST_GRANTS = 20
KEY = "grants"


def grants() -> tuple[str, ...]:
    """The secrets of the grants that this browser holds, newest last."""
    stored = session.get(KEY, [])
    return tuple(secret for secret in stored if isinstance(secret, str)) if isinstance(stored, list) else ()


def add_grant(secret: str) -> None:
    """Keeps `secret`; beyond twenty the oldest is let go (its link still opens the self-check again)."""
    kept = [other for other in grants() if other != secret]
    session[KEY] = [*kept, secret][-MOST_GRANTS:]
    session.permanent = True


def drop_grant(secret: str) -> None:
    session[KEY] = [other for other in grants() if other != secret]
