"""A town takes its report back in the middle of a review, and shares again."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.chamber.judging import judgements
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import reading, writing
from selfcheck.web.http import clock
from tests import reviews, towns
from tests.web.chamber.shared_case import MAIL, share_case
from tests.web.page import NewVisitor, Visitor
from tests.web.statements import listen
from tests.web.team.people import seat_account

QUESTION = str(towns.questionnaire().questions[0].id)
PAGES = (
    "",
    "/bericht",
    f"/fragen/{QUESTION}",
    "/tabelle",
    "/differenz",
    "/aenderungen",
    "/empfehlungen",
    "/empfehlungen/neu",
    "/empfehlungen/senden",
    "/gespraech",
    "/ergebnis",
    "/freigeben?judgements=y&result=y",
    f"/rueckfragen/{QUESTION}",
    f"/gutes-beispiel/{QUESTION}",
)
TOWN_PAGES = ("", "/ihk", "/checkliste", f"/fragen/{towns.questionnaire().criteria[0].id}")


def test_what_was_judged_stays_and_nothing_can_be_read_meanwhile(
    app: Flask, page: Visitor, visitor: NewVisitor
) -> None:
    shared = share_case(app, page, visitor)
    advisor, case = shared.advisor, shared.root
    advisor.press(advisor.open(case), "Übernehmen")
    reviews.ask(app, shared.case_id, QUESTION)
    judged = {f"{QUESTION}.points": "0", f"{QUESTION}.reason": "Kein Beleg"}
    advisor.press(shared.open(QUESTION), "Speichern", judged)
    left_open = shared.open(QUESTION)
    csrf = left_open.value("csrf_token")
    take_back(shared.town, app, shared.check_id)
    for address in PAGES[1:]:
        assert "Kein Beleg" not in advisor.open(f"{case}{address}", 410).source
    assert "Kein Beleg" not in advisor.open(case).source
    advisor.press(left_open, "Speichern", {f"{QUESTION}.reason": "Zu spät"}, 410)
    for address in (
        "/schritt",
        "/zuruecknehmen",
        "/freigeben",
        "/ergebnis",
        "/gespraech",
        "/ergebnis/gegengelesen",
        "/ergebnis/neu-vorbereitet",
    ):
        advisor.send(f"{case}{address}", {"csrf_token": csrf, "kind": "prepared"}, 410)
    reviews.send(app, shared.check_id, MAIL)
    for address in PAGES:
        advisor.open(f"{case}{address}")
    assert shared.open(QUESTION).value(f"{QUESTION}.reason") == "Kein Beleg"


def test_what_is_sent_while_the_town_takes_its_report_back_is_not_saved_and_handed_back(
    app: Flask, page: Visitor, visitor: NewVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guard has let the advisor in, then the town is faster."""
    shared = share_case(app, page, visitor)
    opened, save = shared.open(QUESTION), judgements.save

    def too_late(*given: Any) -> Any:
        with writing() as connection:
            connection.execute(update(tables.ReviewCase).values(withdrawn_at=clock.now()))
        return save(*given)

    monkeypatch.setattr(judgements, "save", too_late)
    judged = {f"{QUESTION}.points": "0", f"{QUESTION}.reason": "Kein Beleg gefunden, auch nicht im Anhang"}
    told = shared.advisor.press(opened, "Speichern", judged, 410)
    assert "Die Kommune hat diesen Bericht zurückgezogen. Beendet am" in told.main
    assert "Kein Beleg gefunden, auch nicht im Anhang" in told.source, "what was typed is handed back"
    with app.app_context():
        assert reading().execute(select(tables.Judgement)).all() == []


def take_back(town: Visitor, app: Flask, check_id: str) -> None:
    coordinator = seat_account(app, check_id, "zweite@example.org")
    overview = coordinator.open(f"/selbstcheck/{check_id}/teilen")
    links = (each.get("href", "") for each in overview.all(".//a"))
    link = next(each for each in links if "/teilen/ihk/" in each and each.endswith("/zurueckziehen"))
    coordinator.press(coordinator.open(link), "Zurückziehen")


def test_pages_take_as_many_statements_with_190_threads_as_with_one(
    app: Flask, page: Visitor, visitor: NewVisitor
) -> None:
    shared = share_case(app, page, visitor)
    reviews.ask(app, shared.case_id, QUESTION)
    town = [f"/selbstcheck/{shared.check_id}{each}" for each in TOWN_PAGES]
    own = [f"{shared.root}{each}" for each in PAGES] + ["/beratung", "/beratung/rueckfragen"]
    before = {address: count(app, shared.advisor, address) for address in own}
    before |= {address: count(app, page, address) for address in town}
    for question in towns.questionnaire().questions:
        for number in range(5):
            reviews.ask(app, shared.case_id, QuestionId(question.id), f"Frage {number}")
    after = {address: count(app, shared.advisor, address) for address in own}
    after |= {address: count(app, page, address) for address in town}
    assert after == before


def count(app: Flask, visitor: Visitor, address: str) -> int:
    visitor.open(address)
    with listen(app) as sent:
        visitor.open(address)
    return len(sent)


def test_what_an_advisor_wrote_on_handing_over_is_not_to_be_seen_either(
    app: Flask, page: Visitor, visitor: NewVisitor
) -> None:
    shared = share_case(app, page, visitor)
    carl = reviews.add_advisor(app, visitor(), "carl@ihk.example", "Carl")
    handed = shared.advisor.open(f"{shared.root}/abgeben")
    shared.advisor.press(handed, "Abgeben", {"person": str(carl), "note": "82 Plätze glaube ich nicht"})
    assert "82 Plätze" in shared.advisor.open(shared.root).main
    take_back(shared.town, app, shared.check_id)
    gone = shared.advisor.open(shared.root).main
    assert "Vorgang abgegeben an Carl" in gone
    assert "82 Plätze" not in gone
