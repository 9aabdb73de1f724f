"""The ways in: links and their tokens, what they open, since when they are closed. Tokens are kept as hashes only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    Connection,
    and_,
    func,
    insert,
    select,
    update,
)

from selfcheck.core.permissions import Role
from selfcheck.store.access.coordinator import coordinator_of
from selfcheck.store.access.grants import (
    GRANT,
    LINK,
    SHARE,
    TOKEN,
    begin_account_grant,
    begin_grant,
)
from selfcheck.store.database.damage import sound_rows
from selfcheck.store.database.times import end_of_day, local_day
from selfcheck.store.database.tokens import hash_token, new_public_id, new_token
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.parts.loading import (
    CHECK_COLUMNS,
    SELF_CHECK,
    AnyRow,
    read_check,
)
from selfcheck.store.parts.records import Check, Holder
from selfcheck.store.team.seats import COMMENT


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
    link_id: int = 0
    due_on: date | None = None
    coordinator: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """A link that was valid once; `role` is what it made of whoever opened it."""

    when: datetime
    why: Why
    check: Check
    role: Role = Role.READER


TokenState = Valid | Ended | None


def own_link(connection: Connection, check_id: int) -> int | None:
    """The id of the coordinators' link of a self-check, by which browsers without an account come in; None once an
    account has taken the self-check over."""
    mine = and_(LINK.c.check_id == check_id, LINK.c.role == Role.COORDINATOR.value)
    taken = select(GRANT.c.id).where(GRANT.c.link_id == LINK.c.id, GRANT.c.account_id.is_not(None)).exists()
    found = connection.execute(select(func.min(LINK.c.id)).where(mine, LINK.c.withdrawn_at.is_(None), ~taken)).scalar()
    return int(found) if found is not None else None


def add_link(connection: Connection, check_id: int, role: Role, label: str, ends_on: date | None, now: datetime) -> int:
    """A new place; nobody sits there yet, and its link has no token."""
    row = {
        "public_id": new_public_id(),
        "check_id": check_id,
        "role": role.value,
        "label": label,
        "created_at": now,
        "ends_on": ends_on,
    }
    return int(connection.execute(insert(LINK).values(row).returning(LINK.c.id)).scalar_one())


def add_token(connection: Connection, link_id: int, now: datetime) -> str:
    """One more token of a link; earlier ones live on."""
    token = new_token()
    connection.execute(insert(TOKEN).values(link_id=link_id, hash=hash_token(token), issued_at=now))
    return token


def has_personal_link(check_id: int) -> bool:
    """Whether browsers without an account can coordinate; not once an account has taken over."""
    return own_link(reading(), check_id) is not None


def issue_personal_link(check_id: int, now: datetime) -> str | None:
    """One more token for the coordinators' link; it can be shown this once. None once an account has taken over."""
    with writing() as connection:
        link_id = own_link(connection, check_id)
        return add_token(connection, link_id, now) if link_id is not None else None


def withdraw_personal_links(check_id: int, grant_id: int, now: datetime) -> None:
    """Ends all tokens so far and every grant of the link, but not the one that asks for it."""
    with writing() as connection:
        link_id = own_link(connection, check_id)
        if link_id is None:
            return
        connection.execute(
            update(TOKEN).where(TOKEN.c.link_id == link_id, TOKEN.c.withdrawn_at.is_(None)).values(withdrawn_at=now)
        )
        others = (GRANT.c.link_id == link_id, GRANT.c.id != grant_id)
        connection.execute(update(GRANT).where(*others, GRANT.c.ended_at.is_(None)).values(ended_at=now))


def look_up(token: str, now: datetime) -> TokenState:
    """What a token opens, without opening it: mail scanners look too. None: there never was such a token."""
    row = _find_token(reading(), token)
    if row is None:
        return None
    check = read_check(row)
    role, ended = Role(row.role), find_end(row, now)
    if ended is not None:
        when, why = ended
        taken = role is Role.COORDINATOR and why is Why.WITHDRAWN and row.link_withdrawn_at is not None
        return Ended(when, Why.TAKEN_OVER if taken else why, check, role)
    return Valid(role, check, row.share, row.label, row.ends_on, row.link_id, row.due_on, row.coordinator)


