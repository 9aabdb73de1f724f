"""All questions as small fields, one row per criterion: filled, hatched, dotted or empty as the bars are."""

from __future__ import annotations

from typing import NamedTuple

from selfcheck.core.questionnaire.model import Question, QuestionId, Questionnaire
from selfcheck.core.rules.answers import State
from selfcheck.core.rules.estimate import Applies, Estimate, Line
from selfcheck.core.rules.route import UNSETTLED
from selfcheck.reporting.words import german

WORDS = {"documented": "belegt", "claimed": "Beleg fehlt", "open": "offen", "lost": "nicht erreicht"}


class Field(NamedTuple):
    """One question; `kind` is that of its fill, `said` its state in words."""

    question: QuestionId
    number: str
    text: str
    kind: str
    said: str


class FieldRow(NamedTuple):
    label: str
    fields: tuple[Field, ...]


def question_fields(questionnaire: Questionnaire, estimate: Estimate) -> tuple[FieldRow, ...]:
    """Every question that applies or may apply, in the order of the questionnaire."""
    return tuple(
        FieldRow(
            f"{criterion.letter} {criterion.title}",
            tuple(
                _field(question, estimate.line[question.id])
                for question in criterion.questions
                if estimate.line[question.id].applies is not Applies.NO
            ),
        )
        for criterion in questionnaire.criteria
    )


def _field(question: Question, line: Line) -> Field:
    kind = fill_of(question, line)
    return Field(question.id, question.number, question.name, kind, _say(question, line, kind))


def fill_of(question: Question, line: Line) -> str:
    """Which of the four fills shows how far a question is."""
    points = line.points
    if not question.scores:
        return "documented" if line.state is State.GIVEN else "open"
    if line.state is State.NOT_APPLICABLE and line.applies is not Applies.UNDECIDED:
        return "lost"
    if line.state in UNSETTLED or line.applies is Applies.UNDECIDED:
        return "open"
    if points.unproven > 0:
        return "claimed"
    return "documented" if points.claimed else "lost"


def _say(question: Question, line: Line, kind: str) -> str:
    """`Beleg fehlt, 1,5 von 3 Punkten`; what is open says how much it can bring."""
    if not question.scores:
        return "beantwortet, ohne Punkte" if kind == "documented" else "offen, ohne Punkte"
    if kind == "open":
        word = "noch unklar" if line.state is State.UNCLEAR else WORDS[kind]
        return f"{word}, bis {german.points_count(question.possible)}"
    word = "trifft nicht zu" if line.state is State.NOT_APPLICABLE else WORDS[kind]
    if kind == "documented" and not question.needs_evidence:
        word = "kein Beleg nötig"
    return (
        f"{word}, {german.points_out_of(line.points.claimed, line.points.possible)}" if line.points.possible else word
    )
