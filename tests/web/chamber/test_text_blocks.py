"""Text blocks: added, changed, removed, and put into a reason without losing what was typed."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from selfcheck.store.database import tables
from selfcheck.store.database.transactions import reading
from tests import reviews
from tests.web.chamber.shared_case import SharedCase, send, share_case
from tests.web.page import NewVisitor, Page, Visitor

ROOT = "/beratung/textbausteine"
MISSING = {"title": "Beleg fehlt", "text": "Bitte legen Sie zu {frage} einen Beleg vor, {kommune}. {unbekannt}"}


@pytest.fixture
def advisor(app: Flask, visitor: NewVisitor) -> Visitor:
    person = visitor()
    reviews.add_advisor(app, person, "rathmann@ihk.example", "Rathmann")
    return person


@pytest.fixture
def other(app: Flask, visitor: NewVisitor) -> Visitor:
    person = visitor()
    reviews.add_advisor(app, person, "senft@ihk.example", "Senft")
    return person


def add(advisor: Visitor, status: int = 200, **fields: str) -> Page:
    return advisor.press(advisor.open(ROOT), "Hinzufügen", MISSING | fields, status)


def test_own_blocks_are_seen_by_nobody_else(advisor: Visitor, other: Visitor) -> None:
    found = add(advisor)
    assert "Gespeichert" in found.main
    assert "Beleg fehlt" in found.main
    assert "Beleg fehlt" not in other.open(ROOT).main
    other.open(found.link("Beleg fehlt"), 404)


def test_blocks_of_the_chamber_are_changed_and_removed_by_all(advisor: Visitor, other: Visitor) -> None:
    address = add(advisor, whose="chamber").link("Beleg fehlt")
    page = advisor.open(address)
    other.press(other.open(address), "Speichern", {"text": "Kürzer."})
    met = advisor.press(page, "Speichern", {"text": "Länger."}, 409)
    assert "Kürzer." in met.main
    assert "Länger." in met.main
    assert "Länger." in advisor.press(met, "Meine Angabe übernehmen").main
    gone = other.press(other.open(address), "Entfernen")
    assert "Beleg fehlt" not in gone.main
    advisor.open(address, 404)


def test_a_double_click_makes_one_block(advisor: Visitor) -> None:
    add(advisor)
    assert len(add(advisor).all(".//h3")) == 1


def test_a_block_needs_a_name_and_a_text(advisor: Visitor) -> None:
    found = add(advisor, 422, title=" ", text="")
    assert "Bitte geben Sie dem Textbaustein einen Namen" in found.main
    assert add(advisor, 422, text="x" * 2001).value("title") == "Beleg fehlt"


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999", "x", "1.5", "²"])
def test_there_is_no_other_block(advisor: Visitor, number: str) -> None:
    advisor.open(f"{ROOT}/{number}", 404)
    send(advisor, f"{ROOT}/{number}", 404, **MISSING)


def test_a_block_is_put_behind_what_was_typed_and_nothing_is_lost(
    app: Flask, page: Visitor, visitor: NewVisitor
) -> None:
    case: SharedCase = share_case(app, page, visitor)
    add(case.advisor)
    typed = {"lotsen.reason": "Unklar.", "lotsen.points": "1", "note": "Nachsehen"}
    found = case.advisor.press(case.open("lotsen"), "Beleg fehlt, in die Begründung", typed)
    reason = found.value("lotsen.reason")
    assert reason.startswith("Unklar.\nBitte legen Sie zu B9 ")
    assert reason.endswith("einen Beleg vor, Musterstadt am Main. {unbekannt}")
    assert found.value("lotsen.points") == "1"
    assert found.value("note") == "Nachsehen"
    assert "0 von 38 eingeschätzt" in found.main


def test_a_block_is_put_into_every_field_that_takes_one(app: Flask, page: Visitor, visitor: NewVisitor) -> None:
    case: SharedCase = share_case(app, page, visitor)
    add(case.advisor)
    words = "Bitte legen Sie zu B9 "
    field = "rueckfrage-text"
    asking = case.advisor.press(case.open("lotsen"), "Beleg fehlt, in die Rückfrage", {field: "Guten Tag."})
    assert asking.value(field).startswith(f"Guten Tag.\n{words}")
    asked = case.advisor.press(asking, "Rückfrage stellen")
    assert "Rückfrage gestellt" in asked.main
    settle = next(name for name, _ in asked.form("Erledigt, Rückfrage 1").fields if name.endswith("-text"))
    answering = case.advisor.press(asked, "Beleg fehlt, in den Text an die Kommune", {settle: "Danke."})
    assert answering.value(settle).startswith(f"Danke.\n{words}")
    root = f"{case.root}/empfehlungen"
    typed = {"title": "Lotsen", "text": "Bald."}
    form = case.advisor.open(f"{root}/neu?zu=frage:lotsen")
    recommending = case.advisor.press(form, "Beleg fehlt, in die Empfehlung", typed)
    assert recommending.value("text").startswith(f"Bald.\n{words}")
    assert recommending.value("title") == "Lotsen"
    case.advisor.press(recommending, "Empfehlung speichern")
    with app.app_context():
        written = reading().execute(select(tables.Recommendation.public_id)).scalar_one()
    changing = case.advisor.open(f"{root}/{written}")
    again = case.advisor.press(changing, "Beleg fehlt, in die Empfehlung", {"text": "Kurz."})
    assert again.value("text").startswith(f"Kurz.\n{words}")
