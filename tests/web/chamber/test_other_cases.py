"""Ids of one case in the addresses and forms of another one: nothing happens, and nothing is told."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_hex

import pytest
from flask import Flask
from sqlalchemy import insert, select

from selfcheck.store.database import tables
from selfcheck.store.database.transactions import reading, writing
from selfcheck.web.http import clock
from tests import reviews, towns
from tests.web.chamber.people import share
from tests.web.chamber.shared_case import send
from tests.web.page import NewVisitor, Visitor

QUESTION = str(towns.questionnaire().questions[0].id)


@dataclass(frozen=True)
class Two:
    """Two towns whose cases lie with the same chamber; what is asked and recommended is all about the first."""

    app: Flask
    advisor: Visitor
    town: Visitor
    first: str
    second: str
    thread: str
    recommendation: str
    example: str


@pytest.fixture
def two(app: Flask, visitor: NewVisitor) -> Two:
    advisor, other_town = visitor(), visitor()
    first, second = share(app, visitor(), "Erststadt"), share(app, other_town, "Zweitstadt", "otto@example.org")
    account = reviews.add_advisor(app, advisor, "berta@example.org", "Berta")
    thread = str(reviews.ask(app, first, QUESTION))
    recommendation = reviews.recommend(app, first, "berta@example.org")
    example = reviews.propose(app, first, QUESTION)
    with app.app_context(), writing() as connection:
        case = select(tables.ReviewCase.id).where(tables.ReviewCase.public_id == first).scalar_subquery()
        said = {"case_id": case, "account_id": account, "at": clock.now()}
        connection.execute(insert(tables.CaseFlag).values(**said, by="Carl", reason="Bitte ansehen"))
        connection.execute(insert(tables.CaseReminder).values(**said, due=clock.today(), text="Anrufen"))
    return Two(app, advisor, other_town, first, second, thread, recommendation, example)


def dump(app: Flask) -> str:
    """What stands in all tables that a case has."""
    named = (tables.ReviewCase, tables.Thread, tables.ThreadMessage, tables.Recommendation, tables.GoodExample)
    marks = (tables.CaseFlag, tables.CaseReminder, tables.CaseStep, tables.CaseChange)
    with app.app_context():
        return str([reading().execute(select(table.__table__)).all() for table in (*named, *marks)])


def test_an_advisor_does_nothing_to_another_case_by_its_ids(two: Two) -> None:
    case, before = f"/beratung/{two.second}", dump(two.app)
    key = token_hex(16)
    settle = {"erledigt": two.thread, f"zu-{two.thread}-seen": "1", f"zu-{two.thread}-key": key}
    send(two.advisor, f"{case}/rueckfragen/{QUESTION}/antwort", 404, **settle)
    send(two.advisor, f"{case}/empfehlungen/{two.recommendation}", 404, title="x", text="x", priority="high")
    send(two.advisor, f"{case}/empfehlungen/{two.recommendation}/entscheiden", 404, turn="withdraw", seen="0")
    send(two.advisor, f"{case}/gutes-beispiel/{QUESTION}/{two.example}/zuruecknehmen", 404, version="1")
    send(two.advisor, f"{case}/markierungen/1/erledigt", 404)
    send(two.advisor, f"{case}/erinnerungen/1/erledigt", 404)
    two.advisor.open(f"{case}/empfehlungen/{two.recommendation}", 404)
    two.advisor.open(f"{case}/bericht?stand=2", 404)
    assert dump(two.app) == before


def test_a_town_does_nothing_to_another_one_by_its_ids(two: Two) -> None:
    check = two.town.open("/selbstchecks").link("Zweitstadt")
    before = dump(two.app)
    answer = {"rueckfrage": two.thread, f"antwort-{two.thread}-text": "x", f"antwort-{two.thread}-seen": "1"}
    send(two.town, f"{check}/ihk", 404, **answer, **{f"antwort-{two.thread}-key": token_hex(16)})
    send(two.town, f"{check}/ihk/empfehlungen/{two.recommendation}", 404, decision="yes", version="0")
    two.town.open(f"{check}/ihk/empfehlungen/{two.recommendation}", 404)
    two.town.open(f"{check}/teilen/ihk/{two.first}/zurueckziehen", 404)
    send(two.town, f"{check}/teilen/ihk/{two.first}/zurueckziehen", 404)
    send(two.town, f"{check}/ihk/ergebnis/{two.first}/uebernehmen", 404)
    send(two.town, f"{check}/gute-beispiele/{two.example}/zustimmen", 404, version="1")
    assert dump(two.app) == before
