"""Brücke zur Marke: how the measures of the way lead from today to the mark, bar after bar on one scale of points.

The scale begins near today, for a measure of two points would hardly be seen beside a whole of 118.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from itertools import accumulate, pairwise

from selfcheck.core.questionnaire.model import ZERO
from selfcheck.reporting.charts.charts import Bar
from selfcheck.reporting.charts.scale import place_on
from selfcheck.reporting.words import german

LEAST_SPAN = Decimal(10)
"""Points that a scale shows at least."""
ROUND = Decimal(5)


@dataclass(frozen=True, slots=True)
class Bridge:
    """`first` is where the scale begins („70 Punkten“); `mark` and all bars are places in per cent of the picture.

    `gains` is one bar per measure, hatched as everything that no document proves yet.
    """

    first: str
    today: tuple[Bar, ...]
    gains: tuple[Bar, ...]
    after: tuple[Bar, ...]
    mark: Decimal
    mark_label: str


def build_bridge(
    documented: Decimal, reached: Decimal, gains: Sequence[Decimal], after: Decimal, mark: Decimal
) -> Bridge:
    """From `reached`, of which `documented` is proven, by the `gains` of the measures to `after`.

    `after` is what the estimate says with all of them: more than the sum, where they make other questions count.
    """
    ends = list(accumulate(gains, initial=reached))
    low, high = min(reached, mark), max(*ends, after, mark)
    span = max(high - low, LEAST_SPAN)
    first = max(ZERO, ((low - span / 3) / ROUND).to_integral_value(ROUND_FLOOR) * ROUND)
    last = high + span / 20

    def bar(kind: str, begin: Decimal, end: Decimal) -> Bar:
        start = place_on(begin, first, last)
        return kind, str(start), str(place_on(end, first, last) - start)

    proven = (bar("documented", first, documented),) if documented > first else ()
    begin = max(first, documented)
    return Bridge(
        first=german.points_dative(first),
        today=(*proven, *((bar("claimed", begin, reached),) if reached > begin else ())),
        gains=tuple(bar("claimed", start, end) for start, end in pairwise(ends)),
        after=(*proven, *((bar("claimed", begin, after),) if after > begin else ())),
        mark=place_on(mark, first, last),
        mark_label=f"Marke {german.points(mark)}",
    )
