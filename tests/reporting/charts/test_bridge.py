"""Brücke zur Marke: bar after bar from today to the mark, on one scale."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest

from selfcheck.reporting.charts.bridge import Bridge, build_bridge


def _end(bar: tuple[str, str, str]) -> Decimal:
    return Decimal(bar[1]) + Decimal(bar[2])


def _build(documented: str, reached: str, gains: tuple[str, ...], after: str, mark: str) -> Bridge:
    return build_bridge(
        Decimal(documented), Decimal(reached), [Decimal(gain) for gain in gains], Decimal(after), Decimal(mark)
    )


def test_every_bar_begins_where_the_one_before_ends_and_the_last_stands_behind_the_mark() -> None:
    bridge = _build("54", "77.5", ("3", "2.5", "2", "3.5"), "88.5", "82.6")
    assert [kind for kind, *_ in bridge.today] == ["claimed"]
    assert [kind for kind, *_ in bridge.gains] == ["claimed"] * 4
    places = [*bridge.today, *bridge.gains]
    for before, after in itertools.pairwise(places):
        assert _end(before) == Decimal(after[1])
    assert _end(bridge.gains[-1]) == _end(bridge.after[-1]) > bridge.mark > _end(bridge.today[-1])
    assert _end(bridge.after[-1]) <= 100
    assert (bridge.first, bridge.mark_label) == ("70 Punkten", "Marke 82,6")


def test_a_gain_is_as_wide_as_it_weighs() -> None:
    first, second = _build("0", "70", ("2", "6"), "78", "77").gains
    assert Decimal(second[2]) == pytest.approx(3 * Decimal(first[2]), abs=Decimal("0.05"))


def test_what_is_proven_is_filled_as_far_as_the_scale_shows_it() -> None:
    bridge = _build("78", "80", ("4",), "84", "82.6")
    assert [kind for kind, *_ in bridge.today] == ["documented", "claimed"]
    assert [kind for kind, *_ in bridge.after] == ["documented", "claimed"]


@pytest.mark.parametrize(
    ("documented", "reached", "gains", "after", "mark"),
    [
        ("0", "0", (), "0", "82.6"),
        ("0", "0", (), "0", "0"),
        ("118", "124", (), "124", "82.6"),
        ("0", "1", ("0.5",), "9", "0.7"),
    ],
)
def test_no_bar_leaves_the_picture(
    documented: str, reached: str, gains: tuple[str, ...], after: str, mark: str
) -> None:
    bridge = _build(documented, reached, gains, after, mark)
    for bar in (*bridge.today, *bridge.gains, *bridge.after):
        assert Decimal(bar[1]) >= 0
        assert Decimal(bar[2]) >= 0
        assert _end(bar) <= 100
    assert 0 <= bridge.mark <= 100
