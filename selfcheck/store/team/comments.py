"""What colleagues ask each other about a question: resolved, reopened, taken away by whoever wrote it.

The history tells that something was asked, never what: a text that is taken away is gone.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Update, update

from selfcheck.store.database import tables
from selfcheck.store.database.journal import forget_journal
from selfcheck.store.database.transactions import abandon, after_commit, writing
from selfcheck.store.history.redaction import Taken, take_comment_from_stands
from selfcheck.store.parts.changes import Entered, write_changes
from selfcheck.store.parts.loading import lock
from selfcheck.store.parts.values import Who
from selfcheck.store.parts.writes import Part


def resolve(check_id: int, comment_id: int, by: Who, now: datetime) -> bool:
    """Marks a comment as resolved. False where there is no such open one."""
    values = {"resolved_by": by.label, "resolved_at": now}
    open_one = update(tables.Comment).where(tables.Comment.resolved_at.is_(None)).values(values)
    return _change(check_id, comment_id, open_one, "resolved", by, now)


def reopen(check_id: int, comment_id: int, by: Who, now: datetime) -> bool:
    """Opens a resolved comment again. False where there is no such one."""
    values = {"resolved_by": "", "resolved_at": None}
    resolved = update(tables.Comment).where(tables.Comment.resolved_at.is_not(None)).values(values)
    return _change(check_id, comment_id, resolved, "reopened", by, now)


def remove(check_id: int, comment_id: int, taken: Taken, by: Who, now: datetime) -> bool:
    """Takes away a comment that this grant wrote, its text for good: in shared Stände the words of `taken` stand
    instead. False where it wrote none such."""
    own = update(tables.Comment).where(tables.Comment.grant_id == by.grant_id).values(text="", removed_at=now)
    return _change(check_id, comment_id, own, "removed", by, now, taken)


def _change(
    check_id: int, comment_id: int, statement: Update, event: str, by: Who, now: datetime, taken: Taken | None = None
) -> bool:
    mine: tuple[ColumnElement[bool], ...] = (tables.Comment.check_id == check_id, tables.Comment.id == comment_id)
    with writing() as connection:
        lock(connection, check_id, now)
        changing = statement.where(*mine, tables.Comment.removed_at.is_(None)).returning(tables.Comment.question)
        question = connection.execute(changing).scalar()
        if question is None:
            abandon()
            return False
        if taken is not None:
            take_comment_from_stands(connection, check_id, comment_id, taken, now)
            after_commit(forget_journal)
        write_changes(connection, check_id, [Entered(Part.COMMENT, question, None, {"event": event})], by, now)
        return True
