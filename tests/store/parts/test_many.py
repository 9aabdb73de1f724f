"""Many self-checks read at once: the same as one by one, with as many statements for all as for one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from selfcheck.store.database import transactions
from selfcheck.store.parts import saving
from selfcheck.store.parts.saving import load_many
from tests.store.conftest import QUESTIONNAIRE, Store, yes

KNOWN = {QUESTIONNAIRE.name: QUESTIONNAIRE}


def test_many_hold_what_each_of_them_holds(store: Store) -> None:
    other, _ = store.begin("Anderstadt")
    store.save_one(yes("leitbild"))
    transactions.look_again()
    found = load_many([store.check, other], KNOWN)
    assert found == {check.id: saving.load(check, QUESTIONNAIRE) for check in (store.check, other)}
    assert found[store.check.id].answers["leitbild"].value == "ja"
    assert not found[other.id].answers


def test_many_take_as_many_statements_as_one(store: Store) -> None:
    checks = [store.check, *(store.begin(f"Stadt {number}")[0] for number in range(5))]
    transactions.look_again()
    counts = []
    for some in (checks[:1], checks):
        with store.counted() as statements:
            load_many(some, KNOWN)
        counts.append(statements.count)
    assert counts[0] == counts[1] <= 6


def test_none_are_read_where_there_are_none(store: Store) -> None:
    with store.counted() as statements:
        assert load_many([], KNOWN) == {}
        assert load_many([replace(store.check, questionnaire="anderer/1")], KNOWN) == {}
    assert statements.count == 0


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # PostgreSQL keeps no text where a time belongs
def test_a_damaged_one_does_not_take_the_others_along(store: Store) -> None:
    other, _ = store.begin("Anderstadt")
    store.save_one(yes("leitbild"))
    with transactions.writing() as connection:
        connection.execute(
            text("UPDATE answer SET choice_at = 'kein Tag' WHERE check_id = :id"), {"id": store.check.id}
        )
    transactions.look_again()
    assert set(load_many([store.check, other], KNOWN)) == {other.id}
