"""The table of all questions and the difference: many rows at once, each with its version."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import reviews
from tests.web.chamber.shared_case import SharedCase, share_case
from tests.web.document import text_of
from tests.web.page import NewVisitor, Visitor
from tests.web.statements import listen


@pytest.fixture
def case(app: Flask, page: Visitor, visitor: NewVisitor) -> SharedCase:
    return share_case(app, page, visitor)


def test_all_rows_are_saved_with_one_button(case: SharedCase) -> None:
    table = f"{case.root}/tabelle"
    typed = {
        "servicezeiten.points": "3",
        "lotsen.points": "1",
        "lotsen.reason": "Nur einer",
        "lotsen.verdict": "missing",
    }
    found = case.advisor.press(case.advisor.open(table), "Speichern", typed)
    assert "2 von 38 eingeschätzt" in found.main
    assert found.value("lotsen.points") == "1"


def test_one_wrong_row_keeps_everything_that_was_typed(case: SharedCase) -> None:
    typed = {"servicezeiten.points": "3", "lotsen.points": "1"}
    found = case.advisor.press(case.advisor.open(f"{case.root}/tabelle"), "Speichern", typed, 422)
    assert "B9 Begründung" in found.main
    assert found.value("servicezeiten.points") == "3"
    assert "0 von 38 eingeschätzt" in found.main


@pytest.mark.parametrize("typed", ["zwei", "2 von 3", "2,5,0", "1o"])
@pytest.mark.parametrize("button", ["Speichern", "wie Kommune"])
def test_what_is_no_number_is_refused_and_stays(case: SharedCase, typed: str, button: str) -> None:
    found = case.advisor.open(f"{case.root}/tabelle")
    pressed = next(text_of(each) for each in found.all(".//button") if text_of(each).endswith(button))
    refused = case.advisor.press(found, pressed, {"servicezeiten.points": typed}, 422)
    assert refused.value("servicezeiten.points") == typed
    assert "Bitte geben Sie die Punkte als Zahl an" in refused.main
    assert "0 von 38 eingeschätzt" in refused.main


def test_like_the_town_is_said_of_the_stand_that_the_page_showed(case: SharedCase) -> None:
    found = case.advisor.open(f"{case.root}/tabelle")
    button = next(text_of(each) for each in found.all(".//button") if text_of(each).endswith("wie Kommune"))
    for text in ("Neu", "Noch neuer"):
        case.note("servicezeiten", text)
        case.share_again()
    case.advisor.press(found, button)
    assert "Einschätzung zum Stand 1" in case.open("servicezeiten").main
    assert "Noch eine geänderte Frage zu Stand 3" in case.advisor.open(f"{case.root}/aenderungen").main


def test_a_row_that_somebody_else_changed_lets_the_others_through(case: SharedCase, visitor: NewVisitor) -> None:
    other = visitor()
    reviews.add_advisor(case.app, other, "senft@ihk.example", "Senft")
    mine, theirs = (each.open(f"{case.root}/tabelle") for each in (case.advisor, other))
    other.press(theirs, "Speichern", {"lotsen.points": "2"})
    typed = {"servicezeiten.points": "3", "lotsen.points": "1", "lotsen.reason": "Nur einer"}
    met = case.advisor.press(mine, "Speichern", typed, 409)
    assert "2 von 38 eingeschätzt" in met.main
    assert met.value("lotsen.points") == "1"
    done = case.advisor.press(met, "Meine Angabe übernehmen")
    assert done.value("lotsen.points") == "1"


def test_like_the_town_for_all_that_nobody_judged(case: SharedCase) -> None:
    found = case.advisor.open(f"{case.root}/tabelle")
    (button,) = (text_of(each) for each in found.all(".//button") if text_of(each).endswith("wie Kommune"))
    found = case.advisor.press(found, button, {"servicezeiten.points": "1", "servicezeiten.reason": "Anders"})
    assert "38 von 38 eingeschätzt" in found.main
    assert found.value("servicezeiten.points") == "1", "what was typed stays"
    assert not [each for each in found.all(".//button") if text_of(each).endswith("wie Kommune")]


def test_the_largest_difference_stands_first(case: SharedCase) -> None:
    typed = {
        "servicezeiten.points": "2,5",
        "servicezeiten.reason": "Kurz",
        "quote-u3.points": "0",
        "quote-u3.reason": "Veraltet",
        "lotsen.points": "2",
    }
    case.advisor.press(case.advisor.open(f"{case.root}/tabelle"), "Speichern", typed)
    found = case.advisor.open(f"{case.root}/differenz")
    numbers = [text_of(row.find("th")) for row in found.all(".//tbody/tr")]
    assert [number.partition(" ")[0] for number in numbers] == ["C3", "B7", "B9"]
    assert "3 eingeschätzte Fragen, von 9 Punkten" in found.main
    assert "−3,5" in text_of(found.one(".//tfoot"))


def test_the_pages_cost_no_more_statements_when_all_is_judged(case: SharedCase) -> None:
    _count(case)  # the first look at a question is written down
    before = _count(case)
    found = case.advisor.open(f"{case.root}/tabelle")
    (button,) = (text_of(each) for each in found.all(".//button") if text_of(each).endswith("wie Kommune"))
    case.advisor.press(found, button)
    assert _count(case) == before


def _count(case: SharedCase) -> list[int]:
    counts = []
    for address in ("fragen/lotsen", "tabelle", "differenz", "aenderungen"):
        with listen(case.app) as statements:
            case.advisor.open(f"{case.root}/{address}")
        counts.append(len(statements))
    return counts
