"""What a new Stand says differently at a question than the one that was judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.rules.answers import OPEN, Answer, Answers
from selfcheck.core.rules.estimate import Estimate, Line


@dataclass(frozen=True, slots=True)
class Shared:
    """What a Stand says, by its `number`."""

    number: int
    answers: Answers
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class Changed:
    """One question that the newest Stand says differently than the Stand `since`."""

    question: QuestionId
    since: int
    before: Answer
    after: Answer
    points: tuple[Line, Line]

    @property
    def choice(self) -> bool:
        before, after = self.before, self.after
        return (before.state, before.value, before.reason) != (after.state, after.value, after.reason)

    @property
    def note(self) -> bool:
        return self.before.note != self.after.note

    @property
    def evidence(self) -> bool:
        return self.before.evidence != self.after.evidence


def find_changed(
    newest: Shared, earlier: Mapping[int, Shared], judged_on: Mapping[QuestionId, int]
) -> dict[QuestionId, Changed]:
    """Every question that `newest` says differently than the Stand on which it was judged, in the order of the
    questionnaire. What nobody judged is compared with the Stand before the newest. A Stand that is not among `earlier`
    cannot be compared.
    """
    last = max((number for number in earlier if number < newest.number), default=newest.number)
    found = {}
    for id, line in newest.estimate.line.items():
        before = earlier.get(judged_on.get(id, last))
        if before is None or before.number >= newest.number or id not in before.estimate.line:
            continue
        lines = before.estimate.line[id], line
        answers = before.answers.get(id, OPEN), newest.answers.get(id, OPEN)
        if answers[0] != answers[1] or _counts(lines[0]) != _counts(lines[1]):
            found[id] = Changed(id, before.number, *answers, lines)
    return found


def _counts(line: Line) -> object:
    return line.applies, line.points
