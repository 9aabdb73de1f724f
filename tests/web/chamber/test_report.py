"""The report as advisors read it, and the sender whom they confirm or refuse."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from selfcheck.core.review.case import StepKind
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import reading, writing
from tests.reviews import FRANKFURT, add_advisor, send
from tests.web.document import text_of
from tests.web.page import NewVisitor, Page, Visitor
from tests.web.team.people import seat_account

OWNER = "erika@example.org"


@pytest.fixture
def case(app: Flask, page: Visitor, check: str) -> str:
    """The address of a case that was just shared with the chamber of Darmstadt."""
    seat_account(app, check, OWNER)
    return f"/beratung/{send(app, check, OWNER)}"


@pytest.fixture
def advisor(app: Flask, visitor: NewVisitor) -> Visitor:
    browser = visitor()
    add_advisor(app, browser, "beate@example.org", "Beate Rat")
    return browser


def follow(found: Page, text: str) -> str:
    return next(link.get("href", "") for link in found.all(".//a") if text_of(link) == text)


def list_steps(app: Flask) -> list[str]:
    with app.app_context():
        step = tables.CaseStep
        return list(reading().execute(sa.select(step.kind).order_by(step.id)).scalars())


def test_only_advisors_of_the_chamber_open_it(
    app: Flask, page: Visitor, visitor: NewVisitor, advisor: Visitor, case: str
) -> None:
    assert "Musterstadt am Main" in advisor.open(f"{case}/bericht").main
    other = visitor()
    add_advisor(app, other, "fred@example.org", "Fred Rat", FRANKFURT)
    for person in (other, page, visitor()):
        for way in ("bericht", "bericht.pdf", "absender/ablehnen"):
            person.open(f"{case}/{way}", status=404)


@pytest.mark.parametrize("stand", ["", "0", "2", "-1", "1.0", "x", "9" * 30, "%00", "²"])
def test_a_stand_that_was_not_shared_is_not_found(advisor: Visitor, case: str, stand: str) -> None:
    advisor.open(f"{case}/bericht?stand={stand}", status=404)
    advisor.open(f"{case}/bericht.pdf?stand={stand}", status=404)


def test_a_stand_that_no_document_was_shared_of_stays_the_towns(
    app: Flask, page: Visitor, advisor: Visitor, check: str, case: str
) -> None:
    page.press(
        page.open(f"/selbstcheck/{check}/teilen"), "Link erstellen", {"label": "Bürgermeisterin"}
    )  # freezes Stand 2, for somebody else
    advisor.open(f"{case}/bericht?stand=2", status=404)
    assert "Stand 1 vom" in advisor.open(f"{case}/bericht").main


def test_a_damaged_stand_says_so(app: Flask, advisor: Visitor, case: str) -> None:
    for content in ("{}", "no json", '{"questionnaire": 1}'):
        with app.app_context(), writing() as connection:
            connection.execute(sa.update(tables.Snapshot).values(content=content))
        for way in ("bericht", "bericht.pdf"):
            assert "Dieser Stand ist beschädigt" in advisor.open(f"{case}/{way}", status=410).main


def test_the_pdf_has_the_same_report(advisor: Visitor, case: str) -> None:
    address = follow(advisor.open(f"{case}/bericht"), "Bericht (PDF)")
    answer = advisor.client.get(address)
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF")
    assert "Musterstadt" in answer.headers["Content-Disposition"]


def test_a_sender_is_confirmed_once(app: Flask, advisor: Visitor, case: str) -> None:
    found = advisor.open(f"{case}/bericht")
    for said in ("Erika Muster", OWNER, "nicht von der IHK geprüft"):
        assert said in found.main
    done = advisor.press(found, "Absender bestätigen")
    assert "bestätigt" in done.main
    assert "nicht von der IHK geprüft" not in done.main
    advisor.press(found, "Absender bestätigen")  # a double click
    assert list_steps(app) == [StepKind.SHARED, StepKind.CONFIRMED]
    late = advisor.press(found, "Absender bestätigen", {"sender": "someone else"}, status=409)
    assert "Nichts gespeichert" in late.main


def test_who_is_slower_than_a_colleague_sees_what_they_decided(
    app: Flask, advisor: Visitor, visitor: NewVisitor, case: str
) -> None:
    slow = visitor()
    add_advisor(app, slow, "bodo@example.org", "Bodo Rat")
    asked = slow.open(f"{case}/absender/ablehnen")
    advisor.press(advisor.open(f"{case}/bericht"), "Absender bestätigen")
    late = slow.press(asked, "Absender ablehnen", status=409)
    assert "Nichts gespeichert" in late.main
    assert "Beate Rat" in late.main
    assert list_steps(app) == [StepKind.SHARED, StepKind.CONFIRMED]


def test_a_confirmation_is_about_the_sender_who_was_shown(app: Flask, advisor: Visitor, check: str, case: str) -> None:
    found = advisor.open(f"{case}/bericht")
    seat_account(app, check, "kai@example.org")
    send(app, check, "kai@example.org", "Kai Krause")
    late = advisor.press(found, "Absender bestätigen", status=409)
    assert "Kai Krause" in late.main
    assert "nicht von der IHK geprüft" in late.main


def test_a_refused_sender_gives_the_case_back(app: Flask, advisor: Visitor, case: str) -> None:
    asked = advisor.open(follow(advisor.open(f"{case}/bericht"), "Absender ablehnen"))
    assert "Die Kommune erfährt, dass der Absender abgelehnt ist" in asked.main
    done = advisor.press(asked, "Absender ablehnen")
    assert "abgelehnt" in done.main
    assert list_steps(app) == [StepKind.SHARED, StepKind.REFUSED]
    with app.app_context():
        assert reading().execute(sa.select(tables.ReviewCase.waits_on)).scalar_one() == "town"


def test_a_wrong_refusal_is_put_right_on_the_page_of_the_case(app: Flask, advisor: Visitor, case: str) -> None:
    advisor.press(advisor.open(f"{case}/absender/ablehnen"), "Absender ablehnen")
    old = advisor.press(advisor.open(case), "Übernehmen")
    assert "Letzten Schritt zurücknehmen" in old.main
    done = advisor.press(old, "Absender doch bestätigen")
    assert "bestätigt" in text_of(done.one(".//*[@id='absender']"))
    assert "wartet seit heute auf die IHK" in done.main
    advisor.press(old, "Absender doch bestätigen")  # a double click
    assert list_steps(app) == [StepKind.SHARED, StepKind.REFUSED, StepKind.TAKEN, StepKind.CONFIRMED]


def test_a_wrong_confirmation_is_put_right_until_something_is_released(app: Flask, advisor: Visitor, case: str) -> None:
    advisor.press(advisor.open(f"{case}/bericht"), "Absender bestätigen")
    confirmed = advisor.press(advisor.open(case), "Übernehmen")
    asked = advisor.open(confirmed.link("Absender doch ablehnen"))
    assert asked.h1.startswith("Absender doch ablehnen")
    refused = advisor.press(asked, "Absender ablehnen")
    assert "abgelehnt" in text_of(refused.one(".//*[@id='absender']"))
    late = advisor.press(asked, "Absender ablehnen", {"seen": "open"})
    assert "abgelehnt" in late.main, "it was what they wanted"
    advisor.press(refused, "Absender doch bestätigen")
    release(app, case)
    assert "Absender doch ablehnen" not in advisor.open(case).main
    assert "Ablehnen geht nicht mehr" in advisor.open(f"{case}/absender/ablehnen").main
    assert "Nichts gespeichert" in advisor.press(asked, "Absender ablehnen", status=409).main


@pytest.mark.parametrize("seen", ["", "x", "refused", "9" * 30])
def test_a_decision_that_saw_something_else_is_not_saved(advisor: Visitor, case: str, seen: str) -> None:
    found = advisor.open(f"{case}/bericht")
    late = advisor.press(found, "Absender bestätigen", {"seen": seen}, status=409)
    assert "nicht von der IHK geprüft" in late.main


def release(app: Flask, case: str) -> None:
    """As if the town had been shown something."""
    with app.app_context(), writing() as connection:
        step = tables.CaseStep
        taken = connection.execute(sa.select(step).where(step.kind == StepKind.TAKEN)).one()._asdict()
        connection.execute(sa.insert(step).values(taken | {"id": None, "kind": StepKind.RELEASED}))


def test_a_look_is_noted_once_an_hour(app: Flask, advisor: Visitor, case: str) -> None:
    for _ in range(3):
        advisor.open(f"{case}/bericht")
    with app.app_context():
        look = reading().execute(sa.select(tables.CaseLook)).one()
    assert (look.by, look.stand) == ("Beate Rat", 1)
    assert look.first_at == look.last_at
