"""What the chamber has released, read by a town that has moved on since."""

from __future__ import annotations

import pytest
from flask import Flask

from selfcheck.store.catalogue.catalogue import Catalogue, UnknownQuestionnaire
from tests import towns
from tests.conftest import MakeApp
from tests.web.chamber.test_result import Town
from tests.web.document import text_of
from tests.web.page import NewVisitor, Page, Visitor

GONE_LATER, MOVED_LATER = "leitbild", "servicezeiten"
"""Questions of 2026-1: the next version does not ask the one, and asks the other under another number."""


@pytest.fixture
def moved(app: Flask, visitor: NewVisitor, make_app: MakeApp) -> tuple[Town, Visitor]:
    """Two judged questions are released; then the town goes onto the newer version of its questionnaire."""
    town = Town(app, visitor)
    for question in (GONE_LATER, MOVED_LATER):
        said = {f"{question}.points": "1", f"{question}.reason": f"Zu {question} fehlt etwas"}
        town.advisor.press(town.open(f"fragen/{question}"), "Speichern", said)
    town.confirm_sender()
    town.advisor.press(town.open(), "Ergebnis ist vorbereitet")
    town.advisor.press(town.open("freigeben?judgements=y"), "Jetzt freigeben")
    later = Visitor(make_app(SELFCHECK_QUESTIONNAIRES=str(towns.SHIPPED)).test_client())
    cookie = town.coordinator.client.get_cookie("selfcheck")
    assert cookie is not None
    later.client.set_cookie("selfcheck", cookie.value)
    later.press(later.open(f"/selbstcheck/{town.check}/neue-fassung"), "Auf Fassung 2026-2 wechseln")
    return town, later


def look(town: Town, visitor: Visitor) -> tuple[Page, list[str]]:
    """The page, and the question of each row of the table."""
    seen = visitor.open(f"/selbstcheck/{town.check}/ihk/ergebnis")
    return seen, [text_of(row).split("\n")[0] for row in seen.all(".//tbody/tr")]


def test_the_words_are_those_of_the_version_that_was_judged(moved: tuple[Town, Visitor]) -> None:
    seen, rows = look(*moved)
    assert len(rows) == 2
    assert rows[0].startswith("A3 ")
    assert rows[1].startswith("B7 ")
    assert f"Zu {GONE_LATER} fehlt etwas" in seen.main
    assert "lässt sich die Einschätzung nicht mehr anzeigen" not in seen.main


def test_what_cannot_be_shown_any_more_is_said(moved: tuple[Town, Visitor], monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Catalogue.questionnaire

    def lose(self: Catalogue, name: str) -> object:
        if name.endswith("/2026-1"):
            raise UnknownQuestionnaire(name)
        return whole(self, name)

    monkeypatch.setattr(Catalogue, "questionnaire", lose)
    seen, rows = look(*moved)
    assert len(rows) == 1
    assert "Zu einer weiteren Frage lässt sich die Einschätzung nicht mehr anzeigen" in seen.main
