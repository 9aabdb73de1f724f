"""What colleagues ask each other about a question: written, resolved, reopened, taken away by whoever wrote it.

The history tells that something was asked, never what: a text that is taken away is gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Update, insert, select, update

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.database import limits, tables
from selfcheck.store.database.transactions import abandon, forget_journal, writing
from selfcheck.store.history.changes import write_changes
from selfcheck.store.history.redaction import Taken, take_comment_from_stands
from selfcheck.store.parts.locking import lock
from selfcheck.store.parts.values import Who
from selfcheck.store.parts.work import Entered, hash_key
from selfcheck.store.parts.writes import Part


@dataclass(frozen=True, slots=True)
class NewComment:
    """`creation_key` comes from the form: sent twice, it makes one comment; with another text it is another one."""

    question: QuestionId
    text: str
    creation_key: str


def add(check_id: int, new: Sequence[NewComment], by: Who, now: datetime) -> None:
    """Writes comments; what came before is passed over. Raises `Gone`, `TooLong`, and `TooMany` for full questions."""
    with writing() as connection:
        lock(connection, check_id, now)
        known, held = _find_known(connection, check_id, new)
        rows = [row for row in (_row(check_id, each, by, now) for each in new) if row["creation_hash"] not in known]
        if not rows:
            abandon()
            return
        for row in rows:
            limits.keep_few("comments", held[str(row["question"])])
        connection.execute(insert(tables.Comment), rows)
        write_changes(connection, check_id, [_enter(str(row["question"]), "asked") for row in rows], by, now)


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
    removed = _change(check_id, comment_id, own, "removed", by, now, taken)
    if removed:
        forget_journal()
    return removed


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
            take_comment_from_stands(connection, check_id, str(comment_id), taken, now)
        write_changes(connection, check_id, [_enter(question, event)], by, now)
        return True


def _find_known(
    connection: Connection, check_id: int, new: Sequence[NewComment]
) -> tuple[frozenset[str | None], Counter[str]]:
    """The keys that were used, and how many comments each question holds."""
    questions = [each.question for each in new]
    wanted = select(tables.Comment.question, tables.Comment.creation_hash, tables.Comment.removed_at).where(
        tables.Comment.check_id == check_id, tables.Comment.question.in_(questions)
    )
    rows = connection.execute(wanted).all()
    return frozenset(row.creation_hash for row in rows), Counter(row.question for row in rows if row.removed_at is None)


def _row(check_id: int, new: NewComment, by: Who, now: datetime) -> dict[str, object]:
    text = limits.keep_text(new.text, "comment", limits.COMMENT)
    return {
        "check_id": check_id,
        "question": new.question,
        "text": text,
        "by": by.label,
        "grant_id": by.grant_id,
        "at": now,
        "resolved_by": "",
        "creation_hash": hash_key("comment", str(check_id), new.question, new.creation_key, text),
    }


def _enter(question: str, event: str) -> Entered:
    return Entered(Part.COMMENT, question, None, {"event": event})
