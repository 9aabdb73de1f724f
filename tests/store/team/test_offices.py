"""The part of an office: its questions, what it gives back, its message, and handing everything back."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Connection, insert, update

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.access import grants, links
from selfcheck.store.database import tables
from selfcheck.store.database.limits import TooLong
from selfcheck.store.database.transactions import writing
from selfcheck.store.history.changes import history
from selfcheck.store.parts import saving
from selfcheck.store.parts.values import Who
from selfcheck.store.parts.writes import Conflict, Saved, Unchanged
from selfcheck.store.team import offices
from tests import writes
from tests.store.conftest import QUESTIONNAIRE, Store, office_of, yes

LEITBILD, STRATEGIE = QuestionId("leitbild"), QuestionId("strategie")
DUE = date(2027, 1, 15)


class Office:
    """A place with questions, and somebody who sits on it."""

    def __init__(self, store: Store, label: str, *questions: str) -> None:
        with writing() as connection:
            self.link = links.add_link(connection, store.check.id, Role.OFFICE, label, None, store.now)
            place = {"public_id": f"platz{self.link}", "due_on": DUE}
            connection.execute(update(tables.Place).where(tables.Place.id == self.link).values(place))
            self.secret = grants.begin_grant(connection, self.link, None, store.now, "Udo Bau")
            for question in questions:
                ask(connection, store, self.link, question)
        self.store = store
        self.who = store.visit(self.secret).who

    def part(self) -> offices.OwnPart:
        found = offices.load_part(self.link)
        assert found is not None
        return found

    def decline(self, question: QuestionId) -> bool:
        return offices.decline(self.store.check.id, self.link, question, self.who, self.store.now)

    def take_again(self, question: QuestionId) -> bool:
        return offices.take_again(self.store.check.id, self.link, question, self.who, self.store.now)

    def say(self, seen: int, text: str) -> object:
        return self.store.save_one(writes.message(self.link, seen, text), by=self.who, allowed=office_of(self.link))

    def hand_back(self) -> None:
        offices.hand_back(self.store.check.id, self.link, self.who, self.store.now)


def ask(connection: Connection, store: Store, link: int, question: str) -> None:
    row = {"check_id": store.check.id, "place_id": link, "question": question, "created_at": store.now}
    connection.execute(insert(tables.Assignment).values(row))


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store, "Bauamt", LEITBILD, STRATEGIE)


def lines(store: Store) -> list[tuple[str, str, object, object, str]]:
    return [(each.part, each.subject, each.before, each.after, each.by) for each in history(store.check.id, 50)]


def test_the_part_holds_what_the_office_is_asked_in_one_statement(store: Store, office: Office) -> None:
    with store.counted() as statements:
        part = office.part()
    assert statements.count == 1
    assert (part.office, part.due_on, part.ends_on) == ("Bauamt", DUE, None)
    assert (part.questions, part.declined) == ({LEITBILD, STRATEGIE}, set())
    assert (part.message, part.returned_at, part.changed) == (offices.Message(), None, False)


def test_a_part_is_found_by_the_name_of_its_place_in_its_own_self_check_only(store: Store, office: Office) -> None:
    name = office.part().public_id
    assert offices.find_part(store.check.id, name) == office.part()
    other, _ = store.begin("Anderstadt")
    for check, wanted in ((other.id, name), (store.check.id, "keiner"), (store.check.id, "\ud800"), (1, "x" * 999)):
        assert offices.find_part(check, wanted) is None


def test_an_office_without_questions_has_a_part_and_others_have_none(store: Store) -> None:
    part = Office(store, "Kasse").part()
    assert (part.questions, part.declined) == (set(), set())
    assert offices.load_part(store.access.place_id) is None
    assert offices.load_part(999_999) is None


def test_a_withdrawn_place_has_no_part(store: Store, office: Office) -> None:
    name = office.part().public_id
    with writing() as connection:
        connection.execute(update(tables.Place).where(tables.Place.id == office.link).values(withdrawn_at=store.now))
    assert offices.load_part(office.link) is None
    assert offices.find_part(store.check.id, name) is None


def test_a_declined_question_leaves_the_scope_and_keeps_its_answer(store: Store, office: Office) -> None:
    store.save_one(yes("leitbild"), office.who)
    assert office.decline(LEITBILD)
    assert (office.part().questions, office.part().declined) == ({STRATEGIE}, {LEITBILD})
    assert store.visit(office.secret).scope == {STRATEGIE}
    assert store.load().answers[LEITBILD].value == "ja"
    assert lines(store)[0] == ("charge", "leitbild", None, "declined", "Udo Bau (Bauamt)")


def test_an_office_takes_a_question_again(store: Store, office: Office) -> None:
    office.decline(LEITBILD)
    assert office.take_again(LEITBILD)
    assert (office.part().questions, office.part().declined) == ({LEITBILD, STRATEGIE}, set())
    assert lines(store)[0] == ("charge", "leitbild", "declined", None, "Udo Bau (Bauamt)")


def test_twice_is_once(store: Store, office: Office) -> None:
    assert [office.decline(LEITBILD), office.decline(LEITBILD)] == [True, False]
    assert [office.take_again(LEITBILD), office.take_again(LEITBILD)] == [True, False]
    office.hand_back()
    store.later(seconds=5)
    office.hand_back()
    assert [part for part, *_ in lines(store)] == ["return", "charge", "charge", "check"]


def test_an_office_declines_and_takes_only_what_it_was_asked(store: Store, office: Office) -> None:
    other = Office(store, "Kasse", "quote")
    assert not office.decline(QuestionId("quote"))
    assert not office.take_again(QuestionId("quote"))
    assert other.decline(QuestionId("quote"))
    assert not office.take_again(QuestionId("quote"))
    elsewhere, _ = store.begin("Anderstadt")
    assert not offices.decline(elsewhere.id, office.link, LEITBILD, office.who, store.now)
    assert office.part().questions == {LEITBILD, STRATEGIE}


def test_what_somebody_else_was_asked_since_is_not_taken_again(store: Store, office: Office) -> None:
    office.decline(LEITBILD)
    store.later(minutes=1)
    other = Office(store, "Kasse", LEITBILD)
    assert not office.take_again(LEITBILD)
    assert office.part().declined == set()
    assert other.part().questions == {LEITBILD}


def test_what_somebody_else_was_asked_before_can_be_taken_again(store: Store, office: Office) -> None:
    Office(store, "Kasse", LEITBILD)
    store.later(minutes=1)
    office.decline(LEITBILD)
    assert office.take_again(LEITBILD)


def test_the_message_is_saved_with_a_version(store: Store, office: Office) -> None:
    assert office.say(0, "Rückruf bitte") == Saved(1, store.now)
    assert office.part().message == offices.Message("Rückruf bitte", 1, "Udo Bau (Bauamt)", store.now)
    assert lines(store)[0][:4] == ("message", office.part().public_id, None, "Rückruf bitte")


def test_a_message_that_was_changed_meanwhile_is_not_written_over(store: Store, office: Office) -> None:
    office.say(0, "Rückruf bitte")
    met = office.say(0, "Alles erledigt")
    assert met == Conflict(1, "Rückruf bitte", "Udo Bau (Bauamt)", store.now)
    assert office.part().message.text == "Rückruf bitte"
    assert office.say(0, "Rückruf bitte") == Unchanged(1)
    assert office.say(1, "") == Saved(2, store.now)


def test_a_message_has_its_length_and_its_place(store: Store, office: Office) -> None:
    assert office.say(0, "ä" * 2000) == Saved(1, store.now)
    with pytest.raises(TooLong):
        office.say(1, "ä" * 2001)
    elsewhere, _ = store.begin("Anderstadt")
    with pytest.raises(LookupError):
        saving.save(
            elsewhere,
            QUESTIONNAIRE,
            [writes.message(office.link, 1, "x")],
            office.who,
            store.now,
            allowed=office_of(office.link),
        )


def test_handing_back_says_when_and_whether_something_changed_since(store: Store, office: Office) -> None:
    store.save_one(yes("leitbild"), office.who)
    returned = store.later(minutes=5)
    office.hand_back()
    assert (office.part().returned_at, office.part().changed) == (returned, False)
    store.later(minutes=5)
    store.save_one(yes("strategie"), Who(store.access.grant_id, "Amt 12"))
    assert not office.part().changed
    store.save_one(yes("frage-1"), office.who)
    assert (office.part().returned_at, office.part().changed) == (returned, True)
    again = store.later(minutes=5)
    office.hand_back()
    assert (office.part().returned_at, office.part().changed) == (again, False)
