"""State and points of a question in a few words."""

from __future__ import annotations

from typing import NamedTuple

from selfcheck.core.questionnaire.model import Question
from selfcheck.core.rules.answers import OPEN, State
from selfcheck.core.rules.estimate import Applies, Line, Points
from selfcheck.reporting.words import german
from selfcheck.reporting.words.documents import NOT_TO_BE_FOUND, lacks_place
from selfcheck.web.layout.check_page import CheckPage


class Tag(NamedTuple):
    """`kind` is done, warning, unclear, open or lost."""

    kind: str
    text: str


def has_work_left(line: Line) -> bool:
    """Whether a question that applies is open, or lacks a document."""
    points = line.points
    return line.applies is not Applies.NO and (points.open > 0 or points.unproven > 0)


def tag_question(page: CheckPage, question: Question) -> Tag:
    """The tag of a question as it is answered now."""
    answer = page.loaded.answers.get(question.id, OPEN)
    return make_tag(question, page.estimate.line[question.id], unplaced=lacks_place(answer, page.day))


def make_tag(question: Question, line: Line, *, unplaced: bool = False) -> Tag:
    """The tag of a card: `belegt, 4 von 4 Punkten`, `Beleg fehlt, 1,5 von 4 Punkten`, `offen, bis 3 Punkte`.

    `unplaced` says that nobody could find what proves it.
    """
    points = line.points
    if not question.scores:
        return Tag("done", "beantwortet") if line.state is State.GIVEN else Tag("open", "offen, ohne Punkte")
    if line.state is State.NOT_APPLICABLE and line.applies is not Applies.UNDECIDED:
        return Tag("lost", f"trifft nicht zu, {_of_all(points)}" if points.possible else "trifft nicht zu, ausgenommen")
    if line.state is State.UNCLEAR:
        return Tag("unclear", f"noch unklar, {_up_to(question)}")
    if line.state is State.OPEN:
        return Tag("open", f"offen, {_up_to(question)}")
    if line.applies is Applies.UNDECIDED:
        return Tag("unclear", f"Bedingung offen, {_up_to(question)}")
    kind, word = _tag_proof(question, points, unplaced=unplaced)
    return Tag(kind, f"{word}, {_of_all(points)}")


def _tag_proof(question: Question, points: Points, *, unplaced: bool) -> tuple[str, str]:
    """Kind and word for what was answered and settled."""
    if points.unproven > 0:
        return "warning", "Beleg fehlt"
    if not points.claimed:
        return "lost", "beantwortet"
    if not question.needs_evidence:
        return "done", "kein Beleg nötig"
    return ("warning", NOT_TO_BE_FOUND) if unplaced else ("done", "belegt")


def _of_all(points: Points) -> str:
    return german.points_out_of(points.claimed, points.possible)


def _up_to(question: Question) -> str:
    return f"bis {german.points_count(question.possible)}"
