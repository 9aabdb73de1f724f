"""Two windows, one answer: what the conflict looks like, and that each decision leaves what it says."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from selfcheck.core.questionnaire.model import Kind
from tests import towns
from tests.browser import journey
from tests.browser.conftest import OpenWindow
from tests.browser.prepared import Prepared, Preparing
from tests.browser.server import Server
from tests.browser.window import Window

CRITERION = towns.questionnaire().criteria[0]
QUESTION = next(each for each in CRITERION.questions if each.kind in (Kind.YES_NO, Kind.ONE))
THEIRS = "Beschluss der Gemeindevertretung vom 12. Mai 2026, veröffentlicht im Amtsblatt."
MINE = "Beschluss der Gemeindevertretung vom 19. Juni 2026, veröffentlicht auf der Internetseite."
HEADING = "Zwischenzeitlich geändert"
SETTLED = re.compile("Gespeichert|geändert")


@pytest.fixture
def open_questions(window: OpenWindow, server: Server, prepare: Preparing) -> Callable[..., Window]:
    town: Prepared = prepare(server)

    def open_window(**options: bool) -> Window:
        opened = town.hand_over(window(**options))
        opened.open(town.begun.questions(CRITERION))
        return opened

    return open_window


def write(window: Window, text: str, scripts: bool = True) -> None:
    page = window.page
    note = journey.card_of(page, QUESTION).get_by_label("Erläuterung", exact=True)
    note.fill(text)
    note.blur()
    if scripts:
        expect(journey.card_of(page, QUESTION).locator("[data-save-state]")).to_have_text(SETTLED)
    else:
        journey.go_on(window)


def note_of(page: Page) -> str:
    return journey.card_of(page, QUESTION).get_by_label("Erläuterung", exact=True).input_value()


@pytest.mark.noisy("status of 409")
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_both_texts_are_kept(open_questions: Callable[..., Window], scripts: bool) -> None:
    first, second = open_questions(scripts=scripts), open_questions(scripts=scripts)
    write(first, THEIRS, scripts)
    write(second, MINE, scripts)
    page = second.page
    box = page.get_by_role("group", name=HEADING)
    expect(box.get_by_role("insertion").filter(has_text="19. Juni")).to_be_visible()
    expect(box.get_by_role("deletion").filter(has_text="Amtsblatt")).to_be_visible()
    page.get_by_role("button", name="Beide behalten").press("Enter")
    expect(page.get_by_role("heading", name=HEADING)).to_have_count(0)
    both = f"{THEIRS}\n\n– – –\n\n{MINE}"
    if scripts:
        expect(journey.card_of(page, QUESTION).locator("[data-save-state]")).to_have_text(journey.SAVED)
    assert note_of(page) == both
    page.reload()
    assert note_of(page) == both


@pytest.mark.noisy("status of 409")
def test_two_conflicts_of_one_question_are_decided_one_after_the_other(open_questions: Callable[..., Window]) -> None:
    first, second = open_questions(), open_questions()
    options = [option.text for option in QUESTION.options]
    for window, option, text in ((first, options[0], THEIRS), (second, options[1], MINE)):
        card = journey.card_of(window.page, QUESTION)
        card.get_by_label(option, exact=True).check()
        expect(card.locator("[data-save-state]")).to_have_text(SETTLED)
        write(window, text)
    page = second.page
    box = page.get_by_role("group", name=HEADING)
    expect(box.get_by_role("button", name="Meine Angabe übernehmen")).to_have_count(2)
    box.get_by_role("button", name="Meine Angabe übernehmen").first.click()
    expect(box.get_by_role("button", name="Meine Angabe übernehmen")).to_have_count(1)
    box.get_by_role("button", name="Meine Angabe übernehmen").click()
    expect(page.get_by_role("heading", name=HEADING)).to_have_count(0)
    page.reload()
    assert note_of(page) == MINE
    expect(journey.card_of(page, QUESTION).get_by_label(options[1], exact=True)).to_be_checked()


@pytest.mark.noisy("status of 409")
def test_what_is_typed_after_a_conflict_is_given_up_with_mine(open_questions: Callable[..., Window]) -> None:
    first, second = open_questions(), open_questions()
    write(first, THEIRS)
    write(second, MINE)
    page = second.page
    journey.card_of(page, QUESTION).get_by_label("Erläuterung", exact=True).press_sequentially(" Noch etwas")
    page.get_by_role("button", name="Andere Angabe behalten").click()
    expect(page.get_by_role("heading", name=HEADING)).to_have_count(0)
    expect(journey.card_of(page, QUESTION).get_by_label("Erläuterung", exact=True)).to_have_value(THEIRS)
    expect(page.get_by_role("heading", name=HEADING)).to_have_count(0)


def test_who_answered_stands_at_the_answer_at_once(open_questions: Callable[..., Window]) -> None:
    window = open_questions()
    write(window, MINE)
    said = re.compile(r"^Erläuterung: .+, \d\d\.\d\d\.\d{4}, \d\d:\d\d")
    expect(window.page.locator(f"#wer-{QUESTION.id}")).to_have_text(said)
