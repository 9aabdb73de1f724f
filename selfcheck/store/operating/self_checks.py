"""What the operator sees of self-checks, which is not their answers; and appointing somebody who coordinates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, Select, func, select

from selfcheck.core.permissions import Role
from selfcheck.store.access.grants import begin_account_grant
from selfcheck.store.access.links import add_place
from selfcheck.store.database import tables
from selfcheck.store.database.rows import read_row, read_sound
from selfcheck.store.database.tokens import may_be_public_id
from selfcheck.store.database.transactions import abandon, reading, writing
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.parts.loading import lock
from selfcheck.store.parts.values import COORDINATION, Who
from selfcheck.store.team.invitations import note

OPERATOR = "Betrieb"
"""How the history calls whoever operates the server."""
PARTED = " "
MOST_SKIPPED = 2**31 - 1
"""There are never more self-checks; addresses can hold anything."""


@dataclass(frozen=True, slots=True)
class Operated:
    """A self-check as the operator sees it; `coordinators` are the addresses of accounts, none for a guest's."""

    id: int
    public_id: str
    municipality: str
    district: str
    created_at: datetime
    last_visit: datetime | None
    deleted_at: datetime | None
    coordinators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Appointed:
    """Whom the operator made coordinate, and the addresses of those who did before."""

    mail: str
    before: tuple[str, ...]


Letters = Callable[[Appointed], Sequence[NewMail]]


def list_checks(search: str, limit: int, skip: int = 0) -> list[Operated]:
    """Self-checks whose town contains `search`, newest first: one statement."""
    wanted = _select().where(func.lower(tables.SelfCheck.municipality).contains(search.lower(), autoescape=True))
    rows, _ = read_sound(reading(), wanted.limit(limit).offset(min(skip, MOST_SKIPPED)), tables.SelfCheck.id)
    return [_read(row) for row in rows]


def find_check(public_id: str) -> Operated | None:
    if not may_be_public_id(public_id):
        return None
    row = reading().execute(_select().where(tables.SelfCheck.public_id == public_id)).first()
    return _read(row) if row is not None else None


def appoint(check: Operated, mail: str, reason: str, now: datetime, letters: Letters) -> Appointed | None:
    """Makes the account with this address coordinate. It, and those who did before, are told by `letters`; the reason
    stands in the history. Twice is once. None where there is no such confirmed account.
    """
    with writing() as connection:
        lock(connection, check.id, now)
        account = connection.execute(_select_account(mail)).first()
        if account is None:
            abandon()
            return None
        account_id, address, name = account
        before = _find_coordinators(connection, check.id)
        appointed = Appointed(address, tuple(other for id, other in before.items() if id != account_id))
        if account_id in before:
            abandon()
            return appointed
        place_id = add_place(connection, check.id, Role.COORDINATOR, COORDINATION, now)
        begin_account_grant(connection, place_id, account_id, name, now)
        by = Who(None, OPERATOR)
        note(connection, check.id, "", "appointed", by, now, label=name or address, reason=reason)
        for letter in letters(appointed):
            outbox.put(connection, letter, now)
        return appointed


def _select() -> Select[*tuple[object, ...]]:
    """What `_read` takes."""
    visits = select(func.max(tables.Grant.last_seen_at)).join(tables.Place)
    visits = visits.where(tables.Place.check_id == tables.SelfCheck.id, tables.Place.role != Role.READER)
    addresses = (
        select(func.aggregate_strings(tables.Account.email, PARTED))
        .select_from(tables.Grant)
        .join(tables.Place)
        .join(tables.Account)
        .where(
            tables.Place.check_id == tables.SelfCheck.id, tables.Place.coordinating(), tables.Grant.ended_at.is_(None)
        )
    )
    return select(
        tables.SelfCheck.id,
        tables.SelfCheck.public_id,
        tables.SelfCheck.municipality,
        tables.SelfCheck.district,
        tables.SelfCheck.created_at,
        visits.correlate(tables.SelfCheck).scalar_subquery().label("last_visit"),
        tables.SelfCheck.deleted_at,
        addresses.correlate(tables.SelfCheck).scalar_subquery().label("addresses"),
    ).order_by(tables.SelfCheck.id.desc())


def _read(row: Row[*tuple[object, ...]]) -> Operated:
    return read_row(Operated, row, coordinators=tuple(sorted((row.addresses or "").split())))


def _select_account(mail: str) -> Select[int, str, str]:
    usable = (tables.Account.active, tables.Account.deleted_at.is_(None), tables.Account.confirmed_at.is_not(None))
    wanted = func.lower(tables.Account.email) == mail.strip().lower()
    return select(tables.Account.id, tables.Account.email, tables.Account.name).where(wanted, *usable)


def _find_coordinators(connection: Connection, check_id: int) -> dict[int, str]:
    found = (
        select(tables.Account.id, tables.Account.email)
        .select_from(tables.Grant)
        .join(tables.Place)
        .join(tables.Account)
        .where(tables.Place.check_id == check_id, tables.Place.coordinating(), tables.Grant.ended_at.is_(None))
    )
    return {id: address for id, address in connection.execute(found)}
