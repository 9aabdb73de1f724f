"""Whatever an office asks for: no word of other questions, of projects or of colleagues' comments comes with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from selfcheck.core.permissions import Allowed, Role
from selfcheck.core.rules.answers import State
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import reading
from selfcheck.store.parts import saving
from selfcheck.store.parts.loading import CHECK_COLUMNS, read_check
from selfcheck.store.parts.values import Check, ProjectText, Who
from selfcheck.store.parts.writes import Write
from tests import towns, writes
from tests.web.office.visits import Office, ask_office
from tests.web.page import Visitor, begin

EVENTS, HOUSING, BUILDING = "veranstaltungen", "wohnungssuche", "bauvorhaben"
OWN = (EVENTS, HOUSING, BUILDING)
"""The third one depends on another question, too."""
MARK = "GEHEIM"
JSON = {"Accept": "application/json"}
COLLEAGUE, NOW = Who(None, "Kollegium"), datetime.now(UTC)
PATHS = ("", "/fragen/lebensqualitaet", "/ergebnis", "/verlauf", "/checkliste", "/ziele", "/teilen", "/abmelden")
QUESTIONS = towns.questionnaire().questions
OTHERS = [question for question in QUESTIONS if question.id not in OWN]


@pytest.fixture
def owner(visitor: Callable[[], Visitor]) -> Visitor:
    return visitor()


@pytest.fixture
def office(app: Flask, owner: Visitor) -> Office:
    """A self-check in which everything but the questions of the office carries the mark."""
    office = ask_office(app, begin(owner), *OWN)
    with app.app_context():
        check = find_check(office.check)
        said = [writes.comment(question.id, f"{MARK} dazu", question.id) for question in QUESTIONS]
        allowed = Allowed(Role.COLLEAGUE)
        saving.save(check, towns.questionnaire(), [*list_marked(), *said], COLLEAGUE, NOW, allowed=allowed)
    return office


def find_check(id: int) -> Check:
    return read_check(reading().execute(select(*CHECK_COLUMNS).where(tables.SelfCheck.id == id)).one())


def list_marked() -> Iterator[Write]:
    for question in OTHERS:
        yield writes.note(question.id, 0, f"{MARK} {question.id}")
        yield writes.evidence(question.id, None, False, f"{MARK} Nachweis", True, creation_key=question.id)
        yield writes.choice(question.id, 0, State.UNCLEAR)
    yield writes.entry(None, 0, ProjectText(f"{MARK} Projekt"), "projekt")


@pytest.fixture
def clerk(office: Office, page: Visitor) -> Visitor:
    return office.open(page)


def find_leaks(response: TestResponse) -> list[str]:
    text = response.get_data(as_text=True)
    assert response.status_code < 500
    words = [MARK, *(question.text for question in OTHERS), *(f"frage-{question.id}" for question in OTHERS)]
    return [word for word in words if word in text]


def submit(clerk: Visitor, office: Office, changes: dict[str, str], headers: dict[str, str]) -> TestResponse:
    form = clerk.open(office.root).form("Speichern")
    return clerk.post(office.root, dict(form.fields) | changes, headers=headers)


def test_the_marks_are_there(owner: Visitor, office: Office) -> None:
    for criterion in towns.questionnaire().criteria:
        assert MARK in owner.open(f"/selbstcheck/{office.check_id}/fragen/{criterion.id}").source


@pytest.mark.parametrize("path", ["", "/abdruck", "/neues", "/neues?seit=1"])
def test_its_pages(clerk: Visitor, office: Office, path: str) -> None:
    assert not find_leaks(clerk.client.get(office.root + path))


def test_pages_of_others(clerk: Visitor, office: Office) -> None:
    for path in (
        "",
        "/fragen/lebensqualitaet",
        "/ergebnis",
        "/verlauf",
        "/checkliste",
        "/ziele",
        "/teilen",
        "/abmelden",
    ):
        assert not find_leaks(clerk.client.get(f"/selbstcheck/{office.check_id}{path}"))
    assert not find_leaks(clerk.client.get("/selbstchecks"))


@pytest.mark.parametrize("headers", [{}, JSON])
@pytest.mark.parametrize(
    "changes",
    [
        {f"{HOUSING}.note": "neu"},
        {f"{HOUSING}.choice": "option:vermittlung"},
        {f"{EVENTS}.value": "viele", f"{EVENTS}.choice": "open"},
        {f"{HOUSING}.note": "neu", f"{HOUSING}.note-version": "99"},
        {"leitbild.note": "neu", "leitbild.note-version": "99", "leitbild.note-base": ""},
        {"leitbild.choice": "option:ja", "leitbild.choice-version": "0", "leitbild.choice-base": ""},
        {"resolve": "leitbild.note:mine:1"},
        {"resolve": "leitbild.note:theirs:1"},
        {"decline": "leitbild"},
        {"take": "leitbild"},
        {"stay": "leitbild"},
        {"decline": HOUSING},
        {"do": "return"},
    ],
)
def test_its_saves(clerk: Visitor, office: Office, changes: dict[str, str], headers: dict[str, str]) -> None:
    response = submit(clerk, office, changes, headers)
    assert not find_leaks(response)
    assert not find_leaks(clerk.client.get(office.root))


def test_evidence_of_others_by_its_number(clerk: Visitor, office: Office) -> None:
    for number in range(1, 60):
        prefix = f"{HOUSING}.e.{number}"
        forged = {f"{prefix}.state": "missing", f"{prefix}.version": "9", f"{prefix}.base": "", f"{prefix}.title": "x"}
        assert not find_leaks(submit(clerk, office, forged, JSON))


def test_a_condition_on_a_question_of_others_does_not_name_it(clerk: Visitor, office: Office) -> None:
    shown = clerk.open(office.root)
    assert "Wird nur gefragt, falls eine andere Angabe der Kommune zutrifft." in shown.main
    assert "E1" not in shown.main


def test_a_condition_on_an_own_question_names_it(app: Flask, clerk: Visitor, office: Office) -> None:
    office.ask(*OWN, "wohnangebot")
    assert "wenn bei E1" in clerk.open(office.root).main


def test_a_question_that_does_not_count_is_not_asked(app: Flask, owner: Visitor, page: Visitor) -> None:
    office = ask_office(app, begin(owner), EVENTS, "einladung")
    clerk = office.open(page)
    assert clerk.open(office.root).h1 == "2 Fragen an das Bauamt"
    response = submit(clerk, office, {f"{EVENTS}.value": "0", f"{EVENTS}.choice": "open"}, JSON)
    assert response.get_json()["hidden"] == {EVENTS: False, "einladung": True}
    assert response.get_json()["html"]["[data-title]"] == "1 Frage an das Bauamt"
    assert clerk.open(office.root).h1 == "1 Frage an das Bauamt"
