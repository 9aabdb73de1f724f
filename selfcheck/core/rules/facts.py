"""What the rules start from: a questionnaire, what a municipality says to it, and the days that matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Self

from selfcheck.core.questionnaire.model import Profile, QuestionId, Questionnaire, Value
from selfcheck.core.rules.answers import OPEN, Answer, Answers, Extras, State
from selfcheck.core.rules.estimate import Estimate, estimate


@dataclass(frozen=True)
class Facts:
    """One municipality today; `interview` is the day of the Prüfgespräch if it is set.

    Every value in `answers` fits its question (see `answers.fits`).
    """

    questionnaire: Questionnaire
    profile: Profile
    answers: Answers
    extras: Extras
    today: date
    interview: date | None = None

    @property
    def day(self) -> date:
        """The day that counts for evidence."""
        return self.interview or self.today

    @cached_property
    def estimate(self) -> Estimate:
        return estimate(self.questionnaire, self.profile, self.answers, self.extras, self.day)

    def with_values(self, values: Mapping[QuestionId, Value]) -> Self:
        """The same with these questions answered so, whatever was said before. Notes and evidence stay; a document for
        today's answer proves no more of another one than it proves today.
        """
        tried = {question: self._try(question, value) for question, value in values.items()}
        return replace(self, answers={**self.answers, **tried})

    def _try(self, id: QuestionId, value: Value) -> Answer:
        answer = self.answers.get(id, OPEN)
        return answer._replace(state=State.GIVEN, value=value, reason="", proves=self._find_limit(id))

    def _find_limit(self, id: QuestionId) -> Decimal | None:
        """What the evidence of a question proves today; None where nothing is answered yet, or needs no evidence."""
        line = self.estimate.line[id]
        needed = self.questionnaire.question[id].needs_evidence
        answered = line.state in (State.GIVEN, State.NOT_APPLICABLE)
        return line.points.documented if needed and answered else None
