"""What is not good enough yet stands on the result, the checklist and before sharing, one click from its place."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from selfcheck.core.questionnaire.model import Question
from selfcheck.core.rules.answers import Answer, Evidence, State
from tests import towns
from tests.web.document import text_of
from tests.web.page import Page, Visitor, begin, fill

PLACED = Evidence("Beschluss vom 14.12.2026", available=True, file_number="10-24")
PAGES = ("ergebnis", "checkliste", "teilen")


def _remarks(found: Page) -> dict[str, list[str]]:
    """The remarks of a page under their headings, without how many there are."""
    rows = [*found.one(".//main").iter()]
    return {
        text_of(heading).partition(" (")[0]: [text_of(item) for item in items]
        for around in rows
        for heading, items in pairwise(around)
        if heading.tag.startswith("h") and items.get("class") == "remarks"
    }


def _full(question: Question, *evidence: Evidence) -> Answer:
    """The answer that brings most, with these documents."""
    best = max(question.options, key=lambda option: option.points)
    return Answer(State.GIVEN, best.id, evidence=evidence)


@pytest.mark.parametrize("place", PAGES)
def test_each_place_is_named_and_one_click_away(page: Visitor, place: str) -> None:
    check = begin(page, interview="2027-06-15")
    first, second, third = towns.questionnaire().criteria[0].questions[:3]
    fill(page, check, {first.id: _full(first), second.id: _full(second, Evidence("Leitbild 2030", available=True))})
    found = page.open(f"/selbstcheck/{check}/{place}")
    remarks = _remarks(found)
    assert remarks["Angegeben, aber nichts belegt es"] == [f"{first.number} {first.name}"]
    assert remarks["Fundstelle fehlt"] == [f"{second.number} {second.name}: „Leitbild 2030“"]
    assert remarks["Noch zu wenige Entwicklungsziele"] == [
        "Ziele und Sonderpunkte: Noch kein Ziel steht dort, erwartet werden 3."
    ]
    assert third.number not in str(remarks)
    places = [each.get("href", "") for each in found.all(".//ul[@class='remarks']//a")]
    piece = page.open(next(each for each in places if f"/nachweise/{second.id}/" in each))
    assert "Leitbild 2030" in [each.get("value") for each in piece.all(".//main//input")]
    opened = page.open(found.one(".//ul[@class='remarks'][1]//a").get("href"))
    assert opened.one(f".//*[@id='frage-{first.id}']") is not None


def test_a_town_that_has_claimed_nothing_is_told_nothing(page: Visitor) -> None:
    check = begin(page)
    for place in PAGES:
        found = page.open(f"/selbstcheck/{check}/{place}")
        assert not _remarks(found)
        assert "Hinweis" not in text_of(found.one(".//main")).replace("Hinweise zum Datenschutz", "")


def test_what_is_mended_is_gone(page: Visitor) -> None:
    check = begin(page, interview="2027-06-15")
    question = towns.questionnaire().criteria[0].questions[0]
    fill(page, check, {question.id: _full(question, PLACED)})
    assert set(_remarks(page.open(f"/selbstcheck/{check}/ergebnis"))) == {"Noch zu wenige Entwicklungsziele"}


@pytest.mark.parametrize(("ends", "told"), [(date(2027, 6, 14), True), (date(2027, 6, 15), False)])
def test_a_document_that_ends_before_the_interview_says_when(page: Visitor, ends: date, told: bool) -> None:
    check = begin(page, interview="2027-06-15")
    question = towns.questionnaire().criteria[0].questions[0]
    fill(page, check, {question.id: _full(question, PLACED._replace(valid_until=ends))})
    said = _remarks(page.open(f"/selbstcheck/{check}/ergebnis")).get("Beleg gilt nicht lange genug")
    line = f"{question.number} {question.name}: „Beschluss vom 14.12.2026“ gilt nur bis 14.06.2027."
    assert said == ([line] if told else None)


def test_a_document_for_an_answer_without_points_asks_whether_the_answer_holds(page: Visitor) -> None:
    check = begin(page, interview="2027-06-15")
    first, second = towns.questionnaire().criteria[0].questions[:2]
    least = min(first.options, key=lambda option: option.points)
    fill(page, check, {first.id: Answer(State.GIVEN, least.id, evidence=(PLACED,)), second.id: _full(second, PLACED)})
    said = _remarks(page.open(f"/selbstcheck/{check}/ergebnis"))["Beleg zu einer Antwort ohne Punkte"]
    assert said == [f"{first.number} {first.name}: „Beschluss vom 14.12.2026“ liegt vor. Stimmt die Antwort noch?"]
