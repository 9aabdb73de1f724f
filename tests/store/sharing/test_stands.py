"""Stände that are frozen without a link: one as long as nothing changed, numbered with the shared ones."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from selfcheck.store.database import tables
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.sharing import shares, stands
from tests.store.conftest import Store

CONTENT = {"municipality": "Köln „am Rhein“", "answers": {"a": "1.5"}, "frozen_on": "2027-02-08", "day": "2027-02-08"}


def _keep(store: Store, **changes: object) -> stands.KeptStand:
    return stands.keep_stand(store.check.id, CONTENT | changes, store.now)


def test_nothing_is_frozen_twice_until_something_changes(store: Store) -> None:
    first = _keep(store)
    store.now += timedelta(days=3)
    again = _keep(store, frozen_on="2027-02-11", day="2027-02-11")
    assert again == first
    assert again.content == CONTENT, "it stays the Stand of its day"
    changed = _keep(store, answers={"a": "2"})
    assert (changed.number, changed.frozen_at) == (2, store.now)
    assert _keep(store).number == 3, "what stood there before is a Stand of now"


def test_shared_staende_count_along_and_are_used_again(store: Store) -> None:
    shares.share(store.check.id, CONTENT | {"remarks": {"a": []}}, "IHK Nord", date(2027, 4, 10), store.who, store.now)
    kept = _keep(store, remarks=None)
    assert kept.number == 1
    assert stands.next_number(store.check.id) == 2
    other, _ = store.begin("Anderstadt")
    assert stands.find_same(other.id, CONTENT) is None


@pytest.mark.parametrize("content", ["{}", "[]", "kaputt"])
def test_a_damaged_stand_is_not_used_again(store: Store, content: str) -> None:
    _keep(store)
    with writing() as connection:
        connection.execute(sa.update(tables.Snapshot).values(content=content))
    assert _keep(store).number == 2
    assert reading().execute(sa.select(sa.func.count()).select_from(tables.Snapshot)).scalar() == 2
