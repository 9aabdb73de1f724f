"""The sheet for an office that wants paper: just its questions, boxes to tick, and who gets it back until when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from tests import towns
from tests.web.document import text_of
from tests.web.office.visits import Office, ask_office
from tests.web.page import Visitor, begin

EVENTS, INVITATION, KINDS = "veranstaltungen", "einladung", "wohnangebot"
QUESTION = towns.questionnaire().question


@pytest.fixture
def office(app: Flask, check: str) -> Office:
    return ask_office(app, check, EVENTS, KINDS, INVITATION, due_on=date(2027, 1, 15))


def sheet_of(office: Office, place: str = "") -> str:
    return f"/selbstcheck/{office.check_id}/team/{place or office.place_id}/blatt"


def test_it_asks_just_these_questions(page: Visitor, office: Office) -> None:
    sheet = page.open(sheet_of(office))
    asked = [text_of(heading) for heading in sheet.all(".//h2")]
    order = [QUESTION[id] for id in (EVENTS, INVITATION, KINDS)]
    assert asked == [f"{question.number} {question.text}" for question in order]
    assert sheet.h1 == "3 Fragen an das Bauamt"


def test_it_has_boxes_help_and_evidence_and_no_examples(page: Visitor, office: Office) -> None:
    sheet = page.open(sheet_of(office))
    boxes = [text_of(item) for item in sheet.all(".//li") if item.find("span") is not None]
    for text in (*(option.text for option in QUESTION[KINDS].options), *QUESTION[KINDS].evidence):
        assert text in boxes
    assert {"nichts davon", "wissen wir nicht", "nicht unsere Zuständigkeit", "Anderes:"} <= set(boxes)
    assert "Zählt nicht:" in sheet.main
    assert "Beispiel:" not in sheet.main
    assert "**" not in sheet.main


def test_it_says_to_whom_it_goes_back_and_until_when(page: Visitor, office: Office) -> None:
    details = page.open(f"/selbstcheck/{office.check_id}/angaben")
    page.press(details, "Speichern", {"name": "Erika Muster", "office": "Hauptamt", "phone": "06152 123"})
    sheet = page.open(sheet_of(office)).main
    assert "Bitte bis 15.01.2027 ausgefüllt zurück an: Erika Muster, Hauptamt, 06152 123" in sheet


def test_it_says_what_stands_there_so_far(page: Visitor, office: Office) -> None:
    criterion = f"/selbstcheck/{office.check_id}/fragen/{QUESTION[KINDS].criterion}"
    page.press(page.open(criterion), "Speichern und weiter", {f"{KINDS}.choice": "unclear"})
    assert page.open(sheet_of(office)).main.count("Bisher angegeben: noch unklar") == 1


def test_a_condition_names_no_question_of_others(app: Flask, page: Visitor, office: Office, check: str) -> None:
    assert f"wenn bei {QUESTION[EVENTS].number}" in page.open(sheet_of(office)).main
    alone = ask_office(app, check, INVITATION, label="Kulturamt")
    assert "falls eine andere Angabe der Kommune zutrifft" in page.open(sheet_of(alone)).main


def test_there_are_sheets_of_open_offices_of_this_self_check_only(
    app: Flask, page: Visitor, visitor: Callable[[], Visitor], office: Office
) -> None:
    other = ask_office(app, begin(visitor()), EVENTS)
    page.open(sheet_of(office, other.place_id), 404)
    page.open(sheet_of(office, "keiner"), 404)
    page.open(sheet_of(other), 404)
    office.withdraw()
    page.open(sheet_of(office), 404)


def test_it_is_reached_from_the_team(page: Visitor, office: Office) -> None:
    team = page.open(f"/selbstcheck/{office.check_id}/team")
    assert team.link("Als Blatt drucken, Bauamt") == sheet_of(office)
    assert page.open(sheet_of(office)).link("Zurück zum Team") == team.address
