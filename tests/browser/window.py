"""One browser of one person: a context with cookies of its own, and everything that went wrong in it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request

CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--no-first-run",
)
CLEARED = "Clear-Site-Data header on"
"""Begins what Chromium reports when somebody signs out: no complaint."""
QUICK = "Autofocus processing was blocked"
"""Begins what it reports when somebody was quicker than the page: the focus stays where they put it."""
WIDE, NARROW = 1280, 320
HEIGHT = 900
PATIENCE = 10_000
AXE = Path(__file__).resolve().parents[2] / "build" / "test-tools" / "axe.min.js"
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
RULES_OF_THE_LOOK = {"type": "rule", "values": ["color-contrast", "target-size", "scrollable-region-focusable"]}


def find_chromium() -> str | None:
    """The path of a Chromium that starts; some packages bring a mere hint to another shop."""
    for path in filter(None, map(shutil.which, CHROMIUM_NAMES)):
        if subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0:
            return path
    return None


def launch(playwright: Playwright, path: str) -> Browser:
    return playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))


class Window:
    """`page` is the open tab; `noise` collects console messages, script errors and requests to other hosts."""

    def __init__(
        self,
        browser: Browser,
        address: str,
        *,
        width: int = WIDE,
        scripts: bool = True,
        scheme: Literal["light", "dark"] = "light",
        **options: Any,
    ) -> None:
        self.address = address
        self.width = width
        self.name = f"({scheme}, {width} px)"
        self.scripts = scripts
        self.noise: list[str] = []
        self.context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=scripts,
            color_scheme=scheme,
            locale="de-DE",
            timezone_id="Europe/Berlin",
            reduced_motion="reduce",
            **options,
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.noise.append(f"script error: {error.error}"))
        self.context.on("request", self._see)
        self.page = self.context.new_page()

    def open(self, path: str) -> Page:
        """Opens an address of the server in the tab."""
        self.page.goto(path)
        return self.page

    def another_tab(self) -> Page:
        return self.context.new_page()

    def close(self, expected: str = "") -> None:
        """Closes the browser. Fails if it had anything to complain about that does not match `expected`."""
        noise = [each for each in self.noise if not (expected and re.search(expected, each))]
        self.context.close()
        assert not noise, "\n".join(noise)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.text.startswith((CLEARED, QUICK)):
            return
        place = message.location.get("url", "")
        self.noise.append(f"console, {message.type}: {message.text} ({place})")

    def _see(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme in ("http", "https", "ws", "wss") and asked.netloc != urlsplit(self.address).netloc:
            self.noise.append(f"request to another host: {request.url}")


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window."""
    wider: bool = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return wider


def find_violations(page: Page, *, thoroughly: bool = True) -> list[str]:
    """What axe finds wrong with the page as it stands, one line per element; else only what depends on the look."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: Mapping[str, Any] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})",
        RULES if thoroughly else RULES_OF_THE_LOOK,
    )
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
