"""State and points of a question in a few words."""

from __future__ import annotations

from typing import NamedTuple

from selfcheck.core.questionnaire.model import Question
from selfcheck.core.rules.answers import OPEN, State
from selfcheck.core.rules.estimate import Applies, Line
from selfcheck.reporting.charts.fields import fill_of, say_state
from selfcheck.reporting.words.documents import lacks_place
from selfcheck.web.layout.check_page import CheckPage

KINDS = {"documented": "done", "claimed": "warning", "open": "open", "lost": "lost"}
"""Of a tag, by the fill of its question."""


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
    return Tag(_find_kind(question, line, unplaced=unplaced), say_state(question, line, unplaced=unplaced))


def _find_kind(question: Question, line: Line, *, unplaced: bool) -> str:
    fill = fill_of(question, line)
    if fill == "open" and question.scores and line.state is not State.OPEN:
        return "unclear"
    if fill == "documented" and question.needs_evidence and unplaced:
        return "warning"
    return KINDS[fill]
