"""State and points of a question in a few words."""

from __future__ import annotations

from typing import NamedTuple

from selfcheck.core.questionnaire.model import Question
from selfcheck.core.rules.answers import State
from selfcheck.core.rules.estimate import Applies, Line, Points
from selfcheck.reporting.words import german


class Tag(NamedTuple):
    """`kind` is done, warning, unclear, open or lost."""

    kind: str
    text: str


def has_work_left(line: Line) -> bool:
    """Whether a question that applies is open, or lacks a document."""
    points = line.points
    return line.applies is not Applies.NO and (points.open > 0 or points.unproven > 0)


def make_tag(question: Question, line: Line) -> Tag:
    """The tag of a card: `belegt, 4 von 4 Punkten`, `Beleg fehlt, 1,5 von 4 Punkten`, `offen, bis 3 Punkte`."""
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
    if points.unproven > 0:
        return Tag("warning", f"Beleg fehlt, {_of_all(points)}")
    if not points.claimed:
        return Tag("lost", f"beantwortet, {_of_all(points)}")
    return Tag("done", f"{'belegt' if question.needs_evidence else 'kein Beleg nötig'}, {_of_all(points)}")


def _of_all(points: Points) -> str:
    return german.points_out_of(points.claimed, points.possible)


def _up_to(question: Question) -> str:
    return f"bis {german.points_count(question.possible)}"
