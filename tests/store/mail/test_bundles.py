"""What waits is told to whoever asked for it: once, together with what is due, and nothing of their own doing."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.access import grants
from selfcheck.store.database import tables, transactions
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.history.changes import mark_seen
from selfcheck.store.mail import reminders
from selfcheck.store.mail.bundles import Event
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.mail.reminders import GRANTED, TOLD, Person, Target, find_people, remind, set_reminders
from selfcheck.store.parts.values import Who
from selfcheck.store.team import comments, offices
from tests import writes
from tests.places import add_account, add_place
from tests.store.conftest import Store, no_labels, office_of, yes

ERIKA, KAI = "erika@example.org", "kai@example.org"


class Town:
    """Erika coordinates, Kai works along, both with accounts; the Bauamt is asked one question, without a day."""

    def __init__(self, store: Store) -> None:
        self.store = store
        with writing() as connection:
            self.erika = self._sit(connection, ERIKA, Role.COORDINATOR)
            self.kai = self._sit(connection, KAI, Role.COLLEAGUE)
            self.office = add_place(connection, store.check.id, Role.OFFICE, "Bauamt", store.now, question="leitbild")
            connection.execute(update(tables.Place).where(tables.Place.id == self.office).values(public_id="bauamt"))
        self.bauamt = Who(None, "Bauamt", self.office)
        store.later(minutes=1)

    def _sit(self, connection: Any, mail: str, role: Role) -> Who:
        account, _ = add_account(connection, mail, self.store.now)
        place = add_place(connection, self.store.check.id, role, mail, self.store.now)
        grants.begin_account_grant(connection, place, account, "", self.store.now)
        grant = select(tables.Grant.id).where(tables.Grant.account_id == account)
        return Who(connection.execute(grant).scalar_one(), mail, place)

    def wish(self, *people: Who, wanted: bool = True) -> None:
        set_reminders([self.target(person) for person in people], wanted, self.store.now)
        self.store.later(minutes=1)

    def target(self, person: Who, kind: str = TOLD) -> Target:
        made = select(tables.Grant.created_at).where(tables.Grant.id == person.grant_id)
        return Target(kind, person.grant_id or 0, reading().execute(made).scalar_one())

    def told(self) -> dict[str, list[Event]]:
        transactions.look_again()
        people = find_people(self.store.later(minutes=1), no_labels)
        told = {person.address: (*person.bundles, *person.queried) for person in people}
        return {address: [event for each in parts for event in each.events] for address, parts in told.items()}

    def send(self) -> int:
        transactions.look_again()
        self.store.later(minutes=1)
        return sum(remind(person, letter, self.store.now) for person in find_people(self.store.now, no_labels))

    def hand_back(self) -> None:
        offices.hand_back(self.store.check.id, self.office, self.bauamt, self.store.now)

    def ask(self, by: Who, text: str = "Wer weiß das?") -> None:
        self.store.save_one(writes.comment("strategie", text, text), by=by)

    def assign(self, to: Who, by: Who, question: str = "strategie", seen: int = 0) -> None:
        self.store.save_one(writes.assignment(question, seen, to.place_id or 0), by=by)


def letter(person: Person, tokens: Mapping[int, str]) -> NewMail:
    return NewMail(person.account_id, person.address, "Betreff", "Text")


@pytest.fixture
def town(store: Store) -> Town:
    return Town(store)


def test_nobody_is_told_who_did_not_ask_for_it(town: Town) -> None:
    town.hand_back()
    town.ask(town.kai)
    assert town.told() == {}
    town.wish(town.erika)
    assert town.told() == {}, "what happened before counts as told"


def test_the_coordination_hears_what_comes_back_and_who_works_along_what_is_asked(store: Store, town: Town) -> None:
    town.wish(town.erika, town.kai)
    town.hand_back()
    assert town.told() == {ERIKA: [Event.RETURNED]}
    offices.decline(store.check.id, town.office, QuestionId("leitbild"), town.bauamt, store.now)
    store.save_one(writes.message(town.office, 0, "Fragen Sie das Hauptamt."), allowed=office_of(town.office))
    assert town.told() == {ERIKA: [Event.RETURNED, Event.DECLINED, Event.MESSAGE]}
    town.ask(Who(None, "Hauptamt"))
    assert town.told() == {ERIKA: [Event.RETURNED, Event.DECLINED, Event.MESSAGE, Event.ASKED], KAI: [Event.ASKED]}


def test_an_assignment_and_a_reading_are_told(store: Store, town: Town) -> None:
    town.wish(town.erika, town.kai)
    town.assign(town.kai, by=town.erika)
    assert town.told() == {KAI: [Event.ASSIGNED]}
    store.save(yes("strategie"))
    assert town.told() == {}, "what is answered does not wait"
    with writing() as connection:
        content = {"check_id": store.check.id, "content": "{}", "sha256": "", "created_at": store.now, "number": 1}
        snapshot = insert(tables.Snapshot).values(content).returning(tables.Snapshot.id)
        place = add_place(connection, store.check.id, Role.READER, "IHK", store.now)
        of = {"public_id": "bericht", "place_id": place, "snapshot_id": connection.execute(snapshot).scalar_one()}
        share = connection.execute(insert(tables.Share).values(of).returning(tables.Share.id)).scalar_one()
        read = {"share_id": share, "grant_id": town.kai.grant_id, "at": store.now}
        connection.execute(insert(tables.ShareRead).values(read))
    assert town.told() == {ERIKA: [Event.READ]}


def test_nobody_is_told_of_what_they_did_themselves(town: Town) -> None:
    town.wish(town.erika, town.kai)
    town.assign(town.kai, by=town.kai)
    assert town.told() == {}
    town.ask(town.kai)
    assert town.told() == {ERIKA: [Event.ASKED]}


def test_what_is_settled_or_seen_does_not_wait(store: Store, town: Town) -> None:
    town.wish(town.erika, town.kai)
    town.ask(Who(None, "Hauptamt"))
    comment = reading().execute(select(tables.Comment.id)).scalar_one()
    comments.resolve(store.check.id, comment, town.kai, store.now)
    assert town.told() == {}
    town.hand_back()
    newest = reading().execute(select(tables.Change.id).order_by(tables.Change.id.desc()).limit(1)).scalar_one()
    mark_seen(store.check.id, town.erika.grant_id or 0, newest)
    assert town.told() == {}


def test_one_mail_a_day_tells_everything_once(store: Store, town: Town) -> None:
    town.wish(town.erika)
    town.hand_back()
    assert (town.send(), town.send()) == (1, 0)
    town.ask(town.kai)
    assert town.send() == 0, "one mail a day"
    store.later(days=1)
    assert town.told() == {ERIKA: [Event.ASKED]}
    assert town.send() == 1
    store.later(days=1)
    assert town.told() == {}
    assert store.count_rows("mail") == 2


def test_what_is_due_and_what_waits_come_in_one_mail(store: Store, town: Town) -> None:
    town.wish(town.kai)
    town.assign(town.kai, by=town.erika)
    with writing() as connection:
        due = update(tables.Place).where(tables.Place.id == town.kai.place_id)
        connection.execute(due.values(due_on=store.now.date()))
    transactions.look_again()
    [person] = find_people(store.later(minutes=1), no_labels)
    assert (len(person.waiting), len(person.bundles)) == (1, 1)
    assert [target.kind for target in person.targets] == [GRANTED, TOLD]
    assert (town.send(), store.count_rows("mail")) == (1, 1)


def test_two_processes_at_once_tell_once(store: Store, town: Town) -> None:
    town.wish(town.erika)
    town.hand_back()
    transactions.look_again()
    people, now = find_people(store.later(minutes=1), no_labels), store.now
    transactions.let_go()

    def work() -> int:
        with store.app.app_context():
            return sum(remind(person, letter, now) for person in people)

    with ThreadPoolExecutor(4) as pool:
        assert sum(task.result() for task in [pool.submit(work) for _ in range(4)]) == 1
    assert store.count_rows("mail") == 1


def test_a_stop_ends_it_and_leaves_the_reminders(store: Store, town: Town) -> None:
    town.wish(town.erika)
    town.hand_back()
    town.wish(town.erika, wanted=False)
    assert town.told() == {}
    named = reminders.targets_of(store.check.id, town.erika.grant_id or 0, offices=False)
    assert [(each.target.kind, each.reminded) for each in named] == [(GRANTED, True), (TOLD, False)]
    assert [each.reminded for each in reminders.name_targets([town.target(town.erika)])] == [False]


@pytest.mark.parametrize("values", [{"confirmed_at": None}, {"active": False}, {"deleted_at": "now"}])
def test_accounts_that_may_not_mail_hear_nothing(store: Store, town: Town, values: dict[str, Any]) -> None:
    town.wish(town.erika)
    town.hand_back()
    with writing() as connection:
        given = {name: store.now if value == "now" else value for name, value in values.items()}
        connection.execute(update(tables.Account).values(given))
    assert town.told() == {}
