"""Which questions are shown: all, open, unclear, without a document, assigned to me, with a comment that is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.rules.answers import State
from selfcheck.core.rules.estimate import Applies, Line
from selfcheck.store.parts.seats import Together
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.questions.cards import Card


class Facts(NamedTuple):
    """What filters ask about a question; `mine`: it is assigned to the place of whoever looks."""

    line: Line
    mine: bool
    comments: int


@dataclass(frozen=True, slots=True)
class Filter:
    """`key` stands in the address, `text` on the chip."""

    key: str
    text: str
    passes: Callable[[Facts], bool]


FILTERS = (
    Filter("", "alle", lambda facts: True),
    Filter("offen", "offen", lambda facts: facts.line.state is State.OPEN),
    Filter("unklar", "unklar", lambda facts: facts.line.state is State.UNCLEAR),
    Filter("ohne-beleg", "ohne Beleg", lambda facts: facts.line.points.claimed > facts.line.points.documented),
    Filter("mir-zugewiesen", "mir zugewiesen", lambda facts: facts.mine),
    Filter("mit-rueckfrage", "mit Rückfrage", lambda facts: facts.comments > 0),
)


def choose_filter(key: str | None) -> Filter:
    """The filter named in an address; all questions for an unknown one."""
    return next((found for found in FILTERS if found.key == key), FILTERS[0])


def learn(page: CheckPage, together: Together, question: QuestionId) -> Facts:
    mine = together.is_mine(question, page.access.place_id)
    return Facts(page.estimate.line[question], mine, together.count_open(question))


def passes(facts: Facts, chosen: Filter) -> bool:
    """Whether a question applies, or may, and is one that the filter shows."""
    return facts.line.applies is not Applies.NO and chosen.passes(facts)


def count_shown(questions: Iterable[Facts], chosen: Filter) -> int:
    return sum(passes(facts, chosen) for facts in questions)


def select_cards(cards: Sequence[Card], questions: Mapping[QuestionId, Facts], chosen: Filter) -> tuple[Card, ...]:
    """The cards that pass; without a filter also the hidden ones, which a changed answer may bring back."""
    if not chosen.key:
        return tuple(cards)
    return tuple(card for card in cards if passes(questions[card.question.id], chosen))
