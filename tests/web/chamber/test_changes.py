"""A new Stand: what it says differently than the one that was judged, as a pass of its own."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import reviews, towns
from tests.web.chamber.shared_case import CRITERION, SharedCase, send, share_case
from tests.web.page import NewVisitor, Visitor


@pytest.fixture
def case(app: Flask, page: Visitor, visitor: NewVisitor) -> SharedCase:
    """Two questions are judged; one of them, and another one, the town has changed since."""
    shared = share_case(app, page, visitor)
    typed = {"servicezeiten.points": "3", "servicezeiten.verdict": "enough", "lotsen.points": "2"}
    shared.advisor.press(shared.advisor.open(f"{shared.root}/tabelle"), "Speichern", typed)
    shared.note("servicezeiten", "Neu: samstags geschlossen")
    shared.note("rubrik-neubuerger", "Jetzt mit Video")
    shared.share_again()
    return shared


def test_each_changed_question_says_what_it_said_before_and_now(case: SharedCase) -> None:
    found = case.advisor.open(f"{case.root}/aenderungen")
    assert "Noch 2 geänderte Fragen zu Stand 2" in found.main
    assert "Neu: samstags geschlossen" in found.main
    assert "zum Stand 1 eingeschätzt" in found.main
    assert "B9" not in found.main, "what did not change"
    view = case.open("servicezeiten")
    assert "Geändert seit Stand 1" in view.main
    assert "B7 Servicezeiten des Bürgerbüros geändert seit Stand 1" in view.main


def test_still_holds_says_the_same_of_the_new_stand(case: SharedCase) -> None:
    found = case.advisor.press(case.advisor.open(f"{case.root}/aenderungen"), "gilt weiter, B7")
    assert "Noch eine geänderte Frage" in found.main
    assert "Schon zum Stand 2 eingeschätzt: B7" in found.main
    view = case.open("servicezeiten")
    assert "Einschätzung zum Stand 2" in view.main
    assert view.value("servicezeiten.points") == "3"


def test_a_question_is_finished_once_it_is_saved_on_the_new_stand(case: SharedCase) -> None:
    case.advisor.press(case.open("servicezeiten"), "Später")
    assert "Noch 2 geänderte Fragen" in case.advisor.open(f"{case.root}/aenderungen").main
    case.advisor.press(case.open("servicezeiten"), "Speichern und weiter")
    case.advisor.press(case.open("rubrik-neubuerger"), "wie Kommune")
    assert "hat sich nichts geändert" in case.advisor.open(f"{case.root}/aenderungen").main


def test_what_is_judged_already_is_listed_as_the_questionnaire_has_it(case: SharedCase) -> None:
    asked = {each.number: each.id for each in towns.questionnaire().questions}
    for number in ("B10", "B9", "B2"):
        case.advisor.press(case.open(asked[number]), "Speichern", {f"{asked[number]}.verdict": "enough"})
    assert "Schon zum Stand 2 eingeschätzt: B2, B9, B10" in case.advisor.open(f"{case.root}/aenderungen").main


def test_somebody_else_was_faster(case: SharedCase, visitor: NewVisitor) -> None:
    other = visitor()
    reviews.add_advisor(case.app, other, "senft@ihk.example", "Senft")
    mine = case.advisor.open(f"{case.root}/aenderungen")
    typed = {"servicezeiten.points": "1", "servicezeiten.reason": "Samstags zu"}
    other.press(other.open(f"{case.root}/tabelle"), "Speichern", typed)
    met = case.advisor.press(mine, "gilt weiter, B7", status=409)
    assert "Die Einschätzung zu B7 hat jemand anders inzwischen geändert" in met.main
    assert case.open("servicezeiten").value("servicezeiten.points") == "1"


def test_points_that_moved_need_a_reason_first(case: SharedCase) -> None:
    town = case.town.open(f"/selbstcheck/{case.check_id}/fragen/{CRITERION}?offen=lotsen")
    case.town.press(town, "Speichern und weiter", {"lotsen.state": "unclear", "lotsen.options": None})
    case.share_again()
    found = case.advisor.open(f"{case.root}/aenderungen")
    assert "Die Punkte weichen jetzt ab" in found.main


def test_a_form_of_an_older_stand_is_kept_as_said_of_that_one(case: SharedCase) -> None:
    page = case.open("servicezeiten")
    case.share_again()
    case.advisor.press(page, "Speichern", {"note": "Gesehen"})
    assert "Einschätzung zum Stand 2" in case.open("servicezeiten").main


@pytest.mark.parametrize("question", ["gibt-es-nicht", "rubrik-neubuerger"])
def test_nothing_else_can_hold_further(case: SharedCase, question: str) -> None:
    send(case.advisor, f"{case.root}/aenderungen/{question}", 404, stand="2")
