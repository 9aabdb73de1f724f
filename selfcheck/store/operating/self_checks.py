"""What the operator sees of self-checks, which is not their answers; and appointing somebody who coordinates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, Select, func, select

from selfcheck.core.permissions import MEMBER, Role
from selfcheck.core.text.mail import find_account_mail
from selfcheck.core.text.order import contains
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
from selfcheck.store.parts.writes import Part
from selfcheck.store.team.invitations import note

OPERATOR = "Betrieb"
"""How the history calls whoever operates the server."""
APPOINTED = "appointed"
"""The event in the history."""
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


@dataclass(frozen=True, slots=True)
class Appointment:
    """That the operator made somebody coordinate, as those are told who coordinated before; `name` may be empty."""

    at: datetime
    name: str
    reason: str


class Refusal(StrEnum):
    """Why the operator cannot make an account coordinate."""

    UNKNOWN = "unknown"
    OWN = "own"
    ON_DUTY = "on duty"


Letters = Callable[[Appointed], Sequence[NewMail]]


def list_checks(search: str, limit: int, skip: int = 0) -> list[Operated]:
    """Self-checks whose town contains `search`, newest first: one statement, two where something is searched. Damaged
    ones are left out."""
    wanted, skipped = _select(), min(skip, MOST_SKIPPED)
    if search:
        wanted = wanted.where(tables.SelfCheck.id.in_(_find_towns(search)[skipped : skipped + limit]))
    else:
        wanted = wanted.limit(limit).offset(skipped)
    rows, _ = read_sound(reading(), wanted, tables.SelfCheck.id)
    return [_read(row) for row in rows]


def _find_towns(search: str) -> list[int]:
    """The ids, newest first. Names are compared here: databases have ideas of their own about letters."""
    named = select(tables.SelfCheck.id, tables.SelfCheck.municipality).order_by(tables.SelfCheck.id.desc())
    rows, _ = read_sound(reading(), named, tables.SelfCheck.id)
    return [id for id, town in rows if contains(town, search)]


def find_check(public_id: str) -> Operated | None:
    if not may_be_public_id(public_id):
        return None
    row = reading().execute(_select().where(tables.SelfCheck.public_id == public_id)).first()
    return _read(row) if row is not None else None


def appoint(
    check: Operated, mail: str, reason: str, operator: int, now: datetime, letters: Letters
) -> Appointed | Refusal:
    """Makes the account with this address coordinate. It, and those who did before, are told by `letters`; the reason
    stands in the history. Twice is once. Who operates or advises reads no answers, so their accounts are refused, that
    of `operator` first of all; so is an address without a confirmed account.
    """
    with writing() as connection:
        lock(connection, check.id, now)
        account = connection.execute(_select_account(mail)).first()
        refusal = _refuse(account, operator)
        if account is None or refusal is not None:
            abandon()
            return refusal or Refusal.UNKNOWN
        account_id, address, name, _ = account
        before = _find_coordinators(connection, check.id)
        appointed = Appointed(address, tuple(other for id, other in before.items() if id != account_id))
        if account_id in before:
            abandon()
            return appointed
        place_id = add_place(connection, check.id, Role.COORDINATOR, COORDINATION, now)
        begin_account_grant(connection, place_id, account_id, name, now)
        by = Who(None, OPERATOR)
        note(connection, check.id, "", APPOINTED, by, now, label=name, reason=reason)
        for letter in letters(appointed):
            outbox.put(connection, letter, now)
        return appointed


def find_appointment(check_id: int) -> Appointment | None:
    """The newest time that the operator made somebody coordinate this self-check."""
    mine = (tables.Change.check_id == check_id, tables.Change.part == Part.TEAM, tables.Change.by == OPERATOR)
    found = select(tables.Change.at, tables.Change.after).where(*mine).order_by(tables.Change.id.desc())
    for at, facts in reading().execute(found):
        if isinstance(facts, Mapping) and facts.get("event") == APPOINTED:
            return Appointment(at, str(facts.get("label") or ""), str(facts.get("reason") or ""))
    return None


def _refuse(account: Row[int, str, str, str] | None, operator: int) -> Refusal | None:
    if account is None:
        return Refusal.UNKNOWN
    if account.id == operator:
        return Refusal.OWN
    return None if account.position == MEMBER else Refusal.ON_DUTY


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


def _select_account(mail: str) -> Select[int, str, str, str]:
    columns = (tables.Account.id, tables.Account.email, tables.Account.name, tables.Account.position)
    return select(*columns).where(tables.Account.email == find_account_mail(mail), tables.Account.usable())


def _find_coordinators(connection: Connection, check_id: int) -> dict[int, str]:
    found = (
        select(tables.Account.id, tables.Account.email)
        .select_from(tables.Grant)
        .join(tables.Place)
        .join(tables.Account)
        .where(tables.Place.check_id == check_id, tables.Place.coordinating(), tables.Grant.ended_at.is_(None))
    )
    return {id: address for id, address in connection.execute(found)}
