"""Verlauf: what came from the chamber and went there, at its question, by its author; the town's own words go again."""

from __future__ import annotations

import pytest
from flask import Flask

from selfcheck.core.permissions import Role
from selfcheck.web.history.page import KINDS
from tests import reviews
from tests.web.document import text_of
from tests.web.history.test_states import leads
from tests.web.page import NewVisitor, Page, Visitor
from tests.web.statements import listen
from tests.web.team.people import seat_account, sit_down
from tests.web.world import QUESTION

MAIL = "muster@stadt.example"
SECRET = "Herr Geheim"
OUT = "Überall entfernen"
STAYS = "was die IHK selbst geschrieben oder in ihr Protokoll übernommen hat, bleibt stehen"


@pytest.fixture
def town(app: Flask, check: str) -> Visitor:
    return seat_account(app, check, MAIL)


@pytest.fixture
def case_id(app: Flask, check: str, town: Visitor, visitor: NewVisitor) -> str:
    reviews.add_advisor(app, visitor(), "weber@ihk.example", "Petra Weber")
    return reviews.send(app, check, MAIL)


def history(page: Visitor, check: str, **chosen: str) -> Page:
    query = "&".join(f"{name}={value}" for name, value in chosen.items())
    return page.open(f"/selbstcheck/{check}/verlauf?{query}")


def rows(found: Page) -> list[str]:
    return [text_of(row) for row in found.all(".//ol/li//h3")]


def answer(app: Flask, town: Visitor, check: str, case_id: str, text: str = f"Fragen Sie {SECRET}.") -> Page:
    thread = reviews.ask(app, case_id, QUESTION)
    shown = town.open(f"/selbstcheck/{check}/ihk")
    return town.press(shown, "Antworten, Rückfrage zu B1", {f"antwort-{thread}-text": text})


def test_what_was_asked_and_answered_stands_there_at_its_question(
    app: Flask, town: Visitor, check: str, case_id: str
) -> None:
    answer(app, town, check, case_id)
    found = history(town, check, was="ihk")
    answered, asked = rows(found)
    assert asked.startswith("Rückfrage der IHK zu B1: ")
    assert answered.startswith("Rückfrage der IHK beantwortet zu B1: ")
    assert "Petra Weber" in found.main
    assert SECRET not in found.source, "what was said stands where it was said"
    assert leads(found, "B1: ").startswith(f"/selbstcheck/{check}/fragen/")
    assert "zurücknehmen" not in found.main
    assert SECRET in town.open(leads(found, "Rückfragen")).main


def test_it_is_found_by_person_question_and_time(app: Flask, town: Visitor, check: str, case_id: str) -> None:
    answer(app, town, check, case_id)
    assert len(rows(history(town, check, wer="Petra Weber"))) == 1
    assert len(rows(history(town, check, frage=QUESTION, wann="tag"))) == 2
    assert rows(history(town, check, frage="leitbild")) == []
    assert KINDS["ihk"][0] in text_of(history(town, check).one(".//select[@name='was']"))


def test_recommendations_and_examples_stand_there_too(app: Flask, town: Visitor, check: str, case_id: str) -> None:
    reviews.recommend(app, case_id, "weber@ihk.example")
    reviews.propose(app, case_id, QUESTION)
    proposed, recommended = rows(history(town, check, was="ihk"))
    assert proposed.startswith("Gutes Beispiel von der IHK vorgeschlagen zu B1: ")
    assert recommended == "Empfehlung C6-1 der IHK"


def test_it_takes_no_more_statements(app: Flask, town: Visitor, check: str, case_id: str) -> None:
    history(town, check)
    with listen(app) as before:
        history(town, check)
    answer(app, town, check, case_id)
    with listen(app) as after:
        history(town, check)
    assert len(after) <= len(before) + 1, "the question has a Rückfrage now, which each page of the town reads"


