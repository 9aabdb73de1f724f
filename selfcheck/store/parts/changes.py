"""The history is only ever added to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert

from selfcheck.store.database import tables
from selfcheck.store.parts.values import Who


@dataclass(frozen=True, slots=True)
class Entered:
    """One change for the history: plain data before and after, None where there was or is nothing."""

    part: str
    subject: str
    before: object
    after: object
    decided: bool = False


def write_changes(connection: Connection, check_id: int, changes: Sequence[Entered], by: Who, now: datetime) -> None:
    """Adds `changes` with one statement."""
    rows = [
        {
            "check_id": check_id,
            "part": str(change.part),
            "subject": change.subject,
            "before": change.before,
            "after": change.after,
            "by": by.label,
            "grant_id": by.grant_id,
            "at": now,
            "decided": change.decided,
        }
        for change in changes
    ]
    if rows:
        connection.execute(insert(tables.Change), rows)