def open_link(token: str, now: datetime, name: str = "") -> str | None:
    """A grant for whoever pressed „Öffnen“; counts as use of the link. None where `look_up` would not say `Valid`."""
    with writing() as connection:
        row = _use_token(connection, token, now)
        return begin_grant(connection, row.link_id, row.token_id, now, name) if row is not None else None


def open_for_account(token: str, account: Holder, now: datetime, instead_of: int = 0) -> bool:
    """The same for an account, which keeps the place itself. False where `look_up` would not say `Valid`.

    `instead_of`: the grant by which this browser has the place already. It becomes the account's, which keeps what was
    written and seen with it.
    """
    with writing() as connection:
        row = _use_token(connection, token, now)
        if row is not None:
            _seat_account(connection, row.link_id, account, now, instead_of)
        return row is not None


def _seat_account(connection: Connection, link_id: int, account: Holder, now: datetime, instead_of: int) -> None:
    browser = (GRANT.c.id == instead_of, GRANT.c.link_id == link_id, GRANT.c.hash.is_not(None))
    sitting = select(GRANT.c.seen_change).where(*browser, GRANT.c.ended_at.is_(None))
    seen = connection.execute(sitting).scalar()
    mine = select(GRANT.c.id).where(GRANT.c.link_id == link_id, GRANT.c.account_id == account.id)
    held = connection.execute(mine).scalar()
    if seen is not None and held is None:
        give_to_account(connection, instead_of, link_id, account)
        return
    begin_account_grant(connection, link_id, account.id, account.name, now)
    if seen is not None and held is not None:
        connection.execute(update(GRANT).where(GRANT.c.id == instead_of).values(ended_at=now))
        connection.execute(update(GRANT).where(GRANT.c.id == held, GRANT.c.seen_change < seen).values(seen_change=seen))
        connection.execute(update(COMMENT).where(COMMENT.c.grant_id == instead_of).values(grant_id=held))


def give_to_account(connection: Connection, grant_id: int, link_id: int, account: Holder) -> None:
    """Makes the grant of a browser that of an account, on this place; what it wrote and saw stays its own."""
    holder = {"link_id": link_id, "token_id": None, "hash": None, "account_id": account.id, "name": account.name}
    connection.execute(update(GRANT).where(GRANT.c.id == grant_id).values(holder))


def _use_token(connection: Connection, token: str, now: datetime) -> AnyRow | None:
    row = _find_token(connection, token)
    if row is None or find_end(row, now) is not None:
        return None
    connection.execute(update(TOKEN).where(TOKEN.c.id == row.token_id).values(last_used_at=now))
    return row


def find_end(row: AnyRow, now: datetime) -> tuple[datetime, Why] | None:
    """Since when, and why, a link with its self-check (and token) is closed; None while it is open."""
    if row.deleted_at is not None:
        return row.deleted_at, Why.DELETED
    withdrawn = [moment for moment in (row.link_withdrawn_at, row.token_withdrawn_at) if moment is not None]
    if withdrawn:
        return min(withdrawn), Why.WITHDRAWN
    if row.ends_on is not None and row.ends_on < local_day(now):
        return end_of_day(row.ends_on), Why.EXPIRED
    return None


def _find_token(connection: Connection, token: str) -> AnyRow | None:
    columns = (
        TOKEN.c.id.label("token_id"),
        TOKEN.c.withdrawn_at.label("token_withdrawn_at"),
        LINK.c.id.label("link_id"),
        LINK.c.withdrawn_at.label("link_withdrawn_at"),
        LINK.c.role,
        LINK.c.label,
        LINK.c.ends_on,
        LINK.c.due_on,
        SHARE.c.public_id.label("share"),
        coordinator_of(LINK.c.check_id).label("coordinator"),
    )
    statement = (
        select(*CHECK_COLUMNS, *columns)
        .select_from(TOKEN)
        .join(LINK, LINK.c.id == TOKEN.c.link_id)
        .join(SELF_CHECK, SELF_CHECK.c.id == LINK.c.check_id)
        .outerjoin(SHARE, SHARE.c.link_id == LINK.c.id)
        .where(TOKEN.c.hash == hash_token(token))
    )
    with sound_rows():
        return connection.execute(statement).first()
