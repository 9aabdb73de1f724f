"""What a self-check did towards others: shared its report, asked offices. The checklist sees from it what is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Row, and_, func, or_, select

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.review.recommendations import ANSWERING, Decision, RecommendationState, Reply, is_settled
from selfcheck.core.rules.to_do.checklist import Recommended, is_for_chamber
from selfcheck.core.rules.to_do.departments import AskedOffice
from selfcheck.core.text.order import fold
from selfcheck.store.access.waiting import RECOMMENDED
from selfcheck.store.database import tables
from selfcheck.store.database.rows import read_row
from selfcheck.store.database.times import local_day
from selfcheck.store.database.transactions import reading


@dataclass(frozen=True, slots=True)
class Deeds:
    """Each with the day of the first time; only reports for a chamber count, those shared with it and those that its
    name stands on; of the same name are one office.

    `answers_due_on`: the next day on which an office is to hand back; `with_offices`: what it is asked until then.
    """

    shared_on: date | None
    asked: Mapping[QuestionId, date]
    offices: tuple[AskedOffice, ...]
    answers_due_on: date | None = None
    recommended: tuple[Recommended, ...] = ()
    with_offices: frozenset[QuestionId] = frozenset()


NO_DEEDS = Deeds(None, {}, ())
_Row = Row[*tuple[object, ...]]


def load_deeds(check_id: int, today: date) -> Deeds:
    """One statement; a second one where a chamber recommended something."""
    return load_many_deeds((check_id,), today)[check_id]


def load_many_deeds(check_ids: Sequence[int], today: date) -> dict[int, Deeds]:
    """The same of several self-checks, by their ids, with as many statements. An office counts until it is withdrawn,
    and beyond that if it has answered.
    """
    place, assignment, case = tables.Place, tables.Assignment, tables.ReviewCase
    standing = or_(place.withdrawn_at.is_(None), place.returned_at.is_not(None))
    told = or_(place.role == Role.READER, and_(place.role == Role.OFFICE, standing))
    sent = select(func.min(case.created_at)).where(case.check_id == tables.SelfCheck.id).scalar_subquery()
    wanted = (
        select(
            tables.SelfCheck.id.label("check_id"),
            sent.label("sent_at"),
            RECOMMENDED.label("recommended"),
            *(getattr(place, name) for name in ("role", "label", "created_at", "due_on", "returned_at")),
            and_(place.role == Role.OFFICE, place.open_on(today)).label("is_open"),
            assignment.question,
            assignment.created_at.label("asked_at"),
        )
        .select_from(tables.SelfCheck)
        .outerjoin(place, and_(place.check_id == tables.SelfCheck.id, told))
        .outerjoin(assignment, and_(assignment.place_id == place.id, assignment.declined_at.is_(None)))
        .where(tables.SelfCheck.id.in_(check_ids))
        .order_by(place.id, assignment.id)
    )
    found: dict[int, list[_Row]] = {id: [] for id in check_ids}
    for row in reading().execute(wanted) if check_ids else ():
        found[row.check_id].append(row)
    listed = _list_recommended([id for id, rows in found.items() if any(row.recommended for row in rows)])
    return {id: replace(_gather(rows, today), recommended=tuple(listed.get(id, ()))) for id, rows in found.items()}


def _list_recommended(check_ids: Sequence[int]) -> dict[int, list[Recommended]]:
    """What chambers recommend to each, but for what they withdrew."""
    told = tables.Recommendation
    wanted = (
        select(tables.ReviewCase.check_id, *(column for column in told.__table__.columns))
        .join(told, told.case_id == tables.ReviewCase.id)
        .where(tables.ReviewCase.check_id.in_(check_ids), told.sent_at.is_not(None))
        .where(told.state != RecommendationState.WITHDRAWN)
        .order_by(told.id)
    )
    found: dict[int, list[Recommended]] = {id: [] for id in check_ids}
    for row in reading().execute(wanted) if check_ids else ():
        said, state = read_row(Reply, row), RecommendationState(row.state)
        recommended = Recommended(
            row.public_id,
            row.label,
            row.title,
            said.due,
            answered=state not in ANSWERING,
            settled=is_settled(state, said),
            refused=said.decision == Decision.NOT_DOING,
        )
        found[row.check_id].append(recommended)
    return found


def _gather(rows: Iterable[_Row], today: date) -> Deeds:
    shared: list[date] = []
    due: list[date] = []
    asked: dict[QuestionId, date] = {}
    offices: dict[str, AskedOffice] = {}
    waiting: set[QuestionId] = set()
    for row in rows:
        shared += [local_day(row.sent_at)] if row.sent_at else []
        if row.role is None:
            continue
        made = local_day(row.created_at)
        if row.role is Role.READER and is_for_chamber(row.label):
            shared.append(made)
        if row.role is Role.OFFICE:
            office = offices.setdefault(fold(row.label), AskedOffice(row.label, made, frozenset()))
            offices[fold(row.label)] = office._replace(questions=office.questions | ({row.question} - {None}))
            due += [row.due_on] if row.is_open and not row.returned_at and row.due_on and row.due_on >= today else []
        if row.question is not None:
            asked.setdefault(QuestionId(row.question), local_day(row.asked_at))
            waiting |= {QuestionId(row.question)} if row.is_open and not row.returned_at else set()
    due_on = min(due, default=None)
    return Deeds(min(shared, default=None), asked, tuple(offices.values()), due_on, with_offices=frozenset(waiting))
