"""Who coordinates: an account takes a guest's self-check over, the coordination is handed on, somebody leaves.

Each holds the self-check for its transaction, so that there is always somebody who coordinates it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, func, select, update

from selfcheck.core.permissions import Role
from selfcheck.store.access.grants import begin_account_grant, holds
from selfcheck.store.access.links import add_place, give_to_account, own_place
from selfcheck.store.database import tables
from selfcheck.store.database.tokens import hash_tokens
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.parts.loading import lock
from selfcheck.store.parts.values import COLLEAGUES, COORDINATION, Holder, Who, author
from selfcheck.store.team.invitations import note


class Afterwards(StrEnum):
    """What becomes of whoever hands the coordination over."""

    COORDINATOR = "coordinator"
    COLLEAGUE = "colleague"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who coordinates from now on; `name` is empty where they gave none. The address never stands in the history."""

    account_id: int
    name: str
    mail: str


def take_over(check_id: int, account: Holder, held: Sequence[str], now: datetime) -> bool:
    """Puts a guest's self-check into an account: the personal link and all browsers without account end.

    The grant of a browser among `held` becomes the account's, so that it keeps what it has written and seen. Twice is
    once. False where somebody else was faster.
    """
    with writing() as connection:
        lock(connection, check_id, now)
        old = own_place(connection, check_id)
        if old is None:
            return holds(connection, (), check_id, account.id)
        new = add_place(connection, check_id, Role.COORDINATOR, COORDINATION, now)
        grant_id = _turn_into_account(connection, old, new, account, held, now)
        _close(connection, old, now)
        _take_along(connection, old, new)
        by = Who(grant_id, author(account.name, COORDINATION))
        note(connection, check_id, "", "taken_over", by, now, label=account.name)
        return True


def _turn_into_account(
    connection: Connection, old: int, new: int, account: Holder, held: Sequence[str], now: datetime
) -> int | None:
    mine = (tables.Grant.place_id == old, tables.Grant.hash.in_(hash_tokens(held)), tables.Grant.ended_at.is_(None))
    grant_id = connection.execute(select(func.max(tables.Grant.id)).where(*mine)).scalar()
    if grant_id is None:
        begin_account_grant(connection, new, account.id, account.name, now)
        return None
    give_to_account(connection, grant_id, new, account)
    return grant_id


def hand_over(
    check_id: int,
    giver: int,
    receiver: int,
    afterwards: Afterwards,
    by: Who,
    now: datetime,
    letter: Callable[[Receiver], NewMail] | None = None,
) -> Receiver | None:
    """Makes the colleague on the grant `receiver`, who has an account, coordinate, and tells them by `letter`, if one
    more mail may go; `giver` is the grant of whoever hands over. None where one of them is not (any more) what it
    takes.
    """
    with writing() as connection:
        lock(connection, check_id, now)
        old = _find_grant(connection, check_id, giver, Role.COORDINATOR)
        new = _find_grant(connection, check_id, receiver, Role.COLLEAGUE)
        if old is None or new is None or new.account is None:
            return None
        _move(connection, check_id, new, Role.COORDINATOR, COORDINATION, now)
        if afterwards is not Afterwards.COORDINATOR:
            _step_down(connection, check_id, old, afterwards, now)
        event = "promoted" if afterwards is Afterwards.COORDINATOR else "handed_over"
        note(connection, check_id, "", event, by, now, label=new.account.name)
        mail = letter(new.account) if letter is not None else None
        if mail is not None and outbox.has_room(connection, mail, now):
            outbox.put(connection, mail, now)
        return new.account


def _step_down(connection: Connection, check_id: int, old: _Seated, afterwards: Afterwards, now: datetime) -> None:
    if afterwards is Afterwards.COLLEAGUE:
        _move(connection, check_id, old, Role.COLLEAGUE, COLLEAGUES, now)
    else:
        connection.execute(update(tables.Grant).where(tables.Grant.id == old.id).values(ended_at=now))
    _close(connection, old.place_id, now)


