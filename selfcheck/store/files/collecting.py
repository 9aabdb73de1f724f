"""Bytes that no self-check names any more go; never what an upload is about to name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from selfcheck.store.database import tables
from selfcheck.store.database.times import RESTORABLE
from selfcheck.store.database.transactions import writing
from selfcheck.store.files.depot import Depot, hold_turn, open_depot

LONGEST_UPLOAD = timedelta(days=1)
AT_ONCE = 500
"""Names that one statement asks for."""


def collect(now: datetime) -> int:
    """Takes away what nobody names, and says how many that were.

    Only what has lain there for 30 days: a database that was brought back from a copy may name what the one before it
    did not. What is taken out for good does not wait for that.
    """
    depot = open_depot()
    with writing() as connection:
        hold_turn(connection)
        names = list_unnamed(connection, depot, now)
        for name in names:
            depot.drop(name)
    depot.sweep_incoming((now - LONGEST_UPLOAD).timestamp())
    return len(names)


def list_unnamed(connection: Connection, depot: Depot, now: datetime) -> list[str]:
    """What `collect` would take away."""
    before = (now - RESTORABLE).timestamp()
    return _without_named(connection, [name for name, came in depot.list_names() if came < before])


def drop_unnamed(names: Iterable[str]) -> None:
    """Takes the bytes of those away that nobody names any more, however long they have lain there."""
    depot = open_depot()
    with writing() as connection:
        hold_turn(connection)
        for name in _without_named(connection, list(dict.fromkeys(names))):
            depot.drop(name)


def _without_named(connection: Connection, names: list[str]) -> list[str]:
    named: set[str | None] = set()
    for start in range(0, len(names), AT_ONCE):
        listed = tables.PieceFile.sha256.in_(names[start : start + AT_ONCE])
        named |= set(connection.execute(select(tables.PieceFile.sha256).where(listed)).scalars())
    return [name for name in names if name not in named]
