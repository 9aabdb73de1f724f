"""Scales: which places of a picture get a number, so that none stands in the way of another."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from selfcheck.core.questionnaire.model import ZERO
from selfcheck.reporting.words import german

HUNDRED = Decimal(100)
HUNDREDTH = Decimal("0.01")
APART = 10
"""Percent of a picture that lie at least between two numbers."""
MOST_STEPS = 5
STEPS = tuple(Decimal(step) for step in (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500))


class Tick(NamedTuple):
    """A number on a scale; `place` in per cent of the picture. `mark`: it is the pass mark."""

    place: Decimal
    text: str
    mark: bool = False


def mark_shares(pass_mark: Decimal) -> tuple[Tick, ...]:
    """The scale of shares: its ends, the mark, and what quarters stand apart from these."""
    quarters = (Tick(Decimal(place), german.mark_percent(Decimal(place))) for place in (25, 50, 75))
    ends = (Tick(ZERO, german.mark_percent(ZERO)), Tick(HUNDRED, german.mark_percent(HUNDRED)))
    return _keep_apart((Tick(pass_mark, german.mark_percent(pass_mark), True), *ends, *quarters))


def mark_points(mark: Decimal, whole: Decimal) -> tuple[Tick, ...]:
    """The scale of `whole` points: its ends, the mark, and round numbers that stand apart from these."""
    if not whole:
        return ()
    step = next((step for step in STEPS if whole / step <= MOST_STEPS), whole)
    round_numbers = (step * number for number in range(1, MOST_STEPS) if step * number < whole)
    numbers = ((mark, True), (ZERO, False), (whole, False), *((number, False) for number in round_numbers))
    return _keep_apart(
        Tick(place_on(number, ZERO, whole), german.points(number), is_mark) for number, is_mark in numbers
    )


def place_on(number: Decimal, first: Decimal, last: Decimal) -> Decimal:
    """Where `number` stands on a scale from `first` to `last`, in per cent; what lies beyond stands at its end."""
    if last <= first:
        return ZERO
    share = (number - first) * HUNDRED / (last - first)
    return min(max(share, ZERO), HUNDRED).quantize(HUNDREDTH, ROUND_HALF_UP)


def _keep_apart(ticks: Iterable[Tick]) -> tuple[Tick, ...]:
    """Without those too near to an earlier one, in the order of their places."""
    kept: list[Tick] = []
    for tick in ticks:
        if all(abs(tick.place - other.place) >= APART for other in kept):
            kept.append(tick)
    return tuple(sorted(kept))
