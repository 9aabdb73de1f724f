"""Asking several offices at once: once per office and question, however often and however many at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.access import links
from selfcheck.store.database import transactions
from selfcheck.store.database.limits import ENTRIES, TooMany
from selfcheck.store.database.transactions import writing
from selfcheck.store.history.changes import history
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.parts.writes import Part
from selfcheck.store.team import many_offices, offices
from selfcheck.store.team.invitations import withdraw
from selfcheck.store.team.many_offices import Addressed, NewOffice, Shown, Term
from selfcheck.store.team.places import Place, places_of
from tests.places import add_account
from tests.store.conftest import Store

LEITBILD, STRATEGIE, ANGEBOT = (QuestionId(id) for id in ("leitbild", "strategie", "angebot"))
TERM = Term(date(2027, 2, 1), date(2027, 3, 3))
BUILDING, SCHOOLS = NewOffice("Bauamt", (LEITBILD, STRATEGIE), "bau@example.org"), NewOffice("Schulamt", (ANGEBOT,))


def ask(store: Store, *new: NewOffice, term: Term = TERM, **options: object) -> list[Shown]:
    return many_offices.ask(store.check.id, new, term, store.who, store.now, **options)


def asked(store: Store) -> dict[str, list[str]]:
    transactions.look_again()
    return {place.label: sorted(place.questions) for place in found(store)}


def found(store: Store) -> list[Place]:
    transactions.look_again()
    return [place for place in places_of(store.check.id) if place.role is Role.OFFICE]


def test_each_office_gets_its_questions_a_day_and_a_link(store: Store) -> None:
    shown = ask(store, BUILDING, SCHOOLS)
    assert asked(store) == {"Bauamt": ["leitbild", "strategie"], "Schulamt": ["angebot"]}
    places = {place.public_id: place for place in found(store)}
    assert {(each.due_on, each.ends_on) for each in places.values()} == {(TERM.due_on, TERM.ends_on)}
    for each in shown:
        opened = links.look_up(each.token, store.now)
        assert isinstance(opened, links.Valid)
        assert (opened.label, each.mailed) == (places[each.public_id].label, False)
    events = [change.after for change in history(store.check.id, 2)]
    assert [event["event"] for event in events if isinstance(event, dict)] == ["invited", "invited"]


def test_the_same_again_asks_nobody_twice(store: Store) -> None:
    first = ask(store, BUILDING, SCHOOLS)
    again = ask(store, BUILDING, NewOffice(" schulamt ", (ANGEBOT,)))
    assert [each.public_id for each in again] == [each.public_id for each in first]
    assert len(found(store)) == 2
    assert [change.part for change in history(store.check.id, 10)].count(Part.TEAM) == 2
    assert ask(store, NewOffice("Bildung", (ANGEBOT,))) == []


def test_four_clicks_at_once_make_each_place_once(store: Store) -> None:
    check, who, now = store.check.id, store.who, store.now
    transactions.let_go()

    def work() -> int:
        with store.app.app_context():
            return len(many_offices.ask(check, [BUILDING, SCHOOLS], TERM, who, now))

    with ThreadPoolExecutor(4) as pool:
        assert [task.result() for task in [pool.submit(work) for _ in range(4)]] == [2, 2, 2, 2]
    assert asked(store) == {"Bauamt": ["leitbild", "strategie"], "Schulamt": ["angebot"]}


def test_an_office_that_is_there_gets_what_is_new_and_is_not_done_any_more(store: Store) -> None:
    ask(store, SCHOOLS)
    [place] = found(store)
    offices.hand_back(store.check.id, place.place_id, store.who, store.now)
    later = Term(date(2027, 4, 1), date(2027, 5, 1))
    ask(store, NewOffice("Schulamt", (ANGEBOT, LEITBILD), "schule@example.org"), term=later)
    [place] = found(store)
    assert sorted(place.questions) == ["angebot", "leitbild"]
    assert (place.returned_at, place.due_on, place.ends_on) == (None, later.due_on, later.ends_on)
    assert place.mail == "schule@example.org"
    ask(store, NewOffice("Schulamt", (STRATEGIE,)))
    assert (found(store)[0].due_on, found(store)[0].mail) == (later.due_on, "schule@example.org")
    events = [change.after for change in history(store.check.id, 1)]
    assert events == [{"event": "asked", "label": "Schulamt", "added": ["strategie"], "removed": []}]


def test_what_a_withdrawn_office_was_asked_is_asked_anew(store: Store) -> None:
    [first] = ask(store, SCHOOLS)
    withdraw(store.check.id, first.public_id, store.who, store.now)
    [second] = ask(store, SCHOOLS)
    assert second.public_id != first.public_id


def test_mails_go_to_those_with_an_address_as_long_as_there_is_room(store: Store) -> None:
    with writing() as connection:
        account, _ = add_account(connection, "erika@example.org", store.now)
        for number in range(outbox.MOST_NEW_RECIPIENTS - 1):
            outbox.put(connection, NewMail(account, f"{number}@example.org", "", ""), store.now)

    def letter(office: Addressed, token: str) -> NewMail:
        return NewMail(account, office.mail, f"{len(office.questions)} an {office.label} bis {office.due_on}", token)

    full = NewOffice("Kasse", (QuestionId("quote"),), "kasse@example.org")
    shown = ask(store, BUILDING, SCHOOLS, full, letter=letter)
    assert [each.mailed for each in shown] == [True, False, False]
    mails = {mail.address: mail for batch in (outbox.claim(store.now) for _ in range(3)) for mail in batch}
    assert mails["bau@example.org"].subject == "2 an Bauamt bis 2027-02-01"
    assert mails["bau@example.org"].body == shown[0].token
    assert "kasse@example.org" not in mails
    assert not any(each.mailed for each in ask(store, BUILDING, letter=letter))


def test_links_are_issued_anew_for_all_that_still_have_something_to_answer(store: Store) -> None:
    ask(store, BUILDING, SCHOOLS)
    done = next(place for place in found(store) if place.label == "Schulamt")
    offices.hand_back(store.check.id, done.place_id, store.who, store.now)
    [shown] = many_offices.issue_all(store.check.id, store.who, store.now)
    opened = links.look_up(shown.token, store.now)
    assert isinstance(opened, links.Valid)
    assert opened.label == "Bauamt"


def test_it_takes_as_many_statements_for_ten_offices_as_for_two(store: Store) -> None:
    counts = []
    for name, number in (("a", 2), ("b", 10)):
        new = [NewOffice(f"{name}{place}", (QuestionId(f"frage-{name}-{place}"),)) for place in range(number)]
        transactions.look_again()
        with store.counted() as statements:
            ask(store, *new)
        counts.append(statements.count)
    assert counts[0] == counts[1] <= 7


def test_there_is_an_end_to_how_many_places_there_are(store: Store) -> None:
    many = [NewOffice(f"Amt {number}", (QuestionId(f"frage-{number}"),)) for number in range(ENTRIES + 1)]
    with pytest.raises(TooMany):
        ask(store, *many)
    assert found(store) == []
