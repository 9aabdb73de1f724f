"""The points of the town and of the chamber as two bars below each other, and the way between them in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from selfcheck.core.questionnaire.model import ZERO
from selfcheck.reporting.charts.scale import place_on
from selfcheck.reporting.words import german


@dataclass(frozen=True, slots=True)
class PairBar:
    """One side: its bar is `width` per cent of the picture."""

    label: str
    kind: str
    width: Decimal
    points: str


@dataclass(frozen=True, slots=True)
class Pair:
    """`town` and `chamber` are places in per cent of `possible` points, which is as wide as the picture."""

    title: str
    bars: tuple[PairBar, PairBar]
    difference: str
    unit: str

    @property
    def left(self) -> Decimal:
        return min(bar.width for bar in self.bars)

    @property
    def right(self) -> Decimal:
        return max(bar.width for bar in self.bars)

    @property
    def words(self) -> str:
        """For those who do not see the bars."""
        return ", ".join(f"{bar.label} {bar.points}" for bar in self.bars)


def build_pair(title: str, town: Decimal, chamber: Decimal, possible: Decimal) -> Pair:
    """So many points of each side out of `possible`."""
    difference = chamber - town
    return Pair(
        f"{title}, von {german.points_dative(possible)}",
        (
            PairBar("Kommune", "claimed", place_on(town, ZERO, possible), german.points(town)),
            PairBar("IHK", "documented", place_on(chamber, ZERO, possible), german.points(chamber)),
        ),
        german.signed(difference),
        "Punkt" if abs(difference) == 1 else "Punkte",
    )
