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


@pytest.mark.parametrize(
    "options", [{"scripts": False}, {"forced_colors": "active"}], ids=["without scripts", "with forced colours"]
)
def test_the_picture_stays_where_it_cannot_live(window: OpenWindow, town: Prepared, options: dict[str, object]) -> None:
    page = open_result(window, town, **options)
    page.wait_for_load_state("networkidle")
    expect(page.locator("#chart-still svg").first).to_be_visible()
    expect(page.locator("#chart-live")).to_be_hidden()
