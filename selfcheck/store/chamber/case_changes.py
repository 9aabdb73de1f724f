"""The history of what advisors say of a case, apart from that of the self-check: the town never sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, func, insert, select

from selfcheck.store.database import tables
from selfcheck.store.database.rows import read_row
from selfcheck.store.database.transactions import reading


class CasePart(StrEnum):
    """What the history of a case tells apart, beside each `Field` of agenda and record."""

    JUDGEMENT = "judgement"
    NOTE = "note"
    RESULT = "result"
    GOAL = "goal"
    """A goal that was agreed on."""
    RECOMMENDATION = "recommendation"
    """The chamber's side of one: its words, and what was done with it."""
    REPLY = "reply"
    """What the town sent as its answer to a recommendation."""
    ROW = "row"
    """What is set of a row of the agenda."""
    RECORD = "record"
    """A record was finished, opened again, made final."""


OF_QUESTION = (CasePart.JUDGEMENT, CasePart.NOTE)
"""What is said of one question."""
RELEASED = (CasePart.JUDGEMENT, CasePart.RESULT, CasePart.GOAL)
"""The parts of a case of which the town is shown something."""


@dataclass(frozen=True, slots=True)
class CaseEntered:
    """A change of one part; `before` and `after` are plain data, None where there was or is nothing."""

    part: str
    subject: str
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class StoredChange:
    """A line of the history, as it is kept."""

    part: str
    subject: str
    before: object
    after: object
    by: str
    at: datetime


def find_newest(connection: Connection, case_id: int) -> int:
    """The id of the newest change of what is released; 0 where there is none."""
    change = tables.CaseChange
    mine = (change.case_id == case_id, change.part.in_(RELEASED))
    return connection.execute(select(func.coalesce(func.max(change.id), 0)).where(*mine)).scalar_one()


def write_case_changes(
    connection: Connection,
    case_id: int,
    changes: Sequence[CaseEntered],
    by: str,
    account_id: int | None,
    now: datetime,
) -> None:
    """Enters `changes` in the history, in the transaction that makes them: one statement. `account_id` is the
    advisor's who made them, `by` the name under which they, or somebody of the town, wrote."""
    rows = [
        {
            "case_id": case_id,
            "part": each.part,
            "subject": each.subject,
            "before": each.before,
            "after": each.after,
            "by": by,
            "account_id": account_id,
            "at": now,
        }
        for each in changes
    ]
    if rows:
        connection.execute(insert(tables.CaseChange), rows)


def read_case_changes(case_id: int, subject: str, parts: Sequence[str] = OF_QUESTION) -> list[StoredChange]:
    """What was said of one question, or of another `subject` of other `parts`, newest first: one statement."""
    change = tables.CaseChange
    wanted = select(change.part, change.subject, change.before, change.after, change.by, change.at)
    mine = wanted.where(change.case_id == case_id, change.part.in_(parts), change.subject == subject)
    return [read_row(StoredChange, row) for row in reading().execute(mine.order_by(change.id.desc()))]
