"""What axe cannot see: the focus in high contrast, labels beside their fields, pages that hold still."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, Route, expect

from tests import towns
from tests.browser import journey
from tests.browser.colours import TOLD_APART, Picture, contrast, count_told_apart
from tests.browser.conftest import OpenWindow
from tests.browser.prepared import Prepared, Preparing
from tests.browser.server import Server
from tests.browser.window import NARROW, WIDE

CRITERION = towns.questionnaire().criteria[1]
Scheme = Literal["light", "dark"]
ROUND = 10
"""How far around a control its picture reaches, in pixels."""
RING = 2
"""How thick a ring of focus must be at least (WCAG 2.4.13)."""
CONTROLS = {
    "radio": ".kern-form-check__radio:not(.check--small)",
    "small radio": ".kern-form-check__radio.check--small",
    "checkbox": ".kern-form-check__checkbox:not(.check--small)",
}
COUNT_SHIFTS = """
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) { if (!each.hadRecentInput) window.shifted += each.value; }
  }).observe({type: 'layout-shift', buffered: true});
"""
LABEL_AND_FIELD = """() => {
  const field = document.activeElement;
  const label = field.matches('fieldset') ? field.querySelector('legend') : field.labels[0];
  return [label.getBoundingClientRect().top, field.getBoundingClientRect().top, window.innerHeight];
}"""
MOST_SHIFTED = 0.05
SLOW = 0.6
"""Seconds that a font takes: long enough for the page to be drawn without it."""
HIGHEST_STRIP = 80


@pytest.fixture(scope="module")
def town(server: Server, prepare: Preparing) -> Prepared:
    return prepare(server, towns.sample().answers)


@pytest.fixture
def photograph(chromium: Browser) -> Callable[[Page, FloatRect], Picture]:
    """Takes pictures of a part of a page."""
    blank = chromium.new_page()

    def take(page: Page, clip: FloatRect) -> Picture:
        return Picture(blank, page.screenshot(clip=clip, animations="disabled"))

    return take


def place_of(control: Locator, around: int = 0) -> FloatRect:
    """Where it is on the screen."""
    control.evaluate("each => each.scrollIntoView({block: 'center'})")
    box = control.bounding_box()
    assert box is not None
    return {
        "x": round(box["x"]) - around,
        "y": round(box["y"]) - around,
        "width": round(box["width"]) + 2 * around,
        "height": round(box["height"]) + 2 * around,
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("checked", [True, False], ids=["checked", "unchecked"])
@pytest.mark.parametrize("wrong", [False, True], ids=["", "wrong"])
@pytest.mark.parametrize("kind", CONTROLS)
def test_the_focus_is_seen_in_high_contrast(
    window: OpenWindow,
    town: Prepared,
    photograph: Callable[[Page, FloatRect], Picture],
    kind: str,
    wrong: bool,
    checked: bool,
    scheme: Scheme,
) -> None:
    page = town.hand_over(window(scheme=scheme, forced_colors="active")).open(town.begun.questions(CRITERION))
    state = ":checked" if checked else ":not(:checked)"
    control = page.locator(f"main {CONTROLS[kind]}{state}").locator("visible=true").first
    if wrong:
        control.evaluate("each => each.classList.add(`${each.classList[0]}--error`)")
    clip = place_of(control, ROUND)
    before = photograph(page, clip)
    control.evaluate("each => each.focus({preventScroll: true})")
    expect(control).to_be_focused()
    after = photograph(page, clip)
    around = 2 * (clip["width"] + clip["height"] - 4 * ROUND)
    assert count_told_apart(before, after) >= RING * around
    edge = [after.at(x, after.height // 2) for x in range(ROUND, ROUND + 3)]
    page_colour = after.at(0, 0)
    assert max(contrast(colour, page_colour) for colour in edge) >= TOLD_APART, "the control itself is gone"
    inside = range(after.width // 2 - 5, after.width // 2 + 5)
    middle = [after.at(x, y) for x in inside for y in inside]
    assert (max(contrast(colour, page_colour) for colour in middle) >= TOLD_APART) is checked


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_arrow_of_a_choice_is_seen_in_high_contrast(
    window: OpenWindow, photograph: Callable[[Page, FloatRect], Picture], scheme: Scheme
) -> None:
    page = window(scheme=scheme, forced_colors="active").open("/selbstcheck/neu")
    clip = place_of(page.locator(".kern-form-input__select-wrapper").first)
    arrow: FloatRect = {"x": clip["x"] + clip["width"] - 42, "y": clip["y"] + 10, "width": 28, "height": 28}
    colours = set(photograph(page, arrow).colours())
    assert max(contrast(one, other) for one in colours for other in colours) >= TOLD_APART


@pytest.mark.noisy("status of 422")
@pytest.mark.parametrize(("width", "height"), [(NARROW, 640), (NARROW, 320), (640, 512), (WIDE, 900)])
@pytest.mark.parametrize(
    ("path", "button", "typed"),
    [
        ("/selbstcheck/neu", "Beginnen", {"Geplantes Prüfgespräch": "bald"}),
        ("{root}/angaben", "Speichern", {"Name der Kommune": "", "E-Mail": "keine Adresse"}),
        ("{root}/team/fachbereich/neu", "Link erstellen", {}),
    ],
)
def test_whoever_follows_an_error_sees_the_label(
    window: OpenWindow, town: Prepared, width: int, height: int, path: str, button: str, typed: dict[str, str]
) -> None:
    opened = town.hand_over(window(width=width))
    page = opened.page
    page.set_viewport_size({"width": width, "height": height})
    opened.open(path.format(root=town.begun.root))
    for label, text in typed.items():
        field = page.get_by_label(label)
        field.evaluate("each => { each.type = 'text'; }")
        field.fill(text)
    page.get_by_role("button", name=button, exact=True).click()
    links = page.get_by_role("alert").get_by_role("link")
    expect(links.first).to_be_visible()
    for number in range(links.count()):
        links.nth(number).click()
        label_top, field_top, bottom = page.evaluate(LABEL_AND_FIELD)
        assert 0 <= label_top <= field_top < bottom


@pytest.mark.parametrize("width", [WIDE, 412, NARROW])
@pytest.mark.parametrize("path", ["{criterion}", "{root}", "{root}/ergebnis", "/"])
def test_a_page_holds_still_when_its_font_arrives(window: OpenWindow, town: Prepared, path: str, width: int) -> None:
    opened = town.hand_over(window(width=width))
    page = opened.page

    def answer_late(route: Route) -> None:
        time.sleep(SLOW)
        route.continue_()

    opened.context.route("**/*.woff2", answer_late)
    page.add_init_script(COUNT_SHIFTS)
    opened.open(path.format(criterion=town.begun.questions(CRITERION), root=town.begun.root))
    page.wait_for_function("document.fonts.status === 'loaded'")
    arrived = page.evaluate("[...document.fonts].filter((each) => each.status === 'loaded').map((each) => each.family)")
    assert '"Fira Sans"' in arrived or "Fira Sans" in arrived
    page.wait_for_timeout(100)
    assert page.evaluate("window.shifted") < MOST_SHIFTED


def test_labels_of_narrow_tables_keep_their_words_whole(window: OpenWindow) -> None:
    page = window(width=NARROW).open("/ihk")
    heights = page.evaluate(
        """() => [...document.querySelectorAll('td[data-label]')].map((cell) => {
          const label = getComputedStyle(cell, '::before');
          return parseFloat(label.height) / parseFloat(label.lineHeight);
        })"""
    )
    assert heights
    assert max(heights) < 1.5, "a label stands on several lines"


def test_questions_stand_where_they_will_stand_before_the_panel_has_come(window: OpenWindow, town: Prepared) -> None:
    page = town.hand_over(window()).open(town.begun.questions(CRITERION))
    before = page.locator("main").bounding_box()
    page.locator(".panel").evaluate("each => each.remove()")
    after = page.locator("main").bounding_box()
    assert before is not None
    assert after is not None
    assert (after["x"], after["width"]) == (before["x"], before["width"])


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_link_leads_to_its_question(window: OpenWindow, town: Prepared, width: int) -> None:
    last = CRITERION.questions[-1]
    page = town.hand_over(window(width=width)).open(f"{town.begun.questions(CRITERION)}?offen=alle")
    page.locator(f'a[href="#frage-{last.id}"]:visible').first.click()
    card = journey.card_of(page, last)
    expect(card.get_by_role("heading").first).to_be_in_viewport()
    page.wait_for_timeout(300)
    expect(card.get_by_role("heading").first).to_be_in_viewport()
    page.reload()
    expect(card.get_by_role("heading").first).to_be_in_viewport()


@pytest.mark.noisy("ERR_INTERNET_DISCONNECTED")
def test_the_strip_stays_low_on_a_phone_when_a_save_failed(window: OpenWindow, town: Prepared) -> None:
    opened = town.hand_over(window(width=NARROW))
    page = opened.page
    page.set_viewport_size({"width": NARROW, "height": 640})
    opened.open(f"{town.begun.questions(CRITERION)}?offen=alle")
    opened.context.set_offline(True)
    note = journey.card_of(page, CRITERION.questions[0]).get_by_label("Erläuterung", exact=True)
    note.fill("Ohne Netz geschrieben")
    note.blur()
    strip = page.get_by_role("complementary", name="Punkte")
    expect(strip).to_contain_text("Nicht gespeichert")
    box = strip.bounding_box()
    assert box is not None
    assert box["height"] <= HIGHEST_STRIP
    opened.context.set_offline(False)
