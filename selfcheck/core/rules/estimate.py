"""What the answers are worth: points per question, bonus, mark and verdict.

The words for a line's points are in `reasons`; what to do about them is `route`'s and `checklist`'s business.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple

from selfcheck.core.questionnaire.model import (
    ZERO,
    Bonus,
    Criterion,
    CriterionId,
    NotApplicable,
    OptionId,
    Profile,
    Question,
    QuestionId,
    Questionnaire,
    Value,
)
from selfcheck.core.rules.answers import OPEN, Answer, Answers, Extras, State
from selfcheck.core.rules.conditions import Applies, decide_all
from selfcheck.core.rules.reasons import explain
from selfcheck.core.rules.scoring import score

__all__ = ["Applies", "CriterionEstimate", "Estimate", "Line", "Points", "Verdict", "estimate"]

HUNDRED = Decimal(100)


class Points(NamedTuple):
    """Five sums; always `possible = claimed + open + lost` and `documented ≤ claimed`."""

    possible: Decimal = ZERO
    claimed: Decimal = ZERO
    documented: Decimal = ZERO
    open: Decimal = ZERO
    lost: Decimal = ZERO

    @property
    def unproven(self) -> Decimal:
        """What is claimed and nothing documents."""
        return self.claimed - self.documented

    @classmethod
    def total(cls, parts: Iterable[Points]) -> Points:
        return cls(*(sum(column, ZERO) for column in zip(*parts, strict=True)))


NOTHING = Points()


class Line(NamedTuple):
    """What one question gives, and in German why."""

    question: QuestionId
    state: State
    applies: Applies
    points: Points
    reason: str


@dataclass(frozen=True)
class CriterionEstimate:
    id: CriterionId
    points: Points
    lines: tuple[Line, ...]


class Verdict(StrEnum):
    EMPTY = "empty"
    DOCUMENTED = "documented"
    CLAIMED = "claimed"
    POSSIBLE = "possible"
    SHORT = "short"


@dataclass(frozen=True)
class Estimate:
    """What everything gives; `excluded` are the questions that somebody took out of the base."""

    questionnaire: str
    points: Points
    bonus: Decimal
    documented_bonus: Decimal
    mark: Decimal
    verdict: Verdict
    criteria: tuple[CriterionEstimate, ...]
    excluded: tuple[QuestionId, ...]

    @cached_property
    def line(self) -> Mapping[QuestionId, Line]:
        """Every question's line, in questionnaire order."""
        return {line.question: line for criterion in self.criteria for line in criterion.lines}

    @cached_property
    def criterion(self) -> Mapping[CriterionId, CriterionEstimate]:
        return {criterion.id: criterion for criterion in self.criteria}

    @property
    def reached(self) -> Decimal:
        return self.points.claimed + self.bonus

    @property
    def reached_documented(self) -> Decimal:
        return self.points.documented + self.documented_bonus

    @property
    def upper(self) -> Decimal:
        return self.reached + self.points.open


def estimate(questionnaire: Questionnaire, profile: Profile, answers: Answers, extras: Extras, day: date) -> Estimate:
    """The estimate on the `day` that counts for evidence (the interview if set, else today).

    Every value in `answers` fits its question (see `answers.fits`).
    """
    applies = decide_all(questionnaire, profile, answers)
    criteria = tuple(_criterion(criterion, answers, applies, day) for criterion in questionnaire.criteria)
    lines = [line for criterion in criteria for line in criterion.lines]
    points = Points.total(criterion.points for criterion in criteria)
    bonus, documented_bonus = _earn_bonus(questionnaire.bonus, profile, extras)
    mark = find_mark(questionnaire.pass_mark, points)
    denied = (line.question for line in lines if line.applies is Applies.YES and line.state is State.NOT_APPLICABLE)
    excluded = tuple(id for id in denied if _leaves_base(questionnaire.question[id]))
    return Estimate(
        questionnaire=questionnaire.name,
        points=points,
        bonus=bonus,
        documented_bonus=documented_bonus,
        mark=mark,
        verdict=judge(lines, points, bonus, documented_bonus, mark),
        criteria=criteria,
        excluded=excluded,
    )


