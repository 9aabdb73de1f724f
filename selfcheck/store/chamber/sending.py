"""A town shares a Stand with a chamber: the first one begins a case, later ones belong to the same. It can take them
back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, delete, insert, select, update

from selfcheck.core.review.case import Ball, CaseState, Sender, StepKind, state_after_sharing
from selfcheck.store.chamber.stands import name_stand
from selfcheck.store.chamber.step_rows import enter_step
from selfcheck.store.chamber.telling import Letter, tell
from selfcheck.store.database import tables
from selfcheck.store.database.tokens import may_be_public_id, new_public_id
from selfcheck.store.database.transactions import once, writing
from selfcheck.store.parts.changes import Entered, write_changes
from selfcheck.store.parts.values import Check, Who
from selfcheck.store.parts.writes import Part
from selfcheck.store.sharing.stands import dump_content, freeze, is_sound, next_stand

SAYS_NOTHING = ("frozen_on", "day")
"""What differs on another day although nobody changed anything."""


@dataclass(frozen=True, slots=True)
class Account:
    """Who shares: an account with a confirmed address."""

    id: int
    name: str
    mail: str


class SenderRefused(Exception):
    """The chamber does not know this account as one of the town."""


@dataclass(frozen=True, slots=True)
class _Going:
    """A case as it was before something happened in it."""

    id: int
    public_id: str
    state: CaseState
    ball: Ball
    last_shared: datetime | None = None
    """When it was shared last, if the chamber still reads that."""


def mark(content: Mapping[str, object]) -> str:
    """By what a form says which content its page showed; another day alone makes no other."""
    told = {name: value for name, value in content.items() if name not in SAYS_NOTHING}
    return hashlib.sha256(dump_content(told).encode()).hexdigest()


@once
def send(
    check: Check,
    chamber: str,
    content: Mapping[str, object],
    asked: int,
    account: Account,
    by: Who,
    now: datetime,
    *,
    name: str = "",
    letter: Letter | None = None,
) -> str:
    """Freezes `content` as the next Stand and shares it with `chamber` (an id of `chambers.yaml`, called `name`); the
    public id of the case. `asked` is how many questions it has, `letter` the mail to each advisor who is told.

    Where the chamber has a Stand already that says the same, nothing happens: a form that is sent twice shares once.
    Raises `HistoryFull`, and `SenderRefused` where the chamber refused this account.
    """
    text = dump_content(content)
    with writing() as connection:
        connection.execute(select(tables.SelfCheck.id).where(tables.SelfCheck.id == check.id).with_for_update())
        row = _find(connection, check.id, chamber)
        if row is not None and row.sender_id == account.id and row.sender == Sender.REFUSED:
            raise SenderRefused
        if row is not None and row.sender_id == account.id and _says_the_same(connection, row.id, text):
            return str(row.public_id)
        number = connection.execute(next_stand(check.id)).scalar_one()
        snapshot = freeze(connection, check.id, text, now)
        said = _summarise(check, number, asked, now)
        case = (
            _go_on(connection, row, account, said, now)
            if row
            else _begin(connection, check.id, chamber, account, said, now)
        )
        sent = {"case_id": case.id, "snapshot_id": snapshot, "sent_at": now, "sent_by": by.label}
        connection.execute(insert(tables.CaseStand).values(sent))
        _note_step(connection, case, StepKind.SHARED, account.id, by, number, now)
        after = {"label": name or chamber, "chamber": chamber, "stand": number}
        entered = Entered(Part.SHARE, name_stand(case.public_id, number), None, after)
        write_changes(connection, check.id, [entered], by, now)
        if letter is not None:
            tell(connection, case.id, letter, case.last_shared, now)
        return case.public_id


def withdraw(check_id: int, case_id: str, account_id: int | None, by: Who, now: datetime, name: str = "") -> bool:
    """Takes every Stand back that was shared in this case: nobody at the chamber reads one of them any more, also not
    after another one is shared. False where nothing is shared there.
    """
    if not may_be_public_id(case_id):
        return False
    case = tables.ReviewCase
    with writing() as connection:
        wanted = select(case.id, case.public_id, case.chamber, case.state, case.waits_on, case.stand)
        mine = (case.check_id == check_id, case.public_id == case_id, case.withdrawn_at.is_(None))
        row = connection.execute(wanted.where(*mine).with_for_update()).first()
        if row is None:
            return False
        over = {"withdrawn_at": now, "waits_on": Ball.NOBODY, "waits_since": now}
        connection.execute(update(case).where(case.id == row.id).values(over))
        connection.execute(delete(tables.CaseStand).where(tables.CaseStand.case_id == row.id))
        before = _Going(row.id, row.public_id, CaseState(row.state), Ball(row.waits_on))
        _note_step(connection, before, StepKind.WITHDRAWN, account_id, by, row.stand, now)
        told = {"label": name or row.chamber, "chamber": row.chamber}
        write_changes(connection, check_id, [Entered(Part.SHARE, name_stand(case_id, row.stand), told, None)], by, now)
        return True


def _summarise(check: Check, number: int, asked: int, now: datetime) -> dict[str, object]:
    """What the case says of the Stand that is shared now."""
    return {
        "municipality": check.municipality,
        "district": check.district,
        "audit": check.profile.audit,
        "interview": check.interview,
        "stand": number,
        "asked": asked,
        "shared_at": now,
        "waits_on": Ball.CHAMBER,
        "withdrawn_at": None,
    }


def _find(connection: Connection, check_id: int, chamber: str) -> Row[*tuple[object, ...]] | None:
    case = tables.ReviewCase
    names = ("id", "public_id", "state", "waits_on", "sender", "sender_id", "shared_at", "withdrawn_at", "advisor_id")
    wanted = select(*(getattr(case, name) for name in names))
    return connection.execute(wanted.where(case.check_id == check_id, case.chamber == chamber)).first()


def _says_the_same(connection: Connection, case_id: int, text: str) -> bool:
    """Whether the newest Stand that the chamber has says what `text` says."""
    frozen = tables.Snapshot
    wanted = select(frozen.content, frozen.sha256, frozen.redacted_sha256).join(tables.CaseStand)
    newest = wanted.where(tables.CaseStand.case_id == case_id).order_by(frozen.number.desc()).limit(1)
    row = connection.execute(newest).first()
    if row is None or not is_sound(row.content, row.sha256, row.redacted_sha256):
        return False
    kept, now = json.loads(row.content), json.loads(text)
    return isinstance(kept, dict) and _compared(kept) == _compared(now)


def _compared(content: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in content.items() if name not in SAYS_NOTHING}


def _begin(
    connection: Connection, check_id: int, chamber: str, account: Account, said: Mapping[str, object], now: datetime
) -> _Going:
    fresh = {
        "public_id": new_public_id(),
        "check_id": check_id,
        "chamber": chamber,
        "state": CaseState.RECEIVED,
        "papers_missing": False,
        "waits_since": now,
        "created_at": now,
    }
    made = insert(tables.ReviewCase).values({**fresh, **said, **_introduce(account)})
    row = connection.execute(made.returning(tables.ReviewCase.id, tables.ReviewCase.public_id)).one()
    return _Going(row.id, row.public_id, CaseState.RECEIVED, Ball.CHAMBER)


def _go_on(
    connection: Connection, row: Row[*tuple[object, ...]], account: Account, said: Mapping[str, object], now: datetime
) -> _Going:
    known = row._mapping
    before, ball = CaseState(known["state"]), Ball(known["waits_on"])
    changed = dict(said) | {"state": state_after_sharing(before)}
    if ball is not Ball.CHAMBER:
        changed["waits_since"] = now
    if known["sender_id"] != account.id:
        changed |= _introduce(account)
    connection.execute(update(tables.ReviewCase).where(tables.ReviewCase.id == known["id"]).values(changed))
    last_shared = known["shared_at"] if known["withdrawn_at"] is None else None
    return _Going(known["id"], known["public_id"], before, ball, last_shared)


def _introduce(account: Account) -> dict[str, object]:
    """Somebody whom the chamber does not know yet."""
    sender = {"sender_id": account.id, "sender_name": account.name, "sender_mail": account.mail}
    return {**sender, "sender": Sender.OPEN, "sender_by": "", "sender_at": None}


def _note_step(
    connection: Connection, case: _Going, kind: StepKind, account_id: int | None, by: Who, stand: int, now: datetime
) -> None:
    """`case` as it was before."""
    enter_step(connection, case.id, kind, by.label, account_id, now, before=(case.state, case.ball), stand=stand)
