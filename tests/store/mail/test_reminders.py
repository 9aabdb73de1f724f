"""Who is reminded of what, once a day, from however many processes."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.access import grants, links, self_checks
from selfcheck.store.database import tables, transactions
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.mail import outbox, reminders
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.mail.reminders import Person, Target, find_people, remind, set_reminders
from selfcheck.store.parts.values import Who
from selfcheck.store.team import offices
from tests.places import add_account, add_place
from tests.store.conftest import NOON, Store, no_labels, yes

TODAY = NOON.date()
OFFICE = "bauamt@example.org"


class Town:
    """Coordinated by an account; the Bauamt is due today and has two questions, Kai's account one."""

    def __init__(self, store: Store) -> None:
        self.store = store
        with writing() as connection:
            self.boss, _ = add_account(connection, "erika@example.org", store.now)
            place = add_place(connection, store.check.id, Role.COORDINATOR, "Koordination", store.now)
            grants.begin_account_grant(connection, place, self.boss, "Erika", store.now)
            self.office = self._place(connection, Role.OFFICE, "Bauamt", "leitbild", mail=OFFICE)
            self.second = {"check_id": store.check.id, "place_id": self.office, "created_at": store.now}
            connection.execute(insert(tables.Assignment).values(self.second | {"question": "strategie"}))
            self.kai, _ = add_account(connection, "kai@example.org", store.now)
            self.desk = self._place(connection, Role.COLLEAGUE, "Kollegium", "frage-0")
            grants.begin_account_grant(connection, self.desk, self.kai, "Kai", store.now)

    def _place(self, connection: Any, role: Role, label: str, question: str, mail: str = "") -> int:
        link = add_place(connection, self.store.check.id, role, label, self.store.now, question=question)
        connection.execute(update(tables.Place).where(tables.Place.id == link).values(due_on=TODAY, mail=mail))
        return link

    def change(self, link: int, **values: Any) -> None:
        with writing() as connection:
            connection.execute(update(tables.Place).where(tables.Place.id == link).values(values))

    def asked(self) -> dict[str, list[int]]:
        transactions.look_again()
        found = find_people(self.store.now, no_labels)
        return {person.address: [each.questions for each in person.waiting] for person in found}

    def send(self) -> int:
        transactions.look_again()
        return sum(remind(person, letter, self.store.now) for person in find_people(self.store.now, no_labels))


def letter(person: Person, tokens: Mapping[int, str]) -> NewMail:
    return NewMail(person.account_id, person.address, "Betreff", " ".join(tokens.values()))


@pytest.fixture
def town(store: Store) -> Town:
    return Town(store)


def test_offices_and_accounts_hear_of_their_open_questions(town: Town) -> None:
    assert town.asked() == {OFFICE: [2], "kai@example.org": [1]}
    behalf = {person.address: person.account_id for person in find_people(town.store.now, no_labels)}
    assert behalf == {OFFICE: town.boss, "kai@example.org": None}


def test_what_is_answered_declined_or_handed_back_is_not_reminded_of(store: Store, town: Town) -> None:
    who = Who(None, "Bauamt", town.office)
    store.save(yes("leitbild"))
    offices.decline(store.check.id, town.office, QuestionId("strategie"), who, store.now)
    assert town.asked() == {"kai@example.org": [1]}
    offices.take_again(store.check.id, town.office, QuestionId("strategie"), who, store.now)
    assert town.asked()[OFFICE] == [1]
    offices.hand_back(store.check.id, town.office, who, store.now)
    assert OFFICE not in town.asked()


@pytest.mark.parametrize(
    "values",
    [
        {"withdrawn_at": NOON},
        {"ends_on": TODAY - timedelta(days=1)},
        {"due_on": None},
        {"due_on": TODAY + timedelta(days=8)},
        {"due_on": TODAY - timedelta(days=60)},
        {"mail": ""},
        {"reminders": False},
    ],
)
def test_closed_places_and_far_days_are_left_in_peace(town: Town, values: dict[str, Any]) -> None:
    town.change(town.office, **values)
    assert OFFICE not in town.asked()


