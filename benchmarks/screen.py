"""How long a filled question page takes to be drawn and usable in a Chromium that has its files, beside a bare page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, ViewportSize, sync_playwright

from benchmarks.result import Result, at_most, only_told
from benchmarks.servers import BARE, OURS, serve
from benchmarks.town import close, fill_town, make_app
from tests.browser.window import find_chromium, launch

LOADS = 30
FIRST_LOADS = 3
MOST_TIMES = 4.5
CLERKS_SCREEN: ViewportSize = {"width": 1366, "height": 768}

WAIT_UNTIL_DRAWN = """async () => {
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  return performance.now();
}"""
"""Milliseconds from the start of the navigation until all scripts have run and the picture after that is drawn."""


def measure(folder: Path) -> Iterator[Result]:
    """Both pages in turn, so that whatever else the machine does hits both."""
    chromium = find_chromium()
    if chromium is None:
        yield only_told("question page on the screen: ms", "not measured: there is no Chromium")
        return
    app = make_app(folder / "ours")
    town = fill_town(app)
    close(app)
    with (
        serve(BARE, folder / "bare", "/1") as bare,
        serve(OURS, folder / "ours", "/healthz") as ours,
        sync_playwright() as playwright,
    ):
        address = f"http://127.0.0.1:{ours.port}"
        browser = launch(playwright, chromium)
        context = browser.new_context(viewport=CLERKS_SCREEN)
        context.add_cookies([{"name": "selfcheck", "value": town.cookie, "url": address}])
        questions, plain_page = context.new_page(), context.new_page()
        for _ in range(FIRST_LOADS):  # from now on the files come from the browser's cache
            load(questions, address + town.questions)
            load(plain_page, f"http://127.0.0.1:{bare.port}/1")
        turns = [
            (load(questions, address + town.questions), load(plain_page, f"http://127.0.0.1:{bare.port}/1"))
            for _ in range(LOADS)
        ]
        browser.close()
    yield only_told("question page on the screen: ms", f"{median(filled for filled, _ in turns):.0f}")
    yield only_told("bare page on the screen: ms", f"{median(plain for _, plain in turns):.0f}")
    times = median(filled / plain for filled, plain in turns)
    yield at_most("question page on the screen: times a bare page", times, MOST_TIMES, "{:.1f}")


def load(page: Page, address: str) -> float:
    """Milliseconds until the page at `address` is drawn and usable."""
    page.goto(address, wait_until="load")
    milliseconds: float = page.evaluate(WAIT_UNTIL_DRAWN)
    return milliseconds
