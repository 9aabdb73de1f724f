"""Assigning questions to persons. What an office is asked stands in the same table; see `invitations`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.access.grants import COORDINATION
from selfcheck.store.database import tables
from selfcheck.store.database.times import local_day
from selfcheck.store.database.transactions import abandon, writing
from selfcheck.store.history.changes import write_changes
from selfcheck.store.parts.locking import lock
from selfcheck.store.parts.values import Who
from selfcheck.store.parts.work import Entered
from selfcheck.store.parts.writes import (
    Conflict,
    Outcome,
    Part,
    Saved,
    Unchanged,
)
from selfcheck.store.team import seats
from selfcheck.store.team.seats import PERSONAL, Seat, Together

NOBODY = 0
_HELD = (tables.Assignment.question == bindparam("of"), tables.Assignment.place_id == bindparam("old"))
_DROP = delete(tables.Assignment).where(*_HELD)
_MOVE = update(tables.Assignment).where(*_HELD).values(place_id=bindparam("new"), created_at=bindparam("now"))


@dataclass(frozen=True, slots=True)
class AssignmentWrite:
    """A question that the place `wanted` is to answer, where its author saw the place `seen`; `NOBODY` for none."""

    question: QuestionId
    seen: int
    wanted: int


@dataclass(frozen=True, slots=True)
class Assigned:
    """What a conflict shows: the names of the place that is wanted and of the one that stands; empty for nobody."""

    wanted: str
    stands: str


@dataclass(frozen=True, slots=True)
class NoPlace:
    """The place is none of a person, or closed by now: nothing was written."""


def assign(
    check_id: int, writes: Sequence[AssignmentWrite], by: Who, now: datetime
) -> list[tuple[AssignmentWrite, Outcome | NoPlace]]:
    """Assigns questions in one transaction; who is assigned already counts as the version. A conflict shows
    `Assigned`. Raises `Gone`.
    """
    with writing() as connection:
        lock(connection, check_id, now)
        known = seats.load_together(check_id, local_day(now))
        outcomes = [(write, _settle(known, write, now)) for write in writes]
        if any(isinstance(outcome, Conflict) for _, outcome in outcomes):
            outcomes = _name_authors(connection, check_id, outcomes)
        saved = [write for write, outcome in outcomes if isinstance(outcome, Saved)]
        if not saved:
            abandon()
            return outcomes
        _store(connection, check_id, known, saved, now)
        write_changes(connection, check_id, [_enter(known, write) for write in saved], by, now)
    return outcomes


def _settle(known: Together, write: AssignmentWrite, now: datetime) -> Outcome | NoPlace:
    current = known.assignee(write.question)
    stands = current.place_id if current else NOBODY
    if write.wanted == stands:
        return Unchanged(stands)
    if write.wanted != NOBODY and all(seat.place_id != write.wanted for seat in known.people):
        return NoPlace()
    if write.seen != stands:
        wanted = known.seat(write.wanted)
        return Conflict(stands, Assigned(wanted.name if wanted else "", current.name if current else ""), "", now)
    return Saved(write.wanted, now)


def _name_authors(
    connection: Connection, check_id: int, outcomes: Sequence[tuple[AssignmentWrite, Outcome | NoPlace]]
) -> list[tuple[AssignmentWrite, Outcome | NoPlace]]:
    """Conflicts with who assigned last, and when; what the team's page assigned is the coordination's."""
    mine = (tables.Change.check_id == check_id, tables.Change.part == Part.ASSIGNMENT.value)
    asked = tables.Change.subject.in_([write.question for write, _ in outcomes])
    last = (
        select(tables.Change.subject, tables.Change.by, tables.Change.at).where(*mine, asked).order_by(tables.Change.id)
    )
    known = {row.subject: row for row in connection.execute(last)}
    named: list[tuple[AssignmentWrite, Outcome | NoPlace]] = []
    for write, outcome in outcomes:
        row = known.get(write.question)
        if isinstance(outcome, Conflict):
            outcome = replace(outcome, who=row.by if row else COORDINATION, at=row.at if row else outcome.at)
        named.append((write, outcome))
    return named


def _enter(known: Together, write: AssignmentWrite) -> Entered:
    before, after = known.assignee(write.question), known.seat(write.wanted)
    return Entered(Part.ASSIGNMENT, write.question, _plain(before), _plain(after))


def _plain(seat: Seat | None) -> dict[str, str] | None:
    return {"name": seat.person, "place": seat.label} if seat else None


def _store(
    connection: Connection, check_id: int, known: Together, saved: Sequence[AssignmentWrite], now: datetime
) -> None:
    """The usual change of one person to another is one statement."""
    moved, added, dropped = [], [], []
    for write in saved:
        held = [seat.place_id for seat in known.asked.get(write.question, ()) if seat.role in PERSONAL]
        kept = held[:1] if write.wanted != NOBODY else []
        moved += [{"of": write.question, "old": place_id, "new": write.wanted, "now": now} for place_id in kept]
        dropped += [{"of": write.question, "old": place_id} for place_id in held[len(kept) :]]
        if not held:
            row = {"check_id": check_id, "question": write.question, "place_id": write.wanted, "created_at": now}
            added.append(row)
    for statement, rows in ((_DROP, dropped), (_MOVE, moved), (insert(tables.Assignment), added)):
        if rows:
            connection.execute(statement, rows)
