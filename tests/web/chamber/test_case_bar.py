"""The bar of a case: every page of it says to which of its pages it belongs, also where something was refused."""

from __future__ import annotations

import pytest
from flask import Flask

from selfcheck.web.chamber.frame import CASE_PAGES, INSIDE
from tests import reviews
from tests.web.chamber.shared_case import SharedCase, share_case
from tests.web.document import text_of
from tests.web.page import NewVisitor, Page, Visitor

QUESTION = "servicezeiten"


@pytest.fixture
def case(app: Flask, page: Visitor, visitor: NewVisitor) -> SharedCase:
    return share_case(app, page, visitor)


def current(found: Page) -> list[str]:
    return [
        text_of(each) for each in found.all(".//nav[@aria-label='Seiten dieses Vorgangs']//a[@aria-current='page']")
    ]


def test_every_page_says_where_it_belongs(case: SharedCase) -> None:
    reviews.ask(case.app, case.case_id, QUESTION)
    pages = {
        "": "Übersicht",
        "/erinnern": "Übersicht",
        "/abgeben": "Übersicht",
        "/markieren": "Übersicht",
        "/bericht": "Bericht",
        f"/fragen/{QUESTION}": "Prüfansicht",
        f"/rueckfragen/{QUESTION}": "Prüfansicht",
        f"/gutes-beispiel/{QUESTION}": "Prüfansicht",
        "/tabelle": "Alle Fragen",
        "/empfehlungen/neu": "Empfehlungen",
        "/empfehlungen/senden": "Empfehlungen",
        "/gespraech": "Prüfgespräch",
        "/ergebnis": "Ergebnis",
        "/freigeben": "Ergebnis",
    }
    assert {path: current(case.advisor.open(case.root + path)) for path in pages} == {
        path: [title] for path, title in pages.items()
    }


@pytest.mark.parametrize(
    ("path", "field", "title"),
    [
        ("/tabelle", f"{QUESTION}.points", "Alle Fragen"),
        ("/gespraech", "gespraech.minutes.whole.text", "Prüfgespräch"),
        ("/ergebnis", "points.", "Ergebnis"),
    ],
)
def test_a_refused_page_says_it_too(case: SharedCase, path: str, field: str, title: str) -> None:
    found = case.advisor.open(case.root + path)
    name = next(name for name, _ in found.form("Speichern").fields if name.startswith(field))
    assert current(case.advisor.press(found, "Speichern", {name: "viel"}, 422)) == [title]


def test_every_address_of_a_case_has_its_page(app: Flask) -> None:
    rules = (rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("chamber."))
    of_case = {rule.endpoint for rule in rules if "case_id" in rule.arguments}
    assert of_case == {endpoint for endpoint, _ in CASE_PAGES} | set(INSIDE)
