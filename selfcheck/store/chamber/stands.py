"""Which Stände a chamber has, what one of them says, and who at the chamber looked when."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, Select, or_, select

from selfcheck.core.removed import Removed
from selfcheck.store.access.grants import SEEN_AGAIN
from selfcheck.store.chamber.cases import Advisor, Case
from selfcheck.store.database import tables
from selfcheck.store.database.rows import read_row
from selfcheck.store.database.times import local_day
from selfcheck.store.database.transactions import note, reading, upsert
from selfcheck.store.sharing.stands import is_sound


@dataclass(frozen=True, slots=True)
class SentStand:
    """A Stand that was shared in a case, without what it says."""

    case_id: int
    number: int
    frozen_at: datetime
    sent_at: datetime
    sent_by: str


@dataclass(frozen=True, slots=True)
class SharedStand:
    """The same with its content, None if it is not what was frozen (damaged or tampered with). `redacted` says that a
    text was taken out since.
    """

    number: int
    frozen_at: datetime
    sent_at: datetime
    sent_by: str
    content: dict[str, object] | None
    redacted: Removed | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """Who at the chamber looked at a case; `stand` is the newest that they saw."""

    case_id: int
    by: str
    first_at: datetime
    last_at: datetime
    stand: int


def list_stands(case: Case) -> list[SentStand]:
    """The Stände that the chamber has, newest first: one statement. None of a case that was withdrawn."""
    return _read_sent(_select_sent().where(tables.CaseStand.case_id == case.id))


def list_stands_of(check_id: int) -> list[SentStand]:
    """The same of all cases of a self-check."""
    return _read_sent(_select_sent().where(tables.ReviewCase.check_id == check_id))


def read_stand(case: Case, number: int | None = None) -> SharedStand | None:
    """A Stand of the case by its number, the newest without one: one statement. None where there is none such."""
    wanted = _select_shared(case.id).limit(1)
    row = reading().execute(wanted if number is None else wanted.where(tables.Snapshot.number == number)).first()
    return _read_shared(row) if row is not None else None


def read_stands(case: Case, numbers: Collection[int]) -> dict[int, SharedStand]:
    """The newest Stand of a case, the one shared before it, and those with these `numbers`: one statement."""
    number, sent = tables.Snapshot.number, tables.CaseStand
    last_two = select(number).join(sent, sent.snapshot_id == tables.Snapshot.id).where(sent.case_id == case.id)
    wanted = or_(number.in_(numbers), number.in_(last_two.order_by(number.desc()).limit(2)))
    return {row.number: _read_shared(row) for row in reading().execute(_select_shared(case.id).where(wanted))}


def list_looks_of(check_id: int) -> list[Look]:
    """Who at the chambers looked at the cases of a self-check, the first one first: one statement."""
    look = tables.CaseLook
    columns = (look.case_id, look.by, look.first_at, look.last_at, look.stand)
    wanted = select(*columns).join(tables.ReviewCase).where(tables.ReviewCase.check_id == check_id)
    return [read_row(Look, row) for row in reading().execute(wanted.order_by(look.first_at, look.account_id))]


def note_look(case: Case, advisor: Advisor, now: datetime, number: int | None = None) -> None:
    """Writes down that an advisor looks at a case, or at the Stand `number` of it: at most once an hour, and again once
    there is a newer Stand. A look at what was taken back is none.
    """
    if case.gone is not None:
        return
    look, seen = tables.CaseLook, case.stand if number is None else number
    mine = (look.case_id == case.id, look.account_id == advisor.account_id)
    known = reading().execute(select(look.first_at, look.last_at, look.stand).where(*mine)).first()
    if known is not None and known.stand >= seen and now - known.last_at < SEEN_AGAIN:
        return
    row = {
        "case_id": case.id,
        "account_id": advisor.account_id,
        "by": advisor.author,
        "first_at": known.first_at if known is not None else now,
        "last_at": now,
        "stand": max(known.stand, seen) if known is not None else seen,
    }

    def write(connection: Connection) -> None:
        upsert(connection, tables.CaseLook, [row], ("case_id", "account_id"))

    note(write)


def _select_sent() -> Select[*tuple[object, ...]]:
    frozen, sent = tables.Snapshot, tables.CaseStand
    return (
        select(sent.case_id, frozen.number, frozen.created_at.label("frozen_at"), sent.sent_at, sent.sent_by)
        .select_from(sent)
        .join(frozen, frozen.id == sent.snapshot_id)
        .join(tables.ReviewCase, tables.ReviewCase.id == sent.case_id)
        .order_by(frozen.number.desc())
    )


def _read_sent(wanted: Select[*tuple[object, ...]]) -> list[SentStand]:
    return [read_row(SentStand, row) for row in reading().execute(wanted)]


def _select_shared(case_id: int) -> Select[*tuple[object, ...]]:
    frozen, sent = tables.Snapshot, tables.CaseStand
    return (
        select(
            frozen.number,
            frozen.created_at.label("frozen_at"),
            sent.sent_at,
            sent.sent_by,
            *(frozen.content, frozen.sha256, frozen.redacted_sha256, frozen.redacted_at, frozen.redacted_by),
        )
        .join(sent, sent.snapshot_id == frozen.id)
        .where(sent.case_id == case_id)
        .order_by(frozen.number.desc())
    )


def _read_shared(row: Row[*tuple[object, ...]]) -> SharedStand:
    content = json.loads(row.content) if is_sound(row.content, row.sha256, row.redacted_sha256) else None
    return read_row(
        SharedStand,
        row,
        content=content if isinstance(content, dict) else None,
        redacted=Removed(local_day(row.redacted_at), row.redacted_by) if row.redacted_at else None,
    )
