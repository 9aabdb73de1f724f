"""How much there is, in numbers: none of a person, none of a town."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, select

from selfcheck.core.permissions import ADVISOR
from selfcheck.core.review.case import CaseState
from selfcheck.store.database import tables
from selfcheck.store.database.rows import read_row
from selfcheck.store.database.transactions import Base, reading


@dataclass(frozen=True, slots=True)
class Figures:
    """Self-checks (`visited`: within 30 days; `deleted`: those that can still come back), Stände that were shared with
    a chamber and by link, cases of chambers (`open_cases`: not closed, not withdrawn), confirmed accounts, and how
    many of these advise."""

    checks: int
    visited: int
    deleted: int
    sent_to_chambers: int
    shared_by_link: int
    cases: int
    open_cases: int
    accounts: int
    advisors: int


@dataclass(frozen=True, slots=True)
class OfChamber:
    advisors: int = 0
    cases: int = 0


def count_all(month_ago: datetime) -> Figures:
    """One statement."""
    lives = tables.SelfCheck.deleted_at.is_(None)
    visits = select(tables.Grant.id).join(tables.Place).where(tables.Place.check_id == tables.SelfCheck.id)
    seen = visits.where(tables.Grant.last_seen_at >= month_ago).correlate(tables.SelfCheck).exists()
    usable = tables.Account.usable()
    counted = {
        "checks": _count(tables.SelfCheck, lives),
        "visited": _count(tables.SelfCheck, lives, seen),
        "deleted": _count(tables.SelfCheck, ~lives),
        "sent_to_chambers": _count(tables.CaseStand),
        "shared_by_link": _count(tables.Share),
        "cases": _count(tables.ReviewCase),
        "open_cases": _count(
            tables.ReviewCase, tables.ReviewCase.state != CaseState.CLOSED, tables.ReviewCase.withdrawn_at.is_(None)
        ),
        "accounts": _count(tables.Account, usable),
        "advisors": _count(tables.Account, usable, tables.Account.position == ADVISOR),
    }
    row = reading().execute(select(*(number.label(name) for name, number in counted.items()))).one()
    return read_row(Figures, row)


def count_by_version() -> dict[str, int]:
    """How many self-checks use each version, by its name `id/version`; deleted ones do not count: one statement."""
    named = (tables.SelfCheck.questionnaire_id, tables.SelfCheck.questionnaire_version)
    found = select(*named, func.count()).where(tables.SelfCheck.deleted_at.is_(None)).group_by(*named)
    return {f"{id}/{version}": number for id, version, number in reading().execute(found)}


def count_by_chamber() -> dict[str, OfChamber]:
    """By the id of the chamber; the cases are all that it ever got: two statements."""
    there = and_(tables.Account.usable(), tables.Account.position == ADVISOR)
    people = select(tables.Account.chamber, func.count()).where(there).group_by(tables.Account.chamber)
    cases = select(tables.ReviewCase.chamber, func.count()).group_by(tables.ReviewCase.chamber)
    advisors = {chamber: number for chamber, number in reading().execute(people)}
    received = {chamber: number for chamber, number in reading().execute(cases)}
    return {
        chamber: OfChamber(advisors.get(chamber, 0), received.get(chamber, 0))
        for chamber in advisors.keys() | received.keys()
    }


def _count(table: type[Base], *wanted: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(table).where(*wanted).scalar_subquery()
