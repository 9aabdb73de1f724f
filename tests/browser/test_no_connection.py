"""Without a connection every page says so where somebody types, with its sign, and over nothing that has the focus."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests import towns
from tests.browser.conftest import OpenWindow
from tests.browser.prepared import Prepared, Preparing
from tests.browser.server import Server
from tests.browser.window import NARROW, WIDE, scrolls_sideways

QUESTION = towns.questionnaire().questions[0]
RETRYING = "Nicht gespeichert – wird erneut versucht"
pytestmark = pytest.mark.noisy("ERR_INTERNET_DISCONNECTED")
Enter = Callable[[Page, str], Locator]


@pytest.fixture
def town(server: Server, prepare: Preparing) -> Prepared:
    return prepare(server, towns.sample().answers)


def _rename_piece(page: Page, root: str) -> Locator:
    page.goto(f"{root}/nachweise")
    page.goto(page.locator("main a[href*='/nachweise/']").first.get_attribute("href") or "")
    page.context.set_offline(True)
    field = page.get_by_label("Titel")
    field.fill("Ohne Netz")
    return field


def _number_question(page: Page, root: str) -> Locator:
    page.goto(f"{root}/pruefbogen")
    page.context.set_offline(True)
    field = page.locator(f"[name='sheet.{QUESTION.id}.number_there']")
    field.fill("1.1")
    return field


def _describe_goal(page: Page, root: str) -> Locator:
    page.goto(f"{root}/ziele")
    page.locator("summary", has_text="Ziel hinzufügen").click()
    page.locator("input[name$='.title']:visible").fill("Mehr Wohnungen")
    page.get_by_role("button", name="Ziel hinzufügen").click()
    page.goto(f"{root}/ziele")
    page.locator("details.entry > summary").first.click()
    page.context.set_offline(True)
    field = page.locator("textarea:visible").first
    field.fill("Ohne Netz")
    return field


def _tick_step(page: Page, root: str) -> Locator:
    page.goto(f"{root}/checkliste")
    page.context.set_offline(True)
    box = page.locator("[data-part='chamber:final']").get_by_role("checkbox")
    box.set_checked(not box.is_checked())
    return box


def _box(shown: Locator) -> FloatRect:
    found = shown.bounding_box()
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("enter", "width"),
    [
        (_rename_piece, WIDE),
        (_rename_piece, NARROW),
        (_describe_goal, WIDE),
        (_describe_goal, NARROW),
        (_tick_step, WIDE),
        (_tick_step, NARROW),
        (_number_question, WIDE),
    ],
)
def test_a_failed_save_is_seen_beside_what_was_typed(
    window: OpenWindow, town: Prepared, enter: Enter, width: int
) -> None:
    opened = town.hand_over(window(width=width))
    page = opened.page
    field = enter(page, town.begun.root)
    said = page.locator("[data-save-state].save-state--failed:visible")
    expect(said).to_have_text(RETRYING)
    expect(said).to_be_in_viewport(ratio=1)
    expect(field).to_be_focused()
    below, above = sorted((_box(said), _box(field)), key=lambda box: -box["y"])
    assert above["y"] + above["height"] <= below["y"]
    sign = said.locator(".kern-icon--danger")
    expect(sign).to_be_visible()
    assert _box(said)["width"] <= _box(said.locator("[data-words]"))["width"] + _box(sign)["width"] + 40
    assert not scrolls_sideways(page)
    page.context.set_offline(False)


def test_a_tall_field_that_is_reached_by_the_keyboard_stands_above_the_strip(
    window: OpenWindow, town: Prepared
) -> None:
    opened = town.hand_over(window(width=NARROW))
    page = opened.open(f"{town.begun.questions(towns.questionnaire().criteria[1])}?offen=alle")
    note = page.locator("textarea[name$='.note']:visible").nth(1)
    note.fill("Zeile\n" * 12)
    note.press("Control+Home")
    page.keyboard.press("Shift+Tab")
    note.evaluate("each => scrollBy(0, each.getBoundingClientRect().top - innerHeight + 150)")
    page.keyboard.press("Tab")
    expect(note).to_be_focused()
    strip = page.get_by_role("complementary", name="Punkte")
    assert _box(note)["y"] + _box(note)["height"] <= _box(strip)["y"]
