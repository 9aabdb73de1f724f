"""Counting attempts in the database, so that a limit holds across processes."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, func, insert, select

from selfcheck.store.database import tables
from selfcheck.store.database.times import CLOCKS_APART
from selfcheck.store.database.tokens import hash_personal
from selfcheck.store.database.transactions import take_turn, writing


def throttle(kind: str, key: str, limit: int, window: int, now: datetime) -> bool:
    """Counts an attempt of `kind` by `key` (stored as a keyed hash) and says whether it may go on.

    False once `limit` attempts lie within the last `window` seconds; a refused attempt does not count, nor does one
    from the future: some clock was wrong when it was made.
    """
    hashed = hash_personal(f"{kind}\n{key}", current_app.config.get("SECRET_KEY") or b"")
    mine = (tables.Attempt.kind == kind, tables.Attempt.key == hashed)
    since = now - timedelta(seconds=window)
    with writing() as connection:
        take_turn(connection, hashed)
        connection.execute(delete(tables.Attempt).where(*mine, tables.Attempt.at <= since))
        ahead = now + CLOCKS_APART
        counted = connection.execute(select(func.count()).where(*mine, tables.Attempt.at <= ahead)).scalar_one()
        if counted < limit:
            connection.execute(insert(tables.Attempt).values(kind=kind, key=hashed, at=now))
        return bool(counted < limit)