@pytest.mark.parametrize("values", [{"confirmed_at": None}, {"active": False}, {"deleted_at": NOON}])
def test_accounts_that_may_not_mail_get_none_and_have_none_sent(town: Town, values: dict[str, Any]) -> None:
    with writing() as connection:
        connection.execute(update(tables.Account).values(values))
    assert town.asked() == {}


def test_a_town_without_an_account_sends_nothing(store: Store, town: Town) -> None:
    with writing() as connection:
        connection.execute(update(tables.Grant).where(tables.Grant.account_id == town.boss).values(ended_at=store.now))
    assert OFFICE not in town.asked()


def test_a_deleted_self_check_reminds_nobody(store: Store, town: Town) -> None:
    self_checks.delete(store.check.id, store.now)
    assert town.asked() == {}


def test_twice_on_a_day_is_once_and_the_link_opens_the_place(store: Store, town: Town) -> None:
    assert town.send() == 2
    assert town.send() == 0
    store.later(hours=5)
    assert town.send() == 0
    mails = {mail.address: mail for mail in outbox.claim(store.now)}
    assert mails.keys() == {OFFICE, "kai@example.org"}
    found = links.look_up(mails[OFFICE].body, store.now)
    assert isinstance(found, links.Valid)
    assert found.role is Role.OFFICE
    assert mails["kai@example.org"].body == ""
    store.later(days=1)
    assert town.send() == 2


def test_two_processes_at_once_write_one_mail(store: Store, town: Town) -> None:
    people = find_people(store.now, no_labels)
    now = store.now
    transactions.look_again()

    def work() -> int:
        with store.app.app_context():
            return sum(remind(person, letter, now) for person in people)

    with ThreadPoolExecutor(4) as pool:
        assert sum(task.result() for task in [pool.submit(work) for _ in range(4)]) == 2
    assert store.count_rows("mail") == 2


def test_one_person_gets_one_mail_about_everything(store: Store, town: Town) -> None:
    other, _ = store.begin("Anderstadt")
    with writing() as connection:
        place = add_place(connection, other.id, Role.COLLEAGUE, "Kollegium", store.now, question="leitbild")
        connection.execute(
            update(tables.Place).where(tables.Place.id == place).values(due_on=TODAY + timedelta(days=7))
        )
        grants.begin_account_grant(connection, place, town.kai, "Kai", store.now)
    town.change(town.office, mail="Kai@Example.org")
    assert town.asked() == {"kai@example.org": [1, 1, 2]}
    assert town.send() == 1


def test_the_limit_of_new_recipients_holds(store: Store, town: Town) -> None:
    with writing() as connection:
        for number in range(20):
            outbox.put(connection, NewMail(town.boss, f"{number}@example.org", "", ""), store.now)
    assert town.send() == 1
    store.later(days=1, hours=1)
    assert town.send() == 2


def test_stopping_holds_for_one_place_and_can_be_taken_back(store: Store, town: Town) -> None:
    grant, made_at = (
        reading()
        .execute(select(tables.Grant.id, tables.Grant.created_at).where(tables.Grant.account_id == town.kai))
        .one()
    )
    set_reminders([Target(reminders.GRANTED, grant, made_at)], False, store.now)
    assert town.asked() == {OFFICE: [2]}
    placed_at = reading().execute(select(tables.Place.created_at).where(tables.Place.id == town.office)).scalar_one()
    set_reminders([Target(reminders.PLACED, town.office, placed_at)], False, store.now)
    assert town.asked() == {}
    named = reminders.targets_of(store.check.id, grant, offices=True)
    off = [(each.label, each.target.kind, each.reminded) for each in named]
    assert off == [("Kollegium", "g", False), ("Kollegium", "n", False), ("Bauamt", "p", False)]
    set_reminders([each.target for each in named], True, store.now)
    assert town.asked().keys() == {OFFICE, "kai@example.org"}


def test_a_missed_run_is_made_up_for_on_the_next_day(store: Store, town: Town) -> None:
    town.change(town.office, due_on=TODAY + timedelta(days=7))
    store.later(days=1)
    assert OFFICE in town.asked()
    store.later(days=2)
    assert OFFICE not in town.asked()


def test_how_many_statements_it_takes(store: Store, town: Town) -> None:
    transactions.look_again()
    with store.counted() as statements:
        find_people(store.now, no_labels)
    assert statements.count == 7
    assert date(2027, 1, 10) == TODAY