def _criterion(
    criterion: Criterion, answers: Answers, applies: Mapping[QuestionId, Applies], day: date
) -> CriterionEstimate:
    lines = tuple(_line(each, answers.get(each.id, OPEN), applies[each.id], day) for each in criterion.questions)
    return CriterionEstimate(criterion.id, Points.total(line.points for line in lines), lines)


def _limit(line: Line, most: Decimal) -> Line:
    """The line with at most so many points documented."""
    return line._replace(points=line.points._replace(documented=min(line.points.documented, most)))


def _line(question: Question, answer: Answer, applies: Applies, day: date) -> Line:
    if applies is not Applies.YES or answer.state is not State.GIVEN:
        return _ungiven_line(question, answer.state, applies)
    proven = not question.needs_evidence or any(piece.counts(day) for piece in answer.evidence)
    if answer.value in question.option:
        line = _option_line(question, OptionId(str(answer.value)), proven)
    else:
        line = _given_line(question, answer.value, proven)
    return line if answer.proves is None else _limit(line, answer.proves)


@lru_cache(maxsize=4096)
def _ungiven_line(question: Question, state: State, applies: Applies) -> Line:
    """No value counts here, so the questionnaire alone says what it gives: worked out once."""
    points = _count_ungiven(question, state, applies)
    return Line(question.id, state, applies, points, explain(question, state, None, applies, ZERO))


@lru_cache(maxsize=4096)
def _option_line(question: Question, option: OptionId, proven: bool) -> Line:
    """The same for a value that the questionnaire names itself."""
    return _given_line(question, option, proven)


def _given_line(question: Question, value: Value | None, proven: bool) -> Line:
    possible, claimed = question.possible, score(question, value)
    points = Points(possible, claimed, claimed if proven else ZERO, ZERO, possible - claimed) if possible else NOTHING
    reason = explain(question, State.GIVEN, value, Applies.YES, points.claimed)
    return Line(question.id, State.GIVEN, Applies.YES, points, reason)


def _count_ungiven(question: Question, state: State, applies: Applies) -> Points:
    """The table of points for everything but values: one row per state."""
    possible = question.possible
    if applies is Applies.NO or not possible:
        return NOTHING
    if applies is Applies.UNDECIDED or state is State.OPEN or state is State.UNCLEAR:
        return Points(possible, ZERO, ZERO, possible, ZERO)
    return NOTHING if _leaves_base(question) else Points(possible, ZERO, ZERO, ZERO, possible)


def _leaves_base(question: Question) -> bool:
    return question.not_applicable is NotApplicable.EXCLUDED


def _earn_bonus(bonus: Bonus, profile: Profile, extras: Extras) -> tuple[Decimal, Decimal]:
    """Sonderpunkte as claimed and as documented; past goals exist only in a renewal."""
    goals = [goal for goal in extras.past_goals if goal.counts] if profile.audit == "renewal" else []
    projects = [project for project in extras.projects if project.counts]
    claimed = bonus.per_project * len(projects) + bonus.per_goal * len(goals)
    documented = bonus.per_project * sum(project.documented for project in projects)
    documented += bonus.per_goal * sum(goal.documented for goal in goals)
    return min(bonus.at_most, claimed), min(bonus.at_most, documented)


def find_mark(pass_mark: Decimal, points: Points) -> Decimal:
    """The points that are needed where `pass_mark` per cent of the possible ones are."""
    return pass_mark * points.possible / HUNDRED


def judge(lines: Iterable[Line], points: Points, bonus: Decimal, documented_bonus: Decimal, mark: Decimal) -> Verdict:
    """What `points` with Sonderpunkte mean against the `mark`; nothing yet where none of `lines` says anything."""
    started = any(line.applies is not Applies.NO and line.state is not State.OPEN for line in lines)
    if not (started and points.possible):
        return Verdict.EMPTY
    if points.documented + documented_bonus >= mark:
        return Verdict.DOCUMENTED
    if points.claimed + bonus >= mark:
        return Verdict.CLAIMED
    return Verdict.POSSIBLE if points.claimed + bonus + points.open >= mark else Verdict.SHORT
