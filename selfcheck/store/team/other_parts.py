"""Several offices of one self-check in one browser: which others it holds, and going over to one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, insert, or_, select, update

from selfcheck.core.permissions import Role
from selfcheck.store.database import tables
from selfcheck.store.database.times import local_day
from selfcheck.store.database.tokens import (
    hash_token,
    hash_tokens,
    may_be_public_id,
    new_token,
)
from selfcheck.store.database.transactions import reading, writing

COPIED = ("place_id", "link_id", "name", "seen_change")


@dataclass(frozen=True, slots=True)
class OtherPart:
    """An office as addresses and people call it."""

    public_id: str
    office: str


@dataclass(frozen=True, slots=True)
class Switched:
    """The secret of the new grant, and of those that ended with it."""

    secret: str
    ended: tuple[str, ...]


def find_others(grant_secrets: Sequence[str], check_id: int, place_id: int, now: datetime) -> list[OtherPart]:
    """The open offices of a self-check that these grants hold beside `place_id`, in the order they were made."""
    found = (
        select(tables.Place.public_id, tables.Place.label, tables.Place.id)
        .join(tables.Grant, tables.Grant.place_id == tables.Place.id)
        .distinct()
    )
    others = found.where(*_held(grant_secrets, check_id, now), tables.Place.id != place_id)
    return [OtherPart(row.public_id, row.label) for row in reading().execute(others.order_by(tables.Place.id))]


def switch(grant_secrets: Sequence[str], check_id: int, public_id: str, now: datetime) -> Switched | None:
    """Makes the grants of one office a new one: a browser sees the office that it came to last. None for any other
    place than those of `find_others`.
    """
    if not may_be_public_id(public_id):
        return None
    secrets, new = {hash_token(secret): secret for secret in grant_secrets}, new_token()
    held = select(tables.Grant).join(tables.Place, tables.Place.id == tables.Grant.place_id)
    mine = held.where(*_held(grant_secrets, check_id, now), tables.Place.public_id == public_id).order_by(
        tables.Grant.id
    )
    with writing() as connection:
        rows = connection.execute(mine).all()
        if not rows:
            return None
        ended = update(tables.Grant).where(tables.Grant.id.in_([row.id for row in rows])).values(ended_at=now)
        connection.execute(ended)
        kept = {name: getattr(rows[-1], name) for name in COPIED}
        connection.execute(
            insert(tables.Grant).values(kept | {"hash": hash_token(new), "created_at": now, "last_seen_at": now})
        )
    return Switched(new, tuple(secrets[row.hash] for row in rows))


def _held(grant_secrets: Sequence[str], check_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        tables.Grant.hash.in_(hash_tokens(grant_secrets)),
        tables.Grant.ended_at.is_(None),
        tables.Place.check_id == check_id,
        tables.Place.role == Role.OFFICE.value,
        tables.Place.withdrawn_at.is_(None),
        or_(tables.Place.ends_on.is_(None), tables.Place.ends_on >= local_day(now)),
    )
