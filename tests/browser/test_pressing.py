"""A button pressed right after typing, on a slow line: nobody meets a conflict with oneself, others still do."""

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
from tests.web.goals.test_interim import add_goals

LATENCY = 600
CRITERION = towns.questionnaire().criteria[0]
QUESTION = towns.questionnaire().question[QuestionId("leitbild")]
MET = re.compile("[Zz]wischenzeitlich geändert")
RETRYING = "Nicht gespeichert – wird erneut versucht"
OFFLINE = "ERR_INTERNET_DISCONNECTED"


@pytest.fixture
def town(server: Server, prepare: Preparing) -> Prepared:
    prepared = prepare(server)
    add_goals(prepared.visitor, prepared.begun.id, "Radwege")
    return prepared


@pytest.fixture
def open_page(window: OpenWindow, town: Prepared) -> Callable[..., Window]:
    """Opens a page in a window of the coordination; if `slow`, every answer takes a while from then on."""

    def open_window(path: str, *, slow: bool = True) -> Window:
        opened = town.hand_over(window())
        page = opened.open(f"{town.begun.root}/{path}")
        if slow:
            slow_down(page)
        return opened

    return open_window


def slow_down(page: Page) -> None:
    page.wait_for_load_state()
    session = page.context.new_cdp_session(page)
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": LATENCY, "downloadThroughput": -1, "uploadThroughput": -1},
    )


def unfold_goal(page: Page) -> Locator:
    goal = page.locator("details.entry").first
    goal.locator("summary").click()
    return goal


def press_button(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).last.click()


def press_by_keyboard(page: Page, name: str) -> None:
    button = page.get_by_role("button", name=name, exact=True).last
    for _ in range(60):
        page.keyboard.press("Tab")
        if button.evaluate("each => each === document.activeElement"):
            break
    page.keyboard.press("Space")


def press_enter(page: Page, name: str) -> None:
    page.keyboard.press("Enter")


WAYS = pytest.mark.parametrize("press", [press_button, press_by_keyboard, press_enter], ids=["mouse", "keys", "enter"])
Press = Callable[[Page, str], None]


@pytest.mark.noisy("ERR_FAILED|ERR_ABORTED|signal timed out|TimeoutError")
def test_a_save_that_is_never_answered_ends_and_the_button_works_again(open_page: Callable[..., Window]) -> None:
    opened = open_page(f"fragen/{CRITERION.id}?offen={QUESTION.id}", slow=False)
    page, card, address = opened.page, journey.card_of(opened.page, QUESTION), opened.page.url
    hanging: list[str] = []
    page.route("**/fragen/*", lambda route: hanging.append(route.request.url))
    card.get_by_label("Erläuterung", exact=True).press_sequentially("Ordner 4", delay=5)
    page.get_by_role("button", name="Speichern und weiter").click()
    expect(card.locator("[data-save-state]")).to_have_text(RETRYING, timeout=30_000)
    assert hanging
    page.unroute_all()
    with page.expect_event("framenavigated"):
        page.get_by_role("button", name="Speichern und weiter").click()
    again = journey.card_of(opened.open(address), QUESTION)
    expect(again.get_by_label("Erläuterung", exact=True)).to_have_value("Ordner 4")


@WAYS
def test_a_goal(open_page: Callable[..., Window], press: Press) -> None:
    page = open_page("ziele").page
    goal = unfold_goal(page)
    goal.get_by_label("Ausgangslage").press_sequentially("Wenige Wege", delay=5)
    goal.get_by_label("Messgröße").fill("Kilometer Radweg")
    goal.get_by_label("Stand heute").press("End")
    goal.get_by_label("Stand heute").press_sequentially(",5", delay=5)
    press(page, "Speichern")
    expect(page.get_by_text("Ihre Einträge sind gespeichert.")).to_be_visible()
    expect(page.get_by_text(MET)).to_have_count(0)
    goal = unfold_goal(page)
    expect(goal.get_by_label("Ausgangslage")).to_have_value("Wenige Wege")
    expect(goal.get_by_label("Messgröße")).to_have_value("Kilometer Radweg")
    expect(goal.get_by_label("Stand heute")).to_have_value("12,5")
    assert page.evaluate("Object.keys(localStorage).length") == 0


@WAYS
def test_a_step(open_page: Callable[..., Window], press: Press) -> None:
    page = open_page("checkliste").page
    row = page.locator("[data-part='interview:binder']")
    row.locator("summary").click()
    row.get_by_label("Notiz").press_sequentially("Ordner im Büro", delay=5)
    row.get_by_label("Bis wann?").fill("3.5.2027")
    row.get_by_label("Wer macht das?").press_sequentially("Kai", delay=5)
    press(page, "Speichern")
    page.wait_for_url("**/checkliste*gespeichert*")
    expect(page.get_by_text(MET)).to_have_count(0)
    expect(row.locator("[data-who]")).to_have_text("Kai")
    expect(row.locator(".task__date")).to_have_text("03.05.2027")
    expect(row.get_by_label("Notiz")).to_have_value("Ordner im Büro")


