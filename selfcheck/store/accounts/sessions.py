"""Browsers that are signed in: a row each, which signing out takes away.

The cookie holds a random text, the row its hash. It also holds the mark that the account had when it began: whatever
gives the account a new one (password, address, second factor, position, „everywhere“) ends all of them by that alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, insert, or_, select, update

from selfcheck.store.accounts.accounts import SignedIn
from selfcheck.store.database import tables
from selfcheck.store.database.limits import NAME
from selfcheck.store.database.rows import read_row
from selfcheck.store.database.tokens import hash_token, new_token
from selfcheck.store.database.transactions import note, reading, writing

UNUSED = timedelta(days=90)
"""After so long without a visit a session is over."""
LONGEST = timedelta(days=180)
"""After so long it is over in any case."""
SEEN_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in, as its owner reads of it; `browser` in words."""

    id: int
    browser: str
    began_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """The session of a cookie, and whose it is."""

    id: int
    began_at: datetime
    seen_at: datetime
    account: SignedIn


def _in_force() -> ColumnElement[bool]:
    """Whether the account still has the mark with which a session began."""
    return and_(
        tables.AccountSession.mark == tables.Account.fs_uniquifier,
        tables.Account.active,
        tables.Account.deleted_at.is_(None),
    )


_FIND = (
    select(
        tables.AccountSession.id.label("session_id"),
        tables.AccountSession.began_at,
        tables.AccountSession.seen_at,
        tables.Account.id,
        tables.Account.email.label("mail"),
        tables.Account.name,
        tables.Account.position,
        tables.Account.confirmed_at.is_not(None).label("confirmed"),
        tables.Account.tf_totp_secret.is_not(None).label("second_factor"),
        tables.Account.chamber,
    )
    .join(tables.Account, tables.Account.id == tables.AccountSession.account_id)
    .where(
        tables.AccountSession.hash == bindparam("hash"),
        tables.AccountSession.began_at > bindparam("oldest"),
        tables.AccountSession.seen_at > bindparam("unused"),
        _in_force(),
    )
)
"""Built once: every page of somebody signed in asks it."""


def find(token: str, now: datetime) -> Found | None:
    """The session in force that a cookie names: one statement."""
    values = {"hash": hash_token(token), "oldest": now - LONGEST, "unused": now - UNUSED}
    row = reading().execute(_FIND, values).first()
    if row is None:
        return None
    return Found(row.session_id, row.began_at, row.seen_at, read_row(SignedIn, row))


def begin(mark: str, browser: str, now: datetime) -> str | None:
    """A new session of the account with this mark; returns what goes into the cookie. None: no such account."""
    token = new_token()
    account = select(tables.Account.id).where(tables.Account.fs_uniquifier == mark[:64])
    with writing() as connection:
        account_id = connection.execute(account).scalar()
        if account_id is None:
            return None
        row = {
            "account_id": account_id,
            "hash": hash_token(token),
            "mark": mark[:64],
            "browser": browser[:NAME],
            "began_at": now,
            "seen_at": now,
        }
        connection.execute(insert(tables.AccountSession).values(row))
    return token


def see(session_id: int, now: datetime) -> None:
    """Notes that somebody was there; where that takes too long it is noted another time."""
    mine = update(tables.AccountSession).where(tables.AccountSession.id == session_id)
    note(lambda connection: connection.execute(mine.values(seen_at=now)))


def of_account(account_id: int, now: datetime) -> list[Session]:
    """Every session of an account that is in force, last seen first."""
    columns = (tables.AccountSession.id, tables.AccountSession.browser)
    times = (tables.AccountSession.began_at, tables.AccountSession.seen_at)
    mine = select(*columns, *times).join(tables.Account, tables.Account.id == tables.AccountSession.account_id)
    found = mine.where(tables.Account.id == account_id, _in_force(), ~_over(now))
    newest = (tables.AccountSession.seen_at.desc(), tables.AccountSession.id.desc())
    return [read_row(Session, row) for row in reading().execute(found.order_by(*newest))]


def end(token: str) -> None:
    """Ends the session of this cookie, whoever holds a copy of it."""
    with writing() as connection:
        connection.execute(delete(tables.AccountSession).where(tables.AccountSession.hash == hash_token(token)))


def end_one(account_id: int, session_id: int) -> bool:
    """Ends a session of an account. False where it has no such one."""
    mine = (tables.AccountSession.account_id == account_id, tables.AccountSession.id == session_id)
    with writing() as connection:
        return connection.execute(delete(tables.AccountSession).where(*mine)).rowcount == 1


def forget(connection: Connection, now: datetime) -> int:
    """Removes sessions that are over, by their time or because the account has another mark; returns how many."""
    marks = select(tables.Account.fs_uniquifier)
    gone = or_(_over(now), tables.AccountSession.mark.not_in(marks))
    return connection.execute(delete(tables.AccountSession).where(gone)).rowcount


def _over(now: datetime) -> ColumnElement[bool]:
    return or_(tables.AccountSession.began_at <= now - LONGEST, tables.AccountSession.seen_at <= now - UNUSED)
