"""Scales: the mark and the ends always, other numbers where they have room."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest

from selfcheck.reporting.charts.scale import Tick, mark_points, mark_shares


def _say(ticks: tuple[Tick, ...]) -> list[str]:
    return [tick.text.replace("\N{NO-BREAK SPACE}", " ") for tick in ticks]


def test_shares_have_quarters_and_the_mark() -> None:
    ticks = mark_shares(Decimal(70))
    assert _say(ticks) == ["0 %", "25 %", "50 %", "70 %", "100 %"]
    assert [tick.text[:2] for tick in ticks if tick.mark] == ["70"]


def test_points_have_round_numbers_the_mark_and_the_whole() -> None:
    assert _say(mark_points(Decimal("82.6"), Decimal(118))) == ["0", "25", "50", "82,6", "100", "118"]


@pytest.mark.parametrize("whole", ["0", "1", "7.5", "118", "5000"])
@pytest.mark.parametrize("share", ["0.1", "35", "66.5", "99", "100"])
def test_no_number_stands_in_the_way_of_another(whole: str, share: str) -> None:
    points = Decimal(whole) * Decimal(share) / 100
    for ticks in (mark_shares(Decimal(share)), mark_points(points, Decimal(whole))):
        places = [tick.place for tick in ticks]
        assert places == sorted(places)
        assert all(after - before >= 10 for before, after in itertools.pairwise(places))
        assert len(places) <= 7
