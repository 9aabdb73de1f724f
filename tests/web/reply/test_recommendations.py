"""Empfehlungen der IHK as a town reads and answers them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import update

from selfcheck.core.permissions import Role
from selfcheck.store.database import tables, transactions
from selfcheck.store.database.transactions import writing
from tests import reviews
from tests.web.chamber.test_recommendations import BERTA, DOING, Review
from tests.web.page import NewVisitor, Visitor, begin
from tests.web.statements import listen
from tests.web.team.people import sit_down


@pytest.fixture
def review(app: Flask, visitor: NewVisitor) -> Review:
    return Review(app, visitor)


@pytest.fixture
def colleague(app: Flask, review: Review) -> Visitor:
    return sit_down(app, review.check, Role.COLLEAGUE, "Kollegium", "Kai Kolb")


def accept(review: Review, id: str) -> None:
    review.berta.press(review.berta.open(f"{review.root}/{id}"), "Antwort annehmen")


def test_without_any_the_page_says_so(page: Visitor) -> None:
    check = begin(page)
    assert "noch keine Empfehlungen" in page.open(f"/selbstcheck/{check}/ihk/empfehlungen").main
    page.open(f"/selbstcheck/{check}/ihk/empfehlungen/0123456789abcdef0123", 404)


def test_a_colleague_writes_and_the_coordination_sends(review: Review, colleague: Visitor) -> None:
    id = review.recommend()
    page = colleague.open(f"{review.there}/{id}")
    assert "Die Koordination sendet die Antwort" in page.main
    assert "An die IHK senden" not in page.main
    saved = colleague.press(page, "Speichern", DOING)
    assert "geplant" in saved.main
    csrf = page.value("csrf_token")
    colleague.send(page.address, {"csrf_token": csrf, **DOING, "version": "1", "send": "1"}, 403)
    sent = review.erika.press(review.erika.open(f"{review.there}/{id}"), "An die IHK senden")
    assert "An die IHK gesendet" in sent.main
    assert "eingereicht" in sent.main


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({}, "ob Sie das machen"),
        ({"decision": "not doing"}, "warum Sie das nicht machen"),
        ({"decision": "doing"}, "wer sich darum kümmert"),
        ({"decision": "doing", "person": "Frau Muster"}, "bis wann"),
        ({"decision": "doing", "person": "Frau Muster", "due": "31.02.2027"}, "31.02.2027"),
        ({"progress": "150"}, "von 0 bis 100"),
        ({"progress": "viel"}, "von 0 bis 100"),
        ({"reason": "x" * 1001}, "kürzen"),
    ],
)
def test_what_is_missing_stands_at_its_field(review: Review, said: dict[str, str], missing: str) -> None:
    id = review.recommend()
    page = review.erika.open(f"{review.there}/{id}")
    refused = review.erika.press(page, "An die IHK senden", said, 422)
    assert missing in refused.main
    kept = dict(refused.form("An die IHK senden").fields)
    assert {name: kept[name].strip() for name in said if name != "decision"} == {
        name: value for name, value in said.items() if name != "decision"
    }


def test_both_answers_of_two_people_are_shown(review: Review, colleague: Visitor) -> None:
    id = review.recommend()
    mine, theirs = review.erika.open(f"{review.there}/{id}"), colleague.open(f"{review.there}/{id}")
    colleague.press(theirs, "Speichern", DOING)
    met = review.erika.press(mine, "An die IHK senden", DOING | {"person": "Herr Neu"}, 409)
    assert "Meine Angabe: Herr Neu" in met.main
    assert "Andere Angabe: Frau Muster" in met.main
    review.erika.press(met, "Meine Angabe übernehmen")
    assert "Herr Neu" in review.town.open(review.there).main
    assert "Herr Neu" not in review.berta.open(review.root).main


def change_words(review: Review, id: str, title: str) -> None:
    review.berta.press(review.berta.open(f"{review.root}/{id}"), "Speichern", {"title": title})


@pytest.mark.parametrize("button", ["An die IHK senden", "Speichern"])
def test_an_answer_to_words_that_changed_is_shown_them_and_stays(review: Review, button: str) -> None:
    id = review.recommend()
    page = review.erika.open(f"{review.there}/{id}")
    change_words(review, id, "Ein Hallenbad bauen")
    met = review.erika.press(page, button, DOING | {"person": "Herr Neu"}, 409)
    assert "Die IHK hat diese Empfehlung geändert" in met.main
    assert "Ein Hallenbad bauen" in met.main
    assert {name: met.value(name) for name in ("person", "due", "progress")} == {
        "person": "Herr Neu",
        "due": "30.06.2027",
        "progress": "20",
    }
    assert "Herr Neu" not in review.berta.open(review.root).main
    assert "Herr Neu" not in review.town.open(review.there).main
    review.erika.press(met, button)
    assert "Herr Neu" in review.town.open(review.there).main


def test_an_incomplete_answer_to_words_that_changed_is_told_both(review: Review) -> None:
    id = review.recommend()
    page = review.erika.open(f"{review.there}/{id}")
    change_words(review, id, "Ein Hallenbad bauen")
    refused = review.erika.press(page, "An die IHK senden", {"decision": "doing"}, 422)
    assert "Die IHK hat diese Empfehlung geändert" in review.erika.press(refused, "An die IHK senden", DOING, 409).main


def test_what_is_with_the_chamber_cannot_be_changed(review: Review, colleague: Visitor) -> None:
    id = review.recommend()
    page = colleague.open(f"{review.there}/{id}")
    review.answer(id)
    late = colleague.press(page, "Speichern", DOING | {"person": "Herr Spät"}, 409)
    assert "Herr Spät" in late.main
    assert "liegt schon bei der IHK" in late.main
    assert "Frau Muster" in review.berta.open(review.root).main


def test_the_progress_of_what_is_agreed_is_told_to_the_chamber(review: Review, colleague: Visitor) -> None:
    id = review.recommend()
    review.answer(id)
    accept(review, id)
    page = colleague.open(f"{review.there}/{id}")
    assert not page.all(".//input[@name='person']")
    colleague.press(page, "Speichern", {"progress": "60"})
    assert "60 %" in review.berta.open(review.root).main
    colleague.press(colleague.open(f"{review.there}/{id}"), "Speichern", {"progress": "100"})
    steps = review.town.open(f"/selbstcheck/{review.check}/checkliste").main
    assert "umgesetzt" in steps


def test_the_checklist_knows_what_to_do_until_when(review: Review) -> None:
    id = review.recommend()
    address = f"/selbstcheck/{review.check}/checkliste"
    page = review.town.open(address)
    assert "Empfehlungen der IHK" in page.main
    link = page.one(f".//a[@href='{review.there}/{id}']")
    assert link is not None
    review.answer(id)
    shown = review.town.open(address).main
    assert "umsetzen: Lotsen am Bahnhof" in shown
    assert "30.06.2027" in shown


def test_a_frozen_report_says_nothing_of_it(review: Review) -> None:
    review.recommend()
    preview = review.town.open(f"/selbstcheck/{review.check}/teilen/vorschau?label=IHK&checklist=1")
    assert "Bericht mit der IHK teilen" in preview.main
    assert "Lotsen am Bahnhof" not in preview.main


def test_a_chamber_that_reads_no_more_is_sent_nothing(app: Flask, review: Review) -> None:
    id = review.recommend()
    _change(app, tables.ReviewCase, withdrawn_at=datetime.now(UTC))
    page = review.erika.open(f"{review.there}/{id}")
    assert "die IHK sieht es nicht" in page.main
    assert "An die IHK senden" not in page.main
    saved = review.erika.press(page, "Speichern", DOING)
    assert "Gespeichert" in saved.main
    assert "Noch nicht an die IHK gesendet." not in saved.main


def test_what_is_saved_says_that_it_is_not_sent_yet(review: Review) -> None:
    page = review.erika.open(f"{review.there}/{review.recommend()}")
    saved = review.erika.press(page, "Speichern", DOING)
    assert "Noch nicht an die IHK gesendet." in saved.main
    sent = review.erika.press(review.erika.open(page.address), "An die IHK senden")
    assert "Noch nicht an die IHK gesendet." not in sent.main


def test_agreed_ones_return_at_the_interim(app: Flask, review: Review) -> None:
    id = review.recommend()
    address = f"/selbstcheck/{review.check}/ziele/zwischenstand"
    assert "Lotsen am Bahnhof" not in review.town.open(address).main
    review.answer(id)
    accept(review, id)
    shown = review.town.open(address).main
    assert "Lotsen am Bahnhof" in shown
    assert "20 %" in shown


def test_nothing_is_asked_of_the_database_where_nothing_was_recommended(review: Review) -> None:
    address = f"/selbstcheck/{review.check}/ziele/zwischenstand"

    def asks() -> list[str]:
        review.town.open(address)
        with listen(review.app) as sent:
            review.town.open(address)
        return [statement for statement in sent if "SELECT recommendation.id, recommendation.public_id" in statement]

    assert asks() == []
    id = review.recommend()
    review.answer(id)
    accept(review, id)
    assert len(asks()) == 1


def test_agreed_ones_return_in_the_renewal_to_be_read(review: Review) -> None:
    first, second = review.recommend(), reviews.recommend(review.app, review.case, BERTA, "Nie beantwortet")
    assert first != second
    review.answer(first)
    accept(review, first)
    begun = review.town.press(
        review.town.open(f"/selbstcheck/{review.check}/neu-beginnen"), "Neuen Selbstcheck beginnen"
    )
    new = begun.address.split("/")[2]
    assert new != review.check
    shown = review.town.open(f"/selbstcheck/{new}/ziele").main
    assert "Empfehlungen aus der letzten Prüfung" in shown
    assert "Lotsen am Bahnhof" in shown
    assert "Nie beantwortet" not in shown
    review.town.press(review.town.open(f"/selbstcheck/{review.check}/loeschen"), "Selbstcheck löschen")
    assert "Lotsen am Bahnhof" not in review.town.open(f"/selbstcheck/{new}/ziele").main


def test_texts_are_shown_literally(review: Review) -> None:
    reviews.recommend(review.app, review.case, BERTA, "<b>Fett</b>")
    assert "&lt;b&gt;Fett&lt;/b&gt;" in review.town.open(review.there).source
    assert "&lt;b&gt;Fett&lt;/b&gt;" in review.berta.open(review.root).source
    assert "&lt;b&gt;Fett&lt;/b&gt;" in review.town.open(f"/selbstcheck/{review.check}/checkliste").source


def _change(app: Flask, table: type, **values: object) -> None:
    with app.app_context():
        with writing() as connection:
            connection.execute(update(table).values(**values))
        transactions.let_go()
