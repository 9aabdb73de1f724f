"""Private notes about questions: only advisors of the chamber see them. Every save names the version it saw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, insert, select, update

from selfcheck.store.chamber.case_changes import CaseEntered, CasePart, write_case_changes
from selfcheck.store.chamber.cases import Advisor
from selfcheck.store.chamber.locking import lock_case
from selfcheck.store.database import limits, tables
from selfcheck.store.database.rows import read_row
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.parts.writes import Conflict, Current, Saved, Unchanged, settle

NOTHING = Current("", None, 0, "", None)


@dataclass(frozen=True, slots=True)
class StoredNote:
    """A note as it stands."""

    question: str
    text: str
    version: int
    by: str
    at: datetime


def read_notes(case_id: int) -> dict[str, StoredNote]:
    """All notes of a case, by question: one statement."""
    return {row.question: read_row(StoredNote, row) for row in reading().execute(_select(case_id))}


def save_note(
    case_id: int, question: str, text: str, seen_version: int, by: Advisor, now: datetime
) -> Saved | Unchanged | Conflict:
    """Makes `text` the note of a question, for somebody who saw `seen_version` of it; an empty one takes it away.
    Raises `CaseGone`, `TooLong`.
    """
    text = limits.keep_text(text, "text", limits.NOTE)
    with writing() as connection:
        lock_case(connection, case_id)
        row = connection.execute(_select(case_id).where(tables.CaseNote.question == question)).first()
        stored = read_row(StoredNote, row) if row is not None else None
        current = Current(stored.text, stored, stored.version, stored.by, stored.at) if stored else NOTHING
        outcome = settle(current, seen_version, text, now)
        if isinstance(outcome, Saved):
            _store(connection, case_id, question, text, outcome, stored is None, by)
            before = {"text": stored.text} if stored is not None else None
            change = CaseEntered(CasePart.NOTE, question, before, {"text": text})
            write_case_changes(connection, case_id, [change], by.author, by.account_id, now)
    return outcome


def _select(case_id: int) -> Select[str, str, int, str, datetime]:
    table = tables.CaseNote
    return select(table.question, table.text, table.version, table.by, table.at).where(table.case_id == case_id)


def _store(
    connection: Connection, case_id: int, question: str, text: str, saved: Saved, new: bool, by: Advisor
) -> None:
    table = tables.CaseNote
    said = {"text": text, "version": saved.version, "by": by.author, "at": saved.at}
    if new:
        connection.execute(insert(table).values(case_id=case_id, question=question, **said))
    else:
        mine = (table.case_id == case_id, table.question == question)
        connection.execute(update(table).where(*mine).values(said))