def test_others_learn_at_the_question_that_the_chamber_asked(
    app: Flask, town: Visitor, check: str, case_id: str
) -> None:
    newest = town.client.get(f"/selbstcheck/{check}/neues").json["newest"]
    reviews.ask(app, case_id, QUESTION)
    told = town.client.get(f"/selbstcheck/{check}/neues?seit={newest}").json["questions"]
    assert list(told) == [QUESTION]
    assert told[QUESTION].endswith("Uhr: Rückfrage der IHK")


def test_an_own_answer_is_taken_out_on_both_sides(
    app: Flask, town: Visitor, check: str, case_id: str, visitor: NewVisitor
) -> None:
    advisor = visitor()
    reviews.add_advisor(app, advisor, "senft@ihk.example", "Senft")
    asked = town.open(leads(answer(app, town, check, case_id), OUT))
    assert f"Fragen Sie {SECRET}." in asked.main
    assert "Antwort auf eine Rückfrage der IHK zu B1" in asked.main
    assert "Was die IHK davon in ihr Protokoll" in asked.main
    done = town.press(asked, OUT, {"reason": "Datenschutz"})
    assert "Text überall entfernt: Antwort auf eine Rückfrage der IHK zu B1. Grund: Datenschutz" in done.main
    theirs = advisor.open(f"/beratung/{case_id}/fragen/{QUESTION}")
    mine = town.open(f"/selbstcheck/{check}/ihk")
    for found in (done, theirs, mine, history(town, check)):
        assert SECRET not in found.source
    for found in (theirs, mine):
        assert "entfernt am" in found.main
    assert OUT not in mine.main
    again = town.open(asked.address)
    assert "Hier steht kein Text" in again.main


def test_only_the_coordination_may_and_nobody_takes_out_what_the_chamber_wrote(
    app: Flask, town: Visitor, check: str, case_id: str
) -> None:
    found = answer(app, town, check, case_id)
    address = leads(found, OUT)
    colleague = sit_down(app, check, Role.COLLEAGUE, "Kollegium", "Kai Kolb")
    assert OUT not in colleague.open(f"/selbstcheck/{check}/ihk").main
    colleague.open(address, 403)
    own = int(address.rpartition("/")[2])
    town.open(f"{address.rpartition('/')[0]}/{own - 1}", 404)


def test_an_answer_to_a_recommendation_is_taken_out(app: Flask, town: Visitor, check: str, case_id: str) -> None:
    id = reviews.recommend(app, case_id, "weber@ihk.example")
    there = f"/selbstcheck/{check}/ihk/empfehlungen"
    said = {"decision": "not doing", "reason": f"{SECRET} will nicht."}
    sent = town.press(town.open(f"{there}/{id}"), "An die IHK senden", said)
    asked = town.open(leads(sent, "Text der Antwort"))
    assert f"{SECRET} will nicht." in asked.main
    assert SECRET not in town.press(asked, OUT).source
    after = town.open(there)
    assert SECRET not in after.source
    assert "entfernt am" in after.main
    assert "Text der Antwort" not in after.main
    assert SECRET not in town.client.get(f"/selbstcheck/{check}/dokumente/alle-daten.json").text


def test_a_refusal_is_taken_out(app: Flask, town: Visitor, check: str, case_id: str) -> None:
    reviews.propose(app, case_id, QUESTION)
    there = f"/selbstcheck/{check}/gute-beispiele"
    asked = town.open(leads(town.open(there), "Ablehnen"))
    declined = town.press(asked, "Ablehnen", {"reason": f"Nein, sagt {SECRET}."})
    assert SECRET in declined.main
    assert SECRET not in town.press(town.open(leads(declined, OUT)), OUT).source
    after = town.open(there)
    assert SECRET not in after.source
    assert OUT not in after.main


def test_whoever_takes_out_another_text_reads_what_stays(town: Visitor, check: str) -> None:
    details = town.open(f"/selbstcheck/{check}/angaben")
    town.press(details, "Speichern", {"name": SECRET})
    assert STAYS in town.open(leads(history(town, check), "Diesen Text überall")).main
