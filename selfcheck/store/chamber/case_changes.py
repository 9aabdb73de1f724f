"""The history of what advisors say of a case, apart from that of the self-check: the town never sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, insert, select

from selfcheck.store.chamber.cases import Advisor
from selfcheck.store.database import tables
from selfcheck.store.database.rows import read_row
from selfcheck.store.database.transactions import reading


class CasePart(StrEnum):
    """What the history of a case tells apart."""

    JUDGEMENT = "judgement"
    NOTE = "note"
    RESULT = "result"
    GOAL = "goal"
    """A goal that was agreed on."""


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


def write_case_changes(
    connection: Connection, case_id: int, changes: Sequence[CaseEntered], by: Advisor, now: datetime
) -> None:
    """Enters `changes` in the history, in the transaction that makes them: one statement."""
    rows = [
        {
            "case_id": case_id,
            "part": each.part,
            "subject": each.subject,
            "before": each.before,
            "after": each.after,
            "by": by.author,
            "account_id": by.account_id,
            "at": now,
        }
        for each in changes
    ]
    if rows:
        connection.execute(insert(tables.CaseChange), rows)


def read_case_changes(case_id: int, subject: str, parts: Sequence[str] = tuple(CasePart)) -> list[StoredChange]:
    """What was said of one question, newest first: one statement."""
    change = tables.CaseChange
    wanted = select(change.part, change.subject, change.before, change.after, change.by, change.at)
    mine = wanted.where(change.case_id == case_id, change.part.in_(parts), change.subject == subject)
    return [read_row(StoredChange, row) for row in reading().execute(mine.order_by(change.id.desc()))]
