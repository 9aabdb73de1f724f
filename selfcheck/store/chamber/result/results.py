"""The result of an audit and the goals that were agreed on, as advisors record them. Every save names the version it
saw; nothing here is shown to the town before it is released.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from selfcheck.core.plain import to_plain
from selfcheck.core.review.result import Certified
from selfcheck.store.chamber.case_changes import CaseEntered, CasePart, write_case_changes
from selfcheck.store.chamber.cases import Advisor
from selfcheck.store.chamber.locking import lock_case
from selfcheck.store.database import limits, tables
from selfcheck.store.database.damage import DamagedRow
from selfcheck.store.database.transactions import reading, upsert, writing
from selfcheck.store.parts.work import hash_key
from selfcheck.store.parts.writes import Conflict, Current, Saved, Unchanged, settle

BONUS = ""
"""Under which the points of a result name the Sonderpunkte; criteria have ids."""
Outcome = Saved | Unchanged | Conflict


@dataclass(frozen=True, slots=True)
class ResultText:
    """What an advisor says of the audit as a whole. `points` are by criterion, and under `BONUS` the Sonderpunkte."""

    points: Mapping[str, Decimal] = field(default_factory=dict)
    certified: Certified = Certified.UNSAID
    awarded: date | None = None
    next_steps: str = ""


@dataclass(frozen=True, slots=True)
class StoredResult:
    """Version 0: never saved."""

    text: ResultText = field(default_factory=ResultText)
    version: int = 0
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AgreedText:
    """A goal that was agreed on: `metric` is what it is measured by, `metric_now` what stands there today, and `target`
    what is to be reached."""

    title: str
    criterion: str = ""
    measure: str = ""
    target: str = ""
    due: date | None = None
    metric: str = ""
    metric_now: str = ""


@dataclass(frozen=True, slots=True)
class StoredAgreed:
    """An agreed goal; its `number` is its own for life."""

    number: int
    text: AgreedText
    version: int
    by: str
    at: datetime
    removed: bool = False


@dataclass(frozen=True, slots=True)
class AgreedWrite:
    """What shall stand at the agreed goal `number`, None for a new one; `text` is None to take it away. `creation_key`
    finds a new one again that the same form has made before."""

    number: int | None
    seen_version: int
    text: AgreedText | None
    creation_key: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The result of a case with its agreed goals, those that were taken away not among them."""

    result: StoredResult
    goals: tuple[StoredAgreed, ...]


def read_result(case_id: int) -> Recorded:
    """Two statements. Raises `DamagedRow`."""
    connection = reading()
    goals = _read_goals(connection, case_id)
    return Recorded(_read(connection, case_id), tuple(goal for goal in goals.values() if not goal.removed))


def save_result(
    case_id: int, seen_version: int, text: ResultText, goals: Sequence[AgreedWrite], by: Advisor, now: datetime
) -> tuple[Outcome, list[Outcome]]:
    """Saves the result and each goal whose version is the one that stands there, in one transaction with its history;
    what became of them. Raises `CaseGone`, `TooLong`, `TooMany`.
    """
    text = replace(text, next_steps=limits.keep_text(text.next_steps, "next_steps", limits.PARAGRAPH))
    kept = [replace(write, text=_keep_goal(write.text)) for write in goals]
    with writing() as connection:
        lock_case(connection, case_id)
        changes: list[CaseEntered] = []
        stored = _read(connection, case_id)
        current = Current(stored.text, stored, stored.version, stored.by, stored.at)
        outcome = settle(current, seen_version, text, now)
        if isinstance(outcome, Saved):
            upsert(connection, tables.CaseResult, [_result_row(case_id, text, outcome, by)], ("case_id",))
            before = _tell(stored.text) if stored.version else None
            changes.append(CaseEntered(CasePart.RESULT, "", before, _tell(text)))
        known = _read_goals(connection, case_id)
        outcomes = [_save_goal(connection, case_id, known, write, by, now, changes) for write in kept]
        write_case_changes(connection, case_id, changes, by.author, by.account_id, now)
    return outcome, outcomes


