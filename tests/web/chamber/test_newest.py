"""What the newest Stand cannot say any more: every page of a case says the same of it."""

from __future__ import annotations

import pytest
from flask import Flask

from selfcheck.core.reading.document.faults import Faults
from selfcheck.store.catalogue.catalogue import Catalogue, UnknownQuestionnaire
from tests.web.chamber.shared_case import SharedCase, share_case
from tests.web.page import NewVisitor, Visitor

QUESTION = "servicezeiten"
DAMAGED = "Dieser Stand ist beschädigt und lässt sich nicht mehr anzeigen."
ASK_TOWN = "Bitten Sie die Kommune, einen neuen Stand zu teilen."
ABOUT_IT = (
    "bericht",
    "bericht.pdf",
    f"fragen/{QUESTION}",
    "tabelle",
    "differenz",
    "aenderungen",
    "empfehlungen/neu",
    f"gutes-beispiel/{QUESTION}",
    "gespraech",
    "ergebnis",
    "freigeben",
    f"rueckfragen/{QUESTION}",
)
"""Pages that are nothing without it."""
BESIDE_IT = ("", "/empfehlungen")


@pytest.fixture
def case(app: Flask, page: Visitor, visitor: NewVisitor) -> SharedCase:
    return share_case(app, page, visitor)


@pytest.mark.parametrize("error", [Faults([]), UnknownQuestionnaire("gone")])
def test_every_page_says_the_same_of_a_questionnaire_that_cannot_be_read(
    case: SharedCase, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(self: Catalogue, name: str) -> None:
        raise error

    monkeypatch.setattr(Catalogue, "questionnaire", fail)
    monkeypatch.setattr(Catalogue, "prepared", fail)
    for way in ABOUT_IT:
        said = case.advisor.open(f"{case.root}/{way}", 410).main
        assert DAMAGED in said, way
        assert ASK_TOWN in said, way
    for way in BESIDE_IT:
        assert ASK_TOWN in case.advisor.open(f"{case.root}{way}").main, way
