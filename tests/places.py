"""Places and accounts, put there past the pages."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from sqlalchemy import Connection, insert

from selfcheck.core.permissions import Role
from selfcheck.store.access import links
from selfcheck.store.accounts import sessions
from selfcheck.store.database import tables


def add_place(
    connection: Connection,
    check: int,
    role: Role,
    label: str,
    now: datetime,
    *,
    ends_on: date | None = None,
    question: str = "",
) -> int:
    """A place, for an office with one question; returns its id."""
    place_id = links.add_place(connection, check, role, label, now, ends_on)
    if question:
        row = {"check_id": check, "place_id": place_id, "question": question, "created_at": now}
        connection.execute(insert(tables.Assignment).values(row))
    return place_id


def add_account(connection: Connection, mail: str, now: datetime, position: str = "member") -> tuple[int, str]:
    """A confirmed account without a password; its id and what the cookie of a browser holds that is signed in with it.

    Operators and advisors have their second factor, without which they get nowhere.
    """
    mark = secrets.token_hex(16)
    row = {
        "email": mail,
        "name": mail.partition("@")[0].title(),
        "position": position,
        "active": True,
        "fs_uniquifier": mark,
        "confirmed_at": now,
        "created_at": now,
        "last_seen_at": now,
    }
    if position != "member":
        row |= {"tf_primary_method": "authenticator", "tf_totp_secret": "not used here"}
    account = int(connection.execute(insert(tables.Account).values(row).returning(tables.Account.id)).scalar_one())
    token = sessions.begin(mark, "Testbrowser", now)
    assert token is not None
    return account, token
