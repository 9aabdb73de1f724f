"""Whoever has set letters twice as large in the browser reads every page without moving it sideways."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.everything import sit_down, unfold
from tests.browser.server import Server
from tests.browser.window import ARGUMENTS, Window, find_chromium, scrolls_sideways
from tests.web.routes import PAGES, address_of, who_may_open
from tests.web.world import World

TWICE = 32
"""Pixels; browsers begin with 16."""


@pytest.fixture(scope="module")
def large(chromium: Browser, served: Server) -> Iterator[Window]:
    """A browser of its own: the size is a setting of the whole browser."""
    kind = chromium.browser_type
    browser = kind.launch(
        executable_path=find_chromium(), args=[*ARGUMENTS, f"--blink-settings=defaultFontSize={TWICE}"]
    )
    window = Window(browser, served.address)
    yield window
    window.close(expected=r"status of 4\d\d|username fields")
    browser.close()


@pytest.mark.parametrize("endpoint", PAGES)
def test_text_of_twice_the_size_fits(world: World, large: Window, endpoint: str) -> None:
    sit_down(large, world, who_may_open(endpoint))
    page = large.open(address_of(world, endpoint))
    unfold(large)
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == f"{TWICE}px"
    assert not scrolls_sideways(page)
