"""A second opinion beside axe: IBM's Equal Access Checker on the main pages. Only what it is sure of counts.

It cannot read the colours of our style sheets and says so in the console; contrast is left to axe.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.everything import sit_down, unfold
from tests.browser.server import Server
from tests.browser.window import NARROW, Window
from tests.web.routes import address_of, who_may_open
from tests.web.world import World

ENGINE = Path(__file__).resolve().parents[2] / "build" / "test-tools" / "ace.js"
MAIN = (
    "site.start_page",
    "site.questions",
    "site.help",
    "site.sample",
    "entry.new",
    "entry.mine",
    "overview.overview",
    "overview.details",
    "questions.criterion",
    "results.result",
    "results.what_if",
    "checklist.checklist",
    "goals.lists",
    "history.changes",
    "team.mine",
    "team.overview",
    "team.office",
    "office.page",
    "office.paper",
    "sharing.overview",
    "sharing.report",
    "accounts.sign_in",
    "accounts.overview",
)
LEFT_OUT: Mapping[str, str] = {}
"""Rules that do not count here, each with the reason; so far there is none."""
CHECK = """async () => {
  const report = await new ace.Checker().check(document, ['IBM_Accessibility']);
  return report.results
    .filter((each) => each.value[0] === 'VIOLATION' && each.value[1] === 'FAIL')
    .map((each) => [each.ruleId, `${each.message} ${each.path.dom} ${each.snippet}`]);
}"""


@pytest.fixture(scope="module")
def windows(chromium: Browser, served: Server) -> Iterator[tuple[Window, Window]]:
    """Light and wide, dark and narrow."""
    opened = (Window(chromium, served.address), Window(chromium, served.address, width=NARROW, scheme="dark"))
    yield opened
    for window in opened:
        window.close(expected="username fields|unable to get color combo")


def find_violations(window: Window, address: str) -> list[str]:
    page = window.open(address)
    unfold(window)
    page.evaluate(ENGINE.read_text(encoding="utf-8"))
    found: list[tuple[str, Any]] = page.evaluate(CHECK)
    return [f"{rule}: {said}" for rule, said in found if rule not in LEFT_OUT]


@pytest.mark.parametrize("endpoint", MAIN)
def test_the_second_engine_finds_nothing_either(world: World, windows: tuple[Window, Window], endpoint: str) -> None:
    for window in windows:
        sit_down(window, world, who_may_open(endpoint))
        assert find_violations(window, address_of(world, endpoint)) == [], f"{endpoint} {window.name}"


def test_the_second_engine_finds_what_is_wrong(windows: tuple[Window, Window]) -> None:
    page = windows[0].open("/hilfe")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"\">')")
    page.evaluate(ENGINE.read_text(encoding="utf-8"))
    assert "img_alt_valid" in [rule for rule, _ in page.evaluate(CHECK)]
