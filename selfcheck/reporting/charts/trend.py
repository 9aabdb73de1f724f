"""Verlauf: the three numbers over the Stände, up to today, with the interview at the right edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.rules.estimate import Estimate
from selfcheck.reporting.charts.scale import HUNDREDTH, place_on
from selfcheck.reporting.words import german

LINES = (("documented", "belegt"), ("claimed", "angegeben"), ("open", "möglich bis"))
START, EDGE = Decimal(2), Decimal(98)
"""Percent of the picture: where the first and the last point stand, whose signs need room."""
APART = Decimal(7)
"""Percent of the picture between two days at least, however short the time between them."""
ZERO = Decimal(0)


class Moment(NamedTuple):
    """The estimate of one Stand; the last one is today."""

    name: str
    day: date
    estimate: Estimate


class Point(NamedTuple):
    """Place from the left and share, in per cent."""

    place: Decimal
    share: Decimal


class Line(NamedTuple):
    """One of the three numbers: its points, and the stretches between them."""

    kind: str
    word: str
    points: tuple[Point, ...]

    @property
    def stretches(self) -> Iterator[tuple[Point, Point]]:
        return pairwise(self.points)


@dataclass(frozen=True, slots=True)
class Trend:
    """One point for each day, its last. `edge` is what stands at the right edge: the interview, or today. `cells`: the
    numbers of all moments as a table.
    """

    lines: tuple[Line, ...]
    mark: Decimal
    mark_label: str
    first: str
    edge: str
    today: Decimal | None
    description: str
    cells: tuple[tuple[str, ...], ...]


def build_trend(questionnaire: Questionnaire, moments: Sequence[Moment], interview: date | None) -> Trend:
    """`moments` in their order, at least two; the last one is today."""
    first, today = moments[0].day, moments[-1].day
    last = interview if interview is not None and interview > today else today
    shares = [_shares(moment.estimate) for moment in moments]
    drawn = {moment.day: each for moment, each in zip(moments, shares, strict=True)}
    places = _spread([_days(first, day) for day in drawn], _days(first, last))
    return Trend(
        lines=tuple(
            Line(
                kind, word, tuple(Point(place, each[index]) for place, each in zip(places, drawn.values(), strict=True))
            )
            for index, (kind, word) in enumerate(LINES)
        ),
        mark=questionnaire.pass_mark,
        mark_label=f"Marke {german.mark_percent(questionnaire.pass_mark)}",
        first=german.day(first),
        edge=f"Prüfgespräch {german.day(last)}" if last > today else "heute",
        today=places[-1] if last > today else None,
        description=_describe(moments, shares),
        cells=tuple(_cells(moments, shares)),
    )


def _days(first: date, day: date) -> Decimal:
    return Decimal((day - first).days)


def _spread(days: Sequence[Decimal], whole: Decimal) -> list[Decimal]:
    """Places by time, no two on top of each other; what is still to come keeps its room at the right."""
    places: list[Decimal] = []
    for each in days:
        place = START + place_on(each, ZERO, whole) * (EDGE - START) / 100
        places.append(max(place, places[-1] + APART) if places else place)
    limit = EDGE if whole == days[-1] else EDGE - APART
    if places[-1] > limit:
        places = [START + (place - START) * (limit - START) / (places[-1] - START) for place in places]
    return [place.quantize(HUNDREDTH) for place in places]


def _shares(estimate: Estimate) -> tuple[Decimal, Decimal, Decimal]:
    numbers = (estimate.reached_documented, estimate.reached, estimate.upper)
    documented, claimed, upper = (german.share(number, estimate.points.possible) for number in numbers)
    return documented, claimed, upper


def _describe(moments: Sequence[Moment], shares: Sequence[Sequence[Decimal]]) -> str:
    documented, claimed, _ = (
        (german.percent(old), german.percent(new)) for old, new in zip(*shares[:: len(shares) - 1], strict=True)
    )
    first = moments[0].day
    since = f"Vom {german.day(first)} bis heute" if first < moments[-1].day else "Heute"
    return f"{since}: {_say_course('angegeben', *claimed)}; {_say_course('belegt', *documented)}."


def _say_course(word: str, old: str, new: str) -> str:
    return f"{word} unverändert {new}" if old == new else f"{word} von {old} auf {new}"


def _cells(moments: Iterable[Moment], shares: Iterable[Sequence[Decimal]]) -> Iterator[tuple[str, ...]]:
    for moment, each in zip(moments, shares, strict=True):
        yield (moment.name, german.day(moment.day), *(german.percent(share) for share in each))
