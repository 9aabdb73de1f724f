"""The databases themselves: migrations, settings of SQLite, points in time."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta, timezone

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, inspect, text
from sqlalchemy.exc import IntegrityError, StatementError

from selfcheck.store.access import grants
from selfcheck.store.database import transactions
from selfcheck.store.database.times import end_of_day, local_day
from selfcheck.store.database.transactions import db
from tests.store.conftest import THREADS, Store, migrate, opened, yes


def test_migrations_from_nothing_make_the_tables_of_the_models(empty_url: str) -> None:
    migrate(empty_url)
    with opened(empty_url), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, db.metadata) == []
        stored = inspect(connection)
        for table in db.metadata.sorted_tables:
            named = {str(check.name) for check in table.constraints if isinstance(check, CheckConstraint)}
            named |= {str(check.name) for column in table.columns for check in column.constraints}
            assert {check["name"] for check in stored.get_check_constraints(table.name)} == named, table.name


def test_migrations_can_run_twice_and_back(empty_url: str) -> None:
    migrate(empty_url)
    migrate(empty_url)
    with opened(empty_url) as app:
        transactions.add_migrations(app)
        flask_migrate.downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    migrate(empty_url)


def test_sqlite_is_set_up_to_keep_what_was_said_to_be_saved(store: Store) -> None:
    if store.postgresql:
        assert transactions.reading().execute(text("SHOW fsync")).scalar_one()
        return
    settings = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15000}
    for name, value in settings.items():
        assert transactions.reading().execute(text(f"PRAGMA {name}")).scalar_one() == value


def test_points_in_time_come_back_aware_and_the_same(store: Store) -> None:
    store.now = datetime(2027, 7, 1, 0, 30, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    check, secret = store.begin()
    found = grants.visitor([secret], check.public_id, store.now)
    assert found is not None
    assert found.check.created_at == store.now
    assert found.check.created_at.tzinfo is UTC
    with pytest.raises(StatementError, match="needs its zone"):
        grants.see(found.grant_id, datetime(2027, 7, 1, tzinfo=UTC).replace(tzinfo=None))


def test_what_belongs_to_a_self_check_cannot_stay_without_it(store: Store) -> None:
    with pytest.raises(IntegrityError), transactions.writing() as connection:
        connection.execute(text("UPDATE place SET check_id = 987654"))


def test_end_dates_are_german_days() -> None:
    assert local_day(datetime(2027, 1, 9, 23, 30, tzinfo=UTC)) == date(2027, 1, 10)
    assert end_of_day(date(2027, 3, 27)) == datetime(2027, 3, 27, 23, 0, tzinfo=UTC)
    assert end_of_day(date(2027, 3, 28)) == datetime(2027, 3, 28, 22, 0, tzinfo=UTC)


def test_every_thread_can_have_a_connection_with_two_to_spare(store: Store) -> None:
    transactions.let_go()
    with ExitStack() as held:
        connections = [held.enter_context(db.engine.connect()) for _ in range(THREADS + 2)]
        assert {connection.execute(text("SELECT 1")).scalar_one() for connection in connections} == {1}
        assert (db.engine.pool.checkedin(), db.engine.pool.overflow()) == (0, 0)


def test_a_database_that_answers_answers(store: Store) -> None:
    transactions.ping()


def test_a_write_inside_another_one_is_a_step_of_it(store: Store) -> None:
    with transactions.writing():
        store.save(yes("leitbild"))
        store.save(yes("strategie"))
    assert store.load().answers.keys() == {"leitbild", "strategie"}


def test_what_a_step_takes_back_leaves_the_rest(store: Store) -> None:
    with transactions.writing():
        store.save(yes("leitbild"))
        store.save(yes("leitbild"))  # changes nothing, and takes back that it looked
    assert store.load().stored["leitbild"].choice_version == 1


def test_where_the_whole_fails_no_step_stays(store: Store) -> None:
    def save_and_fail() -> None:
        with transactions.writing():
            store.save(yes("leitbild"))
            raise ValueError("power cut")

    with pytest.raises(ValueError, match="power cut"):
        save_and_fail()
    assert not store.load().answers
    assert store.count_rows("change") == 1  # that it was begun
