"""Which account this browser is signed in with."""

from __future__ import annotations

from datetime import timedelta

from flask import g, request, session

from selfcheck.core.permissions import ADVISOR, MEMBER, OPERATOR
from selfcheck.store.accounts import accounts, sessions
from selfcheck.store.accounts.accounts import Account, SignedIn
from selfcheck.store.accounts.sessions import SEEN_AGAIN, Found
from selfcheck.web.http import clock

KEY = "_user_id"
"""Where Flask-Login keeps what names the session in the store; most visitors have none and cost no statement."""
SINCE = "fs_paa"
"""Where Flask-Security keeps when the password was entered."""
LONGEST_DUTY = timedelta(hours=12)
"""After it advisors and operators sign in again; for everybody else `sessions` says how long."""


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
    found = _find()
    return found.account if found is not None else None


def session_id() -> int | None:
    """The session of this browser; None where nobody is signed in."""
    found = _find()
    return found.id if found is not None else None


def _find() -> Found | None:
    token = session.get(KEY)
    if not isinstance(token, str):
        return None
    if "signed_in" not in g:
        found = sessions.find(token, clock.now())
        g.signed_in = found if found is not None and not _is_over(found) else None
        if g.signed_in is not None:
            _note_visit(g.signed_in)
    known: Found | None = g.signed_in
    return known


def _is_over(found: Found) -> bool:
    return found.account.position != MEMBER and clock.now() - found.began_at > LONGEST_DUTY


def _note_visit(found: Found) -> None:
    """Once an hour."""
    if request.method == "GET" and clock.now() - found.seen_at >= SEEN_AGAIN:
        sessions.see(found.id, clock.now())


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
    return isinstance(since, int | float) and abs(clock.now().timestamp() - since) <= seconds


def note_password() -> None:
    """The password was entered again."""
    session[SINCE] = clock.now().timestamp()


def known_name() -> str | None:
    """What the head of the page calls the account; None where nobody is known to be signed in.

    Asks nothing: an error page must come out whatever happened.
    """
    found: Found | None = g.get("signed_in")
    return (found.account.name or "Konto") if found else None


def known_to_advise() -> bool:
    """Whether whoever is known to be signed in is an advisor who may go to their pages; asks nothing either."""
    return _known_as(ADVISOR)


def known_to_operate() -> bool:
    """The same of somebody who runs the server."""
    return _known_as(OPERATOR)


def _known_as(position: str) -> bool:
    found: Found | None = g.get("signed_in")
    return found is not None and found.account.position == position and not found.account.lacks_second_factor
