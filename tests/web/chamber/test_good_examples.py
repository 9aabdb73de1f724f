"""An advisor proposes a good example from the words of the town, and reads what the town said."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import reviews, towns
from tests.web.document import text_of
from tests.web.page import NewVisitor, Page, Visitor, begin
from tests.web.statements import listen
from tests.web.team.people import seat_account

CRITERION = towns.questionnaire().criteria[0]
QUESTION, OTHER = CRITERION.questions[0], CRITERION.questions[1]
NOTE = "Wir begrüßen alle mit <b>einer Mappe</b>.\nSeit 2024."
ASK = "Kommune um Zustimmung bitten"


@pytest.fixture
def case_id(app: Flask, page: Visitor) -> str:
    """A case of a town that has said something about a question."""
    check_id = begin(page)
    answering = page.open(f"/selbstcheck/{check_id}/fragen/{CRITERION.id}")
    page.press(answering, "Speichern und weiter", {f"{QUESTION.id}.note": NOTE})
    seat_account(app, check_id, "erika@example.org")
    return reviews.send(app, check_id, "erika@example.org")


@pytest.fixture
def advisor(app: Flask, visitor: NewVisitor) -> Visitor:
    somebody = visitor()
    reviews.add_advisor(app, somebody, "berta@example.org", "Berta Beispiel")
    return somebody


def address(case_id: str, question: str = QUESTION.id) -> str:
    return f"/beratung/{case_id}/gutes-beispiel/{question}"


def offers_form(page: Page) -> bool:
    return any(text_of(button) == ASK for button in page.all(".//button"))


def test_the_form_begins_with_the_words_of_the_newest_stand(case_id: str, advisor: Visitor) -> None:
    form = advisor.open(address(case_id))
    assert form.value("title") == QUESTION.name
    assert form.value("text").replace("\r\n", "\n") == NOTE
    assert "zuerst nur die Kommune" in form.main
    assert "„Gutes Beispiel aus Musterstadt am Main“" in form.main


def test_what_was_proposed_stands_in_the_list_and_waits_for_the_town(case_id: str, advisor: Visitor) -> None:
    asked = advisor.press(advisor.open(address(case_id)), ASK, {"title": "Mappe für Neue"})
    assert "Die Kommune ist gefragt" in asked.main
    assert "wartet auf die Kommune" in asked.main
    assert "Mappe für Neue" in asked.main
    assert not offers_form(asked)
    assert offers_form(advisor.open(address(case_id, OTHER.id)))


def test_what_is_wrong_stands_at_its_field_and_stays(case_id: str, advisor: Visitor) -> None:
    form = advisor.open(address(case_id))
    refused = advisor.press(form, ASK, {"title": " ", "text": "x" * 1001}, 422)
    assert "kurze Überschrift" in refused.main
    assert "höchstens 1.000 Zeichen" in refused.main
    assert refused.value("text") == "x" * 1001


def test_what_is_written_anew_in_a_form_of_before_stays_in_it(case_id: str, advisor: Visitor) -> None:
    form = advisor.open(address(case_id))
    advisor.press(form, ASK, {"title": "Mappe für Neue"})
    refused = advisor.press(form, ASK, {"title": "Mappe für alle Neuen"}, 409)
    assert "Zu dieser Frage gibt es schon einen Vorschlag" in refused.main
    assert "Für andere Worte nehmen Sie ihn unten zurück" in refused.main
    assert refused.value("title") == "Mappe für alle Neuen"


def test_a_double_click_asks_once_and_two_advisors_do_not_ask_twice(
    app: Flask, visitor: NewVisitor, case_id: str, advisor: Visitor
) -> None:
    form = advisor.open(address(case_id))
    colleague = visitor()
    reviews.add_advisor(app, colleague, "bernd@example.org")
    other = colleague.open(address(case_id))
    for _ in range(2):
        asked = advisor.press(form, ASK, {"title": "Mappe"})
    assert asked.main.count("vorgeschlagen:") == 1
    late = colleague.press(other, ASK, {"title": "Ein anderer Titel"}, 409)
    assert late.value("title") == "Ein anderer Titel"
    assert "gibt es schon einen Vorschlag" in late.main
    assert "Mappe" in late.main


def test_the_chamber_takes_its_proposal_back(case_id: str, advisor: Visitor) -> None:
    asked = advisor.press(advisor.open(address(case_id)), ASK, {"title": "Mappe für Neue"})
    button = next(text_of(each) for each in asked.all(".//button") if text_of(each).startswith("Zurücknehmen"))
    gone = advisor.press(asked, button)
    assert "Zurückgenommen" in gone.main
    assert "Mappe für Neue" not in gone.main
    assert offers_form(gone)
    late = advisor.post(asked.form(button).action, asked.form(button).fields)
    assert late.status_code == 303, "twice is once"


def test_a_stranger_proposes_nothing(app: Flask, visitor: NewVisitor, case_id: str) -> None:
    elsewhere, nobody = visitor(), visitor()
    reviews.add_advisor(app, elsewhere, "bodo@example.org", chamber=reviews.FRANKFURT)
    for somebody in (elsewhere, nobody):
        csrf = somebody.open("/selbstcheck/neu").value("csrf_token")
        somebody.open(address(case_id), 404)
        fields = {"csrf_token": csrf, "title": "x", "text": "y", "key": "0" * 32}
        assert somebody.post(address(case_id), fields).status_code == 404


@pytest.mark.parametrize("question", ["unbekannt", "%00", "x" * 300])
def test_unknown_questions_are_no_page(case_id: str, advisor: Visitor, question: str) -> None:
    advisor.open(address(case_id, question), 404)


def test_the_page_takes_as_many_statements_with_many_examples_as_with_one(
    app: Flask, case_id: str, advisor: Visitor
) -> None:
    counts = []
    for asked in (CRITERION.questions[:1], CRITERION.questions[1:4]):
        for question in asked:
            reviews.propose(app, case_id, question.id)
        with listen(app) as sent:
            advisor.open(address(case_id))
        counts.append(len(sent))
    assert counts[0] == counts[1]
