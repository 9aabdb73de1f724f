"""Prüfgespräch while the town shares again: what was written about a topic stays with it, also once it is gone."""

from __future__ import annotations

import pytest
from flask import Flask

from selfcheck.reporting.documents.file import File
from selfcheck.store.database import limits
from tests import reviews
from tests.reporting.documents.readers import read_word
from tests.web.chamber.shared_case import SharedCase, share_case
from tests.web.document import text_of
from tests.web.page import NewVisitor, Page, Visitor

QUESTION = "servicezeiten"
GONE = "Steht nicht mehr im Stand"


@pytest.fixture
def case(app: Flask, page: Visitor, visitor: NewVisitor) -> SharedCase:
    """With three goals that the town proposes."""
    shared = share_case(app, page, visitor)
    for title in ("Alpha", "Beta", "Gamma"):
        goals = page.open(_goals(shared))
        names = (name for name, _ in goals.form("Speichern").fields)
        new = next(name for name in names if name.startswith("goal.n") and name.endswith(".title"))
        page.press(goals, "Speichern", {new: title})
    shared.share_again()
    return shared


def _goals(case: SharedCase) -> str:
    return f"/selbstcheck/{case.check_id}/ziele"


def drop(case: SharedCase, title: str) -> None:
    asked = case.town.press(case.town.open(_goals(case)), f"Ziel entfernen: {title}")
    case.town.press(asked, "Eintrag entfernen")
    case.share_again()


def open_interview(case: SharedCase) -> Page:
    return case.advisor.open(f"{case.root}/gespraech")


def key_of(found: Page, title: str) -> str:
    """The key of the topic that is called so."""
    heads = found.all(".//h3[@class='topic__title']")
    return next(str(each.get("id")).removeprefix("thema-") for each in heads if text_of(each).endswith(title))


def read_all(found: Page) -> dict[str, str]:
    """What came out of each goal, by its title."""
    titles = ("Alpha", "Beta", "Gamma")
    there = [each for each in titles if any(text_of(h).endswith(each) for h in found.all(".//h3"))]
    return {each: found.value(f"gespraech.said.{key_of(found, each)}.text") for each in there}


def write(case: SharedCase, found: Page, **said: str) -> Page:
    typed = {f"gespraech.said.{key_of(found, title)}.text": text for title, text in said.items()}
    return case.advisor.press(found, "Speichern", typed)


def test_what_was_said_of_a_goal_stays_with_it_when_another_one_goes(case: SharedCase) -> None:
    write(case, open_interview(case), Beta="bis 2028", Gamma="nie")
    drop(case, "Alpha")
    assert read_all(open_interview(case)) == {"Beta": "bis 2028", "Gamma": "nie"}


def test_what_was_said_of_a_goal_that_went_is_shown_and_printed(case: SharedCase) -> None:
    write(case, open_interview(case), Beta="bis 2028")
    drop(case, "Beta")
    found = open_interview(case)
    assert read_all(found) == {"Alpha": "", "Gamma": "", "Beta": "bis 2028"}
    assert GONE in text_of(found.one(f".//*[@aria-labelledby='thema-{key_of(found, 'Beta')}']"))
    assert read_all(write(case, found, Beta="bis 2029"))["Beta"] == "bis 2029"
    answer = case.advisor.client.get(f"{case.root}/gespraech/protokoll.docx")
    record = read_word(File("protokoll.docx", answer.mimetype, answer.get_data()))
    assert "bis 2029" in record
    assert GONE in record


def test_a_page_from_before_a_goal_went_saves_what_was_said_of_it(case: SharedCase) -> None:
    before = open_interview(case)
    drop(case, "Beta")
    assert read_all(write(case, before, Beta="bis 2028", Gamma="nie")) == {
        "Alpha": "",
        "Gamma": "nie",
        "Beta": "bis 2028",
    }


def test_goals_of_one_title_are_topics_of_their_own(case: SharedCase) -> None:
    goals = case.town.open(_goals(case))
    case.town.press(goals, "Speichern", {"goal.3.title": "Beta"})
    case.share_again()
    found = open_interview(case)
    heads = [str(each.get("id")) for each in found.all(".//h3[@class='topic__title']") if "Beta" in text_of(each)]
    assert len(set(heads)) == 2


def test_what_is_refused_in_a_topic_that_went_stays_in_its_field(case: SharedCase) -> None:
    reviews.ask(case.app, case.case_id, QUESTION, "Wann?")
    before, name = open_interview(case), f"gespraech.said.{QUESTION}.text"
    assert before.value(name) == ""
    case.advisor.press(case.open(QUESTION), "Erledigt, Rückfrage 1")
    typed = "x" * (limits.NOTE + 1)
    goal = f"gespraech.said.{key_of(before, 'Beta')}.text"
    drop(case, "Beta")
    found = case.advisor.press(before, "Speichern", {name: typed, goal: typed}, 422)
    assert found.value(name) == typed
    assert found.value(goal) == typed
