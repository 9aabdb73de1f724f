"""Places and the links to them: what a token opens, since when it is closed. Tokens are kept as hashes only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection, ScalarSelect, func, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute, aliased

from selfcheck.core.permissions import Role
from selfcheck.store.access.grants import begin_account_grant, begin_grant
from selfcheck.store.database import tables
from selfcheck.store.database.times import end_of_day, local_day
from selfcheck.store.database.tokens import hash_token, new_public_id, new_token
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.parts.loading import CHECK_COLUMNS, CheckRow, read_check
from selfcheck.store.parts.values import Check, Holder


class Why(StrEnum):
    """Why a way in is closed."""

    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    DELETED = "deleted"
    TAKEN_OVER = "taken over"
    """A personal link whose self-check belongs to an account now."""
    LEFT = "left"
    """The link is open, but this browser has signed out, or was signed out."""


@dataclass(frozen=True, slots=True)
class Valid:
    """A link that opens something: a self-check, or for a reader the report of `share`, until the end of `ends_on`.

    `coordinator`: what the account is called that coordinates, if any.
    """

    role: Role
    check: Check
    share: str | None
    label: str
    ends_on: date | None
    place_id: int = 0
    due_on: date | None = None
    coordinator: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """A link that was valid once; `role` is what it made of whoever opened it."""

    when: datetime
    why: Why
    check: Check
    role: Role = Role.READER


def own_place(connection: Connection, check_id: int) -> int | None:
    """The id of the coordinators' place, to which the personal link leads; None once an account has taken over."""
    taken = select(tables.Grant.id).where(
        tables.Grant.place_id == tables.Place.id, tables.Grant.account_id.is_not(None)
    )
    mine = (tables.Place.check_id == check_id, tables.Place.coordinating())
    return connection.execute(select(func.min(tables.Place.id)).where(*mine, ~taken.exists())).scalar()


def add_place(
    connection: Connection, check_id: int, role: Role, label: str, now: datetime, ends_on: date | None = None
) -> int:
    """A new place; nobody sits there yet, and no link leads to it."""
    row = {"check_id": check_id, "role": role, "label": label, "created_at": now, "ends_on": ends_on}
    new = insert(tables.Place).values(public_id=new_public_id(), **row)
    return connection.execute(new.returning(tables.Place.id)).scalar_one()


def add_link(connection: Connection, place_id: int, now: datetime) -> str:
    """One more link to a place, by its token; earlier ones live on."""
    return add_links(connection, (place_id,), now)[place_id]


def add_links(connection: Connection, place_ids: Iterable[int], now: datetime) -> dict[int, str]:
    """The same for several places with one statement: the token of each."""
    tokens = {place_id: new_token() for place_id in place_ids}
    rows = [{"place_id": id, "hash": hash_token(token), "issued_at": now} for id, token in tokens.items()]
    if rows:
        connection.execute(insert(tables.Link), rows)
    return tokens


def has_personal_link(check_id: int) -> bool:
    """Whether browsers without an account can coordinate; not once an account has taken over."""
    return own_place(reading(), check_id) is not None


def issue_personal_link(check_id: int, now: datetime) -> str | None:
    """One more personal link; it can be shown this once. None once an account has taken over."""
    with writing() as connection:
        place_id = own_place(connection, check_id)
        return add_link(connection, place_id, now) if place_id is not None else None


def withdraw_personal_links(check_id: int, grant_id: int, now: datetime) -> None:
    """Ends all personal links so far and every grant on their place, but not the one that asks for it."""
    with writing() as connection:
        place_id = own_place(connection, check_id)
        if place_id is None:
            return
        links = (tables.Link.place_id == place_id, tables.Link.withdrawn_at.is_(None))
        connection.execute(update(tables.Link).where(*links).values(withdrawn_at=now))
        others = (tables.Grant.place_id == place_id, tables.Grant.id != grant_id)
        connection.execute(update(tables.Grant).where(*others, tables.Grant.ended_at.is_(None)).values(ended_at=now))


def look_up(token: str, now: datetime) -> Valid | Ended | None:
    """What a token opens, without opening it: mail scanners look too. None: there never was such a token."""
    row = _find_token(reading(), token)
    if row is None:
        return None
    check = read_check(row)
    role, ended = row.role, find_end(row, now)
    if ended is not None:
        when, why = ended
        taken = role is Role.COORDINATOR and why is Why.WITHDRAWN and row.place_withdrawn_at is not None
        return Ended(when, Why.TAKEN_OVER if taken else why, check, role)
    return Valid(role, check, row.share, row.label, row.ends_on, row.place_id, row.due_on, row.coordinator)


