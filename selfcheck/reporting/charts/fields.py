"""All questions as small fields, one row per criterion: filled, hatched, dotted or empty as the bars are."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from selfcheck.core.questionnaire.model import Question, QuestionId, Questionnaire
from selfcheck.core.rules.answers import State
from selfcheck.core.rules.estimate import Applies, Estimate, Line
from selfcheck.core.rules.route import UNSETTLED
from selfcheck.reporting.words import german
from selfcheck.reporting.words.answer_text import STATES
from selfcheck.reporting.words.documents import NOT_TO_BE_FOUND

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


def question_fields(
    questionnaire: Questionnaire, estimate: Estimate, unplaced: Collection[QuestionId] = ()
) -> tuple[FieldRow, ...]:
    """Every question that applies or may apply, in the order of the questionnaire.

    Of those in `unplaced` nobody could find what proves them.
    """
    return tuple(
        FieldRow(
            f"{criterion.letter} {criterion.title}",
            tuple(
                _field(question, estimate.line[question.id], unplaced=question.id in unplaced)
                for question in criterion.questions
                if estimate.line[question.id].applies is not Applies.NO
            ),
        )
        for criterion in questionnaire.criteria
    )


def _field(question: Question, line: Line, *, unplaced: bool) -> Field:
    said = say_state(question, line, unplaced=unplaced)
    return Field(question.id, question.number, question.name, fill_of(question, line), said)


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


def say_state(question: Question, line: Line, *, unplaced: bool = False) -> str:
    """`Beleg fehlt, 1,5 von 3 Punkten`, in the same words wherever it stands; what is open says how much it can bring.

    `unplaced` says that nobody could find what proves it.
    """
    if not question.scores:
        return f"{STATES[line.state]}, ohne Punkte"
    kind = fill_of(question, line)
    word = _name_state(question, line, kind, unplaced=unplaced)
    if kind == "open":
        return f"{word}, bis {german.points_count(question.possible)}"
    if not line.points.possible:
        return f"{word}, ausgenommen"
    return f"{word}, {german.points_out_of(line.points.claimed, line.points.possible)}"


def _name_state(question: Question, line: Line, kind: str, *, unplaced: bool) -> str:
    if kind == "open":
        return STATES[line.state] if line.state in UNSETTLED else "Bedingung offen"
    if line.state is State.NOT_APPLICABLE:
        return STATES[line.state]
    if kind != "documented":
        return WORDS[kind]
    if not question.needs_evidence:
        return "kein Beleg nötig"
    return NOT_TO_BE_FOUND if unplaced else WORDS[kind]
