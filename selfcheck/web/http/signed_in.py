"""Which account this browser is signed in with."""

from __future__ import annotations

from flask import g, session

from selfcheck.store.accounts import accounts
from selfcheck.store.accounts.accounts import MEMBER, Account, SignedIn
from selfcheck.web.http import clock

KEY = "_user_id"
"""Where Flask-Login keeps the account's `fs_uniquifier`; most visitors have none and cost no statement."""
SINCE = "fs_paa"
"""Where Flask-Security keeps when the password was entered."""
LONGEST_DUTY = 12 * 3600
"""Seconds after which advisors and operators sign in again; everybody else's session ends with the cookie."""


class NotSignedIn(Exception):
    """Somebody has to sign in first; they come back afterwards."""


def account() -> SignedIn | None:
    """The account that is signed in: asked once per request. None for everybody else.

    That includes advisors and operators who have not set up their second factor yet.
    """
    found = even_unfinished()
    return None if found is None or found.lacks_second_factor else found


def even_unfinished() -> SignedIn | None:
    """The same, but also whoever still has to set up a second factor: for the pages that do that."""
    mark = session.get(KEY)
    if not isinstance(mark, str):
        return None
    if "signed_in" not in g:
        found = accounts.find_signed_in(mark)
        on_duty = found is not None and found.position != MEMBER and SINCE in session
        g.signed_in = None if on_duty and not entered_password_within(LONGEST_DUTY) else found
    known: SignedIn | None = g.signed_in
    return known


def forget() -> None:
    """Somebody else may be signed in from here on: the next one who asks, asks the database."""
    g.pop("signed_in", None)


def current() -> Account:
    """The whole account that is signed in, for the pages about it. Raises `NotSignedIn`."""
    found = even_unfinished()
    account = accounts.find_by_id(found.id) if found is not None else None
    if account is None:
        raise NotSignedIn
    return account


def account_id() -> int | None:
    found = account()
    return found.id if found else None


def entered_password_within(seconds: int) -> bool:
    """Whether whoever sits here has entered the password as lately as that."""
    since = session.get(SINCE)
    return isinstance(since, int | float) and clock.now().timestamp() - since <= seconds


def note_password() -> None:
    """The password was entered again."""
    session[SINCE] = clock.now().timestamp()


def known_name() -> str | None:
    """What the head of the page calls the account; None where nobody is known to be signed in.

    Asks nothing: an error page must come out whatever happened.
    """
    found: SignedIn | None = g.get("signed_in")
    return (found.name or "Konto") if found else None
