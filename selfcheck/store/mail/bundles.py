"""What happened in a self-check that somebody asked to be told by mail: that it did, never what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from selfcheck.core.permissions import Role
from selfcheck.core.review.example import ExampleState
from selfcheck.core.review.recommendations import RecommendationState
from selfcheck.core.rules.route import UNSETTLED
from selfcheck.store.database import tables
from selfcheck.store.database.rows import read_row, read_sound
from selfcheck.store.database.transactions import reading
from selfcheck.store.parts.seats import PERSONAL
from selfcheck.store.parts.writes import Part


class Event(StrEnum):
    """In the order in which a mail tells of them."""

    RETURNED = "returned"
    """An office handed its part back."""
    DECLINED = "declined"
    """An office says of a question that it is not in charge, and nobody else is asked yet."""
    MESSAGE = "message"
    """An office left a message that nobody has ticked off."""
    ASSIGNED = "assigned"
    """Somebody else assigned a question to this place, and it has no answer yet."""
    ASKED = "asked"
    """Somebody else asked something at a question, and it is not resolved."""
    READ = "read"
    """Somebody read a shared report."""
    QUERIED = "queried"
    """The chamber asked something, and nobody has answered."""
    EXAMPLE = "example"
    """The chamber asks whether an answer may be shown as a good example."""
    RECOMMENDED = "recommended"
    """The chamber sent recommendations, or sent an answer to one back, and nobody has answered."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What happened in the self-check `check` since its grant was last told, or said that it has seen everything."""

    address: str
    grant_id: int
    made_at: datetime
    check: str
    municipality: str
    events: tuple[Event, ...]


def select_granted(today: date, *columns: ColumnElement[Any] | InstrumentedAttribute[Any]) -> Select[*tuple[Any, ...]]:
    """Accounts with a place in a self-check, as the first five fields of a `Bundle`, with `columns`; by grant."""
    return (
        select(
            tables.Account.email.label("address"),
            tables.Grant.id.label("grant_id"),
            tables.Grant.created_at.label("made_at"),
            tables.SelfCheck.public_id.label("check"),
            tables.SelfCheck.municipality,
            *columns,
        )
        .select_from(tables.Place)
        .join(tables.SelfCheck)
        .join(tables.Grant)
        .join(tables.Account)
        .where(tables.Place.open_on(today), tables.SelfCheck.deleted_at.is_(None))
        .where(tables.Grant.ended_at.is_(None), tables.Account.usable())
        .order_by(tables.Grant.id)
    )


def find_bundles(today: date) -> list[Bundle]:
    """Everything that waits to be told to accounts that asked for it: one statement."""
    happened = [happened.label(event) for event, happened in _HAPPENED.items()]
    wanted = select_granted(today, *happened).where(tables.Grant.bundles, tables.Place.role.in_(PERSONAL))
    rows, _ = read_sound(reading(), wanted, tables.Grant.id)
    found = [read_row(Bundle, row, events=tuple(event for event in _HAPPENED if getattr(row, event))) for row in rows]
    return [each for each in found if each.events]


_OTHER, _ANEW = aliased(tables.Place), aliased(tables.Assignment)
_SEEN = select(tables.Change.at).where(tables.Change.id == tables.Grant.seen_change).correlate(tables.Grant)
_COORDINATES = tables.Place.role == Role.COORDINATOR
_HEARS_OF_CHAMBER = and_(_COORDINATES, tables.Grant.reminders)
"""Whoever coordinates is told what comes from the chamber with their reminders (`chamber_talk.find_queried`)."""
Since = Callable[[InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]], ColumnElement[bool]]
"""Whether something happened after the grant of a row was told last, by the column that says when it did."""


def _since(column: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]) -> ColumnElement[bool]:
    """Whether it happened after the grant was told last, and after the newest change that it says it has seen."""
    return and_(column > tables.Grant.told_at, column > func.coalesce(_SEEN.scalar_subquery(), tables.Grant.told_at))


