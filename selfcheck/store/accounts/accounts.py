"""Accounts as the pages know them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, select

from selfcheck.core.permissions import MEMBER
from selfcheck.core.text.order import sort_key
from selfcheck.store.database import tables
from selfcheck.store.database.times import RESTORABLE
from selfcheck.store.database.transactions import reading

CONFIRM_WITHIN = timedelta(days=7)
"""An account whose address nobody confirmed goes after that."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in. `confirmed`: the address was shown to be theirs; `position`: member, advisor or operator.

    `second_factor`: whether one is set up; advisors and operators may do nothing before. `chamber` is the id of an
    advisor's chamber.
    """

    id: int
    mail: str
    name: str
    position: str
    confirmed: bool
    second_factor: bool = False
    chamber: str = ""

    @property
    def lacks_second_factor(self) -> bool:
        return self.position != MEMBER and not self.second_factor


@dataclass(frozen=True, slots=True)
class Account:
    """What signing in needs to know. `mark` stands in sessions and links; a new one ends both.

    `totp` is encrypted, `codes` are hashes of the recovery codes that are left, `counter` is the step of the newest
    code that was used.
    """

    id: int
    mail: str
    name: str
    position: str
    password: str | None
    mark: str
    active: bool
    confirmed: bool
    totp: str | None
    counter: int
    codes: tuple[str, ...]
    deleted_at: datetime | None
    chamber: str = ""

    def may_sign_in(self, now: datetime) -> bool:
        """Whether a right password helps: not blocked, and not deleted so long ago that it cannot be taken back."""
        return self.active and (self.deleted_at is None or now - self.deleted_at <= RESTORABLE)


def find_by_mail(mail: str) -> Account | None:
    """The account of a normalised address, deleted ones too."""
    return _find(tables.Account.email == mail)


def find_by_mark(mark: str) -> Account | None:
    """The account that a link names, deleted ones too."""
    return _find(tables.Account.fs_uniquifier == mark[:64])


def find_by_id(account_id: int) -> Account | None:
    return _find(tables.Account.id == account_id)


def only_coordinated_by(account_id: int) -> list[tuple[str, str]]:
    """The self-checks (public id, municipality) that nobody else coordinates; deleted ones do not count."""
    in_force = select(tables.Account.id).where(tables.Account.active, tables.Account.deleted_at.is_(None))
    coordinating = (
        select(tables.Grant.id)
        .join(tables.Place)
        .where(
            tables.Place.check_id == tables.SelfCheck.id, tables.Place.coordinating(), tables.Grant.ended_at.is_(None)
        )
        .correlate(tables.SelfCheck)
    )
    mine = coordinating.where(tables.Grant.account_id == account_id)
    others = coordinating.where(
        tables.Grant.account_id.is_distinct_from(account_id),
        tables.Grant.hash.is_not(None) | tables.Grant.account_id.in_(in_force),
    )
    alone = (
        select(tables.SelfCheck.public_id, tables.SelfCheck.municipality)
        .where(mine.exists(), ~others.exists(), tables.SelfCheck.deleted_at.is_(None))
        .order_by(tables.SelfCheck.id)
    )
    found = [(public_id, municipality) for public_id, municipality in reading().execute(alone)]
    return sorted(found, key=lambda each: sort_key(each[1]))


def _find(condition: ColumnElement[bool]) -> Account | None:
    row = reading().execute(select(tables.Account).where(condition)).first()
    return read_account(row) if row is not None else None


def read_account(row: Row[tables.Account]) -> Account:
    """From a row of all its columns."""
    return Account(
        id=row.id,
        mail=row.email,
        name=row.name,
        position=row.position,
        password=row.password,
        mark=row.fs_uniquifier,
        active=row.active,
        confirmed=row.confirmed_at is not None,
        totp=row.tf_totp_secret,
        counter=row.tf_counter,
        codes=tuple(row.mf_recovery_codes or ()),
        deleted_at=row.deleted_at,
        chamber=row.chamber,
    )
