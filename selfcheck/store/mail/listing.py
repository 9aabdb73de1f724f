"""The outbox as the operator reads it: to whom, since when, and why not yet. Never what a mail says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, Row, UnaryExpression, case, func, select, update

from selfcheck.core.text.order import contains
from selfcheck.store.database import tables
from selfcheck.store.database.rows import read_row, read_sound
from selfcheck.store.database.transactions import after_commit, reading, writing
from selfcheck.store.mail.outbox import GIVEN_UP, ONE_DAY, WAKE, Fault

MOST = 200
"""Mails of one list; how many there are is counted beside."""


@dataclass(frozen=True, slots=True)
class MailListed:
    """`fault` is why the last attempt failed, None where none did or one is on; `next_at`: when it is tried next."""

    id: int
    address: str
    created_at: datetime
    attempts: int
    next_at: datetime
    fault: Fault | None
    refused_at: datetime | None


@dataclass(frozen=True, slots=True)
class Outbox:
    """How many mails wait, how many of these had a failed attempt, how many went out within a day, and how many were
    refused for good and still have their address."""

    waiting: int
    failing: int
    sent: int
    refused: int


def count(now: datetime) -> Outbox:
    """One statement."""
    columns = (
        func.count(case((_waits(now), 1))).label("waiting"),
        func.count(case((_waits(now) & (tables.Mail.fault != ""), 1))).label("failing"),
        func.count(case(((tables.Mail.sent_at > now - ONE_DAY) & tables.Mail.refused_at.is_(None), 1))).label("sent"),
        func.count(case((_is_refused(), 1))).label("refused"),
    )
    return read_row(Outbox, reading().execute(select(*columns)).one())


def list_waiting(now: datetime, search: str = "") -> list[MailListed]:
    """Those with a failed attempt first, then the oldest; with `search` only addresses that contain it."""
    failing_first = case((tables.Mail.fault != "", 0), else_=1)
    return _list(_waits(now), search, failing_first.asc(), tables.Mail.id.asc())


def list_refused(search: str = "") -> list[MailListed]:
    """Those that nobody will ever take, newest first."""
    return _list(_is_refused(), search, tables.Mail.refused_at.desc(), tables.Mail.id.desc())


def try_again(mail_id: int, now: datetime) -> bool:
    """Sends a mail whose last attempt failed as soon as may be. False where nothing waits, or somebody sends it now."""
    mine = (tables.Mail.id == mail_id, _waits(now), tables.Mail.fault != "")
    with writing() as connection:
        found = connection.execute(update(tables.Mail).where(*mine).values(next_at=now)).rowcount
        wake = current_app.extensions.get(WAKE)
        if found and wake is not None:
            after_commit(wake)
    return bool(found)


def _waits(now: datetime) -> ColumnElement[bool]:
    return tables.Mail.sent_at.is_(None) & (tables.Mail.created_at > now - GIVEN_UP)


def _is_refused() -> ColumnElement[bool]:
    return tables.Mail.refused_at.is_not(None) & (tables.Mail.address != "")


def _list(wanted: ColumnElement[bool], search: str, *order: UnaryExpression[Any]) -> list[MailListed]:
    """Addresses are compared here: databases have ideas of their own about letters."""
    if search:
        named = select(tables.Mail.id, tables.Mail.address).where(wanted).order_by(*order)
        found, _ = read_sound(reading(), named, tables.Mail.id)
        wanted = tables.Mail.id.in_([id for id, address in found if contains(address, search)][:MOST])
    columns = (
        tables.Mail.id,
        tables.Mail.address,
        tables.Mail.created_at,
        tables.Mail.attempts,
        tables.Mail.next_at,
        tables.Mail.fault,
        tables.Mail.refused_at,
    )
    rows, _ = read_sound(reading(), select(*columns).where(wanted).order_by(*order).limit(MOST), tables.Mail.id)
    return [_read(row) for row in rows]


def _read(row: Row[*tuple[object, ...]]) -> MailListed:
    known = row.fault if row.fault in tuple(Fault) else Fault.OTHER
    return read_row(MailListed, row, fault=Fault(known) if row.fault else None)
