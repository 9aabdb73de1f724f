"""Who coordinates: an account takes a guest's self-check over, the coordination is handed on, somebody leaves.

Each holds the self-check for its transaction, so that there is always somebody who coordinates it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, func, select, update

from selfcheck.core.permissions import Role
from selfcheck.store.access.grants import (
    ACCOUNT,
    ASSIGNMENT,
    COLLEAGUES,
    COORDINATION,
    GRANT,
    LINK,
    begin_account_grant,
    holds,
)
from selfcheck.store.access.links import add_link, give_to_account, own_link
from selfcheck.store.database.tokens import hash_tokens
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.parts.loading import AnyRow
from selfcheck.store.parts.locking import lock
from selfcheck.store.parts.records import Holder, Who, author
from selfcheck.store.team.invitations import note


class Afterwards(StrEnum):
    """What becomes of whoever hands the coordination over."""

    COORDINATOR = "coordinator"
    COLLEAGUE = "colleague"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who coordinates from now on."""

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
        old = own_link(connection, check_id)
        if old is None:
            return holds(connection, (), check_id, account.id)
        new = add_link(connection, check_id, Role.COORDINATOR, COORDINATION, None, now)
        grant_id = _turn_into_account(connection, old, new, account, held, now)
        _close(connection, old, now)
        _take_along(connection, old, new)
        by = Who(grant_id, author(account.name, COORDINATION))
        note(connection, check_id, "", "taken_over", by, now, label=account.name)
        return True


def _turn_into_account(
    connection: Connection, old: int, new: int, account: Holder, held: Sequence[str], now: datetime
) -> int | None:
    mine = (GRANT.c.link_id == old, GRANT.c.hash.in_(hash_tokens(held)), GRANT.c.ended_at.is_(None))
    grant_id = connection.execute(select(func.max(GRANT.c.id)).where(*mine)).scalar()
    if grant_id is None:
        begin_account_grant(connection, new, account.id, account.name, now)
        return None
    give_to_account(connection, int(grant_id), new, account)
    return int(grant_id)


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
        if old is None or new is None or new.account_id is None or new.deleted_at is not None:
            return None
        _move(connection, check_id, new, Role.COORDINATOR, COORDINATION, now)
        if afterwards is not Afterwards.COORDINATOR:
            _step_down(connection, check_id, old, afterwards, now)
        name = new.name or new.account_name or new.email
        event = "promoted" if afterwards is Afterwards.COORDINATOR else "handed_over"
        note(connection, check_id, "", event, by, now, label=name)
        found = Receiver(new.account_id, name, new.email)
        mail = letter(found) if letter is not None else None
        if mail is not None and outbox.has_room(connection, mail, now):
            outbox.put(connection, mail, now)
        return found


def _step_down(connection: Connection, check_id: int, old: AnyRow, afterwards: Afterwards, now: datetime) -> None:
    if afterwards is Afterwards.COLLEAGUE:
        _move(connection, check_id, old, Role.COLLEAGUE, COLLEAGUES, now)
    else:
        connection.execute(update(GRANT).where(GRANT.c.id == old.id).values(ended_at=now))
    _close(connection, old.link_id, now)


def leave(check_id: int, grant_id: int, by: Who, now: datetime) -> bool:
    """Gives a place up for good. False for the only one who coordinates, and for whoever has no place."""
    with writing() as connection:
        lock(connection, check_id, now)
        mine = _find_grant(connection, check_id, grant_id)
        if mine is None or (mine.role == Role.COORDINATOR and not _others(connection, check_id, mine.id)):
            return False
        connection.execute(update(GRANT).where(GRANT.c.id == mine.id).values(ended_at=now))
        _close_if_empty(connection, mine.link_id, now)
        note(connection, check_id, "", "left", by, now, label=by.label)
        return True


def coordinates_alone(check_id: int, grant_id: int) -> bool:
    """Whether nobody but this grant coordinates."""
    return not _others(reading(), check_id, grant_id)


def _find_grant(connection: Connection, check_id: int, grant_id: int, role: Role | None = None) -> AnyRow | None:
    """A grant that is in force, on an open place of this self-check (with this role), and whose it is."""
    columns = (GRANT.c.id, GRANT.c.link_id, GRANT.c.account_id, GRANT.c.name, LINK.c.role)
    found = (
        select(*columns, ACCOUNT.c.name.label("account_name"), ACCOUNT.c.email, ACCOUNT.c.deleted_at)
        .select_from(GRANT)
        .join(LINK, LINK.c.id == GRANT.c.link_id)
        .outerjoin(ACCOUNT, ACCOUNT.c.id == GRANT.c.account_id)
        .where(GRANT.c.id == grant_id, GRANT.c.ended_at.is_(None))
        .where(LINK.c.check_id == check_id, LINK.c.withdrawn_at.is_(None))
    )
    return connection.execute(found if role is None else found.where(LINK.c.role == role.value)).first()


def _move(connection: Connection, check_id: int, grant: AnyRow, role: Role, label: str, now: datetime) -> None:
    """Puts a grant on a new place; its old one closes if nobody else sits there."""
    link = add_link(connection, check_id, role, label, None, now)
    connection.execute(update(GRANT).where(GRANT.c.id == grant.id).values(link_id=link, token_id=None))
    if _close_if_empty(connection, grant.link_id, now):
        _take_along(connection, grant.link_id, link)


def _others(connection: Connection, check_id: int, grant_id: int) -> bool:
    coordinating = (LINK.c.check_id == check_id, LINK.c.role == Role.COORDINATOR.value, LINK.c.withdrawn_at.is_(None))
    seated = select(GRANT.c.id).join(LINK, LINK.c.id == GRANT.c.link_id).where(*coordinating)
    others = seated.outerjoin(ACCOUNT, ACCOUNT.c.id == GRANT.c.account_id).where(ACCOUNT.c.deleted_at.is_(None))
    found = others.where(GRANT.c.ended_at.is_(None), GRANT.c.id != grant_id).limit(1)
    return connection.execute(found).first() is not None


def _close(connection: Connection, link_id: int, now: datetime) -> None:
    mine = (LINK.c.id == link_id, LINK.c.withdrawn_at.is_(None))
    connection.execute(update(LINK).where(*mine).values(withdrawn_at=now))


def _close_if_empty(connection: Connection, link_id: int, now: datetime) -> bool:
    seated = select(GRANT.c.id).where(GRANT.c.link_id == link_id, GRANT.c.ended_at.is_(None)).limit(1)
    empty = connection.execute(seated).first() is None
    if empty:
        _close(connection, link_id, now)
    return empty


def _take_along(connection: Connection, old: int, new: int) -> None:
    """What was assigned to a person follows them to their new place."""
    connection.execute(update(ASSIGNMENT).where(ASSIGNMENT.c.link_id == old).values(link_id=new))