def open_link(token: str, now: datetime, name: str = "") -> str | None:
    """A grant for whoever pressed „Öffnen“; counts as use of the link. None where `look_up` would not say `Valid`."""
    with writing() as connection:
        row = _use_token(connection, token, now)
        return begin_grant(connection, row.place_id, row.link_id, now, name) if row is not None else None


def open_for_account(token: str, account: Holder, now: datetime, instead_of: int = 0) -> bool:
    """The same for an account, which keeps the place itself. False where `look_up` would not say `Valid`.

    `instead_of`: the grant by which this browser has the place already. It becomes the account's, which keeps what was
    written and seen with it.
    """
    with writing() as connection:
        row = _use_token(connection, token, now)
        if row is not None:
            _seat_account(connection, row.place_id, account, now, instead_of)
        return row is not None


def _seat_account(connection: Connection, place_id: int, account: Holder, now: datetime, instead_of: int) -> None:
    browser = (tables.Grant.id == instead_of, tables.Grant.place_id == place_id, tables.Grant.hash.is_not(None))
    sitting = select(tables.Grant.seen_change).where(*browser, tables.Grant.ended_at.is_(None))
    seen = connection.execute(sitting).scalar()
    mine = select(tables.Grant.id).where(tables.Grant.place_id == place_id, tables.Grant.account_id == account.id)
    held = connection.execute(mine).scalar()
    if seen is not None and held is None:
        give_to_account(connection, instead_of, place_id, account)
        return
    begin_account_grant(connection, place_id, account.id, account.name, now)
    if seen is not None and held is not None:
        connection.execute(update(tables.Grant).where(tables.Grant.id == instead_of).values(ended_at=now))
        behind = (tables.Grant.id == held, tables.Grant.seen_change < seen)
        connection.execute(update(tables.Grant).where(*behind).values(seen_change=seen))
        connection.execute(update(tables.Comment).where(tables.Comment.grant_id == instead_of).values(grant_id=held))


def give_to_account(connection: Connection, grant_id: int, place_id: int, account: Holder) -> None:
    """Makes the grant of a browser that of an account, on this place; what it wrote and saw stays its own."""
    holder = {"place_id": place_id, "link_id": None, "hash": None, "account_id": account.id, "name": account.name}
    connection.execute(update(tables.Grant).where(tables.Grant.id == grant_id).values(holder))


def _use_token(connection: Connection, token: str, now: datetime) -> CheckRow | None:
    row = _find_token(connection, token)
    if row is None or find_end(row, now) is not None:
        return None
    connection.execute(update(tables.Link).where(tables.Link.id == row.link_id).values(last_used_at=now))
    return row


def find_end(row: CheckRow, now: datetime) -> tuple[datetime, Why] | None:
    """Since when, and why, a place with its self-check and link is closed; None while it is open."""
    if row.deleted_at is not None:
        return row.deleted_at, Why.DELETED
    withdrawn = [at for at in (row.place_withdrawn_at, row.link_withdrawn_at) if at is not None]
    if withdrawn:
        return min(withdrawn), Why.WITHDRAWN
    if row.ends_on is not None and row.ends_on < local_day(now):
        return end_of_day(row.ends_on), Why.EXPIRED
    return None


def _find_token(connection: Connection, token: str) -> CheckRow | None:
    columns = (
        tables.Link.id.label("link_id"),
        tables.Link.withdrawn_at.label("link_withdrawn_at"),
        tables.Place.id.label("place_id"),
        tables.Place.withdrawn_at.label("place_withdrawn_at"),
        tables.Place.role,
        tables.Place.label,
        tables.Place.ends_on,
        tables.Place.due_on,
        tables.Share.public_id.label("share"),
        coordinator_of(tables.Place.check_id).label("coordinator"),
    )
    statement = (
        select(*CHECK_COLUMNS, *columns)
        .select_from(tables.Link)
        .join(tables.Place)
        .join(tables.SelfCheck)
        .outerjoin(tables.Share)
        .where(tables.Link.hash == hash_token(token))
    )
    return connection.execute(statement).first()


def coordinator_of(check_id: InstrumentedAttribute[int]) -> ScalarSelect[str]:
    """The name that the first account on the coordinator's place gives; empty where there is none, or no name.

    `check_id` is a column of the statement around it.
    """
    place, sits = aliased(tables.Place), aliased(tables.Grant)
    named = (
        select(sits.name)
        .join(place, place.id == sits.place_id)
        .where(
            place.check_id == check_id,
            place.coordinating(),
            sits.account_id.is_not(None),
            sits.ended_at.is_(None),
            sits.name != "",
        )
        .order_by(sits.id)
        .limit(1)
        .scalar_subquery()
    )
    return select(func.coalesce(named, "")).scalar_subquery()
