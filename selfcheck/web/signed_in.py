"""Which account this browser is signed in with."""

from __future__ import annotations

from flask import g, session

from selfcheck.store import accounts
from selfcheck.store.accounts import SignedIn

KEY = "_user_id"
"""Where Flask-Login keeps the account's `fs_uniquifier`; most visitors have none and cost no statement."""


def account() -> SignedIn | None:
    """The account that is signed in: asked once per request. None for everybody else."""
    mark = session.get(KEY)
    if not isinstance(mark, str):
        return None
    if "signed_in" not in g:
        g.signed_in = accounts.find_signed_in(mark)
    found: SignedIn | None = g.signed_in
    return found


def account_id() -> int | None:
    found = account()
    return found.id if found else None
