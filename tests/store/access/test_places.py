"""Places of colleagues and offices: made, asked, extended, withdrawn; and what of it stands in the history."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.access import links
from selfcheck.store.access.links import Ended, Valid, Why
from selfcheck.store.database import limits, tables, transactions
from selfcheck.store.database.limits import TooLong, TooMany
from selfcheck.store.database.transactions import writing
from selfcheck.store.history.changes import history
from selfcheck.store.team import invitations, places
from selfcheck.store.team.invitations import Issued, NewPlace
from selfcheck.store.team.places import Place
from tests.store.conftest import Store

DUE, ENDS = date(2027, 2, 1), date(2027, 3, 3)
ASKED = (QuestionId("leitbild"), QuestionId("strategie"))


def invite_office(store: Store, label: str = "Bauamt", key: str = "", **facts: object) -> Issued:
    new = NewPlace(Role.OFFICE, label, due_on=DUE, ends_on=ENDS, questions=ASKED, creation_key=key, **facts)
    return invitations.invite(store.check.id, new, store.who, store.now)


def find(store: Store, made: Issued) -> Place:
    transactions.look_again()
    found = places.find_place(store.check.id, made.public_id)
    assert found is not None
    return found


def events(store: Store) -> list[str]:
    transactions.look_again()
    return [change.after["event"] for change in history(store.check.id, 20) if change.part == "team"]


def open_place(store: Store, made: Issued, name: str = "") -> str:
    secret = links.open_link(made.token, store.now, name)
    assert secret is not None
    return secret


def ask(store: Store, made: Issued, questions: tuple[QuestionId, ...]) -> bool:
    return invitations.change(store.check.id, made.public_id, DUE, ENDS, store.who, store.now, questions)


def decline(store: Store, made: Issued, question: QuestionId) -> None:
    link = find(store, made).place_id
    with writing() as connection:
        mine = (tables.Assignment.place_id == link, tables.Assignment.question == question)
        connection.execute(update(tables.Assignment).where(*mine).values(declined_at=store.now))


def hand_back(store: Store, made: Issued, message: str = "") -> None:
    with writing() as connection:
        mine = update(tables.Place).where(tables.Place.public_id == made.public_id)
        connection.execute(mine.values(returned_at=store.now, message_at=store.now, message=message))


def test_a_new_office_is_asked_its_questions_and_its_link_opens_them(store: Store) -> None:
    made = invite_office(store)
    place = find(store, made)
    assert (place.role, place.label, place.due_on, place.ends_on) == (Role.OFFICE, "Bauamt", DUE, ENDS)
    assert set(place.questions) == set(ASKED)
    assert (place.opened, place.people, place.declined) == (False, (), ())
    found = links.look_up(made.token, store.now)
    assert isinstance(found, Valid)
    assert (found.role, found.label, found.due_on) == (Role.OFFICE, "Bauamt", DUE)
    assert set(places.questions_asked(found.place_id)) == set(ASKED)
    visit = store.visit(open_place(store, made, "Erika Muster"))
    assert (visit.role, visit.author, visit.scope) == (Role.OFFICE, "Erika Muster (Bauamt)", frozenset(ASKED))
    place = find(store, made)
    assert (place.opened, [person.name for person in place.people]) == (True, ["Erika Muster"])
    assert events(store) == ["invited"]


def test_the_same_form_sent_twice_makes_one_place_with_two_links(store: Store) -> None:
    first, second = (invite_office(store, key="a" * 32) for _ in range(2))
    assert (first.public_id, first.again, second.again) == (second.public_id, False, True)
    assert all(isinstance(links.look_up(made.token, store.now), Valid) for made in (first, second))
    assert events(store) == ["invited"]
    assert invitations.withdraw(store.check.id, first.public_id, store.who, store.now)
    third = invite_office(store, key="a" * 32)
    assert third.public_id != first.public_id
    assert isinstance(links.look_up(third.token, store.now), Valid)


def test_withdrawing_closes_links_and_grants_at_once_and_frees_the_questions(store: Store) -> None:
    made = invite_office(store)
    again = invitations.issue_again(store.check.id, made.public_id, store.who, store.now)
    assert again is not None
    secret = open_place(store, made)
    assert invitations.withdraw(store.check.id, made.public_id, store.who, store.later(minutes=1))
    assert not invitations.withdraw(store.check.id, made.public_id, store.who, store.now)
    for token in (made.token, again):
        ended = links.look_up(token, store.now)
        assert isinstance(ended, Ended)
        assert (ended.why, ended.when, ended.role) == (Why.WITHDRAWN, store.now, Role.OFFICE)
        assert links.open_link(token, store.now) is None
    assert store.visit(secret).standing.withdrawn
    assert find(store, made).questions == ()
    assert invitations.issue_again(store.check.id, made.public_id, store.who, store.now) is None
    assert not invitations.change(store.check.id, made.public_id, DUE, ENDS, store.who, store.now)
    assert not ask(store, made, ASKED)
    assert events(store) == ["withdrawn", "issued", "invited"]


def test_a_place_that_ran_out_is_extended_and_its_first_link_opens_again(store: Store) -> None:
    made = invite_office(store)
    store.now = datetime(2027, 3, 3, 23, 0, tzinfo=UTC)
    assert isinstance(links.look_up(made.token, store.now), Ended)
    assert invitations.issue_again(store.check.id, made.public_id, store.who, store.now) is None
    assert not find(store, made).is_open(date(2027, 3, 4))
    later = date(2027, 4, 1)
    assert invitations.change(store.check.id, made.public_id, DUE, later, store.who, store.now)
    assert invitations.change(store.check.id, made.public_id, DUE, later, store.who, store.now)
    assert isinstance(links.look_up(made.token, store.now), Valid)
    assert events(store) == ["extended", "invited"]


def test_other_questions_keep_what_is_asked_still_and_take_a_return_back(store: Store) -> None:
    made = invite_office(store)
    decline(store, made, ASKED[1])
    hand_back(store, made)
    fewer = (ASKED[0],)
    assert ask(store, made, fewer)
    assert find(store, made).returned_at is not None
    wanted = (ASKED[0], ASKED[1], QuestionId("quote"))
    assert ask(store, made, wanted)
    place = find(store, made)
    assert (set(place.questions), place.declined, place.returned_at) == (set(wanted), (), None)
    newest = history(store.check.id, 1)[0]
    assert newest.after == {
        "event": "asked",
        "label": "Bauamt",
        "added": [ASKED[1], "quote"],
        "removed": [],
    }
    assert ask(store, made, ())
    assert find(store, made).questions == ()


def test_a_declined_question_goes_to_another_office_or_stays_with_the_coordination(store: Store) -> None:
    made, other = invite_office(store), invite_office(store, "Schulamt")
    hand_back(store, other)
    for question in ASKED:
        decline(store, made, question)
    assert set(find(store, made).declined) == set(ASKED)
    assert not invitations.reassign(store.check.id, other.public_id, ASKED[0], None, store.who, store.now)
    assert not invitations.reassign(store.check.id, made.public_id, ASKED[0], "gibtesnicht", store.who, store.now)
    assert ask(store, other, ())
    assert invitations.reassign(store.check.id, made.public_id, ASKED[0], other.public_id, store.who, store.now)
    assert invitations.reassign(store.check.id, made.public_id, ASKED[1], None, store.who, store.now)
    assert not invitations.reassign(store.check.id, made.public_id, ASKED[1], None, store.who, store.now)
    assert (find(store, made).declined, find(store, other).questions) == ((), (ASKED[0],))
    assert find(store, other).returned_at is None


def test_a_message_is_new_until_it_was_read_and_again_when_it_is_changed(store: Store) -> None:
    made = invite_office(store)
    assert not find(store, made).unread
    hand_back(store, made, "Bitte Frage 2 klären.")
    assert find(store, made).unread
    assert invitations.mark_read(store.check.id, made.public_id, store.later(minutes=1))
    assert (find(store, made).unread, find(store, made).message) == (False, "Bitte Frage 2 klären.")
    store.later(minutes=1)
    hand_back(store, made, "Noch etwas.")
    assert find(store, made).unread


def test_nobody_touches_places_of_another_self_check_nor_those_of_readers(store: Store) -> None:
    made = invite_office(store)
    other, _ = store.begin("Anderstadt")
    for check_id, place in ((other.id, made.public_id), (store.check.id, "gibtesnicht"), (store.check.id, "a\x00b")):
        assert not invitations.withdraw(check_id, place, store.who, store.now)
        assert not invitations.change(check_id, place, DUE, ENDS, store.who, store.now)
        assert invitations.issue_again(check_id, place, store.who, store.now) is None
        assert not invitations.mark_read(check_id, place, store.now)
        assert not invitations.reassign(check_id, place, ASKED[0], None, store.who, store.now)
    assert places.find_place(other.id, made.public_id) is None
    assert set(find(store, made).questions) == set(ASKED)


def test_all_places_with_their_people_are_one_statement(store: Store) -> None:
    for number in range(5):
        made = invite_office(store, f"Amt {number}")
        open_place(store, made, "Erika")
        open_place(store, made, "Kai")
    transactions.look_again()
    with store.counted() as statements:
        listed = places.places_of(store.check.id)
    assert statements.count == 1
    assert [place.label for place in listed] == ["Koordination", *(f"Amt {number}" for number in range(5))]
    assert [len(place.people) for place in listed] == [1, 2, 2, 2, 2, 2]


def test_too_long_names_and_too_many_places_are_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooLong):
        invite_office(store, "x" * 121)
    monkeypatch.setattr(limits, "ENTRIES", 2)
    invite_office(store)
    invite_office(store)
    with pytest.raises(TooMany):
        invite_office(store)
    assert len(events(store)) == 2
