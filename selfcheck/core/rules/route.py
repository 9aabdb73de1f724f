"""The way to the mark: questions that decide, documents that are missing, measures worth taking."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from selfcheck.core.questionnaire.model import (
    ZERO,
    Kind,
    Measure,
    NotApplicable,
    Question,
    QuestionId,
    Questionnaire,
    Value,
)
from selfcheck.core.rules.answers import OPEN, Answer, State
from selfcheck.core.rules.conditions import Applies, named_questions
from selfcheck.core.rules.estimate import Estimate
from selfcheck.core.rules.facts import Facts
from selfcheck.core.rules.route_search import Choice, choose
from selfcheck.core.rules.scoring import score

EVIDENCE_WEEKS = 6
"""So many weeks before the interview the chamber wants the evidence."""

UNSETTLED = (State.OPEN, State.UNCLEAR)
PROVISIONAL_SHARE = Decimal("0.25")
"""With a larger share of the possible points still open the route may well change."""


class QuestionPoints(NamedTuple):
    """A question and the points that hang on it: on an answer, or on a document that proves it."""

    question: QuestionId
    points: Decimal


@dataclass(frozen=True, slots=True)
class RouteMeasure:
    question: QuestionId
    measure: Measure
    gain: Decimal


@dataclass(frozen=True)
class Route:
    """Measures in the order to show them; `missing` is what lacks to the mark in `after`, the estimate with all."""

    measures: tuple[RouteMeasure, ...]
    gain: Decimal
    effort: int
    missing: Decimal
    provisional: bool
    after: Estimate


def decisive(questionnaire: Questionnaire, estimate: Estimate) -> tuple[QuestionPoints, ...]:
    """Applying questions that are open or unclear, by their weight, largest first."""
    weights = {
        line.question: line.points.possible
        for line in estimate.line.values()
        if line.applies is Applies.YES and line.state in UNSETTLED
    }
    for question in questionnaire.questions:
        if question.applies_if is not None and estimate.line[question.id].applies is Applies.UNDECIDED:
            for named in named_questions(question.applies_if) & weights.keys():
                weights[named] += question.possible
    return _largest_first(weights.items())


def open_questions(questionnaire: Questionnaire, estimate: Estimate) -> tuple[QuestionId, ...]:
    """„Offene Fragen“: those that score, apply or may apply, and are open or unclear."""
    return _waiting(questionnaire, estimate, scoring=True)


def open_without_points(questionnaire: Questionnaire, estimate: Estimate) -> tuple[QuestionId, ...]:
    """The same of questions that give no points; they are counted apart."""
    return _waiting(questionnaire, estimate, scoring=False)


def _waiting(questionnaire: Questionnaire, estimate: Estimate, *, scoring: bool) -> tuple[QuestionId, ...]:
    return tuple(
        line.question
        for line in estimate.line.values()
        if line.state in UNSETTLED
        and line.applies is not Applies.NO
        and questionnaire.question[line.question].scores is scoring
    )


def missing_documents(estimate: Estimate) -> tuple[QuestionPoints, ...]:
    """Questions with points that are claimed but not documented, by these points, largest first."""
    lines = estimate.line.values()
    return _largest_first((line.question, line.points.unproven) for line in lines)


def _largest_first(weights: Iterable[tuple[QuestionId, Decimal]]) -> tuple[QuestionPoints, ...]:
    entries = (QuestionPoints(question, points) for question, points in weights if points > 0)
    return tuple(sorted(entries, key=lambda one: -one.points))


def add_months(start: date, months: int) -> date:
    """The same day so many months later (or earlier); where the month lacks that day, its last one.

    Stops at the first and last day that a `date` can be.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year < date.min.year:
        return date.min
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def weeks_before(day: date, weeks: int) -> date:
    """Stops at the first day that a `date` can be."""
    return day - min(timedelta(weeks=weeks), day - date.min)


