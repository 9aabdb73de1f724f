"""Recommendations of the chamber: how one goes to and fro, what it is called, and where one is offered.

The chamber writes, the town says whether it does it, the chamber accepts that or sends it back. Until the chamber sends
one, the town knows nothing of it; until the town sends its answer, the chamber knows nothing of that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from selfcheck.core.questionnaire.model import (
    ZERO,
    Criterion,
    CriterionId,
    Measure,
    Question,
    QuestionId,
    Questionnaire,
)
from selfcheck.core.rules.estimate import CriterionEstimate, Estimate, find_mark
from selfcheck.core.text.contents import is_blank

OFFERED = 3
"""Questions of one criterion that are offered at most."""


class Priority(StrEnum):
    HIGH = "high"
    NORMAL = "normal"


class Decision(StrEnum):
    """What the town says to a recommendation."""

    DOING = "doing"
    """machen wir."""
    NOT_DOING = "not doing"
    """machen wir nicht, weil."""


class Money(StrEnum):
    """Whether the money for it is there."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


class RecommendationState(StrEnum):
    NEW = "new"
    """neu: nothing is said to it; before it is sent the town does not see it."""
    PLANNED = "planned"
    """geplant: the town does it, and has not told the chamber yet."""
    NOT_PLANNED = "not planned"
    """nicht geplant, with the reason."""
    SUBMITTED = "submitted"
    """eingereicht: the answer is with the chamber."""
    ACCEPTED = "accepted"
    """angenommen: what the town answered is agreed; from now on it tells how far it is."""
    RETURNED = "returned"
    """zurück, with a sentence: the town answers again."""
    DONE = "done"
    """erledigt."""
    WITHDRAWN = "withdrawn"
    """zurückgezogen by the chamber."""


class Turn(StrEnum):
    """What an advisor does with a recommendation."""

    ACCEPT = "accept"
    RETURN = "return"
    DONE = "done"
    WITHDRAW = "withdraw"


ANSWERING = (
    RecommendationState.NEW,
    RecommendationState.PLANNED,
    RecommendationState.NOT_PLANNED,
    RecommendationState.RETURNED,
)
"""In which the town may answer."""
AFTER = {
    Turn.ACCEPT: RecommendationState.ACCEPTED,
    Turn.RETURN: RecommendationState.RETURNED,
    Turn.DONE: RecommendationState.DONE,
    Turn.WITHDRAW: RecommendationState.WITHDRAWN,
}
_FROM = {
    Turn.ACCEPT: (RecommendationState.SUBMITTED,),
    Turn.RETURN: (RecommendationState.SUBMITTED,),
    Turn.DONE: (RecommendationState.ACCEPTED,),
    Turn.WITHDRAW: (*ANSWERING, RecommendationState.SUBMITTED, RecommendationState.ACCEPTED),
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What the town says to a recommendation; `progress` in per cent."""

    decision: str = ""
    reason: str = ""
    person: str = ""
    due: date | None = None
    money: str = ""
    progress: int = 0


def may_turn(state: RecommendationState, turn: Turn) -> bool:
    """Whether an advisor may do that with a recommendation in this state."""
    return state in _FROM[turn]


def state_after_reply(reply: Reply) -> RecommendationState:
    """What an answer makes of a recommendation, as long as it is not sent."""
    if reply.decision == Decision.NOT_DOING:
        return RecommendationState.NOT_PLANNED
    return RecommendationState.PLANNED if reply.decision == Decision.DOING else RecommendationState.NEW


def find_lacking(reply: Reply) -> str:
    """The field that an answer needs before it can be sent; empty where it is whole."""
    if not reply.decision:
        return "decision"
    if reply.decision == Decision.NOT_DOING:
        return "reason" if is_blank(reply.reason) else ""
    return "person" if is_blank(reply.person) else "due" if reply.due is None else ""


def is_settled(state: RecommendationState, reply: Reply) -> bool:
    """Whether nothing of it is left to do for the town."""
    if state in (RecommendationState.DONE, RecommendationState.WITHDRAWN):
        return True
    return state is RecommendationState.ACCEPTED and (reply.decision == Decision.NOT_DOING or reply.progress == 100)


def seen_by_chamber(state: RecommendationState, *, returned: bool) -> RecommendationState:
    """The state as far as the chamber may know it: what the town writes and has not sent is its own business."""
    if state in (RecommendationState.PLANNED, RecommendationState.NOT_PLANNED):
        return RecommendationState.RETURNED if returned else RecommendationState.NEW
    return state


def name_subject(questionnaire: Questionnaire, criterion: CriterionId, question: str) -> str:
    """`C6` of a question, `C` of a whole criterion."""
    if question:
        return questionnaire.question[QuestionId(question)].number
    return questionnaire.criterion[criterion].letter


def name_next(subject: str, labels: Collection[str]) -> str:
    """The number of one more recommendation, such as `C6-2`; none is ever given twice."""
    taken = [label.rpartition("-")[2] for label in labels if label.rpartition("-")[0] == subject]
    return f"{subject}-{max((int(number) for number in taken if number.isdecimal()), default=0) + 1}"


@dataclass(frozen=True, slots=True)
class Offer:
    """A question for which a recommendation is offered: what is missing there, and a measure as a proposal."""

    question: Question
    missing: Decimal
    measure: Measure | None


@dataclass(frozen=True, slots=True)
class OfferedCriterion:
    """A criterion under the mark, with the questions where most is missing."""

    criterion: Criterion
    share: Decimal
    """Of its points that are reached, in per cent."""
    offers: tuple[Offer, ...]


def find_weak(questionnaire: Questionnaire, estimate: Estimate) -> frozenset[CriterionId]:
    """The criteria under the mark; all of them that miss anything where the whole is under it."""
    whole = estimate.reached < estimate.mark
    return frozenset(
        each.id
        for each in estimate.criteria
        if each.points.claimed < find_mark(questionnaire.pass_mark, each.points)
        or (whole and each.points.claimed < each.points.possible)
    )


def find_priority(weak: Collection[CriterionId], criterion: CriterionId) -> Priority:
    """What is proposed for a recommendation about something of this criterion."""
    return Priority.HIGH if criterion in weak else Priority.NORMAL


def list_offers(questionnaire: Questionnaire, estimate: Estimate, known: Iterable[str]) -> tuple[OfferedCriterion, ...]:
    """Where one is offered, in the order of the questionnaire; not for questions that have one (`known`)."""
    weak, passed = find_weak(questionnaire, estimate), frozenset(known)
    found = (_offer(questionnaire.criterion[each.id], each, passed) for each in estimate.criteria if each.id in weak)
    return tuple(each for each in found if each.offers)


def _offer(criterion: Criterion, estimated: CriterionEstimate, known: Collection[str]) -> OfferedCriterion:
    questions = {question.id: question for question in criterion.questions}
    missing = [
        Offer(questions[line.question], line.points.possible - line.points.claimed, _propose(questions[line.question]))
        for line in estimated.lines
        if line.points.claimed < line.points.possible and line.question not in known
    ]
    points = estimated.points
    share = points.claimed * 100 / points.possible if points.possible else ZERO
    most = sorted(missing, key=lambda offer: -offer.missing)[:OFFERED]
    return OfferedCriterion(criterion, share, tuple(most))


def _propose(question: Question) -> Measure | None:
    return question.measures[0] if question.measures else None
