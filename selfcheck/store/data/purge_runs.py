"""Runs of the purge: refused under a clock that nobody should trust, kept as a proof that deadlines were kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, delete, func, insert, select

from selfcheck.store.data.purge import Purged, purge
from selfcheck.store.database import tables
from selfcheck.store.database.damage import DamagedRow
from selfcheck.store.database.times import UtcDateTime
from selfcheck.store.database.transactions import db, reading, writing

LONGEST_SILENCE = timedelta(days=30)
"""Between the newest row and now; every run leaves a row itself, so a server with a daily run is never silent."""
LARGEST_LEAD = timedelta(days=1)
RUNS_KEPT = timedelta(days=3 * 365)
WRITTEN = ("at", "changed_at", "created_at", "issued_at", "last_seen_at", "last_used_at", "seen_at")
"""Columns that say when something was written; others may lie ahead, or are typed."""


class OddClock(Exception):
    """What is stored does not fit the clock of this machine; `newest` is when the newest row was written."""

    def __init__(self, newest: datetime) -> None:
        super().__init__(newest)
        self.newest = newest


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the past, and how many of each kind went, by the names of `Purged`."""

    at: datetime
    gone: object


def check_clock(now: datetime) -> None:
    """Raises `OddClock` where the newest row lies more than 30 days back, or ahead of `now`."""
    newest = max(_newest_rows(reading()), default=now)
    if not -LARGEST_LEAD <= now - newest <= LONGEST_SILENCE:
        raise OddClock(newest)


def run_purge(now: datetime, *, sure: bool = False) -> Purged:
    """Purges, and notes that it did. Raises `OddClock`, unless somebody is `sure` that the clock is right."""
    if not sure:
        check_clock(now)
    purged = purge(now)
    with writing() as connection:
        connection.execute(delete(tables.PurgeRun).where(tables.PurgeRun.at < now - RUNS_KEPT))
        connection.execute(insert(tables.PurgeRun).values(at=now, gone=asdict(purged)))
    return purged


def list_runs(limit: int) -> Sequence[Run]:
    """The latest runs, newest first."""
    latest = select(tables.PurgeRun.at, tables.PurgeRun.gone).order_by(tables.PurgeRun.at.desc()).limit(limit)
    return [Run(at, gone) for at, gone in reading().execute(latest)]


def _newest_rows(connection: Connection) -> Iterator[datetime]:
    """The newest point in time of each column that has one; what cannot be read is passed over."""
    for column in _written():
        try:
            newest = connection.execute(select(func.max(column))).scalar()
        except DamagedRow:
            continue
        if newest is not None:
            yield newest


def _written() -> Iterator[Column[datetime]]:
    for table in db.metadata.sorted_tables:
        yield from (each for each in table.columns if each.name in WRITTEN and isinstance(each.type, UtcDateTime))
