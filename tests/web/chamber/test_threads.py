"""Advisors ask, send back and resolve; all threads of their chamber stand in one list."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update

from selfcheck.core.review.case import CaseState
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import writing
from tests import reviews
from tests.web.page import NewVisitor, Page, Visitor
from tests.web.statements import listen
from tests.web.team.people import seat_account
from tests.web.world import CRITERION, QUESTION

MAIL = "muster@stadt.example"
TEXT = "Gibt es eine aktuelle Liste?"
ASK = "rueckfrage-text"


@pytest.fixture
def advisor(app: Flask, visitor: NewVisitor) -> Visitor:
    person = visitor()
    reviews.add_advisor(app, person, "weber@ihk.example", "Petra Weber")
    return person


@pytest.fixture
def town(app: Flask, check: str) -> Visitor:
    return seat_account(app, check, MAIL)


@pytest.fixture
def case_id(app: Flask, check: str, town: Visitor, advisor: Visitor) -> str:
    return reviews.send(app, check, MAIL)


def _page(advisor: Visitor, case_id: str) -> Page:
    return advisor.open(f"/beratung/{case_id}/rueckfragen/{QUESTION}")


def _answer(town: Visitor, check: str, thread: int, text: str = "Kommt bis Februar.") -> None:
    page = town.open(f"/selbstcheck/{check}/ihk")
    town.press(page, "Antworten, Rückfrage zu B1", {f"antwort-{thread}-text": text})


def _ask(app: Flask, case_id: str) -> int:
    return reviews.ask(app, case_id, QUESTION, TEXT)


@pytest.mark.parametrize("where", ["/ihk", f"/fragen/{CRITERION}"])
def test_the_advisor_sees_whether_the_town_has_read_it(
    app: Flask, town: Visitor, advisor: Visitor, check: str, case_id: str, where: str
) -> None:
    thread = _ask(app, case_id)
    assert "Von der Kommune noch nicht gelesen" in _page(advisor, case_id).main
    town.open(f"/selbstcheck/{check}")
    assert "noch nicht gelesen" in _page(advisor, case_id).main, "nothing of it stands there"
    town.open(f"/selbstcheck/{check}{where}")
    read = _page(advisor, case_id).main
    assert "Von der Kommune gelesen am" in read
    assert MAIL not in read
    _answer(town, check, thread)
    assert "gelesen" not in _page(advisor, case_id).main, "whoever answers has read it"
    advisor.press(_page(advisor, case_id), "Reicht noch nicht, Rückfrage 1", {f"antwort-{thread}-text": "Von wann?"})
    assert "Von der Kommune noch nicht gelesen" in _page(advisor, case_id).main


def test_an_advisor_asks_once(advisor: Visitor, case_id: str) -> None:
    page = _page(advisor, case_id)
    assert "Die Kommune sieht diesen Text." in page.text
    for _ in range(2):
        asked = advisor.press(page, "Rückfrage stellen", {ASK: TEXT})
    assert "Rückfrage gestellt. Die Kommune sieht sie jetzt." in asked.text
    assert asked.text.count(TEXT) == 1
    assert "Petra Weber" in asked.text


@pytest.mark.parametrize(("text", "said"), [("", "wissen möchten"), ("x" * 2001, "2.000 Zeichen")])
def test_what_is_refused_stays(advisor: Visitor, case_id: str, text: str, said: str) -> None:
    shown = advisor.press(_page(advisor, case_id), "Rückfrage stellen", {ASK: text}, status=422)
    assert said in shown.text
    assert shown.value(ASK) == text


def test_an_answer_is_sent_back_and_resolved(
    app: Flask, advisor: Visitor, town: Visitor, check: str, case_id: str
) -> None:
    thread = _ask(app, case_id)
    _answer(town, check, thread)
    page, field = _page(advisor, case_id), f"antwort-{thread}-text"
    assert "Kommt bis Februar." in page.text
    silent = advisor.press(page, "Reicht noch nicht, Rückfrage 1", status=422)
    assert "Bitte schreiben Sie, was noch fehlt." in silent.text
    back = advisor.press(silent, "Reicht noch nicht, Rückfrage 1", {field: "Seite 2 fehlt."})
    assert "zurückgegeben, reicht noch nicht" in back.text
    assert "Seite 2 fehlt." in town.open(f"/selbstcheck/{check}/ihk").text
    _answer(town, check, thread, "Hier ist sie.")
    done = advisor.press(_page(advisor, case_id), "Erledigt, Rückfrage 1")
    assert "Die Rückfrage ist erledigt." in done.text


def test_whoever_has_not_read_the_answer_keeps_their_text(
    app: Flask, advisor: Visitor, town: Visitor, check: str, case_id: str
) -> None:
    thread = _ask(app, case_id)
    page, field = _page(advisor, case_id), f"antwort-{thread}-text"
    _answer(town, check, thread)
    met = advisor.press(page, "Erledigt, Rückfrage 1", {field: "Hat sich geklärt."}, status=409)
    assert "Kommt bis Februar." in met.text
    assert met.value(field) == "Hat sich geklärt."
    assert advisor.press(met, "Erledigt, Rückfrage 1").text.count("Hat sich geklärt.") == 1


def test_nobody_asks_once_the_case_is_over(app: Flask, advisor: Visitor, case_id: str) -> None:
    page = _page(advisor, case_id)
    with app.app_context(), writing() as connection:
        connection.execute(update(tables.ReviewCase).values(state=CaseState.CLOSED))
    late = advisor.press(page, "Rückfrage stellen", {ASK: TEXT}, status=409)
    assert late.value(ASK) == TEXT
    assert not _page(advisor, case_id).all(".//main//form")


def test_what_the_town_took_back_is_gone(app: Flask, advisor: Visitor, case_id: str) -> None:
    _ask(app, case_id)
    with app.app_context(), writing() as connection:
        connection.execute(update(tables.ReviewCase).values(withdrawn_at=tables.ReviewCase.created_at))
    advisor.open(f"/beratung/{case_id}/rueckfragen/{QUESTION}", status=410)
    assert "Hier gibt es keine Rückfrage." in advisor.open("/beratung/rueckfragen").text


@pytest.mark.parametrize("question", ["gibt-es-nicht", "%00", "x" * 500])
def test_unknown_questions_are_not_found(advisor: Visitor, case_id: str, question: str) -> None:
    advisor.open(f"/beratung/{case_id}/rueckfragen/{question}", status=404)


def test_other_chambers_see_none_of_it(app: Flask, visitor: NewVisitor, case_id: str) -> None:
    _ask(app, case_id)
    other = visitor()
    reviews.add_advisor(app, other, "bodo@ihk.example", chamber=reviews.FRANKFURT)
    other.open(f"/beratung/{case_id}/rueckfragen/{QUESTION}", status=404)
    assert "Musterstadt" not in other.open("/beratung/rueckfragen").text


def test_the_list_is_narrowed_down_by_its_address(
    app: Flask, advisor: Visitor, town: Visitor, check: str, case_id: str
) -> None:
    _answer(town, check, _ask(app, case_id))
    _ask(app, case_id)

    def count(query: str) -> int:
        return len(advisor.open(f"/beratung/rueckfragen{query}").all(".//tbody/tr"))

    assert [count(query) for query in ("", "?zeige=offen", "?zeige=beantwortet", "?zeige=erledigt", "?ab=x")] == [
        2,
        1,
        1,
        0,
        2,
    ]
    assert count("?wer=mich") == 0
    with app.app_context(), writing() as connection:
        mine = select(tables.Account.id).where(tables.Account.email == "weber@ihk.example")
        connection.execute(update(tables.ReviewCase).values(advisor_id=mine.scalar_subquery()))
    assert count("?wer=mich&zeige=offen") == 1


def test_many_threads_come_in_pages_at_the_price_of_one(app: Flask, advisor: Visitor, case_id: str) -> None:
    _ask(app, case_id)
    with listen(app) as few:
        advisor.open("/beratung/rueckfragen")
    for _ in range(51):
        _ask(app, case_id)
    with listen(app) as many:
        first = advisor.open("/beratung/rueckfragen")
    assert len(few) == len(many)
    assert len(first.all(".//tbody/tr")) == 50
    assert len(advisor.open("/beratung/rueckfragen?ab=50").all(".//tbody/tr")) == 2


def test_what_is_open_when_the_result_is_released_can_be_done_but_not_sent_back(
    app: Flask, advisor: Visitor, case_id: str
) -> None:
    _ask(app, case_id)
    with app.app_context(), writing() as connection:
        connection.execute(update(tables.ReviewCase).values(state=CaseState.RELEASED))
    page = _page(advisor, case_id)
    assert "Rückfrage stellen" not in page.main
    assert "Die Rückfrage ist erledigt." in advisor.press(page, "Erledigt, Rückfrage 1").main
    assert "Wieder öffnen" not in _page(advisor, case_id).main
