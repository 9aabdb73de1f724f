"""Beratung: an advisor finds what waits, by groups, search and order, and nothing of another chamber."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select, update

from selfcheck.store.database import tables
from selfcheck.store.database.transactions import writing
from selfcheck.web.http import clock
from tests.reviews import FRANKFURT
from tests.web.chamber.people import advise, share
from tests.web.document import text_of
from tests.web.page import NewVisitor, Page, Visitor
from tests.web.statements import listen


def towns(page: Page) -> list[str]:
    return [text_of(link) for link in page.all(".//tbody//th/a")]


def test_an_empty_inbox_says_what_to_do(app: Flask, visitor: NewVisitor) -> None:
    page = advise(app, visitor, "Berta").open("/beratung")
    assert page.h1 == "Beratung"
    assert "Mit der IHK teilen" in page.main
    assert "IHK Darmstadt, Ausgezeichneter Wohnort für Fachkräfte" in page.text


def test_what_was_shared_waits_for_every_advisor_of_the_chamber(app: Flask, page: Visitor, visitor: NewVisitor) -> None:
    share(app, page)
    for name in ("Berta", "Anna"):
        inbox = advise(app, visitor, name).open("/beratung")
        assert towns(inbox) == ["Musterstadt am Main"]
        assert "Wartet auf mich (1)" in inbox.main
    other = advise(app, visitor, "Bodo", FRANKFURT).open("/beratung")
    assert "Musterstadt" not in other.text


def test_a_case_that_was_taken_waits_for_one_advisor(app: Flask, page: Visitor, visitor: NewVisitor) -> None:
    case = share(app, page)
    berta, anna = advise(app, visitor, "Berta"), advise(app, visitor, "Anna")
    berta.press(berta.open(f"/beratung/{case}"), "Übernehmen")
    assert "von Ihnen" in berta.open("/beratung").main
    assert towns(anna.open("/beratung")) == []
    everything = anna.open("/beratung?gruppe=alle")
    assert towns(everything) == ["Musterstadt am Main"]
    assert "Berta" in everything.main


def test_the_filter_is_the_address(app: Flask, visitor: NewVisitor) -> None:
    for number, name in enumerate(("Gräfenhausen", "Zell", "Äppelstadt")):
        share(app, visitor(), name, f"e{number}@example.org")
    berta = advise(app, visitor, "Berta")
    found = berta.press(berta.open("/beratung"), "Anzeigen", {"suche": "graefen"})
    assert towns(found) == ["Gräfenhausen"]
    assert towns(berta.open("/beratung?gruppe=wartet&sortiert=kommune")) == ["Äppelstadt", "Gräfenhausen", "Zell"]
    assert "Zu dieser Suche gibt es hier keinen Vorgang" in berta.open("/beratung?suche=nirgends").main
    second = berta.open("/beratung?gruppe=wartet&kreis=06411&ab=1&sortiert=kommune")
    assert towns(second) == ["Gräfenhausen", "Zell"]
    assert towns(berta.open(second.link("Vorige Vorgänge"))) == ["Äppelstadt", "Gräfenhausen", "Zell"]


def test_whatever_stands_in_the_address_is_a_page(app: Flask, page: Visitor, visitor: NewVisitor) -> None:
    share(app, page)
    berta = advise(app, visitor, "Berta")
    for query in ("gruppe=x", "kreis=%00", f"suche={'x' * 500}", "sortiert=%27", f"ab={'9' * 40}", "ab=-1"):
        berta.open(f"/beratung?{query}")


def test_a_reminder_brings_a_case_back_and_is_done(app: Flask, page: Visitor, visitor: NewVisitor) -> None:
    case = share(app, page)
    berta = advise(app, visitor, "Berta")
    form = berta.open(f"/beratung/{case}/erinnern")
    berta.press(form, "Speichern", {"due": "", "text": "Nachfragen"}, 422)
    passed = berta.press(form, "Speichern", {"due": "01.03.2020", "text": "Nachfragen"}, 422)
    assert "Dieser Tag ist schon vorbei." in passed.main
    berta.press(form, "Speichern", {"due": f"{clock.today():%d.%m.%Y}", "text": "Nach den Schulprofilen fragen"})
    inbox = berta.open("/beratung")
    assert "Nach den Schulprofilen fragen" in inbox.main
    done = berta.press(inbox, "Erledigt, Musterstadt am Main: Nach den Schulprofilen fragen")
    assert "Schulprofilen" not in done.main


def test_more_cases_take_no_more_statements(app: Flask, visitor: NewVisitor) -> None:
    berta = advise(app, visitor, "Berta")

    def count(address: str) -> int:
        berta.open(address)
        with listen(app) as sent:
            berta.open(address)
        return len(sent)

    addresses = ("/beratung", "/beratung?gruppe=alle", "/beratung?suche=Stadt", "/beratung?sortiert=kommune")
    share(app, visitor(), "Erststadt", "e@example.org")
    few = [count(address) for address in addresses]
    for number in range(4):
        share(app, visitor(), f"Stadt {number}", f"e{number}@example.org")
    assert [count(address) for address in addresses] == few


def test_among_forty_cases_those_that_wait_stand_first_with_their_counts(app: Flask, visitor: NewVisitor) -> None:
    for number in range(40):
        town = visitor()
        town.client.environ_base["REMOTE_ADDR"] = f"10.0.{number}.1"
        share(app, town, f"Ort {number:02}", f"e{number}@example.org")
    berta = advise(app, visitor, "Berta")
    with app.app_context(), writing() as connection:
        case = tables.ReviewCase
        ids = connection.execute(select(case.id).order_by(case.id)).scalars().all()
        mine = connection.execute(select(tables.Account.id).where(tables.Account.chamber == "darmstadt")).scalar_one()
        groups = ((ids[:30], "queries", "town"), (ids[30:36], "closed", "nobody"), (ids[36:39], "reviewing", "chamber"))
        for chosen, state, ball in groups:
            told = {"state": state, "waits_on": ball, "advisor_id": mine}
            connection.execute(update(case).where(case.id.in_(chosen)).values(told))
    inbox = berta.open("/beratung")
    headings = [text_of(each) for each in inbox.all(".//main//section//h2")]
    assert headings[:4] == ["Wartet auf mich (4)", "Markiert (0)", "Bei der Kommune (30)", "Abgeschlossen (6)"]
    assert sorted(towns(inbox)[:4]) == ["Ort 36", "Ort 37", "Ort 38", "Ort 39"]
    assert "wartet auf mich 4" in inbox.main
    assert len(towns(inbox)) < 40, "the first screen shows the beginning of each group only"
    waiting = berta.open("/beratung?gruppe=wartet")
    assert sorted(towns(waiting)) == sorted(towns(inbox)[:4])
