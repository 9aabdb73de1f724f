"""What waits for a visitor and what the chamber has said: columns of the one statement that finds them, so that no page
asks for it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Label, ScalarSelect, and_, bindparam, distinct, func, or_, select
from sqlalchemy.orm import aliased

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.review.example import ExampleState
from selfcheck.core.review.recommendations import ANSWERING
from selfcheck.core.review.thread import FINISHED, ThreadState
from selfcheck.core.rules.answers import State
from selfcheck.store.database import tables

PARTED = " "
"""Between ids of questions, which hold no blanks."""
ANSWERED = (State.GIVEN, State.NOT_APPLICABLE)


def list_questions(given_back: ColumnElement[bool]) -> ScalarSelect[str]:
    """Questions of a place in one row with it, for `read_questions`."""
    listed = select(func.aggregate_strings(tables.Assignment.question, PARTED))
    mine = listed.where(tables.Assignment.place_id == tables.Place.id, given_back)
    return mine.correlate(tables.Place).scalar_subquery()


def read_questions(joined: str | None) -> tuple[QuestionId, ...]:
    """The questions that `list_questions` lists; databases put them together in whatever order they find them."""
    return tuple(QuestionId(question) for question in sorted((joined or "").split(PARTED)) if question)


def is_undecided(assignment: type[tables.Assignment]) -> ColumnElement[bool]:
    """Whether a question was given back, and nobody has answered it since."""
    answered = (
        select(tables.Answer.question)
        .where(tables.Answer.check_id == assignment.check_id, tables.Answer.question == assignment.question)
        .where(tables.Answer.state.in_(ANSWERED), tables.Answer.choice_at > assignment.declined_at)
        .correlate(assignment)
        .exists()
    )
    return and_(assignment.declined_at.is_not(None), ~answered)


def list_threads(*wanted: ColumnElement[bool]) -> ScalarSelect[str]:
    """The questions of threads about a self-check, in one row with it, for `read_questions`."""
    listed = select(func.aggregate_strings(tables.Thread.question, PARTED)).select_from(tables.Thread)
    mine = listed.join(tables.ReviewCase, tables.ReviewCase.id == tables.Thread.case_id)
    of_check = (tables.ReviewCase.check_id == tables.SelfCheck.id, *wanted)
    return mine.where(*of_check).correlate(tables.SelfCheck).scalar_subquery()


CHAMBER_ASKS = list_threads(
    tables.Thread.state == ThreadState.OPEN,
    tables.ReviewCase.withdrawn_at.is_(None),
    *(tables.ReviewCase.state != state for state in sorted(FINISHED)),
)
_OTHER, _ELSEWHERE = aliased(tables.Place), aliased(tables.Place)
_GIVEN_BACK, _ANEW = aliased(tables.Assignment), aliased(tables.Assignment)


def _is_open(place: type[tables.Place]) -> ColumnElement[bool]:
    ends = or_(place.ends_on.is_(None), place.ends_on >= bindparam("today"))
    return and_(place.check_id == tables.SelfCheck.id, place.withdrawn_at.is_(None), ends)


OPEN_COMMENTS = (
    select(func.count(distinct(tables.Comment.question)))
    .where(tables.Comment.check_id == tables.SelfCheck.id)
    .where(tables.Comment.resolved_at.is_(None), tables.Comment.removed_at.is_(None))
    .correlate(tables.SelfCheck)
    .scalar_subquery()
)
RECOMMENDED = (
    select(tables.Recommendation.id)
    .join(tables.ReviewCase)
    .where(tables.ReviewCase.check_id == tables.SelfCheck.id, tables.Recommendation.sent_at.is_not(None))
    .correlate(tables.SelfCheck)
    .exists()
)
UNANSWERED = (
    select(func.count(tables.Recommendation.id))
    .join(tables.ReviewCase)
    .where(tables.ReviewCase.check_id == tables.SelfCheck.id, tables.ReviewCase.withdrawn_at.is_(None))
    .where(tables.Recommendation.sent_at.is_not(None), tables.Recommendation.state.in_(ANSWERING))
    .correlate(tables.SelfCheck)
    .scalar_subquery()
)
RELEASED = (
    select(tables.CaseRelease.id)
    .join(tables.ReviewCase)
    .where(tables.ReviewCase.check_id == tables.SelfCheck.id)
    .correlate(tables.SelfCheck)
    .exists()
)
UNREAD = (
    select(func.count())
    .select_from(_OTHER)
    .where(_OTHER.check_id == tables.SelfCheck.id, _OTHER.message != "", _OTHER.role == Role.OFFICE)
    .where(or_(_OTHER.message_read_at.is_(None), _OTHER.message_read_at < _OTHER.message_at))
    .correlate(tables.SelfCheck)
    .scalar_subquery()
)
"""Messages nobody has read, also those of offices whose access has ended since."""
DECLINED = (
    select(func.count(_GIVEN_BACK.id))
    .join(_OTHER, _OTHER.id == _GIVEN_BACK.place_id)
    .where(_is_open(_OTHER), is_undecided(_GIVEN_BACK))
    .where(
        ~select(_ANEW.id)
        .join(_ELSEWHERE, _ELSEWHERE.id == _ANEW.place_id)
        .where(_is_open(_ELSEWHERE), _ANEW.question == _GIVEN_BACK.question, _ANEW.declined_at.is_(None))
        .correlate(_GIVEN_BACK, tables.SelfCheck)
        .exists()
    )
    .correlate(tables.SelfCheck)
    .scalar_subquery()
)
"""What the page „Team“ lists first, counted."""
EXAMPLES = (
    select(func.count(tables.GoodExample.id))
    .join(tables.ReviewCase)
    .where(tables.ReviewCase.check_id == tables.SelfCheck.id, tables.ReviewCase.withdrawn_at.is_(None))
    .where(tables.GoodExample.state == ExampleState.PROPOSED)
    .correlate(tables.SelfCheck)
    .scalar_subquery()
)
_ANY_CHECK = aliased(tables.SelfCheck)
SHOWN_EXAMPLES = (
    select(func.aggregate_strings(tables.GoodExample.public_id, PARTED))
    .join(tables.ReviewCase, tables.ReviewCase.id == tables.GoodExample.case_id)
    .join(_ANY_CHECK, _ANY_CHECK.id == tables.ReviewCase.check_id)
    .where(tables.GoodExample.state == ExampleState.AGREED)
    .where(tables.ReviewCase.withdrawn_at.is_(None), _ANY_CHECK.deleted_at.is_(None))
    .correlate(None)
    .scalar_subquery()
)

WAITING: tuple[Label[Any], ...] = (
    list_questions(tables.Assignment.declined_at.is_(None)).label("assigned"),
    OPEN_COMMENTS.label("open_comments"),
    (UNREAD + DECLINED).label("came_back"),
    list_threads().label("chamber_asked"),
    CHAMBER_ASKS.label("chamber_asks"),
    EXAMPLES.label("examples"),
    SHOWN_EXAMPLES.label("shown_examples"),
    RECOMMENDED.label("recommended"),
    UNANSWERED.label("unanswered"),
    RELEASED.label("released"),
)
"""Every column that `Access` has beside place and self-check."""
