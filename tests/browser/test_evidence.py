"""Evidence with our script: the dialog in place, what was typed in it, and cards that are never out of date."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from selfcheck.core.questionnaire.model import QuestionId
from tests import towns
from tests.browser import journey
from tests.browser.conftest import OpenWindow
from tests.browser.prepared import Prepared, Preparing
from tests.browser.server import Server
from tests.browser.window import Window

CRITERION = towns.questionnaire().criteria[0]
QUESTION = towns.questionnaire().question[QuestionId("leitbild")]
SUGGESTED = QUESTION.evidence[0]
OFFLINE = r"ERR_INTERNET_DISCONNECTED|ERR_FAILED"


@pytest.fixture
def town(server: Server, prepare: Preparing) -> Prepared:
    return prepare(server)


@pytest.fixture
def open_questions(window: OpenWindow, town: Prepared) -> Callable[..., Window]:
    """Opens the first criterion in a window of the coordination."""

    def open_window(**options: bool) -> Window:
        opened = town.hand_over(window(**options))
        opened.open(town.begun.questions(CRITERION))
        return opened

    return open_window


def tick(page: Page, title: str = SUGGESTED) -> Locator:
    card = journey.card_of(page, QUESTION)
    return card.get_by_role("group", name=f"{title}, Frage {QUESTION.number}").get_by_label("liegt vor")


def say_yes(page: Page) -> Locator:
    """Answers the question, ticks its first piece, and waits until both are saved."""
    card = journey.card_of(page, QUESTION)
    card.get_by_label("Ja", exact=True).check()
    tick(page).check()
    expect(card.get_by_text("Fundstelle fehlt", exact=True)).to_be_visible()
    return card


def test_evidence_shows_with_an_answer_that_can_need_it(open_questions: Callable[..., Window]) -> None:
    page = open_questions().page
    card = journey.card_of(page, QUESTION)
    expect(tick(page)).to_be_hidden()
    card.get_by_label("Nein", exact=True).check()
    expect(tick(page)).to_be_hidden()
    card.get_by_label("Teilweise", exact=True).check()
    expect(tick(page)).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_evidence_of_a_number_shows_once_there_is_one(window: OpenWindow, town: Prepared, scripts: bool) -> None:
    events = next(each for each in towns.questionnaire().questions if each.unit == "Veranstaltungen im Jahr")
    opened = town.hand_over(window(scripts=scripts))
    opened.open(town.begun.questions(towns.questionnaire().criterion[events.criterion]))
    card = journey.card_of(opened.page, events)
    evidence = card.get_by_role("group", name=f"Belege zu Frage {events.number}")
    expect(evidence).to_be_hidden()
    card.get_by_label("noch unklar").check()
    expect(evidence).to_be_hidden()
    card.get_by_label("Ihre Angabe").fill("3")
    expect(evidence).to_be_visible()


def test_accent_tag_and_filters_follow_each_save(open_questions: Callable[..., Window]) -> None:
    page = open_questions().page
    card = journey.card_of(page, QUESTION)
    chip = page.get_by_role("link", name=re.compile("^ohne Beleg"))
    expect(card).to_have_class(re.compile("card--work"))
    card.get_by_label("Ja", exact=True).check()
    expect(chip).to_have_text("ohne Beleg 1")
    tick(page).check()
    expect(chip).to_have_text("ohne Beleg 0")
    expect(page.get_by_role("link", name=re.compile("^offen"))).to_have_text("offen 4")
    expect(card).not_to_have_class(re.compile("card--work"))


def test_a_place_is_added_in_a_dialog_and_the_focus_comes_back(open_questions: Callable[..., Window]) -> None:
    page = open_questions().page
    card = say_yes(page)
    card.get_by_role("link", name=re.compile(f"^Fundstelle ergänzen ?, {SUGGESTED}")).click()
    dialog = page.get_by_role("dialog", name=f"Beleg zu {QUESTION.number}")
    dialog.get_by_label("Titel").fill("Leitbild 2035")
    dialog.get_by_label("Aktenzeichen oder Ordner").fill("10-4/2")
    said = page.locator("[data-save-all] [data-words]")
    said.evaluate("each => each.textContent = 'Gespeichert 00:00'")  # as if it were long ago
    dialog.get_by_role("button", name="Beleg speichern").click()
    expect(dialog).to_have_count(0)
    expect(said).to_have_text(re.compile("^Gespeichert"))
    expect(said).not_to_have_text("Gespeichert 00:00")
    expect(card.get_by_text("10-4/2")).to_be_visible()
    expect(card.get_by_text("Fundstelle fehlt")).to_have_count(0)
    expect(card.get_by_role("link", name=re.compile("^Bearbeiten ?, Leitbild 2035"))).to_be_focused()
    tick(page, "Leitbild 2035").uncheck()
    expect(card.locator("[data-save-state]")).to_have_text(journey.SAVED)
    expect(card.get_by_text("10-4/2")).to_be_visible()


@pytest.mark.noisy("422")
def test_what_is_refused_stays_in_the_dialog(open_questions: Callable[..., Window]) -> None:
    page = open_questions().page
    say_yes(page).get_by_role("link", name="Eigenen Beleg hinzufügen").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Titel").fill("Ratsbrief")
    dialog.get_by_label("Link").fill("javascript:alert(1)")
    dialog.get_by_role("button", name="Beleg speichern").click()
    expect(dialog.get_by_role("alert")).to_contain_text("https://")
    expect(dialog.get_by_label("Titel")).to_have_value("Ratsbrief")


@pytest.mark.parametrize("leave", ["escape", "close", "reload"])
def test_what_was_typed_in_a_dialog_is_there_on_coming_back(
    open_questions: Callable[..., Window], town: Prepared, leave: str
) -> None:
    window = open_questions()
    page = window.page
    say_yes(page).get_by_role("link", name="Eigenen Beleg hinzufügen").click()
    page.get_by_role("dialog").get_by_label("Titel").fill("Ratsbrief")
    if leave != "reload":
        page.keyboard.press("Escape") if leave == "escape" else page.get_by_role("button", name="Schließen").click()
        expect(page.get_by_role("link", name="Eigenen Beleg hinzufügen").and_(page.locator(":focus"))).to_be_visible()
    window.open(f"{town.begun.questions(CRITERION)}?offen=alle")
    journey.card_of(page, QUESTION).get_by_role("link", name="Eigenen Beleg hinzufügen").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Titel")).to_have_value("Ratsbrief")
    dialog.get_by_role("button", name="Beleg speichern").click()
    expect(tick(page, "Ratsbrief")).to_be_checked()
    assert page.evaluate("Object.keys(localStorage).length") == 0


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (360, 640)])
def test_title_and_buttons_of_the_dialog_stay_in_sight(
    open_questions: Callable[..., Window], width: int, height: int
) -> None:
    page = open_questions().page
    say_yes(page).get_by_role("link", name="Eigenen Beleg hinzufügen").click()
    page.set_viewport_size({"width": width, "height": height})
    dialog = page.get_by_role("dialog")
    controls = [dialog.get_by_role("button", name=name) for name in ("Schließen", "Beleg speichern")]
    for where in (0, 5000):
        dialog.evaluate("(each, top) => each.scrollTo(0, top)", where)
        for control in controls:
            expect(control).to_be_in_viewport(ratio=1)
            box = control.bounding_box()
            assert box is not None
            middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            reached = "([x, y]) => document.elementFromPoint(x, y).closest('button')?.textContent.trim()"
            assert page.evaluate(reached, middle) == (control.text_content() or "").strip()
    expect(dialog.get_by_label("Titel")).to_be_focused()


@pytest.mark.noisy(OFFLINE)
def test_without_a_connection_the_dialog_stays_and_says_so(open_questions: Callable[..., Window]) -> None:
    page = open_questions().page
    say_yes(page).get_by_role("link", name="Eigenen Beleg hinzufügen").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Titel").fill("Ratsbrief")
    page.context.set_offline(True)
    dialog.get_by_role("button", name="Beleg speichern").click()
    expect(dialog.get_by_text("Nicht gespeichert. Bitte prüfen Sie die Verbindung")).to_be_visible()
    page.context.set_offline(False)
    dialog.get_by_role("button", name="Beleg speichern").click()
    expect(tick(page, "Ratsbrief")).to_be_checked()


def test_the_same_goes_without_our_script(open_questions: Callable[..., Window], town: Prepared) -> None:
    window = open_questions(scripts=False)
    page = window.page
    card = journey.card_of(page, QUESTION)
    card.get_by_label("Ja", exact=True).check()
    tick(page).check()
    page.get_by_role("button", name="Speichern und weiter").click()
    window.open(town.begun.questions(CRITERION))
    card.get_by_role("link", name="Ändern").click()
    card.get_by_role("link", name=re.compile(f"^Fundstelle ergänzen ?, {SUGGESTED}")).click()
    page.get_by_label("Aktenzeichen oder Ordner").fill("10-4/2")
    page.get_by_role("button", name="Beleg speichern").click()
    expect(card.get_by_text("10-4/2")).to_be_visible()


def test_the_first_answer_is_in_sight_after_beginning(window: OpenWindow, town: Prepared) -> None:
    opened = town.hand_over(window())
    page = opened.open(f"{town.begun.questions(CRITERION)}?neu=1")
    page.set_viewport_size({"width": 1366, "height": 768})
    first = page.locator("section.card").first.locator(".option").first.bounding_box()
    assert first is not None
    assert first["y"] + first["height"] < 768
