"""A second opinion beside axe: IBM's Equal Access Checker on the main pages. Only what it is sure of counts.

It cannot read the colours of our style sheets and says so for every element, which is not worth hearing thousands of
times; contrast is left to axe.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.everything import sit_down, unfold
from tests.browser.server import Server
from tests.browser.window import NARROW, Window
from tests.web.routes import address_of, who_may_open
from tests.web.world import World

ENGINE = Path(__file__).resolve().parents[2] / "build" / "test-tools" / "ace.js"
MAIN = (
    "site.start_page",
    "site.questions",
    "entry.new",
    "accounts.sign_in",
    "overview.overview",
    "overview.details",
    "questions.criterion",
    "results.result",
    "checklist.checklist",
    "goals.lists",
    "history.changes",
    "team.overview",
    "office.page",
    "sharing.overview",
    "sharing.report",
)
NO_LANDMARK = "A form without a name is no landmark (HTML-AAM), so it needs none."
LEFT_OUT = {
    ("aria_form_label_unique", "form"): NO_LANDMARK,
    ("aria_landmark_name_unique", "form"): NO_LANDMARK,
    ("input_autocomplete_valid", "input"): "It refuses „username“ at type=email, which HTML allows.",
}
"""Rules that do not count here for an element, each with the reason."""
CHART = "#chart-still"
"""As soon as it is seen, Plotly draws in its place."""
CHECK = """async () => {
  const say = console.log;
  console.log = (...said) => /^(Progress: |unable to get color combo)/.test(said[0]) || say(...said);
  const report = await new ace.Checker().check(document, ['IBM_Accessibility']);
  return report.results
    .filter((each) => each.value[0] === 'VIOLATION' && each.value[1] === 'FAIL')
    .map((each) => [each.ruleId, /^<(\\w+)/.exec(each.snippet)[1], `${each.message} ${each.snippet}`]);
}"""


@pytest.fixture(scope="module")
def windows(chromium: Browser, served: Server) -> Iterator[tuple[Window, Window]]:
    """Light and wide, dark and narrow."""
    opened = (Window(chromium, served.address), Window(chromium, served.address, width=NARROW, scheme="dark"))
    yield opened
    for window in opened:
        window.close(expected="username fields")


def find_violations(window: Window, address: str) -> list[str]:
    """What is wrong with the page and its folded parts."""
    page = window.open(address)
    unfold(window)
    if page.locator(CHART).count():
        page.locator(CHART).evaluate("each => each.parentElement.scrollIntoView()")
        expect(page.locator("#chart-live .main-svg").first).to_be_visible()
    page.evaluate(ENGINE.read_text(encoding="utf-8"))
    found: list[tuple[str, str, str]] = page.evaluate(CHECK)
    return [f"{rule}: {said}" for rule, tag, said in found if (rule, tag) not in LEFT_OUT]


@pytest.mark.parametrize("endpoint", MAIN)
def test_the_second_engine_finds_nothing_either(world: World, windows: tuple[Window, Window], endpoint: str) -> None:
    for window in windows:
        sit_down(window, world, who_may_open(endpoint))
        assert find_violations(window, address_of(world, endpoint)) == [], f"{endpoint} {window.name}"


def test_the_second_engine_finds_what_is_wrong(windows: tuple[Window, Window]) -> None:
    page = windows[0].open("/hilfe")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"\">')")
    page.evaluate(ENGINE.read_text(encoding="utf-8"))
    assert "img_alt_valid" in [rule for rule, *_ in page.evaluate(CHECK)]