def _save_goal(
    connection: Connection,
    case_id: int,
    known: dict[int, StoredAgreed],
    write: AgreedWrite,
    by: Advisor,
    now: datetime,
    changes: list[CaseEntered],
) -> Outcome:
    table, creation = tables.AgreedGoal, ""
    number = write.number
    if number is None:
        creation = hash_key("agreed", str(case_id), write.creation_key)
        number = connection.execute(select(table.number).where(table.creation_hash == creation)).scalar()
    if number is None:
        return _add_goal(connection, case_id, known, write.text, creation, by, now, changes)
    goal = known.get(number)
    if goal is None:
        return Conflict(0, None, "", now, number)
    content = None if goal.removed else goal.text
    outcome = settle(Current(content, content, goal.version, goal.by, goal.at), write.seen_version, write.text, now)
    if isinstance(outcome, Saved):
        row = _goal_row(write.text or goal.text, outcome.version, by, now)
        row["removed_at"] = now if write.text is None else None
        connection.execute(update(table).where(table.case_id == case_id, table.number == number).values(row))
        changes.append(CaseEntered(CasePart.GOAL, str(number), _tell(content), _tell(write.text)))
    return replace(outcome, id=number)


def _add_goal(
    connection: Connection,
    case_id: int,
    known: dict[int, StoredAgreed],
    text: AgreedText | None,
    creation: str,
    by: Advisor,
    now: datetime,
    changes: list[CaseEntered],
) -> Outcome:
    if text is None:
        return Unchanged(0)
    table = tables.AgreedGoal
    limits.keep_few("agreed goals", sum(not goal.removed for goal in known.values()))
    newest = select(func.coalesce(func.max(table.number), 0)).where(table.case_id == case_id)
    number = connection.execute(newest).scalar_one() + 1
    row = _goal_row(text, 1, by, now) | {"case_id": case_id, "number": number, "creation_hash": creation}
    connection.execute(insert(table).values(row))
    known[number] = StoredAgreed(number, text, 1, by.author, now)
    changes.append(CaseEntered(CasePart.GOAL, str(number), None, _tell(text)))
    return Saved(1, now, number)


def _keep_goal(text: AgreedText | None) -> AgreedText | None:
    if text is None:
        return None
    return replace(
        text,
        title=limits.keep_line(text.title, "title", limits.TITLE),
        measure=limits.keep_text(text.measure, "measure", limits.PARAGRAPH),
        target=limits.keep_line(text.target, "target", limits.LINE),
        metric=limits.keep_line(text.metric, "metric", limits.LINE),
        metric_now=limits.keep_line(text.metric_now, "metric_now", limits.LINE),
    )


def _goal_row(text: AgreedText, version: int, by: Advisor, now: datetime) -> dict[str, object]:
    said = {field.name: getattr(text, field.name) for field in fields(text)}
    return {**said, "version": version, "by": by.author, "at": now, "removed_at": None}


def _result_row(case_id: int, text: ResultText, outcome: Saved, by: Advisor) -> dict[str, object]:
    return {
        "case_id": case_id,
        "points": _plain_points(text.points),
        "certified": text.certified,
        "awarded": text.awarded,
        "next_steps": text.next_steps,
        "version": outcome.version,
        "by": by.author,
        "at": outcome.at,
    }


def _plain_points(points: Mapping[str, Decimal]) -> dict[str, str]:
    return {id: format(amount, "f") for id, amount in points.items()}


def _tell(text: ResultText | AgreedText | None) -> Mapping[str, object] | None:
    """How the history tells it."""
    if isinstance(text, ResultText):
        awarded = text.awarded.isoformat() if text.awarded else None
        said = {"certified": str(text.certified), "awarded": awarded, "next_steps": text.next_steps}
        return {"points": _plain_points(text.points), **said}
    plain: Mapping[str, object] | None = None if text is None else to_plain(text)
    return plain


def _read(connection: Connection, case_id: int) -> StoredResult:
    row = connection.execute(select(tables.CaseResult).where(tables.CaseResult.case_id == case_id)).first()
    if row is None:
        return StoredResult()
    text = ResultText(_read_points(row.points), Certified(row.certified), row.awarded, row.next_steps)
    return StoredResult(text, row.version, row.by, row.at)


def _read_points(plain: object) -> dict[str, Decimal]:
    """Raises `DamagedRow` for what is no list of points."""
    if not isinstance(plain, Mapping):
        raise DamagedRow("no points")
    try:
        points = {str(id): Decimal(str(amount)) for id, amount in plain.items()}
    except ArithmeticError:
        raise DamagedRow("no points") from None
    if not all(amount.is_finite() for amount in points.values()):
        raise DamagedRow("no points")
    return points


def _read_goals(connection: Connection, case_id: int) -> dict[int, StoredAgreed]:
    table = tables.AgreedGoal
    rows = connection.execute(select(table).where(table.case_id == case_id).order_by(table.number))
    return {row.number: _read_goal(row) for row in rows}


def _read_goal(row: Row[Any]) -> StoredAgreed:
    text = AgreedText(*(getattr(row, field.name) for field in fields(AgreedText)))
    return StoredAgreed(row.number, text, row.version, row.by, row.at, row.removed_at is not None)