def leave(check_id: int, grant_id: int, by: Who, now: datetime) -> bool:
    """Gives a place up for good. False for the only one who coordinates, and for whoever has no place."""
    with writing() as connection:
        lock(connection, check_id, now)
        mine = _find_grant(connection, check_id, grant_id)
        if mine is None or (mine.role == Role.COORDINATOR and not _others(connection, check_id, mine.id)):
            return False
        connection.execute(update(tables.Grant).where(tables.Grant.id == mine.id).values(ended_at=now))
        _close_if_empty(connection, mine.place_id, now)
        note(connection, check_id, "", "left", by, now, label=by.label)
        return True


def coordinates_alone(check_id: int, grant_id: int) -> bool:
    """Whether nobody but this grant coordinates."""
    return not _others(reading(), check_id, grant_id)


class _Seated(NamedTuple):
    """A grant that is in force, on an open place; `account` where it is that of an account that is in force."""

    id: int
    place_id: int
    role: Role
    account: Receiver | None


def _find_grant(connection: Connection, check_id: int, grant_id: int, role: Role | None = None) -> _Seated | None:
    """A grant of this self-check (with this role)."""
    wanted = (
        select(
            tables.Grant.place_id,
            tables.Place.role,
            tables.Account.id,
            func.coalesce(func.nullif(tables.Grant.name, ""), tables.Account.name),
            tables.Account.email,
        )
        .select_from(tables.Grant)
        .join(tables.Place)
        .outerjoin(tables.Account, (tables.Account.id == tables.Grant.account_id) & tables.Account.deleted_at.is_(None))
        .where(tables.Grant.id == grant_id, tables.Grant.ended_at.is_(None))
        .where(tables.Place.check_id == check_id, tables.Place.withdrawn_at.is_(None))
    )
    row = connection.execute(wanted if role is None else wanted.where(tables.Place.role == role)).first()
    if row is None:
        return None
    place_id, role, account_id, name, mail = row
    return _Seated(grant_id, place_id, role, Receiver(account_id, name, mail) if account_id is not None else None)


def _move(connection: Connection, check_id: int, grant: _Seated, role: Role, label: str, now: datetime) -> None:
    """Puts a grant on a new place; its old one closes if nobody else sits there."""
    place_id = add_place(connection, check_id, role, label, now)
    moved = update(tables.Grant).where(tables.Grant.id == grant.id).values(place_id=place_id, link_id=None)
    connection.execute(moved)
    if _close_if_empty(connection, grant.place_id, now):
        _take_along(connection, grant.place_id, place_id)


def _others(connection: Connection, check_id: int, grant_id: int) -> bool:
    coordinating = (tables.Place.check_id == check_id, tables.Place.coordinating())
    seated = select(tables.Grant.id).join(tables.Place).where(*coordinating)
    others = seated.outerjoin(tables.Account).where(tables.Account.deleted_at.is_(None))
    found = others.where(tables.Grant.ended_at.is_(None), tables.Grant.id != grant_id).limit(1)
    return connection.execute(found).first() is not None


def _close(connection: Connection, place_id: int, now: datetime) -> None:
    mine = (tables.Place.id == place_id, tables.Place.withdrawn_at.is_(None))
    connection.execute(update(tables.Place).where(*mine).values(withdrawn_at=now))


def _close_if_empty(connection: Connection, place_id: int, now: datetime) -> bool:
    seated = select(tables.Grant.id).where(tables.Grant.place_id == place_id, tables.Grant.ended_at.is_(None)).limit(1)
    empty = connection.execute(seated).first() is None
    if empty:
        _close(connection, place_id, now)
    return empty


def _take_along(connection: Connection, old: int, new: int) -> None:
    """What was assigned to a person follows them to their new place."""
    connection.execute(update(tables.Assignment).where(tables.Assignment.place_id == old).values(place_id=new))
