"""What an advisor says of a question: whether its evidence suffices, and how many points it is worth to the chamber."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from selfcheck.core.questionnaire.model import Question
from selfcheck.core.rules.answers import State
from selfcheck.core.rules.estimate import Applies, Line


class Sufficiency(StrEnum):
    """The verdict on the evidence of a question (Urteil)."""

    ENOUGH = "enough"
    """Nachweis reicht."""
    MISSING = "missing"
    """Nachweis fehlt."""
    UNCLEAR = "unclear"
    """unklar."""
    TO_DISCUSS = "to discuss"
    """im Gespräch klären."""


@dataclass(frozen=True, slots=True)
class Said:
    """What an advisor says of one question: own points, verdict and why."""

    points: Decimal | None = None
    verdict: Sufficiency | None = None
    reason: str = ""

    @property
    def judged(self) -> bool:
        """Whether it counts as judged (eingeschätzt): a reason alone says nothing of the question."""
        return self.points is not None or self.verdict is not None

    def lacks_reason(self, line: Line) -> bool:
        """Whether it differs from what the town claims and does not say why."""
        return self.points is not None and self.points != line.points.claimed and not self.reason


def take_over(question: Question, line: Line) -> Said:
    """„wie Kommune“: the town's points; that its evidence suffices only where something is said and all of it that
    gives points is documented. Where an answer claims none, there is nothing to be proved."""
    proved = line.points.documented == line.points.claimed and (line.points.claimed > 0 or not question.scores)
    settled = line.state is State.NOT_APPLICABLE or (line.state is State.GIVEN and proved)
    return Said(line.points.claimed if question.scores else None, Sufficiency.ENOUGH if settled else None)


def is_asked(line: Line) -> bool:
    """Whether a question counts or may count, so that there is something to judge."""
    return line.applies is not Applies.NO
