"""Accounts as the pages know them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from selfcheck.store.access import ACCOUNT
from selfcheck.store.damage import sound_rows
from selfcheck.store.database import reading


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in. `confirmed`: the address was shown to be theirs; `position`: member, advisor or operator."""

    id: int
    mail: str
    name: str
    position: str
    confirmed: bool


_BY_MARK = select(ACCOUNT.c.id, ACCOUNT.c.email, ACCOUNT.c.name, ACCOUNT.c.position, ACCOUNT.c.confirmed_at).where(
    ACCOUNT.c.fs_uniquifier == bindparam("mark"), ACCOUNT.c.active, ACCOUNT.c.deleted_at.is_(None)
)


def find_signed_in(mark: str) -> SignedIn | None:
    """The active account whose session carries `mark`."""
    with sound_rows():
        row = reading().execute(_BY_MARK, {"mark": mark[:64]}).first()
    return SignedIn(row.id, row.email, row.name, row.position, row.confirmed_at is not None) if row else None
