"""What a new Stand says differently at a question, before and now, in German."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from selfcheck.core.questionnaire.model import Question
from selfcheck.core.review.changed import Changed
from selfcheck.core.rules.answers import Answer
from selfcheck.reporting.report.difference_text import say_change_of
from selfcheck.reporting.words.answer_text import say_choice, say_evidence

EMPTY = "(leer)"


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """One thing that is said differently: what, before, and now."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedText:
    """A question that changed; `points` says what the town's points did."""

    since: int
    facts: tuple[ChangedFact, ...]
    points: str


def describe_changed(question: Question, changed: Changed, days: tuple[date, date]) -> ChangedText:
    """`days` are those that count for evidence, before and now."""
    points = say_change_of(*(line.points for line in changed.points))
    return ChangedText(changed.since, tuple(_list_facts(question, changed, days)), points)


def _list_facts(question: Question, changed: Changed, days: tuple[date, date]) -> Iterator[ChangedFact]:
    before, after = changed.before, changed.after
    if changed.choice:
        yield ChangedFact("Antwort", *(_say_answer(question, each) for each in (before, after)))
    if changed.note:
        yield ChangedFact("Erläuterung", before.note or EMPTY, after.note or EMPTY)
    if changed.evidence:
        yield ChangedFact("Nachweise", _say_pieces(before, days[0]), _say_pieces(after, days[1]))


def _say_answer(question: Question, answer: Answer) -> str:
    return say_choice(question, answer.state, answer.value, answer.reason)


def _say_pieces(answer: Answer, day: date) -> str:
    lines = (say_evidence(piece, day) for piece in answer.evidence)
    said = (", ".join(filter(None, (each.title, each.status, each.place, each.link))) for each in lines)
    return "\n".join(said) or EMPTY
