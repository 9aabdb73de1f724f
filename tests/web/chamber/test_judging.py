"""Prüfansicht: the statement, the own estimate and its reasons, the way to what is left, conflicts, and the history."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from selfcheck.store.database import limits
from tests import reviews
from tests.web.chamber.shared_case import CRITERION, SharedCase, send, share_case
from tests.web.document import text_of
from tests.web.page import NewVisitor, Page, Visitor

QUESTION = "servicezeiten"
"""Three points, all of them claimed and documented."""
UNPROVEN = "lotsen"
"""Two points are claimed and nothing documents them."""


@pytest.fixture
def case(app: Flask, page: Visitor, visitor: NewVisitor) -> SharedCase:
    return share_case(app, page, visitor)


def judge(case: SharedCase, question: str, button: str = "Speichern", status: int = 200, **fields: str) -> Page:
    changes = {"note" if name == "note" else f"{question}.{name}": value for name, value in fields.items()}
    return case.advisor.press(case.open(question), button, changes, status)


def test_the_statement_of_the_town_stands_there_as_in_the_report(case: SharedCase) -> None:
    found = case.open(UNPROVEN)
    assert found.h1.startswith("Welche persönlichen Angebote")
    assert text_of(found.one("./head/title")).startswith("B9, Frage 14 von 38, Musterstadt am Main")
    assert "2 von 2 angegeben, 0 belegt" in found.main
    assert "0 von 38 eingeschätzt" in found.main
    assert "Offene Punkte, 38 von 38 Fragen" in found.main


def test_whoever_looks_at_a_question_has_read_the_report(case: SharedCase) -> None:
    shared = f"/selbstcheck/{case.check_id}/teilen"
    assert "Noch niemand." in case.town.open(shared).main
    case.open(UNPROVEN)
    assert "Noch niemand." not in case.town.open(shared).main
    row = case.advisor.open("/beratung?gruppe=alle").one(".//tbody/tr")
    assert not {"neu", "geändert"} & set(text_of(row).split())
    case.note(UNPROVEN, "Seit Mai mit vier Ehrenamtlichen")
    case.share_again()
    row = case.advisor.open("/beratung?gruppe=alle").one(".//tbody/tr")
    assert "geändert" in text_of(row).split()


def test_what_the_town_writes_later_is_not_seen(case: SharedCase) -> None:
    case.note(UNPROVEN, "Streng geheim")
    assert "Streng geheim" in case.town.open(f"/selbstcheck/{case.check_id}/fragen/{CRITERION}?offen={UNPROVEN}").main
    assert "Streng geheim" not in case.open(UNPROVEN).main


def test_saving_leads_to_the_next_question_and_counts(case: SharedCase) -> None:
    found = judge(case, QUESTION, "Speichern und weiter", points="3", verdict="enough")
    assert "1 von 38 eingeschätzt" in found.main
    assert found.address.endswith("/fragen/online-leistungen")
    assert found.one(".//h1").get("autofocus") is not None, "the focus is on the heading"
    again = case.open(QUESTION)
    assert again.value(f"{QUESTION}.points") == "3"
    assert "−0" not in again.main
    assert "Einschätzung zum Stand 1" in again.main
    assert "3 Punkte; reicht" in again.main


def test_a_reason_is_demanded_only_where_the_points_differ(case: SharedCase) -> None:
    found = judge(case, QUESTION, points="2,5", note="Gilt nur bis Juni", status=422)
    assert "Bitte begründen Sie das" in found.main
    assert found.value(f"{QUESTION}.points") == "2,5"
    assert found.value("note") == "Gilt nur bis Juni"
    found = case.advisor.press(found, "Speichern", {f"{QUESTION}.reason": "Nur vormittags"})
    assert "Gespeichert" in found.main
    assert "−0,5 Punkte" in found.main
    assert "1 eingeschätzte Frage, von 3 Punkten" in found.main
    assert "Interne Notiz" in found.main


@pytest.mark.parametrize("points", ["3,5", "-1", "viel", "2,555"])
def test_points_that_cannot_be_are_refused_and_stay_in_their_field(case: SharedCase, points: str) -> None:
    found = judge(case, QUESTION, points=points, reason="Darum", status=422)
    assert found.value(f"{QUESTION}.points") == points
    assert "0 von 38 eingeschätzt" in found.main


def test_like_the_town_in_one_click_says_enough_only_where_all_is_documented(case: SharedCase) -> None:
    judge(case, QUESTION, "wie Kommune")
    judge(case, UNPROVEN, "wie Kommune")
    whole, part = (case.open(id) for id in (QUESTION, UNPROVEN))
    assert _chosen(whole, QUESTION) == ["enough"]
    assert whole.value(f"{QUESTION}.points") == "3"
    assert _chosen(part, UNPROVEN) == []
    assert part.value(f"{UNPROVEN}.points") == "2"
    assert "2 von 38 eingeschätzt" in part.main


def test_later_goes_on_and_says_nothing(case: SharedCase) -> None:
    found = judge(case, QUESTION, "Später")
    assert found.address.endswith("/fragen/online-leistungen")
    assert "0 von 38 eingeschätzt" in found.main
    assert "Noch hat niemand etwas eingetragen" in case.open(QUESTION).main


def test_two_advisors_at_one_question_see_both_values(case: SharedCase, visitor: NewVisitor) -> None:
    other = visitor()
    reviews.add_advisor(case.app, other, "senft@ihk.example", "Senft")
    mine, theirs = case.open(QUESTION), other.open(f"{case.root}/fragen/{QUESTION}")
    other.press(theirs, "Speichern", {f"{QUESTION}.points": "1", f"{QUESTION}.reason": "Zu kurz", "note": "Fragen!"})
    said = {f"{QUESTION}.points": "3", "note": "Passt"}
    met = case.advisor.press(mine, "Speichern", said, 409)
    assert "1 Punkt; Begründung: Zu kurz" in met.main
    assert "3 Punkte" in met.main
    assert "Senft" in met.main
    kept = case.advisor.press(met, "Meine Angabe übernehmen", status=409)
    assert kept.value(f"{QUESTION}.points") == "3"
    done = case.advisor.press(kept, "Beide behalten")
    assert done.value("note") == "Fragen!\n\n– – –\n\nPasst"
    assert case.open(QUESTION).value(f"{QUESTION}.points") == "3"


def test_the_other_value_can_be_kept(case: SharedCase, visitor: NewVisitor) -> None:
    other = visitor()
    reviews.add_advisor(case.app, other, "senft@ihk.example", "Senft")
    mine = case.open(QUESTION)
    other.press(
        other.open(f"{case.root}/fragen/{QUESTION}"),
        "Speichern",
        {f"{QUESTION}.points": "1", f"{QUESTION}.reason": "Zu kurz"},
    )
    met = case.advisor.press(mine, "Speichern", {f"{QUESTION}.points": "3"}, 409)
    kept = case.advisor.press(met, "Andere Angabe behalten")
    assert kept.value(f"{QUESTION}.points") == "1"


def test_a_page_that_says_nothing_new_harms_nobody(case: SharedCase, visitor: NewVisitor) -> None:
    other = visitor()
    reviews.add_advisor(case.app, other, "senft@ihk.example", "Senft")
    mine = case.open(QUESTION)
    other.press(other.open(f"{case.root}/fragen/{QUESTION}"), "Speichern", {f"{QUESTION}.verdict": "unclear"})
    found = case.advisor.press(mine, "Speichern", {"note": "Nur die Notiz"})
    assert _chosen(found, QUESTION) == ["unclear"]
    assert found.value("note") == "Nur die Notiz"


def test_a_question_without_points_gets_a_verdict_only(case: SharedCase) -> None:
    found = case.open("bauvorhaben")
    assert not found.all(".//input[@id='bauvorhaben.points']")
    found = judge(case, "bauvorhaben", verdict="to discuss")
    assert "1 von 38 eingeschätzt" in found.main
    assert "Noch stehen nirgends eigene Punkte" in found.main


@pytest.mark.parametrize("question", ["gibt-es-nicht", "x" * 300, "%00", "ä"])
def test_there_is_no_other_question(case: SharedCase, question: str) -> None:
    case.open(question, 404)
    send(case.advisor, f"{case.root}/fragen/{question}", 404)


@pytest.mark.parametrize("stand", ["", "9", "-1", "x", "9" * 30])
def test_a_stand_that_was_not_shared_is_taken_for_the_newest(case: SharedCase, stand: str) -> None:
    case.advisor.press(case.open(QUESTION), "Speichern", {"stand": stand, f"{QUESTION}.points": "3"})
    assert "Einschätzung zum Stand 1" in case.open(QUESTION).main


def test_texts_that_are_too_long_stay_in_their_fields(case: SharedCase) -> None:
    found = judge(case, QUESTION, reason="x" * 1001, note="y" * 5001, status=422)
    assert len(found.value(f"{QUESTION}.reason")) == 1001
    assert len(found.value("note")) == 5001


def test_no_advisor_of_another_chamber_and_no_town_sees_any_of_it(case: SharedCase, visitor: NewVisitor) -> None:
    judge(case, QUESTION, points="3", note="Nur für uns")
    stranger = visitor()
    reviews.add_advisor(case.app, stranger, "other@ihk.example", "Other", reviews.FRANKFURT)
    for address in (f"fragen/{QUESTION}", "fragen", "tabelle", "differenz", "aenderungen"):
        stranger.open(f"{case.root}/{address}", 404)
        case.town.open(f"{case.root}/{address}", 404)
    assert "Nur für uns" not in case.town.open(f"/selbstcheck/{case.check_id}/fragen/{CRITERION}").main


def test_what_is_saved_beside_a_conflict_meets_nobody_later(case: SharedCase, visitor: NewVisitor) -> None:
    other = visitor()
    reviews.add_advisor(case.app, other, "senft@ihk.example", "Senft")
    mine, theirs = case.open(QUESTION), other.open(f"{case.root}/fragen/{QUESTION}")
    other.press(theirs, "Speichern", {f"{QUESTION}.points": "3"})
    typed = {f"{QUESTION}.points": "2", f"{QUESTION}.reason": "Nur vormittags", "note": "Eins"}
    met = case.advisor.press(mine, "Speichern", typed, 409)
    assert met.value(f"{QUESTION}.points") == "2"
    done = case.advisor.press(met, "Meine Angabe übernehmen", {"note": "Eins und zwei"})
    assert done.value("note") == "Eins und zwei"
    assert done.value(f"{QUESTION}.points") == "2"


def test_a_judgement_names_the_stand_that_its_author_saw(case: SharedCase) -> None:
    mine = case.open(QUESTION)
    for text in ("Neu", "Noch neuer"):
        case.note(QUESTION, text)
        case.share_again()
    case.advisor.press(mine, "Speichern", {f"{QUESTION}.points": "3"})
    found = case.open(QUESTION)
    assert "Einschätzung zum Stand 1" in found.main
    assert "geändert seit Stand 1" in found.main


def test_saved_is_said_only_where_something_was_saved(case: SharedCase) -> None:
    found = judge(case, QUESTION, points="3")
    assert re.search(r"Gespeichert \d\d:\d\d", found.main)
    again = judge(case, QUESTION)
    assert "Gespeichert" not in again.main
    assert "Es gab nichts zu speichern" in again.main


def test_a_question_whose_threads_are_done_has_no_empty_line_of_tags(case: SharedCase) -> None:
    reviews.ask(case.app, case.case_id, QUESTION, "Wann?")
    assert [text_of(each) for each in case.open(QUESTION).all(".//p[@class='tags']")] == ["Rückfrage"]
    case.advisor.press(case.open(QUESTION), "Erledigt, Rückfrage 1")
    assert not case.open(QUESTION).all(".//p[@class='tags']")


ASK = "rueckfrage-text"
TYPED = {f"{UNPROVEN}.points": "1", f"{UNPROVEN}.reason": "Nur Ehrenamtliche", "note": "Anrufen"}
"""An own estimate that nobody has saved yet."""


def _values(found: Page) -> dict[str, str]:
    return {name: found.value(name) for name in TYPED}


def test_asking_the_town_keeps_what_stands_in_the_own_estimate(case: SharedCase) -> None:
    asked = case.advisor.press(case.open(UNPROVEN), "Rückfrage stellen", TYPED | {ASK: "Wer sind die Lotsen?"})
    assert "Rückfrage gestellt" in asked.main
    assert "Ihre Einschätzung steht noch in ihren Feldern und ist nicht gespeichert." in asked.main
    assert "Noch nicht gespeichert" in asked.main
    assert "Noch nicht gesendet" not in asked.main
    assert _values(asked) == TYPED
    assert asked.value(ASK) == ""
    assert case.open(UNPROVEN).value("note") == "", "nothing was saved"
    judged = case.advisor.press(asked, "Speichern")
    assert "Gespeichert" in judged.main
    assert _values(judged) == TYPED
    assert judged.main.count("Wer sind die Lotsen?") == 1


def test_what_is_refused_of_a_question_to_the_town_loses_no_estimate(case: SharedCase) -> None:
    refused = case.advisor.press(case.open(UNPROVEN), "Rückfrage stellen", TYPED, 422)
    assert refused.h1.startswith("Welche persönlichen Angebote")
    assert "Bitte schreiben Sie, was Sie von der Kommune wissen möchten." in refused.main
    assert _values(refused) == TYPED


def test_saving_the_own_estimate_keeps_what_is_typed_to_the_town(case: SharedCase) -> None:
    number = reviews.ask(case.app, case.case_id, UNPROVEN)
    typed = {ASK: "Wer sind die Lotsen?", f"antwort-{number}-text": "Hat sich geklärt"}
    saved = case.advisor.press(case.open(UNPROVEN), "Speichern und weiter", TYPED | typed)
    assert "Ihre Einschätzung ist gespeichert." in saved.main
    assert "steht noch dort und ist nicht gesendet" in saved.main
    assert saved.main.count("Noch nicht gesendet") == 2
    assert "Noch nicht gespeichert" not in saved.main
    assert {name: saved.value(name) for name in typed} == typed
    assert _values(case.open(UNPROVEN)) == TYPED
    sent = case.advisor.press(saved, "Rückfrage stellen", {f"antwort-{number}-text": ""})
    assert "Noch nicht" not in sent.main


@pytest.mark.parametrize("button", ["Speichern", "Speichern und weiter", "Später", "wie Kommune"])
def test_a_refused_estimate_keeps_what_is_typed_to_the_town(case: SharedCase, button: str) -> None:
    wrong = {ASK: "Wer sind die Lotsen?", "note": "x" * (limits.NOTE + 1)}
    refused = case.advisor.press(case.open(UNPROVEN), button, wrong, 422)
    assert refused.value(ASK) == "Wer sind die Lotsen?"
    assert refused.value("note") == wrong["note"]


def test_a_conflict_keeps_what_is_typed_to_the_town(case: SharedCase, visitor: NewVisitor) -> None:
    colleague = visitor()
    reviews.add_advisor(case.app, colleague, "meyer@ihk.example", "Meyer")
    slow = case.open(UNPROVEN)
    colleague.press(colleague.open(f"{case.root}/fragen/{UNPROVEN}"), "Speichern", {"note": "Schon angerufen"})
    met = case.advisor.press(slow, "Speichern", TYPED | {ASK: "Wer sind die Lotsen?"}, 409)
    assert met.value(ASK) == "Wer sind die Lotsen?"
    asked = case.advisor.press(met, "Rückfrage stellen")
    assert asked.value("note") == "Anrufen"
    assert "Schon angerufen" in case.advisor.press(asked, "Speichern", status=409).main


def test_an_answer_that_came_meanwhile_loses_no_estimate(case: SharedCase) -> None:
    number = reviews.ask(case.app, case.case_id, UNPROVEN)
    page = case.open(UNPROVEN)
    field = f"antwort-{number}-text"
    case.town.press(case.town.open(f"/selbstcheck/{case.check_id}/ihk"), "Antworten, Rückfrage zu B9", {field: "Vier."})
    met = case.advisor.press(page, "Erledigt, Rückfrage 1", TYPED | {field: "Hat sich geklärt"}, 409)
    assert "Inzwischen hat jemand anders in dieser Rückfrage geschrieben" in met.main
    assert met.value(field) == "Hat sich geklärt"
    assert _values(met) == TYPED
    done = case.advisor.press(met, "Erledigt, Rückfrage 1")
    assert "Die Rückfrage ist erledigt." in done.main
    assert _values(done) == TYPED


@pytest.mark.parametrize(("button", "status"), [("Speichern", 200), ("Rückfrage stellen", 200), ("Speichern", 422)])
def test_no_other_button_makes_an_unread_answer_read(case: SharedCase, button: str, status: int) -> None:
    number = reviews.ask(case.app, case.case_id, UNPROVEN)
    page, field = case.open(UNPROVEN), f"antwort-{number}-text"
    case.town.press(case.town.open(f"/selbstcheck/{case.check_id}/ihk"), "Antworten, Rückfrage zu B9", {field: "Vier."})
    note = "Anrufen" if status == 200 else "x" * (limits.NOTE + 1)
    typed = {field: "Hat sich geklärt", "note": note, ASK: "Noch etwas?"}
    kept = case.advisor.press(page, button, typed, status)
    assert kept.value(field) == "Hat sich geklärt"
    met = case.advisor.press(kept, "Erledigt, Rückfrage 1", status=409)
    assert "Inzwischen hat jemand anders in dieser Rückfrage geschrieben" in met.main
    assert "Die Rückfrage ist erledigt." in case.advisor.press(met, "Erledigt, Rückfrage 1", {"note": "kurz"}).main


def test_whoever_typed_nothing_else_comes_back_to_the_thread(case: SharedCase) -> None:
    asked = case.advisor.press(case.open(UNPROVEN), "Rückfrage stellen", {ASK: "Wer sind die Lotsen?"})
    assert asked.address == f"{case.root}/fragen/{UNPROVEN}"
    assert "Noch nicht" not in asked.main


def _chosen(found: Page, question: str) -> list[str]:
    options = found.all(f".//input[@name='{question}.verdict']")
    return [option.get("value", "") for option in options if "checked" in option.attrib]
