"""Which Stände a chamber has, what one of them says, and who at the chamber looked when."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, Select, null, or_, select

from selfcheck.core.removed import Removed
from selfcheck.core.review.thread import MessageKind
from selfcheck.store.access.grants import SEEN_AGAIN
from selfcheck.store.chamber.cases import Advisor, Case
from selfcheck.store.database import tables
from selfcheck.store.database.rows import read_row
from selfcheck.store.database.times import local_day
from selfcheck.store.database.transactions import note, reading, upsert
from selfcheck.store.parts.writes import Part
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


_KEPT = tables.Snapshot
_FROZEN = (
    _KEPT.number,
    _KEPT.created_at.label("frozen_at"),
    *(_KEPT.content, _KEPT.sha256, _KEPT.redacted_sha256, _KEPT.redacted_at, _KEPT.redacted_by),
)
"""What `_read_shared` reads beside who shared it when."""


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


def read_sent(check_id: int, case_id: str, number: int) -> SharedStand | None:
    """A Stand as a chamber got it, for the town itself, also after it was taken back: one statement. None where none
    with this number was shared in the case with the public id `case_id`."""
    frozen, change = tables.Snapshot, tables.Change
    entry = (change.part == Part.SHARE, change.subject == name_stand(case_id, number), change.after.is_not(null()))
    wanted = (
        select(*_FROZEN, change.at.label("sent_at"), change.by.label("sent_by"))
        .join(change, change.check_id == frozen.check_id)
        .where(frozen.check_id == check_id, frozen.number == number, *entry)
        .order_by(change.id)
        .limit(1)
    )
    row = reading().execute(wanted).first()
    return _read_shared(row) if row is not None else None


def name_stand(case_id: str, number: int) -> str:
    """What the history of the town is about: each Stand is a moment of its own."""
    return f"{case_id}-{number}"


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
    there is a newer Stand or an answer, which are no news any more then. A look at what was taken back is none.
    """
    if case.gone is not None:
        return
    look, seen = tables.CaseLook, case.stand if number is None else number
    mine = (look.case_id == case.id, look.account_id == advisor.account_id)
    wanted = select(look.first_at, look.last_at, look.stand, _answered_since().label("answered"))
    known = reading().execute(wanted.where(*mine)).first()
    if known is not None and known.stand >= seen and not known.answered and now - known.last_at < SEEN_AGAIN:
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


def _answered_since() -> ColumnElement[bool]:
    """Whether the town answered a Rückfrage after the look of a row."""
    look, message = tables.CaseLook, tables.ThreadMessage
    answers = select(message.id).join(tables.Thread).where(tables.Thread.case_id == look.case_id)
    return answers.where(message.kind == MessageKind.ANSWER, message.at > look.last_at).correlate(look).exists()


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
        select(*_FROZEN, sent.sent_at, sent.sent_by)
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
