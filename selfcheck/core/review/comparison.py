"""How the chamber's points lie beside those of the town: per question, per criterion, and which of them matter most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from selfcheck.core.questionnaire.model import ZERO, CriterionId, Question, Questionnaire
from selfcheck.core.review.judgement import Said, is_asked
from selfcheck.core.rules.estimate import Estimate, Line


@dataclass(frozen=True, slots=True)
class Compared:
    """One question with what the town claims and what the chamber says of it."""

    question: Question
    line: Line
    said: Said

    @property
    def town(self) -> Decimal:
        return self.line.points.claimed

    @property
    def possible(self) -> Decimal:
        """What it can give; also where the town took it out of the base and the chamber gives points for it."""
        possible = self.line.points.possible
        return self.question.possible if self.said.points is not None and self.said.points > possible else possible

    @property
    def difference(self) -> Decimal | None:
        """The chamber's points less those of the town; None where there are none of its own."""
        return None if self.said.points is None else self.said.points - self.town

    @property
    def weight(self) -> Decimal:
        """How much the difference matters: its size times the points of the question."""
        return abs(self.difference or ZERO) * self.possible


@dataclass(frozen=True, slots=True)
class Sum:
    """Points of the questions that have own ones: so many `questions`, out of `possible`."""

    questions: int = 0
    possible: Decimal = ZERO
    town: Decimal = ZERO
    chamber: Decimal = ZERO

    @property
    def difference(self) -> Decimal:
        return self.chamber - self.town


def lay_beside(questionnaire: Questionnaire, estimate: Estimate, said: Mapping[str, Said]) -> tuple[Compared, ...]:
    """Every question that is asked, in the order of the questionnaire."""
    return tuple(
        Compared(question, estimate.line[question.id], said.get(question.id, Said()))
        for question in questionnaire.questions
        if is_asked(estimate.line[question.id])
    )


def add_up(compared: Iterable[Compared]) -> Sum:
    """The sum over those that have own points."""
    counted = [each for each in compared if each.said.points is not None]
    return Sum(
        len(counted),
        sum((each.possible for each in counted), ZERO),
        sum((each.town for each in counted), ZERO),
        sum((each.said.points or ZERO for each in counted), ZERO),
    )


def add_up_criteria(compared: Iterable[Compared]) -> dict[CriterionId, Sum]:
    """The same for each criterion."""
    found: dict[CriterionId, list[Compared]] = {}
    for each in compared:
        found.setdefault(each.question.criterion, []).append(each)
    return {criterion: add_up(some) for criterion, some in found.items()}


def sort_by_weight(compared: Iterable[Compared]) -> list[Compared]:
    """Those with own points; what differs most comes first, what weighs the same in the order it came."""
    return sorted((each for each in compared if each.said.points is not None), key=lambda each: -each.weight)


def count_judged(compared: Iterable[Compared]) -> int:
    return sum(each.said.judged for each in compared)
