"""The gap chart: a picture and a table for everybody, alive where scripts run, and never against the content policy."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests import towns
from tests.browser.conftest import OpenWindow
from tests.browser.prepared import Prepared, Preparing
from tests.browser.server import Server
from tests.browser.window import NARROW, WIDE, find_violations, scrolls_sideways

CRITERION = towns.questionnaire().criteria[1]


@pytest.fixture(scope="module")
def town(server: Server, prepare: Preparing) -> Prepared:
    return prepare(server, towns.sample().answers)


def open_result(window: OpenWindow, town: Prepared, **options: object) -> Page:
    page = town.hand_over(window(**options)).open(f"{town.begun.root}/ergebnis")
    page.locator("#kriterien").scroll_into_view_if_needed()
    return page


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_comes_alive_and_breaks_no_rule(window: OpenWindow, town: Prepared, width: int, scheme: str) -> None:
    page = open_result(window, town, width=width, scheme=scheme)
    expect(page.locator("#chart-live .main-svg").first).to_be_visible()
    expect(page.locator("#chart-still")).to_be_hidden()
    expect(page.get_by_role("table", name="Punkte je Kriterium")).to_be_visible()
    assert not scrolls_sideways(page)
    assert not find_violations(page)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(("width", "shown"), [(WIDE, True), (360, False)])
def test_numbers_in_bars_are_explained_where_there_are_any(
    window: OpenWindow, town: Prepared, width: int, shown: bool, scripts: bool
) -> None:
    page = open_result(window, town, width=width, scripts=scripts)
    points = page.locator("#chart-live .annotation-text" if scripts else "#chart-still .chart__number text")
    if scripts:
        expect(page.locator("#chart-live .main-svg").first).to_be_visible()
    numbers = [each for each in points.all() if each.is_visible() and each.inner_html().replace(",", "").isdigit()]
    assert bool(numbers) is shown
    expect(page.get_by_text("Zahlen im Balken: Punkte.")).to_be_visible(visible=shown)


def test_rows_are_read_out_with_the_arrow_keys(window: OpenWindow, town: Prepared) -> None:
    page = open_result(window, town)
    button = page.get_by_role("group", name="Einzelne Fragen im Diagramm zeigen").get_by_role("button").nth(1)
    button.focus()
    button.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    said = page.locator("#chart-said")
    expect(said).to_contain_text(CRITERION.title)
    button.press("ArrowDown")
    expect(said).to_contain_text(CRITERION.questions[0].number)


def test_its_sentence_stays_when_it_comes_alive_and_nothing_lies_over_its_rows(
    window: OpenWindow, town: Prepared
) -> None:
    page = open_result(window, town)
    expect(page.locator("#chart-live .main-svg").first).to_be_visible()
    section = page.get_by_role("region", name="Punkte je Kriterium")
    expect(section.locator("p").filter(has_text=re.compile("^Insgesamt sind"))).to_be_visible()
    page.locator("#chart-live .main-svg").first.hover(position={"x": 100, "y": 60}, force=True)
    page.wait_for_timeout(300)
    assert page.locator("#chart-live .hoverlayer").inner_html() == ""
    button = page.get_by_role("group", name="Einzelne Fragen im Diagramm zeigen").get_by_role("button").first
    button.focus()
    expect(page.locator("#chart-said")).to_be_visible()
    button.press("Escape")
    expect(page.locator("#chart-said")).to_have_text("")


def test_pointing_at_a_bar_says_below_what_it_shows(window: OpenWindow, town: Prepared) -> None:
    page = open_result(window, town)
    drawn = page.locator("#chart-live .main-svg").first
    expect(drawn).to_be_visible()
    drawn.evaluate("each => each.scrollIntoView({block: 'center'})")
    bars = [bar.bounding_box() for bar in page.locator("#chart-live .barlayer .point path").all()]
    middles = sorted({round(bar["y"] + bar["height"] / 2) for bar in bars if bar and bar["height"]})
    for row, text in ((0, "Gesamt"), (2, CRITERION.title)):
        box = drawn.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 200, middles[row])
        expect(page.locator("#chart-said")).to_contain_text(text)


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_a_bar_has_one_number(window: OpenWindow, town: Prepared, scripts: bool) -> None:
    page = open_result(window, town, width=360, scripts=scripts)
    numbers = re.compile(r"^\d+(,\d+)?$")
    if scripts:
        expect(page.locator("#chart-live .main-svg").first).to_be_visible()
        shown = page.locator("#chart-live .annotation-text").filter(has_text=numbers)
        expect(shown).to_have_count(0)
    else:
        shown = page.locator("#chart-still .chart__number").filter(has_text=numbers)
        expect(shown.first).to_be_hidden()
    assert not scrolls_sideways(page)


def test_the_choice_of_points_works_without_scripts(window: OpenWindow, town: Prepared) -> None:
    page = open_result(window, town, scripts=False)
    page.get_by_role("navigation", name="Balken in").get_by_role("link", name="Punkte").click()
    picture = page.get_by_role("img", name="Punkte je Kriterium")
    expect(picture).to_contain_text("Marke 82,6 Punkte")
    expect(picture).to_contain_text("fehlen")


@pytest.mark.parametrize(
    "options", [{"scripts": False}, {"forced_colors": "active"}], ids=["without scripts", "with forced colours"]
)
def test_the_picture_stays_where_it_cannot_live(window: OpenWindow, town: Prepared, options: dict[str, object]) -> None:
    page = open_result(window, town, **options)
    page.wait_for_load_state("networkidle")
    expect(page.locator("#chart-still svg").first).to_be_visible()
    expect(page.locator("#chart-live")).to_be_hidden()
