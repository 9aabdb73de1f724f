"""Several offices of one self-check in one browser: which others it holds, and going over to one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, insert, or_, select, update

from selfcheck.core.permissions import Role
from selfcheck.store.access.grants import GRANT, LINK
from selfcheck.store.database.times import local_day
from selfcheck.store.database.tokens import (
    hash_token,
    hash_tokens,
    may_be_public_id,
    new_token,
)
from selfcheck.store.database.transactions import reading, writing

COPIED = ("link_id", "token_id", "name", "seen_change")


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


def find_others(grant_secrets: Sequence[str], check_id: int, link_id: int, now: datetime) -> list[OtherPart]:
    """The open offices of a self-check that these grants hold beside `link_id`, in the order they were made."""
    found = select(LINK.c.public_id, LINK.c.label, LINK.c.id).join(GRANT, GRANT.c.link_id == LINK.c.id).distinct()
    others = found.where(*_held(grant_secrets, check_id, now), LINK.c.id != link_id)
    return [OtherPart(row.public_id, row.label) for row in reading().execute(others.order_by(LINK.c.id))]


def switch(grant_secrets: Sequence[str], check_id: int, public_id: str, now: datetime) -> Switched | None:
    """Makes the grants of one office a new one: a browser sees the office that it came to last. None for any other
    place than those of `find_others`.
    """
    if not may_be_public_id(public_id):
        return None
    secrets, new = {hash_token(secret): secret for secret in grant_secrets}, new_token()
    held = select(GRANT).join(LINK, LINK.c.id == GRANT.c.link_id)
    mine = held.where(*_held(grant_secrets, check_id, now), LINK.c.public_id == public_id).order_by(GRANT.c.id)
    with writing() as connection:
        rows = connection.execute(mine).all()
        if not rows:
            return None
        ended = update(GRANT).where(GRANT.c.id.in_([row.id for row in rows])).values(ended_at=now)
        connection.execute(ended)
        kept = {name: getattr(rows[-1], name) for name in COPIED}
        connection.execute(
            insert(GRANT).values(kept | {"hash": hash_token(new), "created_at": now, "last_seen_at": now})
        )
    return Switched(new, tuple(secrets[row.hash] for row in rows))


def _held(grant_secrets: Sequence[str], check_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        GRANT.c.hash.in_(hash_tokens(grant_secrets)),
        GRANT.c.ended_at.is_(None),
        LINK.c.check_id == check_id,
        LINK.c.role == Role.OFFICE.value,
        LINK.c.withdrawn_at.is_(None),
        or_(LINK.c.ends_on.is_(None), LINK.c.ends_on >= local_day(now)),
    )
