"""The town's side: what the chamber asks stands at the questions and on a page of its own, where the town answers."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import insert, select, update

from selfcheck.core.permissions import Role
from selfcheck.core.review.case import Ball, CaseState
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import reading, writing
from tests import reviews, towns
from tests.web.chamber.test_recommendations import BERTA, Review
from tests.web.document import text_of
from tests.web.page import NewVisitor, Visitor
from tests.web.statements import listen
from tests.web.team.people import seat_account, sit_down
from tests.web.world import CRITERION, QUESTION

MAIL = "muster@stadt.example"
TEXT = "Die Liste gilt nur bis Ende 2026. Gibt es eine aktuelle?"


@pytest.fixture
def town(app: Flask, check: str) -> Visitor:
    return seat_account(app, check, MAIL)


@pytest.fixture
def case_id(app: Flask, check: str, town: Visitor, visitor: NewVisitor) -> str:
    reviews.add_advisor(app, visitor(), "weber@ihk.example", "Petra Weber")
    return reviews.send(app, check, MAIL)


def _address(check: str) -> str:
    return f"/selbstcheck/{check}/ihk"


def _answer(thread: int, text: str) -> dict[str, str]:
    return {f"antwort-{thread}-text": text}


def test_nothing_is_said_of_it_where_nobody_asked(page: Visitor, check: str) -> None:
    assert "Rückfragen der IHK" not in page.open(f"/selbstcheck/{check}").text
    found = page.open(_address(check))
    assert "Die IHK hat nichts gefragt." in found.text
    assert text_of(found.one("./head/title")).startswith("Rückfragen der IHK, ")


def test_the_town_reads_and_answers(app: Flask, town: Visitor, check: str, case_id: str) -> None:
    thread = reviews.ask(app, case_id, QUESTION, TEXT)
    shown = town.open(_address(check))
    assert TEXT in shown.text
    assert "Petra Weber" in shown.text
    assert "Wer es sieht: IHK und Kommune" in shown.text
    assert "Neuen Stand teilen" in shown.text
    answered = town.press(shown, "Antworten, Rückfrage zu B1", _answer(thread, "Die neue kommt bis Februar."))
    assert "Antwort gespeichert" in answered.text
    assert "Die neue kommt bis Februar." in answered.text
    assert "Zurzeit wartet keine Rückfrage" in answered.text
    with app.app_context():
        row = reading().execute(select(tables.ReviewCase.state, tables.ReviewCase.waits_on)).one()
    assert tuple(row) == (CaseState.REVIEWING, Ball.CHAMBER)


def test_a_double_click_answers_once(app: Flask, town: Visitor, check: str, case_id: str) -> None:
    thread = reviews.ask(app, case_id, QUESTION)
    shown = town.open(_address(check))
    for _ in range(2):
        answered = town.press(shown, "Antworten, Rückfrage zu B1", _answer(thread, "Nur einmal."))
    assert answered.text.count("Nur einmal.") == 1


@pytest.mark.parametrize(("text", "said"), [("", "Bitte schreiben Sie Ihre Antwort."), ("x" * 2001, "2.000 Zeichen")])
def test_what_is_refused_stays(app: Flask, town: Visitor, check: str, case_id: str, text: str, said: str) -> None:
    thread = reviews.ask(app, case_id, QUESTION)
    shown = town.press(town.open(_address(check)), "Antworten, Rückfrage zu B1", _answer(thread, text), status=422)
    assert said in shown.text
    assert shown.value(f"antwort-{thread}-text") == text


def test_whoever_has_not_read_a_colleague_keeps_their_text(app: Flask, town: Visitor, check: str, case_id: str) -> None:
    thread = reviews.ask(app, case_id, QUESTION)
    mine = town.open(_address(check))
    colleague = sit_down(app, check, Role.COLLEAGUE, "Kollegium", "Kai")
    colleague.press(colleague.open(_address(check)), "Antworten, Rückfrage zu B1", _answer(thread, "Liegt bei."))
    met = town.press(mine, "Antworten, Rückfrage zu B1", _answer(thread, "Haben wir nicht."), status=409)
    assert "Liegt bei." in met.text
    assert met.value(f"antwort-{thread}-text") == "Haben wir nicht."
    done = town.press(met, "Antworten, Rückfrage zu B1")
    assert "Haben wir nicht." in done.text


def test_it_stands_where_the_town_works(app: Flask, town: Visitor, check: str, case_id: str) -> None:
    reviews.ask(app, case_id, QUESTION, TEXT)
    overview = town.open(f"/selbstcheck/{check}")
    assert "Rückfragen der IHK beantworten" in overview.text
    assert re.search(r"Rückfragen der IHK\s*1\s*, 1 offen", overview.text)
    card = town.open(f"/selbstcheck/{check}/fragen/{CRITERION}?zeige=mit-rueckfrage")
    assert TEXT in card.text
    assert [each.get("data-question") for each in card.all(".//section[@data-question]")] == [QUESTION]
    assert "Rückfrage der IHK zu B1 beantworten" in town.open(f"/selbstcheck/{check}/checkliste").text


def test_what_is_done_leaves_the_card(app: Flask, town: Visitor, check: str, case_id: str) -> None:
    reviews.ask(app, case_id, QUESTION, TEXT)
    with app.app_context(), writing() as connection:
        connection.execute(update(tables.Thread).values(state="done"))
    assert TEXT not in town.open(f"/selbstcheck/{check}/fragen/{CRITERION}").text
    shown = town.open(_address(check))
    assert TEXT in shown.text
    assert not shown.all(".//main//form")


def test_what_was_withdrawn_can_only_be_read(app: Flask, town: Visitor, check: str, case_id: str) -> None:
    thread = reviews.ask(app, case_id, QUESTION, TEXT)
    before = town.open(_address(check))
    with app.app_context(), writing() as connection:
        connection.execute(update(tables.ReviewCase).values(withdrawn_at=tables.ReviewCase.created_at))
    shown = town.open(_address(check))
    assert TEXT in shown.text
    assert not shown.all(".//main//form")
    refused = town.press(before, "Antworten, Rückfrage zu B1", _answer(thread, "Zu spät."), status=409)
    assert refused.value(f"antwort-{thread}-text") == "Zu spät."


@pytest.mark.parametrize("thread", ["", "0", "999999999", "99999999999999999999", "x", "-1"])
def test_no_other_thread_is_answered(app: Flask, town: Visitor, check: str, case_id: str, thread: str) -> None:
    reviews.ask(app, case_id, QUESTION)
    shown = town.open(_address(check))
    fields = {"csrf_token": shown.value("csrf_token"), "rueckfrage": thread}
    assert town.post(_address(check), fields).status_code == 404


def test_offices_see_none_of_it(app: Flask, town: Visitor, check: str, case_id: str) -> None:
    reviews.ask(app, case_id, QUESTION, TEXT)
    office = sit_down(app, check, Role.OFFICE, "Bauamt", question=QUESTION)
    office.open(_address(check), status=403)
    assert TEXT not in office.open(f"/selbstcheck/{check}/mein-teil/fragen", status=404).text


def test_pages_cost_nothing_more_without_a_case_and_one_statement_with_many(
    app: Flask, town: Visitor, check: str, visitor: NewVisitor
) -> None:
    questions = f"/selbstcheck/{check}/fragen/{CRITERION}"

    def count(address: str) -> int:
        town.open(address)
        with listen(app) as sent:
            town.open(address)
        return len(sent)

    without = count(questions)
    reviews.add_advisor(app, visitor(), "weber@ihk.example")
    case_id = reviews.send(app, check, MAIL)
    assert count(questions) == without
    reviews.ask(app, case_id, QUESTION)
    few, page = count(questions), count(_address(check))
    assert few == without + 1
    for number in range(5):
        reviews.ask(app, case_id, QUESTION, f"Frage {number}?")
    assert (count(questions), count(_address(check))) == (few, page)


def test_what_waits_is_counted_in_the_navigation_and_on_the_overview_until_it_is_answered(
    app: Flask, visitor: NewVisitor
) -> None:
    review = Review(app, visitor)
    overview = f"/selbstcheck/{review.check}"
    assert "Von Ihrer IHK" not in review.town.open(overview).main
    reviews.recommend(app, review.case, BERTA, sent=False)
    assert "Empfehlungen der IHK" not in review.town.open(overview).text, "a draft is nobody's but the chamber's"
    first = review.recommend()
    shown = review.town.open(overview)
    assert "Zwei Empfehlungen warten auf Ihre Antwort." in shown.main
    assert re.search(r"Empfehlungen der IHK\s*2\s*, 2 warten", shown.text)
    answered = review.answer(first)
    assert re.search(r"Empfehlungen der IHK\s*1\s*, 1 wartet", answered.text)
    assert "Eine Empfehlung wartet auf Ihre Antwort." in review.town.open(overview).main
    with app.app_context(), writing() as connection:
        connection.execute(update(tables.ReviewCase).values(withdrawn_at=tables.ReviewCase.created_at))
    withdrawn = review.town.open(overview)
    assert "wartet auf Ihre Antwort" not in withdrawn.main
    assert not re.search(r"Empfehlungen der IHK\s*1", withdrawn.text)


def test_a_result_is_pointed_to_while_much_else_is_to_do(app: Flask, town: Visitor, check: str, case_id: str) -> None:
    overview = f"/selbstcheck/{check}"
    assert "Ergebnis der IHK ansehen" not in town.open(overview).main
    with app.app_context(), writing() as connection:
        case = connection.execute(select(tables.ReviewCase.id)).scalar_one()
        row = {"case_id": case, "content": "{}", "sha256": "0" * 64, "by": "Berta Rat", "at": datetime.now(UTC)}
        connection.execute(insert(tables.CaseRelease).values(row))
    shown = town.open(overview)
    assert "Die IHK hat etwas für Sie freigegeben." in shown.main
    assert shown.link("Ergebnis der IHK ansehen") == f"{overview}/ihk/ergebnis"
    assert "Die IHK hat Ihren Bericht geprüft" not in shown.main, "the next step is another one"
    reviews.ask(app, case_id, QUESTION, TEXT)
    asked = town.open(overview).main
    assert "Rückfragen der IHK beantworten" in asked
    assert "Ergebnis der IHK ansehen" in asked


def test_the_way_to_the_evidence_leads_to_that_of_the_question(
    app: Flask, town: Visitor, check: str, case_id: str
) -> None:
    asked, other = [each for each in towns.questionnaire().questions if each.needs_evidence][:2]
    way = f"Zu den Belegen der Frage {asked.number}"
    reviews.ask(app, case_id, asked.id, TEXT)
    mine = town.open(town.open(_address(check)).link(way))
    assert f"Zu Frage {asked.number} ist noch kein Beleg eingetragen." in mine.main
    with app.app_context(), writing() as connection:
        for id, (question, also) in enumerate(((asked.id, ()), (other.id, (asked.id,)), (other.id, ())), 1):
            row = {"check_id": select(tables.SelfCheck.id).scalar_subquery(), "question": question, "also": also}
            said = {"key": f"k{id}", "usual": False, "title": f"Beschluss {id}", "available": True, "version": 1}
            at = {"by": "Amt", "at": datetime.now(UTC), "link": "", "file_number": "", "page": ""}
            connection.execute(insert(tables.Evidence).values(row | said | at))
    mine = town.open(town.open(_address(check)).link(way))
    assert "Beschluss 1" in mine.main
    assert "Beschluss 2" in mine.main, "it is for this question too"
    assert "Beschluss 3" not in mine.main
    assert "Beschluss 3" in town.open(mine.link("Alle Belege zeigen")).main
    assert "Beschluss 3" in town.open(f"/selbstcheck/{check}/nachweise?frage=gibtesnicht").main
