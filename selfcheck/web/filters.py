"""Which questions of a criterion are shown: all, open, unclear, or those without a document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from selfcheck.core.answers import State
from selfcheck.core.estimate import Applies, Line
from selfcheck.web.cards import Card
from selfcheck.web.check_page import CheckPage


@dataclass(frozen=True, slots=True)
class Filter:
    """`key` stands in the address, `text` on the chip."""

    key: str
    text: str
    passes: Callable[[Line], bool]


FILTERS = (
    Filter("", "alle", lambda line: True),
    Filter("offen", "offen", lambda line: line.state is State.OPEN),
    Filter("unklar", "unklar", lambda line: line.state is State.UNCLEAR),
    Filter("ohne-beleg", "ohne Beleg", lambda line: line.points.claimed > line.points.documented),
)


def choose_filter(key: str | None) -> Filter:
    """The filter named in an address; all questions for an unknown one."""
    return next((found for found in FILTERS if found.key == key), FILTERS[0])


def count_shown(page: CheckPage, cards: Sequence[Card], chosen: Filter) -> int:
    return len(select_cards(page, [card for card in cards if not card.hidden], chosen))


def select_cards(page: CheckPage, cards: Sequence[Card], chosen: Filter) -> tuple[Card, ...]:
    """The cards that pass; without a filter also the hidden ones, which a changed answer may bring back."""
    if not chosen.key:
        return tuple(cards)
    lines = page.estimate.line
    return tuple(
        card
        for card in cards
        if lines[card.question.id].applies is not Applies.NO and chosen.passes(lines[card.question.id])
    )