@pytest.mark.parametrize("press", [press_button, press_by_keyboard], ids=["mouse", "keys"])
def test_an_answer(open_page: Callable[..., Window], town: Prepared, press: Press) -> None:
    window = open_page(f"fragen/{CRITERION.id}")
    page, card = window.page, journey.card_of(window.page, QUESTION)
    note = card.get_by_label("Erläuterung", exact=True)
    card.get_by_label(QUESTION.options[0].text, exact=True).check()
    note.press_sequentially("Erster Satz.", delay=5)
    note.blur()
    page.wait_for_timeout(100)  # on its way
    note.press_sequentially(" Zweiter Satz.", delay=5)
    press(page, "Speichern und weiter")
    page.wait_for_url(lambda url: CRITERION.id not in url)
    expect(page.get_by_text(MET)).to_have_count(0)
    window.open(town.begun.questions(CRITERION))
    expect(note).to_have_value("Erster Satz. Zweiter Satz.")
    expect(card.get_by_label(QUESTION.options[0].text, exact=True)).to_be_checked()


def test_a_button_that_was_pressed_twice_does_what_it_says_once(open_page: Callable[..., Window]) -> None:
    page = open_page("ziele").page
    goal = unfold_goal(page)
    goal.get_by_label("Ausgangslage").fill("Wenige Wege")
    goal.get_by_role("button", name="Ziel entfernen").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("entfernen")
    page.go_back()
    expect(unfold_goal(page).get_by_label("Ausgangslage")).to_have_value("Wenige Wege")


@pytest.mark.noisy("status of 409")
@pytest.mark.parametrize("same", [True, False], ids=["two tabs of one person", "two people"])
def test_two_windows_still_meet(open_page: Callable[..., Window], same: bool) -> None:
    window = open_page("ziele")
    page = window.page
    other = window.another_tab() if same else open_page("ziele").page
    if same:
        other.goto(page.url)
        slow_down(other)
    for each, text in ((page, "Aus dem ersten Fenster"), (other, "Aus dem zweiten Fenster")):
        unfold_goal(each).get_by_label("Ausgangslage").press_sequentially(text, delay=5)
    press_button(page, "Speichern")
    expect(page.get_by_text("Ihre Einträge sind gespeichert.")).to_be_visible()
    press_button(other, "Speichern")
    expect(other.get_by_role("heading", name="Noch nicht alles gespeichert")).to_be_visible()
    expect(other.get_by_label("Ausgangslage").first).to_have_value("Aus dem zweiten Fenster")
    box = other.get_by_role("group", name="Zwischenzeitlich geändert")
    expect(box).to_contain_text("ersten")
    box.get_by_role("button", name="Meine Angabe übernehmen").click()
    expect(other.get_by_role("heading", name="Zwischenzeitlich geändert")).to_have_count(0)
    other.goto(page.url)
    expect(unfold_goal(other).get_by_label("Ausgangslage")).to_have_value("Aus dem zweiten Fenster")


@pytest.mark.noisy(OFFLINE)
def test_without_connection_the_page_stays_with_all_that_was_typed(open_page: Callable[..., Window]) -> None:
    window = open_page("ziele", slow=False)
    page = window.page
    goal = unfold_goal(page)
    window.context.set_offline(True)
    goal.get_by_label("Ausgangslage").fill("Ohne Netz geschrieben")
    press_button(page, "Speichern")
    expect(page.locator("[data-save-all]")).to_have_text(RETRYING)
    expect(goal.get_by_label("Ausgangslage")).to_have_value("Ohne Netz geschrieben")
    window.context.set_offline(False)
    press_button(page, "Speichern")
    expect(page.get_by_text("Ihre Einträge sind gespeichert.")).to_be_visible()
    expect(unfold_goal(page).get_by_label("Ausgangslage")).to_have_value("Ohne Netz geschrieben")


def test_a_tick_is_no_conflict_for_its_own_dialog(open_page: Callable[..., Window]) -> None:
    page = open_page(f"fragen/{CRITERION.id}", slow=False).page
    card = journey.card_of(page, QUESTION)
    card.get_by_label("Ja", exact=True).check()
    tick = card.get_by_label("liegt vor").first
    tick.check()
    link = card.locator("a[data-piece]").first
    expect(link).to_contain_text("Fundstelle ergänzen")
    slow_down(page)
    tick.uncheck()
    link.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("fehlt noch")).to_be_checked()
    dialog.get_by_label("Aktenzeichen oder Ordner").fill("Ordner 5")
    dialog.get_by_role("button", name="Beleg speichern").click()
    expect(dialog).to_have_count(0)
    expect(card).to_contain_text("Ordner 5")
