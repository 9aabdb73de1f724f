"""What if one value is wrong for one night: nothing that somebody works with may go for good because of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from sqlalchemy import Column, Connection, insert, select, update

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.access import grants, links
from selfcheck.store.data.exports import write_export
from selfcheck.store.data.purge import purge
from selfcheck.store.database import tables, transactions
from selfcheck.store.database.times import Day, UtcDateTime
from selfcheck.store.database.transactions import db, reading, writing
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.parts.values import Holder, ProjectText, Who, author
from selfcheck.store.sharing import shares
from selfcheck.store.team import hand_over
from tests import writes
from tests.places import add_account, add_place
from tests.store.conftest import Store, yes

WORKING = timedelta(days=400)
"""How long they have been at it when the night comes: longer than anything is kept without a visit."""
LONG_AGO = datetime(2015, 6, 15, 11, 0, tzinfo=UTC)
ONLY_NOTES = {"share_read", "attempt", "reminder", "mail", "purge_run", "account_session"}
"""Tables whose rows say nothing but that something was at a time: where the time goes, nobody misses the rest. Whoever
loses a session signs in again."""


def dated() -> Iterator[Column[object]]:
    """Every stored day and point in time."""
    for table in db.metadata.sorted_tables:
        if table.name not in ONLY_NOTES:
            yield from (each for each in table.columns if isinstance(each.type, Day | UtcDateTime))


class Town:
    """Erika (an account), Kai (a colleague), Otto (an office) and a reader; all of them were there yesterday."""

    def __init__(self, store: Store) -> None:
        self.store = store
        with writing() as connection:
            self.erika, _ = add_account(connection, "erika@example.org", store.now)
            self.kai = self._sit(connection, Role.COLLEAGUE, "Kollegium", "Kai Beispiel")
            self.otto = self._sit(connection, Role.OFFICE, "Bauamt", "Otto Beispiel")
        hand_over.take_over(store.check.id, Holder(self.erika, "Erika Muster"), [store.secret], store.now)
        store.save(yes("leitbild"), by=self.kai)
        store.save(writes.note(QuestionId("leitbild"), 0, "Notiz"), by=self.otto)
        store.save(writes.evidence(QuestionId("leitbild"), None, True, "Beschluss", True), by=self.otto)
        store.save(writes.entry(None, 0, ProjectText("Messe")), by=self.kai)
        shared = shares.share(store.check.id, {}, "IHK", None, store.who, store.now)
        assert links.open_link(shared.token, store.now)
        store.later(seconds=WORKING.total_seconds())
        store.save(yes("strategie"), by=self.kai)
        with writing() as connection:
            connection.execute(update(tables.Grant).values(last_seen_at=store.now - timedelta(days=1)))
            outbox.put(connection, NewMail(None, "e@example.org", "Betreff", "Text"), store.now)

    def _sit(self, connection: Connection, role: Role, label: str, name: str) -> Who:
        place = add_place(connection, self.store.check.id, role, label, self.store.now)
        grants.begin_grant(connection, place, None, self.store.now, name)
        grant = connection.execute(select(tables.Grant.id).order_by(tables.Grant.id.desc()).limit(1)).scalar_one()
        return Who(grant, author(name, label), place)

    def told(self) -> str:
        """Everything of the self-check and of those who work on it, as text."""
        transactions.look_again()
        file = BytesIO()
        write_export(self.store.check.id, file, self.store.now)
        names = reading().execute(select(tables.Grant.name).order_by(tables.Grant.id)).scalars().all()
        return json.dumps([json.loads(file.getvalue()), list(names)], ensure_ascii=False)

    def rows(self) -> dict[str, int]:
        """How many there are of everything that says more than that something was at a time."""
        named = (table.name for table in db.metadata.sorted_tables if table.name not in ONLY_NOTES)
        return {name: self.store.count_rows(name) for name in named}


@pytest.fixture
def town(store: Store) -> Town:
    return Town(store)


def test_one_wrong_day_takes_nothing_away(store: Store, town: Town) -> None:
    before, columns = town.rows(), list(dated())
    assert len(columns) > 40
    for column in columns:
        wrong = LONG_AGO.date() if isinstance(column.type, Day) else LONG_AGO
        with writing() as connection:
            right = connection.execute(select(*column.table.primary_key, column)).all()
            connection.execute(update(column.table).values({column: wrong}))
        purge(store.now)
        with writing() as connection:
            for *key, value in right:
                mine = [part == each for part, each in zip(column.table.primary_key, key, strict=True)]
                connection.execute(update(column.table).where(*mine).values({column: value}))
        assert town.rows() == before, column
        told = town.told()
        for kept in ("Erika Muster", "Kai Beispiel", "Otto Beispiel", "Notiz", "Beschluss", "Messe"):
            assert kept in told, (column, kept)


def test_a_year_mistyped_in_the_interview_costs_no_name_and_the_right_one_later_does(store: Store, town: Town) -> None:
    before = town.told()
    with writing() as connection:
        connection.execute(update(tables.SelfCheck).values(interview=date(2025, 6, 15)))
    assert purge(store.now).names == 0
    assert "Kai Beispiel" in before
    assert "Kai Beispiel" in town.told()
    assert purge(store.now + timedelta(days=367)).names == 3
    assert "Beispiel" not in town.told()


def test_whoever_is_at_work_keeps_the_names_though_the_last_audit_is_long_ago(store: Store, town: Town) -> None:
    """A town that prepares its second audit, with the day of the first one still there."""
    with writing() as connection:
        connection.execute(update(tables.SelfCheck).values(interview=date(2024, 3, 1)))
        connection.execute(update(tables.Grant).values(last_seen_at=LONG_AGO))
    store.save(yes("frage-0"), by=town.kai)
    assert purge(store.now + timedelta(days=300)).names == 0


def test_looking_at_what_is_deleted_or_closed_does_not_keep_it(store: Store) -> None:
    with writing() as connection:
        connection.execute(update(tables.SelfCheck).values(deleted_at=store.now))
    found = grants.visitor([store.secret], store.check.public_id, store.later(days=29))
    assert found is not None
    assert purge(store.later(days=2)).deleted == 1


def test_a_dry_run_says_what_would_go_and_takes_nothing(store: Store, town: Town) -> None:
    with writing() as connection:
        connection.execute(update(tables.SelfCheck).values(deleted_at=store.now))
        attempt = {"kind": "token", "key": "x" * 64, "at": store.now}
        connection.execute(insert(tables.Attempt).values(attempt))
    later, before = store.now + timedelta(days=367), town.rows()
    told = purge(later, dry=True)
    assert (told.deleted, told.names, told.attempts) == (1, 3, 1)
    assert town.rows() == before
    assert purge(later) == told
