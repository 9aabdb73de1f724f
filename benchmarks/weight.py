"""What the first view of a filled question page weighs on the wire, as Chromium counts it, and our scripts in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request, sync_playwright

from benchmarks.result import Result, at_most, only_told
from benchmarks.servers import OURS, serve
from benchmarks.town import close, fill_town, make_app
from tests.browser.window import find_chromium, launch

KILOBYTE = 1000
MOST = 120
MOST_SCRIPT = 15


def measure(folder: Path) -> Iterator[Result]:
    """Bytes of bodies and headers of everything that an empty browser loads until nothing more comes."""
    chromium = find_chromium()
    if chromium is None:
        yield only_told("first view of a question page: kB", "not measured: there is no Chromium")
        return
    app = make_app(folder / "ours")
    town = fill_town(app)
    close(app)
    with serve(OURS, folder / "ours", "/healthz") as ours, sync_playwright() as playwright:
        address = f"http://127.0.0.1:{ours.port}"
        browser = launch(playwright, chromium)
        context = browser.new_context(base_url=address)
        context.add_cookies([{"name": "selfcheck", "value": town.cookie, "url": address}])
        weights = weigh(context.new_page(), town.questions)
        browser.close()
    for kind, ending in (("page", town.questions), ("styles", ".css"), ("fonts", ".woff2"), ("icons", ".svg")):
        yield only_told(f"first view: {kind}, kB", f"{add_up(weights, ending):.1f}")
    yield at_most("first view of a question page: kB", add_up(weights, ""), MOST, "{:.1f}")
    yield at_most("our own scripts on it: kB", add_up(weights, ".js"), MOST_SCRIPT, "{:.1f}")


def weigh(page: Page, path: str) -> dict[str, int]:
    """The bytes of everything that opening `path` loads, by path."""
    weights: dict[str, int] = {}
    finished: list[Request] = []
    page.on("requestfinished", lambda request: finished.append(request))
    page.goto(path, wait_until="networkidle")
    for request in finished:
        sizes = request.sizes()
        place = urlsplit(request.url).path
        weights[place] = weights.get(place, 0) + sizes["responseBodySize"] + sizes["responseHeadersSize"]
    return weights


def add_up(weights: Mapping[str, int], ending: str) -> float:
    return sum(size for path, size in weights.items() if path.endswith(ending)) / KILOBYTE
