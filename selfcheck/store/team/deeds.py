"""What a self-check did towards others: shared its report, asked offices. The checklist sees from it what is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_, select

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.rules.checklist import is_for_chamber
from selfcheck.store.database import tables
from selfcheck.store.database.times import local_day
from selfcheck.store.database.transactions import reading


@dataclass(frozen=True, slots=True)
class Deeds:
    """Each with the day of the first time; only reports for a chamber count, `offices` stand by their names."""

    shared_on: date | None
    asked: Mapping[QuestionId, date]
    offices: Mapping[str, date]


NO_DEEDS = Deeds(None, {}, {})


def load_deeds(check_id: int) -> Deeds:
    """One statement. An office counts until it is withdrawn, and beyond that if it has answered."""
    place, assignment = tables.Place, tables.Assignment
    standing = or_(place.withdrawn_at.is_(None), place.returned_at.is_not(None))
    wanted = (
        select(place.role, place.label, place.created_at, assignment.question, assignment.created_at.label("asked_at"))
        .outerjoin(assignment, and_(assignment.place_id == place.id, assignment.declined_at.is_(None)))
        .where(place.check_id == check_id, or_(place.role == Role.READER, and_(place.role == Role.OFFICE, standing)))
        .order_by(place.id, assignment.id)
    )
    shared: list[date] = []
    asked: dict[QuestionId, date] = {}
    offices: dict[str, date] = {}
    for row in reading().execute(wanted):
        made = local_day(row.created_at)
        if row.role is Role.READER and is_for_chamber(row.label):
            shared.append(made)
        if row.role is Role.OFFICE:
            offices.setdefault(row.label, made)
        if row.question is not None:
            asked.setdefault(QuestionId(row.question), local_day(row.asked_at))
    return Deeds(min(shared, default=None), asked, offices)
