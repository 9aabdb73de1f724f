"""What somebody may read: the reports whose links they have opened, and whether a newer one is for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import aliased

from selfcheck.core.permissions import Role
from selfcheck.core.text.order import fold, sort_key
from selfcheck.store.access.grants import held_by
from selfcheck.store.database import tables
from selfcheck.store.database.rows import read_row, read_sound
from selfcheck.store.database.times import local_day
from selfcheck.store.database.transactions import reading
from selfcheck.store.sharing.shares import Report


@dataclass(frozen=True, slots=True)
class Edition:
    """A Stand with a link that is open. `held`: this visitor has opened it."""

    check_id: int
    municipality: str
    share: str
    label: str
    number: int
    frozen_at: datetime
    ends_on: date | None
    held: bool

    def concerns(self, other: Edition | Report) -> bool:
        """Whether who reads `other` may know of this one: it is open to them, or the town made it for the same name."""
        return self.held or fold(self.label) == fold(other.label)


@dataclass(frozen=True, slots=True)
class Held:
    """A report that this visitor may read, and the newest later one that concerns them."""

    edition: Edition
    newer: Edition | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a visitor may read, and how many of these cannot be read because they are damaged."""

    reports: list[Held]
    damaged: int


def list_reports(grant_secrets: Sequence[str], now: datetime, account_id: int | None = None) -> Reading:
    """By municipality, newest first: one statement."""
    if not grant_secrets and account_id is None:
        return Reading([], 0)
    mine, place = _held(grant_secrets, account_id), aliased(tables.Place)
    readers = (place.role == Role.READER, place.open_on(local_day(now)))
    checks = select(place.check_id).where(place.id.in_(mine), *readers)
    wanted = _select(mine, now).where(tables.Place.check_id.in_(checks))
    rows, damaged = read_sound(reading(), wanted, tables.Place.id)
    editions = [read_row(Edition, row, held=bool(row.held)) for row in rows]
    held = [Held(each, _newest(each, editions)) for each in editions if each.held]
    return Reading(sorted(held, key=lambda each: sort_key(each.edition.municipality)), len(damaged))


def find_newer(
    report: Report, grant_secrets: Sequence[str], now: datetime, account_id: int | None = None
) -> Edition | None:
    """The newest later Stand that concerns a reader of `report`: one statement."""
    wanted = _select(_held(grant_secrets, account_id), now).where(tables.Place.check_id == report.check.id)
    rows = reading().execute(wanted.where(tables.Snapshot.number > report.number))
    return _newest(report, [read_row(Edition, row, held=bool(row.held)) for row in rows])


def _newest(seen: Edition | Report, editions: Iterable[Edition]) -> Edition | None:
    check_id = seen.check_id if isinstance(seen, Edition) else seen.check.id
    later = (each for each in editions if each.check_id == check_id and each.number > seen.number)
    return max((each for each in later if each.concerns(seen)), key=lambda each: each.number, default=None)


def _held(grant_secrets: Sequence[str], account_id: int | None) -> Select[int]:
    """The places on which this visitor sits."""
    return select(tables.Grant.place_id).where(held_by(grant_secrets, account_id), tables.Grant.ended_at.is_(None))


def _select(mine: Select[int], now: datetime) -> Select[*tuple[object, ...]]:
    """All links to reports that are open, the newest Stand first."""
    held: ColumnElement[bool] = tables.Place.id.in_(mine)
    return (
        select(
            tables.Place.check_id,
            tables.SelfCheck.municipality,
            tables.Share.public_id.label("share"),
            tables.Place.label,
            tables.Snapshot.number,
            tables.Snapshot.created_at.label("frozen_at"),
            tables.Place.ends_on,
            held.label("held"),
        )
        .select_from(tables.Share)
        .join(tables.Place)
        .join(tables.Snapshot)
        .join(tables.SelfCheck, tables.SelfCheck.id == tables.Place.check_id)
        .where(tables.SelfCheck.deleted_at.is_(None), tables.Place.open_on(local_day(now)))
        .order_by(tables.Snapshot.number.desc(), tables.Place.id.desc())
    )
