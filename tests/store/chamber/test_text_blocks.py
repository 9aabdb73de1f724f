"""Text blocks of one advisor and of a chamber: who sees which, and what becomes of two changes at once."""

from __future__ import annotations

import pytest
from sqlalchemy import insert

from selfcheck.store.chamber.cases import Advisor
from selfcheck.store.chamber.judging import text_blocks
from selfcheck.store.chamber.judging.text_blocks import BlockText
from selfcheck.store.database import tables
from selfcheck.store.database.limits import ENTRIES, TooLong, TooMany
from selfcheck.store.database.transactions import writing
from selfcheck.store.parts.writes import Conflict, Saved, Unchanged
from tests.store.chamber.cases import add_advisor
from tests.store.conftest import Store

MISSING = BlockText("Äußerst wichtig", "Bitte legen Sie einen Beleg vor.")


@pytest.fixture
def anna(store: Store) -> Advisor:
    return add_advisor(store, "Anna")


def titles(advisor: Advisor) -> list[str]:
    return [block.title for block in text_blocks.list_blocks(advisor)]


def test_own_blocks_and_those_of_the_chamber_stand_in_one_list(store: Store, anna: Advisor) -> None:
    bert, other = add_advisor(store, "Bert"), add_advisor(store, "Carla", "frankfurt")
    own = text_blocks.add_block(anna, MISSING, True, store.now)
    text_blocks.add_block(anna, BlockText("Zum Schluss", "Danke."), False, store.now)
    assert titles(anna) == ["Äußerst wichtig", "Zum Schluss"]
    assert titles(bert) == ["Zum Schluss"]
    assert titles(other) == []
    assert text_blocks.find_block(bert, own) is None
    assert text_blocks.change_block(bert, own, None, 1, store.now) is None


def test_the_same_form_sent_twice_makes_one_block(store: Store, anna: Advisor) -> None:
    first = text_blocks.add_block(anna, MISSING, True, store.now)
    assert text_blocks.add_block(anna, MISSING, True, store.now) == first
    assert text_blocks.add_block(anna, MISSING, False, store.now) != first, "that is one for all"


def test_whoever_is_slower_sees_the_other_text(store: Store, anna: Advisor) -> None:
    bert = add_advisor(store, "Bert")
    id = text_blocks.add_block(anna, MISSING, False, store.now)
    shorter, longer = BlockText("Beleg", "Beleg?"), BlockText("Beleg", "Wo ist der Beleg?")
    assert text_blocks.change_block(bert, id, shorter, 1, store.now) == Saved(2, store.now)
    met = text_blocks.change_block(anna, id, longer, 1, store.now)
    assert isinstance(met, Conflict)
    assert (met.theirs.said, met.who, met.version) == (shorter, "Bert", 2)
    assert text_blocks.change_block(anna, id, shorter, 1, store.now) == Unchanged(2)
    assert isinstance(text_blocks.change_block(anna, id, None, 1, store.now), Conflict)
    assert text_blocks.change_block(anna, id, None, 2, store.now) == Saved(3, store.now)
    assert titles(bert) == []
    assert text_blocks.change_block(anna, id, None, 3, store.now) is None


def test_there_are_at_most_as_many_as_anybody_looks_through(store: Store, anna: Advisor) -> None:
    row = {"chamber": anna.chamber, "account_id": None, "text": "x", "by": "Anna", "version": 1, "at": store.now}
    with writing() as connection:
        connection.execute(insert(tables.TextBlock), [row | {"title": str(place)} for place in range(ENTRIES)])
    with pytest.raises(TooMany):
        text_blocks.add_block(anna, MISSING, False, store.now)
    text_blocks.add_block(anna, MISSING, True, store.now)


def test_texts_that_are_too_long_are_refused(store: Store, anna: Advisor) -> None:
    with pytest.raises(TooLong):
        text_blocks.add_block(anna, BlockText("x" * 201, "x"), True, store.now)
    with pytest.raises(TooLong):
        text_blocks.add_block(anna, BlockText("x", "x" * 2001), True, store.now)


@pytest.mark.parametrize("id", [0, -1, 2**31, 10**30])
def test_no_number_is_too_large_to_be_none(anna: Advisor, id: int) -> None:
    assert text_blocks.find_block(anna, id) is None
