"""What may become of a good example, and through whom."""

from __future__ import annotations

from itertools import product

from selfcheck.core.review.example import OPEN_EXAMPLES, ExampleState, may_become
from selfcheck.core.review.thread import Side


def test_only_the_town_agrees_and_only_to_what_is_proposed() -> None:
    ways = {
        (side, state) for side, state in product(Side, ExampleState) if may_become(side, state, ExampleState.AGREED)
    }
    assert ways == {(Side.TOWN, ExampleState.PROPOSED)}


def test_both_sides_take_back_what_is_shown() -> None:
    assert all(may_become(side, ExampleState.AGREED, ExampleState.TAKEN_BACK) for side in Side)
    assert not may_become(Side.CHAMBER, ExampleState.PROPOSED, ExampleState.DECLINED)


def test_nothing_that_ended_begins_again() -> None:
    ended = set(ExampleState) - OPEN_EXAMPLES
    assert not [way for way in product(Side, ended, ExampleState) if may_become(*way)]
