"""What people add to the checklist: who does a step, a note, done or not, and steps of their own."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select, update

from selfcheck.store.database import limits, tables
from selfcheck.store.database.damage import sound_rows
from selfcheck.store.database.times import local_day
from selfcheck.store.database.transactions import (
    abandon,
    insert_new,
    reading,
    upsert,
    writing,
)
from selfcheck.store.history.changes import write_changes
from selfcheck.store.parts.records import Who
from selfcheck.store.parts.work import (
    Entered,
    fields_of,
    hash_key,
    plain_fields,
)
from selfcheck.store.parts.writes import (
    Current,
    Outcome,
    Part,
    Saved,
    Unchanged,
    settle,
)

OWN = "own:"
CONTENT = ("own", "done", "person", "note", "title", "due", "group")


@dataclass(frozen=True, slots=True)
class StoredStep:
    """A step under its key. Version 0: it was shown, and nobody touched it. `title`, `due`, `group`: own ones only."""

    key: str
    first_seen: date
    own: bool = False
    done: bool = False
    person: str = ""
    note: str = ""
    title: str = ""
    due: date | None = None
    group: str = ""
    version: int = 0
    by: str = ""
    at: datetime | None = None
    removed_at: datetime | None = None

    @property
    def touched(self) -> bool:
        return self.version > 0


@dataclass(frozen=True, slots=True)
class StepWrite:
    """What somebody says about a derived step, found by its key."""

    key: str
    seen_version: int
    done: bool = False
    person: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OwnStepWrite:
    """An own step: a stored one by its `key`, a new one (None) by the `creation_key` of its form."""

    key: str | None
    seen_version: int
    title: str
    due: date | None = None
    group: str = ""
    done: bool = False
    person: str = ""
    note: str = ""
    creation_key: str = ""


@dataclass(frozen=True, slots=True)
class StepRemoval:
    """Takes an own step away."""

    key: str
    seen_version: int


Write = StepWrite | OwnStepWrite | StepRemoval
Steps = Mapping[str, StoredStep]

_NAMES = tuple(field.name for field in fields(StoredStep))
_STEPS = select(*(getattr(tables.Step, name) for name in _NAMES)).where(tables.Step.check_id == bindparam("check_id"))


def load_steps(check_id: int) -> Steps:
    """All steps that were shown once or are own ones, by key; removed own ones are not among them."""
    return {key: step for key, step in read_steps(reading(), check_id).items() if step.removed_at is None}


def remember_first_seen(check_id: int, keys: Sequence[str], today: date) -> Steps:
    """All steps as `load_steps`; keys that appear for the first time are written down with `today`."""
    known = read_steps(reading(), check_id)
    new = [StoredStep(key, today) for key in dict.fromkeys(keys) if key not in known]
    if new:
        with writing() as connection:
            # whoever looked first in the meantime was there first
            insert_new(connection, tables.Step, [step_row(check_id, step) for step in new])
            known = read_steps(connection, check_id)
    return {key: step for key, step in known.items() if step.removed_at is None}


def save_steps(
    check_id: int, writes: Sequence[Write], by: Who, now: datetime, *, decided: bool = False
) -> list[Outcome]:
    """Applies `writes` in one transaction, one outcome per write; a `Conflict` shows the `StoredStep` or None.

    Raises `TooLong`, and `LookupError` where the self-check is gone; then nothing is written.
    """
    with writing() as connection:
        _lock(connection, check_id, now)
        stock = read_steps(connection, check_id)
        changed: dict[str, StoredStep] = {}
        changes: list[Entered] = []
        outcomes = [_apply(stock, changed, changes, write, by, now) for write in writes]
        if changed:
            rows = [step_row(check_id, changed[key]) for key in sorted(changed)]
            upsert(connection, tables.Step, rows, ("check_id", "key"))
            write_changes(connection, check_id, [replace(each, decided=decided) for each in changes], by, now)
        else:
            abandon()
        return outcomes


def read_steps(connection: Connection, check_id: int) -> dict[str, StoredStep]:
    """All steps by key, removed own ones too: one statement. Raises `DamagedRow`."""
    with sound_rows():
        return {row.key: StoredStep(*row) for row in connection.execute(_STEPS, {"check_id": check_id})}


def step_row(check_id: int, step: StoredStep) -> dict[str, object]:
    return {"check_id": check_id} | fields_of(step)


def _lock(connection: Connection, check_id: int, now: datetime) -> None:
    touch = update(tables.SelfCheck).where(tables.SelfCheck.id == check_id).values(changed_at=now)
    if connection.execute(touch.returning(tables.SelfCheck.id)).first() is None:
        raise LookupError(check_id)


def _apply(
    stock: dict[str, StoredStep],
    changed: dict[str, StoredStep],
    changes: list[Entered],
    write: Write,
    by: Who,
    now: datetime,
) -> Outcome:
    key = _key(write)
    stored = stock.get(key)
    if stored is None and isinstance(write, StepRemoval):
        return Unchanged(0)
    live = stored if stored is not None and stored.removed_at is None else None
    wanted = None if isinstance(write, StepRemoval) else _keep(write, key)
    before, after = (fields_of(step, CONTENT) if step else None for step in (live, wanted))
    if before is None and isinstance(write, StepWrite) and stored is None:
        before = fields_of(StoredStep(key, local_day(now)), CONTENT)
    current = Current(before, live, stored.version if stored else 0, stored.by if stored else "", now)
    if stored is not None:
        current = replace(current, at=stored.at)
    outcome = settle(current, write.seen_version, after, now)
    kept = wanted or stored
    if isinstance(outcome, Saved) and kept is not None:
        if live is None and wanted is not None and wanted.own:
            limits.keep_few("own steps", sum(step.own and step.removed_at is None for step in stock.values()))
        stock[key] = changed[key] = replace(
            kept,
            first_seen=stored.first_seen if stored else local_day(now),
            version=outcome.version,
            by=by.label,
            at=now,
            removed_at=None if wanted else now,
        )
        changes.append(Entered(Part.STEP, key, plain_fields(live, CONTENT), plain_fields(wanted, CONTENT)))
    return outcome


def _key(write: Write) -> str:
    if isinstance(write, OwnStepWrite) and write.key is None:
        return OWN + hash_key(write.creation_key or secrets.token_hex(16))[:32]
    return write.key or ""


def _keep(write: StepWrite | OwnStepWrite, key: str) -> StoredStep:
    own = isinstance(write, OwnStepWrite)
    return StoredStep(
        key=limits.keep_line(key, "key", limits.KEY),
        first_seen=date.min,
        own=own,
        done=write.done,
        person=limits.keep_line(write.person, "person", limits.PERSON),
        note=limits.keep_text(write.note, "note", limits.STEP_NOTE),
        title=limits.keep_line(write.title, "title", limits.TITLE) if isinstance(write, OwnStepWrite) else "",
        due=write.due if isinstance(write, OwnStepWrite) else None,
        group=limits.keep_line(write.group, "group", limits.ID) if isinstance(write, OwnStepWrite) else "",
    )
