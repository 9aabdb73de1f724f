"""Which questions are shown: all, open, unclear, to be confirmed, without a document, assigned to me, commented."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from selfcheck.core.questionnaire.model import Question, QuestionId
from selfcheck.core.rules.answers import State
from selfcheck.core.rules.estimate import Line
from selfcheck.store.parts.seats import Together
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.filters import Filter


class Facts(NamedTuple):
    """What filters ask about a question; `mine`: it is assigned to the place of whoever looks; `taken`: its answer was
    taken over, and nobody has confirmed it."""

    line: Line
    mine: bool
    comments: int
    taken: bool


MINE: Filter[Facts] = Filter("mir-zugewiesen", "mir zugewiesen", lambda facts: facts.mine)
ASKED: Filter[Facts] = Filter("mit-rueckfrage", "mit Rückfrage", lambda facts: facts.comments > 0)
TAKEN: Filter[Facts] = Filter("zu-bestaetigen", "noch zu bestätigen", lambda facts: facts.taken)
FILTERS: tuple[Filter[Facts], ...] = (
    Filter("", "alle", lambda facts: True),
    Filter("offen", "offen", lambda facts: facts.line.state is State.OPEN),
    Filter("unklar", "unklar", lambda facts: facts.line.state is State.UNCLEAR),
    TAKEN,
    Filter("ohne-beleg", "ohne Beleg", lambda facts: facts.line.points.unproven > 0),
    MINE,
    ASKED,
)
OF_ANSWERS = tuple(each for each in FILTERS if each not in (MINE, ASKED))
"""What they show changes with answers and evidence alone."""


def _count_asked(page: CheckPage, together: Together, question: QuestionId) -> int:
    """Rückfragen that wait for an answer, whether colleagues ask or the chamber."""
    return together.count_open(question) + page.access.chamber_asks.count(question)


def learn(page: CheckPage, together: Together, questions: Iterable[Question]) -> dict[QuestionId, Facts]:
    """The facts about those of `questions` that apply, or may; no filter shows the others."""
    asked = (question.id for question in questions if not page.hides(question))
    place, lines = page.access.place_id, page.estimate.line
    return {
        id: Facts(lines[id], together.is_mine(id, place), _count_asked(page, together, id), id in page.unconfirmed)
        for id in asked
    }
