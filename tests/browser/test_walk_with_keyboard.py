"""Begin, answer a whole criterion, share, and read the report without ever touching a mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from selfcheck.core.questionnaire.model import Kind, Question
from selfcheck.core.rules.answers import Answer, State
from selfcheck.reporting.words import german
from tests import towns
from tests.browser import journey
from tests.browser.conftest import OpenWindow
from tests.browser.keyboard import Keyboard
from tests.browser.window import NARROW, WIDE, Window

CRITERION = towns.questionnaire().criteria[1]
STATES = ("nichts davon", "noch unklar", "trifft nicht zu", "offen lassen")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_everything_can_be_done_with_the_keyboard(window: OpenWindow, width: int) -> None:
    town = window(width=width)
    keys = Keyboard(town.open("/"))
    begun = begin(keys)
    town.open(begun.questions(CRITERION))
    answers = {id: answer for id, answer in towns.sample().answers.items() if id in {q.id for q in CRITERION.questions}}
    said = journey.as_ticked(answers)
    for question in CRITERION.questions:
        if question.id in said and journey.card_of(town.page, question).is_visible():
            answer_question(keys, town, question, said[question.id])
    keys.press("Speichern und weiter")
    expect(town.page.get_by_role("heading", level=1)).to_have_text(towns.questionnaire().criteria[2].title)
    town.open(f"{begun.root}/ergebnis")
    journey.expect_result(town.page, said)

    if width == NARROW:
        keys.go_to("Menü")
        keys.page.keyboard.press("Enter")
    keys.press("Mit der IHK teilen")
    expect(town.page.get_by_role("heading", level=1)).to_have_text("Mit der IHK teilen")
    keys.press("Link erstellen")
    link = town.page.get_by_label("Link zum Bericht")
    expect(link).to_be_visible()

    advisor = window(width=width)
    reading = Keyboard(advisor.open(link.input_value()))
    reading.press("Öffnen")
    expect(advisor.page.get_by_role("heading", level=1)).to_be_visible()
    expect(advisor.page.locator("main")).to_contain_text(german.points(journey.expected(said).reached))
    assert not keys.faults + reading.faults, "\n".join(sorted(set(keys.faults + reading.faults)))


def begin(keys: Keyboard) -> journey.Begun:
    keys.press("Selbstcheck starten")
    keys.enter("Name der Kommune", "Tastaturstadt")
    keys.select("Landkreis oder kreisfreie Stadt", "Darmstadt")
    keys.select("Zentralörtliche Einstufung", "Mittel")
    keys.choose("Erstauditierung", ("Erstauditierung", "Re-Auditierung"), group="Art der Auditierung")
    keys.press("Beginnen")
    expect(keys.page.get_by_role("heading", level=1)).to_have_text(towns.questionnaire().criteria[0].title)
    return journey.Begun(keys.page.url.split("/")[4])


def answer_question(keys: Keyboard, window: Window, question: Question, given: Answer) -> None:
    """Answers with the keyboard, starting at the card of the question as its link in the index does."""
    window.page.evaluate("id => document.getElementById(id).focus()", f"{question.id}.choice")
    state = journey.card_of(window.page, question).locator("[data-save-state]")
    if given.state is not State.GIVEN:
        choose(keys, question, journey.STATES[given.state])
    elif question.kind is Kind.MANY:
        chosen = given.value if isinstance(given.value, frozenset) else frozenset()
        for option in question.options:
            if option.id in chosen:
                keys.tick(option.text, question=question.id)
    elif question.kind in (Kind.NUMBER, Kind.TEXT):
        text = german.number_to_edit(given.value) if question.kind is Kind.NUMBER else str(given.value)
        keys.enter("Ihre Angabe", text, question=question.id)
    else:
        choose(keys, question, question.option[given.value].text)
    keys.enter("Erläuterung", given.note or "Mit der Tastatur geschrieben", question=question.id)
    if given.evidence:
        keys.choose("liegt vor", ("liegt vor", "fehlt noch"), question=question.id)
    expect(state).to_have_text(journey.SAVED)


def choose(keys: Keyboard, question: Question, text: str) -> None:
    names = (*(option.text for option in question.options), *STATES)
    keys.choose(text, names, question=question.id)
