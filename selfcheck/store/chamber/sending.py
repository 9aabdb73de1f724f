"""A town shares a Stand with a chamber: the first one begins a case, later ones belong to the same. It can take them
back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from selfcheck.core.review.case import Ball, CaseState, Sender, StepKind, state_after_sharing
from selfcheck.store.chamber.locking import CaseRow, hold_case, hold_check
from selfcheck.store.chamber.stands import name_stand
from selfcheck.store.chamber.step_rows import Before, before, enter_step
from selfcheck.store.chamber.telling import Letter, tell
from selfcheck.store.database import tables
from selfcheck.store.database.tokens import may_be_public_id, new_public_id
from selfcheck.store.database.transactions import once, writing
from selfcheck.store.parts.changes import Entered, write_changes
from selfcheck.store.parts.values import Check, Who
from selfcheck.store.parts.writes import Part
from selfcheck.store.sharing.stands import DAYS, dump_content, freeze, read_same


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
    """A case, and what it was before something happened in it. `last_shared`: when it was shared last, if the chamber
    still reads that."""

    id: int
    public_id: str
    was: Before
    last_shared: datetime | None = None


def fingerprint(content: Mapping[str, object]) -> str:
    """By what a form says which content its page showed; another day alone makes no other."""
    told = {name: value for name, value in content.items() if name not in DAYS}
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
        hold_check(connection, check.id)
        row = hold_case(connection, tables.ReviewCase.check_id == check.id, tables.ReviewCase.chamber == chamber)
        if row is not None and row.sender_id == account.id and row.sender == Sender.REFUSED:
            raise SenderRefused
        if row is not None and row.sender_id == account.id and _says_the_same(connection, row.id, text):
            return str(row.public_id)
        snapshot, number = freeze(connection, check.id, text, now)
        said = _summarise(check, number, asked, now)
        case = (
            _go_on(connection, row, account, said, now)
            if row
            else _begin(connection, check.id, chamber, account, said, now)
        )
        sent = {"case_id": case.id, "snapshot_id": snapshot, "sent_at": now, "sent_by": by.label}
        connection.execute(insert(tables.CaseStand).values(sent))
        shared = (StepKind.SHARED, by.label, account.id, now)
        enter_step(connection, case.id, *shared, was=case.was, stand=number)
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
        hold_check(connection, check_id)
        row = hold_case(connection, case.check_id == check_id, case.public_id == case_id, case.withdrawn_at.is_(None))
        if row is None:
            return False
        over = {"withdrawn_at": now, "waits_on": Ball.NOBODY, "waits_since": now}
        connection.execute(update(case).where(case.id == row.id).values(over))
        connection.execute(delete(tables.CaseStand).where(tables.CaseStand.case_id == row.id))
        withdrawn = (StepKind.WITHDRAWN, by.label, account_id, now)
        enter_step(connection, row.id, *withdrawn, was=before(row), stand=row.stand)
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


def _says_the_same(connection: Connection, case_id: int, text: str) -> bool:
    """Whether the newest Stand that the chamber has says what `text` says."""
    frozen = tables.Snapshot
    wanted = select(frozen.content, frozen.sha256, frozen.redacted_sha256).join(tables.CaseStand)
    newest = wanted.where(tables.CaseStand.case_id == case_id).order_by(frozen.number.desc()).limit(1)
    return read_same(connection.execute(newest).first(), text, DAYS) is not None


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
    return _Going(row.id, row.public_id, Before(CaseState.RECEIVED, Ball.CHAMBER, now))


def _go_on(connection: Connection, row: CaseRow, account: Account, said: Mapping[str, object], now: datetime) -> _Going:
    was = before(row)
    changed = dict(said) | {"state": state_after_sharing(was.state)}
    if was.ball is not Ball.CHAMBER:
        changed["waits_since"] = now
    if row.sender_id != account.id:
        changed |= _introduce(account)
    connection.execute(update(tables.ReviewCase).where(tables.ReviewCase.id == row.id).values(changed))
    return _Going(row.id, row.public_id, was, row.shared_at if row.withdrawn_at is None else None)


def _introduce(account: Account) -> dict[str, object]:
    """Somebody whom the chamber does not know yet."""
    sender = {"sender_id": account.id, "sender_name": account.name, "sender_mail": account.mail}
    return {**sender, "sender": Sender.OPEN, "sender_by": "", "sender_at": None}
