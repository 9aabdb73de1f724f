"""What differs between two states of one self-check: answers, points per criterion, evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from selfcheck.core.questionnaire.model import CriterionId, QuestionId
from selfcheck.core.rules.answers import OPEN, Answer, Answers, Evidence
from selfcheck.core.rules.estimate import NOTHING, Estimate, Points


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence with the question that it belongs to."""

    question: QuestionId
    evidence: Evidence


@dataclass(frozen=True)
class Side:
    """One state. `evidence` by what finds a piece again in the other state."""

    answers: Answers
    estimate: Estimate
    evidence: Mapping[str, Piece]


@dataclass(frozen=True, slots=True)
class AnswerDifference:
    """One question whose choice or note differs; `choice` and `note` say which."""

    question: QuestionId
    before: Answer
    after: Answer

    @property
    def choice(self) -> bool:
        before, after = self.before, self.after
        return (before.state, before.value, before.reason) != (after.state, after.value, after.reason)

    @property
    def note(self) -> bool:
        return self.before.note != self.after.note


class Happened(StrEnum):
    """What became of a piece of evidence."""

    CAME = "came"
    WENT = "went"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class EvidenceDifference:
    """One piece that is not the same; on one side it may not be there."""

    key: str
    before: Piece | None
    after: Piece | None

    @property
    def happened(self) -> Happened:
        if self.before is None:
            return Happened.CAME
        return Happened.WENT if self.after is None else Happened.CHANGED

    @property
    def question(self) -> QuestionId | None:
        piece = self.after or self.before
        return piece.question if piece else None


@dataclass(frozen=True)
class Difference:
    """Everything that differs, answers in the order of the questionnaire.

    Points stand before and after, equal ones too; `reached` are those with Sonderpunkte.
    """

    answers: tuple[AnswerDifference, ...]
    criteria: Mapping[CriterionId, tuple[Points, Points]]
    total: tuple[Points, Points]
    reached: tuple[Decimal, Decimal]
    evidence: tuple[EvidenceDifference, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing was answered or proven differently, and no point differs."""
        same = self.reached[0] == self.reached[1] and self.total[0] == self.total[1]
        return not self.answers and not self.evidence and same


def compare(before: Side, after: Side) -> Difference:
    """From `before` to `after`; both are of the same questionnaire."""
    questions = dict.fromkeys((*before.estimate.line, *before.answers, *after.answers))
    answers = (AnswerDifference(id, before.answers.get(id, OPEN), after.answers.get(id, OPEN)) for id in questions)
    pieces = dict.fromkeys((*before.evidence, *after.evidence))
    evidence = (EvidenceDifference(key, before.evidence.get(key), after.evidence.get(key)) for key in pieces)
    return Difference(
        answers=tuple(each for each in answers if each.choice or each.note),
        criteria={
            id: (_points(before.estimate, id), _points(after.estimate, id))
            for id in dict.fromkeys((*before.estimate.criterion, *after.estimate.criterion))
        },
        total=(before.estimate.points, after.estimate.points),
        reached=(before.estimate.reached, after.estimate.reached),
        evidence=tuple(each for each in evidence if each.before != each.after),
    )


def _points(estimate: Estimate, id: CriterionId) -> Points:
    criterion = estimate.criterion.get(id)
    return criterion.points if criterion else NOTHING