def _office(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    mine = (_OTHER.check_id == tables.SelfCheck.id, _OTHER.role == Role.OFFICE, _OTHER.withdrawn_at.is_(None))
    return and_(_COORDINATES, exists().where(*mine, *conditions).correlate(tables.SelfCheck, tables.Grant))


def _declined() -> ColumnElement[bool]:
    assigned = tables.Assignment
    elsewhere = exists().where(
        _ANEW.check_id == assigned.check_id, _ANEW.question == assigned.question, _ANEW.declined_at.is_(None)
    )
    mine = (assigned.check_id == tables.SelfCheck.id, _since(assigned.declined_at), ~elsewhere.correlate(assigned))
    return and_(_COORDINATES, exists().where(*mine).correlate(tables.SelfCheck, tables.Grant))


def _assigned() -> ColumnElement[bool]:
    """Whoever assigns a question to themselves knows it."""
    assigned, answer, change = tables.Assignment, tables.Answer, tables.Change
    by_myself = exists().where(
        change.check_id == assigned.check_id,
        change.part == Part.ASSIGNMENT.value,
        change.subject == assigned.question,
        change.at == assigned.created_at,
        change.grant_id == tables.Grant.id,
    )
    answered = exists().where(
        answer.check_id == assigned.check_id, answer.question == assigned.question, answer.state.not_in(UNSETTLED)
    )
    waits = (assigned.place_id == tables.Place.id, assigned.declined_at.is_(None), _since(assigned.created_at))
    known = (~by_myself.correlate(assigned, tables.Grant), ~answered.correlate(assigned))
    return exists().where(*waits, *known).correlate(tables.Place, tables.Grant)


def _asked() -> ColumnElement[bool]:
    comment = tables.Comment
    open_ones = (comment.check_id == tables.SelfCheck.id, comment.resolved_at.is_(None), comment.removed_at.is_(None))
    others = or_(comment.grant_id.is_(None), comment.grant_id != tables.Grant.id)
    return exists().where(*open_ones, others, _since(comment.at)).correlate(tables.SelfCheck, tables.Grant)


def _read() -> ColumnElement[bool]:
    reads = select(tables.ShareRead.id).join(tables.Share).join(tables.Snapshot)
    mine = (tables.Snapshot.check_id == tables.SelfCheck.id, _since(tables.ShareRead.at))
    return and_(_COORDINATES, reads.where(*mine).correlate(tables.SelfCheck, tables.Grant).exists())


def wants_example(since: Since) -> ColumnElement[bool]:
    """Whether a chamber asks for words of the self-check of a row as a good example."""
    example, case = tables.GoodExample, tables.ReviewCase
    proposed = select(example.id).join(case).where(example.state == ExampleState.PROPOSED, case.withdrawn_at.is_(None))
    mine = (case.check_id == tables.SelfCheck.id, since(example.proposed_at))
    return proposed.where(*mine).correlate(tables.SelfCheck, tables.Grant).exists()


def was_recommended(since: Since) -> ColumnElement[bool]:
    """Whether a recommendation to the self-check of a row came, or came back."""
    told, case = tables.Recommendation, tables.ReviewCase
    waits = (told.state == RecommendationState.NEW) & since(told.sent_at)
    back = (told.state == RecommendationState.RETURNED) & since(told.turned_at)
    mine = (case.check_id == tables.SelfCheck.id, case.id == told.case_id, case.withdrawn_at.is_(None))
    return exists().where(*mine, or_(waits, back)).correlate(tables.SelfCheck, tables.Grant)


_HAPPENED = {
    Event.RETURNED: _office(_since(_OTHER.returned_at)),
    Event.DECLINED: _declined(),
    Event.MESSAGE: _office(
        _since(_OTHER.message_at),
        _OTHER.message != "",
        or_(_OTHER.message_read_at.is_(None), _OTHER.message_read_at < _OTHER.message_at),
    ),
    Event.ASSIGNED: _assigned(),
    Event.ASKED: _asked(),
    Event.READ: _read(),
    Event.EXAMPLE: and_(_COORDINATES, ~tables.Grant.reminders, wants_example(_since)),
    Event.RECOMMENDED: and_(~_HEARS_OF_CHAMBER, was_recommended(_since)),
}