def evidence_day(interview: date) -> date:
    """The day on which evidence is due."""
    return weeks_before(interview, EVIDENCE_WEEKS)


def months_left(today: date, interview: date | None) -> int | None:
    """The largest number of months that end by the day evidence is due; −1 if it has passed, None without interview."""
    if interview is None:
        return None
    due = evidence_day(interview)
    if today > due:
        return -1
    months = (due.year - today.year) * 12 + due.month - today.month
    return months if add_months(today, months) <= due else months - 1


def latest_start(measure: Measure, interview: date | None) -> date | None:
    """When the measure must begin so that it is done on the day evidence is due."""
    return None if interview is None else add_months(evidence_day(interview), -measure.months)


def find_route(facts: Facts) -> Route:
    """The set of measures that reaches the mark with its margin by the least effort.

    If none does: the mark; if none does either: as many points as possible.
    """
    estimate = facts.estimate
    needed = estimate.mark - estimate.reached
    in_time = list(_offer(facts, months_left(facts.today, facts.interview)))
    chosen = _choose(in_time, (needed + facts.questionnaire.goal_margin, needed))
    values = {one.question: value_after(facts.answers.get(one.question, OPEN), one.measure) for one in chosen}
    after = facts.with_values(values).estimate if chosen else estimate
    return Route(
        measures=tuple(sorted(chosen, key=lambda one: -one.gain / one.measure.effort.weight)),
        gain=sum((one.gain for one in chosen), ZERO),
        effort=sum(one.measure.effort.weight for one in chosen),
        missing=max(ZERO, after.mark - after.reached),
        provisional=estimate.points.open > PROVISIONAL_SHARE * estimate.points.possible,
        after=after,
    )


def list_improvements(facts: Facts) -> tuple[RouteMeasure, ...]:
    """Every measure that gains something, however long it takes, by its gain, largest first."""
    offered = (one for group in _offer(facts, None) for one in group)
    return tuple(sorted(offered, key=lambda one: -one.gain))


def _offer(facts: Facts, months: int | None) -> Iterator[list[RouteMeasure]]:
    """Per question the measures that gain something and take no more than `months`, in questionnaire order."""
    for question in facts.questionnaire.questions:
        answer = facts.answers.get(question.id, OPEN)
        line = facts.estimate.line[question.id]
        if line.applies is not Applies.YES or not _can_improve(question, answer):
            continue
        gains = (
            (measure, score(question, value_after(answer, measure)) - line.points.claimed)
            for measure in question.measures
        )
        yield [
            RouteMeasure(question.id, measure, gain)
            for measure, gain in gains
            if gain > 0 and (months is None or measure.months <= months)
        ]


def _can_improve(question: Question, answer: Answer) -> bool:
    if answer.state is State.NOT_APPLICABLE:
        return question.not_applicable is NotApplicable.ZERO
    return answer.state is State.GIVEN


def value_after(answer: Answer, measure: Measure) -> Value:
    """The value once the measure is done; for `many` its options are added to those chosen."""
    if isinstance(measure.leads_to, frozenset) and isinstance(answer.value, frozenset):
        return answer.value | measure.leads_to
    return measure.leads_to


def is_taken(question: Question, answer: Answer, measure: Measure) -> bool:
    """Whether the answer has the value that stands there after the measure; with a number also any that gives more."""
    if answer.state is not State.GIVEN or answer.value is None:
        return False
    if question.kind is Kind.NUMBER:
        return score(question, answer.value) >= score(question, measure.leads_to)
    return value_after(answer, measure) == answer.value


def _choose(offered: Sequence[Sequence[RouteMeasure]], needs: Sequence[Decimal]) -> list[RouteMeasure]:
    """The best set, in questionnaire order."""
    flat = [one for group in offered for one in group]
    keys = iter(range(len(flat)))
    groups = [[Choice(next(keys), one.measure.effort.weight, one.gain) for one in group] for group in offered]
    return [flat[choice.key] for choice in choose(groups, needs)]
