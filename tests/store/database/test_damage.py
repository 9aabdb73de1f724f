"""One damaged row takes nothing else along: what goes over many self-checks or mails skips it and says where it is."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from selfcheck.commands.data import data
from selfcheck.core.permissions import Role
from selfcheck.store.access import grants
from selfcheck.store.data.purge import purge
from selfcheck.store.database import tables, transactions
from selfcheck.store.database.damage_search import find_damage
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.mail import outbox, reminders
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.operating import self_checks
from selfcheck.store.parts.values import Who
from tests.places import add_account, add_place
from tests.store.conftest import Store, no_labels, yes

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
"""PostgreSQL keeps no bytes where a text belongs, and no text where a number does: there is nothing to try."""
BYTES = "x'47454845494dff'"


def damage(store: Store, statement: str) -> None:
    """Writes past every check."""
    transactions.let_go()
    database = sqlite3.connect(store.url.removeprefix("sqlite:///"))
    database.execute("PRAGMA ignore_check_constraints = ON")
    assert database.execute(statement).rowcount
    database.commit()
    database.close()


def test_names_go_everywhere_else(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    other, secret = store.begin("Anderstadt")
    found = grants.visitor([secret], other.public_id, store.now)
    assert found is not None
    with writing() as connection:
        connection.execute(update(tables.Grant).values(name="Erika Muster"))
    store.save(yes("leitbild"), by=Who(store.access.grant_id, "Erika Muster (Koordination)"))
    damage(store, f'UPDATE change SET "by" = {BYTES} WHERE check_id = {store.check.id}')
    purged = purge(store.now + timedelta(days=370), dry=True)
    assert purged.names == 1
    assert "GEHEIM" not in caplog.text
    assert f"self-check {store.check.id}" in caplog.text


def test_other_mails_are_sent_and_the_damaged_one_is_tried_no_more_often_than_others(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    with writing() as connection:
        broken, sound = (
            outbox.put(connection, NewMail(None, f"{name}@stadt.example", "Betreff", "Text"), store.now)
            for name in ("erika", "kai")
        )
    damage(store, f"UPDATE mail SET body = {BYTES} WHERE id = {broken}")
    assert [mail.id for mail in outbox.claim(store.now)] == [sound]
    assert outbox.claim(store.now) == []
    due = outbox.next_due(store.now)
    assert due is not None
    assert due > store.now
    assert "GEHEIM" not in caplog.text
    assert f"Mail {broken} is damaged" in caplog.text


def test_others_are_reminded(store: Store) -> None:
    with writing() as connection:
        account, _ = add_account(connection, "erika@stadt.example", store.now)
        for check in (store.check, store.begin("Anderstadt")[0]):
            place = add_place(connection, check.id, Role.OFFICE, "Bauamt", store.now, question="leitbild")
            connection.execute(
                update(tables.Place).where(tables.Place.id == place).values(due_on=store.now.date(), mail="x@stadt.de")
            )
            seat = add_place(connection, check.id, Role.COORDINATOR, "Koordination", store.now)
            grants.begin_account_grant(connection, seat, account, "Erika", store.now)
    assert len(reminders.find_people(store.now, no_labels)[0].waiting) == 2
    damage(store, f"UPDATE self_check SET municipality = {BYTES} WHERE id = {store.check.id}")
    assert [each.municipality for each in reminders.find_people(store.now, no_labels)[0].waiting] == ["Anderstadt"]


def test_the_operator_sees_the_others(store: Store) -> None:
    store.begin("Anderstadt")
    damage(store, f"UPDATE self_check SET created_at = 'gestern' WHERE id = {store.check.id}")
    assert [each.municipality for each in self_checks.list_checks("", 10)] == ["Anderstadt"]


def test_the_search_names_table_column_and_row_and_nothing_else(store: Store) -> None:
    store.save(yes("leitbild"))
    store.app.cli.add_command(data)
    assert list(find_damage(reading())) == []
    assert "lassen sich lesen" in store.app.test_cli_runner().invoke(args=["data", "damage"]).output
    damage(store, f"UPDATE answer SET note = {BYTES}, choice_at = 'GEHEIM', choice_version = 'GEHEIM'")
    assert list(find_damage(reading())) == [
        f"answer.choice_version of ({store.check.id}, leitbild): no number",
        f"answer.choice_at of ({store.check.id}, leitbild): no point in time",
        f"answer.note of ({store.check.id}, leitbild): no text",
    ]
    assert list(find_damage(reading(), "another")) == []
    assert len(list(find_damage(reading(), store.check.public_id))) == 3


def test_a_row_that_only_counts_is_no_self_check(store: Store) -> None:
    with writing() as connection:
        connection.execute(insert(tables.Attempt).values(kind="token", key="x" * 64, at=store.now))
    damage(store, "UPDATE attempt SET at = 'gestern'")
    assert [place.split(" of ")[0] for place in find_damage(reading())] == ["attempt.at"]
    assert purge(store.now).deleted == 0
