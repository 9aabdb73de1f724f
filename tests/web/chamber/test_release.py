"""What an advisor chooses for the town before it is released."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.web.chamber.test_result import Town
from tests.web.page import NewVisitor, Page

QUESTION = "servicezeiten"
NOTHING = "Es ist nichts ausgewählt, was die Kommune sehen soll."
NO_RESULT = "Es ist noch kein Ergebnis gespeichert."


@pytest.fixture
def town(app: Flask, visitor: NewVisitor) -> Town:
    return Town(app, visitor)


def judge(town: Town) -> Page:
    shown = town.open(f"fragen/{QUESTION}")
    return town.advisor.press(shown, "Speichern", {f"{QUESTION}.points": "3", f"{QUESTION}.reason": "Nur vormittags"})


def test_whoever_looks_without_having_chosen_learns_what_is_missing(town: Town) -> None:
    first = town.open("freigeben")
    assert NOTHING not in first.main
    assert NOTHING in town.advisor.press(first, "Ansehen", {"judgements": None, "result": None}).main


def test_a_result_that_nobody_has_saved_is_not_left_out_unsaid(town: Town) -> None:
    judge(town)
    town.confirm_sender()
    town.advisor.press(town.open(), "Ergebnis ist vorbereitet")
    shown = town.open("freigeben?result=y&judgements=y")
    assert NO_RESULT in shown.main
    assert "Nur vormittags" in shown.main
    assert "Jetzt freigeben" not in shown.main
    only_result = town.open("freigeben?result=y").main
    assert NO_RESULT in only_result
    assert NOTHING not in only_result
    fields = dict(town.open("freigeben?judgements=y").form("Jetzt freigeben").fields)
    refused = town.advisor.send(f"/beratung/{town.case}/freigeben", {**fields, "result": "y"}, 409)
    assert NO_RESULT in refused.main
    assert "noch nichts freigegeben" in town.look().main
    town.advisor.press(town.open("freigeben?judgements=y"), "Jetzt freigeben")
    assert "Nur vormittags" in town.look().main
