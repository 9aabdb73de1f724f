"""What a self-check did towards others, as its checklist needs it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import update

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.rules.to_do.departments import AskedOffice
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import writing
from selfcheck.store.team.deeds import load_deeds
from tests.places import add_place
from tests.store.conftest import Store

FIRST, SECOND = date(2027, 1, 10), date(2027, 1, 12)


def _sit(store: Store, role: Role, label: str, question: str = "", **changed: Any) -> int:
    with writing() as connection:
        place = add_place(connection, store.check.id, role, label, store.now, question=question)
        if changed:
            connection.execute(update(tables.Place).where(tables.Place.id == place).values(changed))
        return place


def test_a_self_check_that_has_just_begun_did_nothing(store: Store) -> None:
    _sit(store, Role.COLLEAGUE, "Kollegium", "leitbild")
    found = load_deeds(store.check.id, SECOND)
    assert (found.shared_on, found.asked, found.offices) == (None, {}, ())


def test_the_first_day_counts_in_one_statement(store: Store) -> None:
    _sit(store, Role.READER, "IHK")
    _sit(store, Role.OFFICE, "Bauamt", "leitbild")
    _sit(store, Role.OFFICE, "Hauptamt")
    store.now += timedelta(days=2)
    _sit(store, Role.READER, "Bürgermeisterin")
    _sit(store, Role.OFFICE, "Bauamt", "leitbild")
    _sit(store, Role.OFFICE, "Schulamt", "strategie")
    with store.counted() as sent:
        found = load_deeds(store.check.id, SECOND)
    assert sent.count == 1
    assert found.shared_on == FIRST
    assert found.asked == {"leitbild": FIRST, "strategie": SECOND}
    assert found.offices == (
        AskedOffice("Bauamt", FIRST, frozenset({QuestionId("leitbild")})),
        AskedOffice("Hauptamt", FIRST, frozenset()),
        AskedOffice("Schulamt", SECOND, frozenset({QuestionId("strategie")})),
    )


def test_an_office_counts_until_it_is_withdrawn_and_after_that_if_it_has_answered(store: Store) -> None:
    _sit(store, Role.OFFICE, "Bauamt", "leitbild", withdrawn_at=store.now)
    _sit(store, Role.OFFICE, "Hauptamt", "strategie", withdrawn_at=store.now, returned_at=store.now)
    _sit(store, Role.OFFICE, "Schulamt", "angebot", ends_on=FIRST - timedelta(days=1))
    found = load_deeds(store.check.id, SECOND)
    assert [each.label for each in found.offices] == ["Hauptamt", "Schulamt"]
    assert set(found.asked) == {"strategie", "angebot"}


def test_what_an_office_sent_back_is_not_asked_any_more(store: Store) -> None:
    place = _sit(store, Role.OFFICE, "Bauamt", "leitbild")
    with writing() as connection:
        declined = update(tables.Assignment).where(tables.Assignment.place_id == place)
        connection.execute(declined.values(declined_at=store.now))
    found = load_deeds(store.check.id, SECOND)
    assert (found.offices, found.asked) == ((AskedOffice("Bauamt", FIRST, frozenset()),), {})


def test_other_self_checks_are_none_of_its_business(store: Store) -> None:
    other, _ = store.begin("Nachbarstadt")
    _sit(store, Role.OFFICE, "Bauamt", "leitbild")
    assert load_deeds(other.id, SECOND).offices == ()


def test_the_next_day_of_an_office_is_one_that_has_not_passed(store: Store) -> None:
    for number, days in enumerate((9, 3, -1, 1)):
        due, back = SECOND + timedelta(days=days), store.now if days == 1 else None
        _sit(store, Role.OFFICE, f"Amt {number}", due_on=due, returned_at=back)
    _sit(store, Role.OFFICE, "Kasse", due_on=SECOND, ends_on=SECOND - timedelta(days=1))
    assert load_deeds(store.check.id, SECOND).answers_due_on == SECOND + timedelta(days=3)
