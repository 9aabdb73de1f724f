"""What is done again and again: by one process at a time, and when it last was. Safe under a clock that is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from selfcheck.store.database import tables
from selfcheck.store.database.rows import field_names
from selfcheck.store.database.times import CLOCKS_APART
from selfcheck.store.database.transactions import insert_new, reading, writing

TURN, MAILS, REMINDERS, PURGE = "turn", "mails", "reminders", "purge"
"""The jobs by their names; `TURN` is all of them, one after the other."""
LEASE = timedelta(minutes=15)
"""For so long nobody else takes what a process has taken and may have died with."""


@dataclass(frozen=True, slots=True)
class Run:
    """How a job stands: `ran_at`, when it was last done to the end, with `done` pieces; `failed_at`, when it last was
    not."""

    name: str
    ran_at: datetime | None
    failed_at: datetime | None
    done: int

    @property
    def failed(self) -> bool:
        """Whether it went wrong the last time."""
        return self.failed_at is not None and (self.ran_at is None or self.ran_at < self.failed_at)


def take(name: str, holder: str, now: datetime) -> bool:
    """Whether `holder` has the job to itself from now on, until it gives it back or its lease ends. A lease that ends
    later than any can was written under a wrong clock, and binds nobody."""
    free = or_(
        tables.Job.held_until.is_(None),
        tables.Job.held_until <= now,
        tables.Job.held_until > now + LEASE + CLOCKS_APART,
    )
    with writing() as connection:
        insert_new(connection, tables.Job, [{"name": name, "holder": "", "done": 0}])
        taken = update(tables.Job).where(tables.Job.name == name, free)
        return bool(connection.execute(taken.values(holder=holder, held_until=now + LEASE)).rowcount)


def give_back(name: str, holder: str, now: datetime) -> None:
    """The job is done for this time; nothing happens where another process has taken it over."""
    mine = (tables.Job.name == name, tables.Job.holder == holder)
    with writing() as connection:
        connection.execute(update(tables.Job).where(*mine).values(holder="", held_until=None, ran_at=now))


def note_done(name: str, done: int, now: datetime) -> None:
    """A job was done to the end."""
    _note(name, {"ran_at": now, "done": done})


def note_failed(name: str, now: datetime) -> None:
    _note(name, {"failed_at": now})


def _note(name: str, values: dict[str, object]) -> None:
    with writing() as connection:
        insert_new(connection, tables.Job, [{"name": name, "holder": "", "done": 0}])
        connection.execute(update(tables.Job).where(tables.Job.name == name).values(values))


def list_runs() -> dict[str, Run]:
    """How each job stands that was ever begun: one statement."""
    columns = (getattr(tables.Job, name) for name in field_names(Run))
    return {row.name: Run(*row) for row in reading().execute(select(*columns))}
