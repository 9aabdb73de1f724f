"""Mails to both sides say that something waits and where, never what."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from sqlalchemy import update

from selfcheck.store.database import tables
from selfcheck.store.database.transactions import writing
from tests import reviews
from tests.web.page import NewVisitor, Visitor
from tests.web.team.people import seat_account
from tests.web.team.test_reminders import run
from tests.web.world import QUESTION

TOWN, ADVISOR = "muster@stadt.example", "weber@ihk.example"
ASKED, ANSWERED = "Gibt es eine aktuelle Liste?", "Kommt bis Februar."


def _read(app: Flask, address: str) -> str:
    written = [file.read_text(encoding="utf-8") for file in (Path(app.config["DATA"]) / "mails").glob("*.txt")]
    (mine,) = [text for text in written if address in text]
    return mine


def test_both_sides_hear_that_something_waits(app: Flask, check: str, visitor: NewVisitor) -> None:
    town, advisor = seat_account(app, check, TOWN), visitor()
    account = reviews.add_advisor(app, advisor, ADVISOR)
    case_id = reviews.send(app, check, TOWN)
    with app.app_context(), writing() as connection:
        connection.execute(update(tables.ReviewCase).values(advisor_id=account))
    first = reviews.ask(app, case_id, QUESTION, ASKED)
    _answer(town, check, first)
    reviews.ask(app, case_id, QUESTION, ASKED)
    assert "2 Erinnerungen geschrieben" in run(app)
    assert "0 Erinnerungen geschrieben" in run(app)

    mail = _read(app, TOWN)
    assert "Die IHK hat eine Rückfrage zu Ihrem Bericht gestellt." in mail
    assert f"http://127.0.0.1:8000/selbstcheck/{check}/ihk" in mail
    assert "/erinnerungen/" in mail
    news = _read(app, ADVISOR)
    assert "Musterstadt am Main: Die Kommune hat eine Rückfrage beantwortet." in news
    assert "/beratung/rueckfragen?zeige=beantwortet&wer=mich" in news
    assert "/erinnerungen/" not in news, "nobody stops it"
    assert not any(text in each for text in (ASKED, ANSWERED) for each in (mail, news))


def test_recommendations_and_good_examples_reach_whoever_coordinates(
    app: Flask, check: str, visitor: NewVisitor
) -> None:
    seat_account(app, check, TOWN)
    reviews.add_advisor(app, visitor(), ADVISOR)
    case_id = reviews.send(app, check, TOWN)
    reviews.recommend(app, case_id, ADVISOR, "Lotsen am Bahnhof")
    assert "1 Erinnerung geschrieben" in run(app)
    mail = _read(app, TOWN)
    assert "Empfehlungen der IHK warten auf Ihre Antwort." in mail
    assert f"http://127.0.0.1:8000/selbstcheck/{check}/ihk/empfehlungen" in mail
    assert "/erinnerungen/" in mail
    assert "Lotsen" not in mail
    reviews.propose(app, case_id, QUESTION)
    assert "0 Erinnerungen geschrieben" in run(app), "one mail a day"


def _answer(town: Visitor, check: str, thread: int) -> None:
    page = town.open(f"/selbstcheck/{check}/ihk")
    town.press(page, "Antworten, Rückfrage zu B1", {f"antwort-{thread}-text": ANSWERED})
