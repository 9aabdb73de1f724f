"""When anything last happened here: a clock that is far ahead of that may be wrong, and nothing is removed by it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, union_all

from selfcheck.store.database import tables
from selfcheck.store.database.transactions import reading, writing

LONGEST_SILENCE = timedelta(days=30)
PURGED = "purged"
"""The kind of attempt that says when old data was removed last; there is one row of it."""
TRACES = (
    tables.Change.at,
    tables.SelfCheck.changed_at,
    tables.Grant.last_seen_at,
    tables.Account.last_seen_at,
    tables.AccountSession.seen_at,
    tables.ShareRead.at,
    tables.Attempt.at,
)


def find_silence(now: datetime) -> datetime | None:
    """The newest trace of anybody, or of the last removal, where it is strangely long ago; None where all is well."""
    newest = union_all(*(select(func.max(trace).label("at")) for trace in TRACES)).subquery()
    found = reading().execute(select(func.max(newest.c.at))).scalar()
    return found if found is not None and now - found > LONGEST_SILENCE else None


def note_removal(now: datetime) -> None:
    """Removing every day shows that the clock has gone on day by day, however quiet it is here."""
    with writing() as connection:
        connection.execute(delete(tables.Attempt).where(tables.Attempt.kind == PURGED))
        connection.execute(insert(tables.Attempt).values(kind=PURGED, key="", at=now))
