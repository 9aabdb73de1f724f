"""Browsers in which somebody got into an account before. Strangers try passwords without their mark, so that whatever
they use up is none of the owner's.
"""

from __future__ import annotations

import secrets

from flask import current_app, session

from selfcheck.store.database.tokens import hash_personal

KEY = "known"
MOST = 5
LETTERS = 16


def remember(mail: str) -> None:
    """Whoever sits here got into the account of this address, or read its mail; signing out leaves that."""
    marks = _marks()
    mark = marks.pop(_name(mail), None) or secrets.token_hex(LETTERS // 2)
    session[KEY] = dict([*marks.items(), (_name(mail), mark)][-MOST:])
    session.permanent = True


def find(mail: str) -> str | None:
    """What tells this browser from others that know the account; None where it never got in."""
    return _marks().get(_name(mail))


def _marks() -> dict[str, str]:
    stored = session.get(KEY)
    return {str(name): str(mark) for name, mark in stored.items()} if isinstance(stored, dict) else {}


def _name(mail: str) -> str:
    return hash_personal(f"known browser\n{mail}", current_app.config["SECRET_KEY"])[:LETTERS]
