"""Finished versions of a record: frozen as plain data, opened again, and made final."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from selfcheck.core.review.case import StepKind
from selfcheck.core.review.record import (
    Ended,
    RecordState,
    VersionState,
    find_state,
    find_version_state,
    may_write,
)
from selfcheck.store.chamber.case_changes import CaseEntered, CasePart, write_case_changes
from selfcheck.store.chamber.cases import Advisor
from selfcheck.store.chamber.locking import lock_case
from selfcheck.store.chamber.step_rows import enter_step
from selfcheck.store.database import limits, tables
from selfcheck.store.database.damage import DamagedRow
from selfcheck.store.database.rows import read_row
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.sharing.stands import dump_content, is_sound


class RecordClosed(Exception):
    """The record is finished: nobody writes into it until it is opened again."""


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A finished version without its content."""

    number: int
    by: str
    at: datetime
    reopened_at: datetime | None
    reopened_by: str
    final_at: datetime | None
    final_name: str

    @property
    def ended(self) -> Ended:
        return Ended(self.number, self.reopened_at is not None, self.final_at is not None)


def state_of(versions: tuple[StoredVersion, ...]) -> RecordState:
    return find_state(tuple(version.ended for version in versions))


def version_state(version: StoredVersion, versions: tuple[StoredVersion, ...]) -> VersionState:
    return find_version_state(version.ended, versions[-1].number)


def read_versions(case_id: int) -> tuple[StoredVersion, ...]:
    """From the first to the last: one statement."""
    table = tables.RecordVersion
    columns = (table.number, table.by, table.at, table.reopened_at, table.reopened_by, table.final_at, table.final_name)
    rows = reading().execute(select(*columns).where(table.case_id == case_id).order_by(table.number))
    return tuple(read_row(StoredVersion, row) for row in rows)


def read_content(case_id: int, number: int) -> object | None:
    """What version `number` says, as plain data; None where there is none. Raises `DamagedRow` where it is not what was
    frozen."""
    table = tables.RecordVersion
    mine = (table.case_id == case_id, table.number == number)
    row = reading().execute(select(table.content, table.sha256).where(*mine)).first()
    if row is None:
        return None
    if not is_sound(row.content, row.sha256, None):
        raise DamagedRow("not what was frozen")
    content: object = json.loads(row.content)
    return content


def finish(case_id: int, number: int, draw_up: Callable[[], Mapping[str, object]], by: Advisor, now: datetime) -> bool:
    """Freezes what `draw_up` returns as version `number`; nobody writes into the record while it is drawn up.

    Whether the version is there: also where the same form has made it before. False where others were faster.
    Raises `CaseGone`.
    """
    with writing() as connection:
        lock_case(connection, case_id)
        versions = read_versions(case_id)
        last = versions[-1] if versions else None
        if last is not None and last.number == number:
            return True
        if number != (last.number if last else 0) + 1 or not may_write(state_of(versions)):
            return False
        text = dump_content(draw_up())
        row = {
            "case_id": case_id,
            "number": number,
            "content": text,
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "account_id": by.account_id,
            "by": by.author,
            "at": now,
        }
        connection.execute(insert(tables.RecordVersion).values(row))
        _note(connection, case_id, number, RecordState.FINISHED, by, now)
        enter_step(connection, case_id, StepKind.RECORDED, by.author, by.account_id, now)
        return True


def reopen(case_id: int, number: int, by: Advisor, now: datetime) -> bool:
    """Opens the record again after version `number`; whether it is open now because of that. Raises
    `CaseGone`."""
    with writing() as connection:
        lock_case(connection, case_id)
        versions = read_versions(case_id)
        if not versions or versions[-1].number != number or versions[-1].final_at is not None:
            return False
        if versions[-1].reopened_at is None:
            _change(connection, case_id, number, {"reopened_at": now, "reopened_by": by.author})
            _note(connection, case_id, number, RecordState.OPEN_AGAIN, by, now)
        return True


def make_final(case_id: int, number: int, name: str, by: Advisor, now: datetime) -> bool:
    """Makes the newest version final, under the `name` that its advisor typed; whether it is. Raises
    `CaseGone`, `TooLong`."""
    kept = limits.keep_line(name, "name", limits.NAME)
    with writing() as connection:
        lock_case(connection, case_id)
        versions = read_versions(case_id)
        if not versions or versions[-1].number != number or versions[-1].reopened_at is not None:
            return False
        if versions[-1].final_at is None:
            _change(connection, case_id, number, {"final_at": now, "final_by": by.author, "final_name": kept})
            _note(connection, case_id, number, RecordState.FINAL, by, now)
        return True


def _change(connection: Connection, case_id: int, number: int, values: Mapping[str, object]) -> None:
    table = tables.RecordVersion
    connection.execute(update(table).where(table.case_id == case_id, table.number == number).values(values))


def _note(connection: Connection, case_id: int, number: int, state: RecordState, by: Advisor, now: datetime) -> None:
    """The history of the case tells it."""
    entered = CaseEntered(CasePart.RECORD, str(number), None, {"state": state.value})
    write_case_changes(connection, case_id, [entered], by.author, by.account_id, now)
