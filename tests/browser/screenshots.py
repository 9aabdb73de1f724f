"""`python -m tests.browser.screenshots`: pictures of the main pages of the demo, as a town and its advisor see them.

All go to build/screenshots, those that the README shows to docs/screenshots as well.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from demo.__main__ import make
from demo.story import ANSWERED, Demo
from tests import towns
from tests.browser.journey import Begun
from tests.browser.prepared import Prepared
from tests.browser.server import ROOT, Server
from tests.browser.window import NARROW, WIDE, Window, find_chromium, launch

TARGET = ROOT / "build" / "screenshots"
SHOWN = ROOT / "docs" / "screenshots"
IN_README = (
    "ergebnis-1280",
    "fragen-1280",
    "checkliste-1280",
    "beratung-1280",
    "vorgang-1280",
    "pruefansicht-1280",
)
TALLEST = 2400
TALLEST_IN_README = 1000
CRITERION = towns.shipped().criteria[1]


@dataclass(frozen=True)
class Look:
    name: str
    width: int
    scheme: Literal["light", "dark"] = "light"


LOOKS = (Look("1280", WIDE), Look("320", NARROW), Look("dark-1280", WIDE, "dark"))


def main() -> int:
    """Makes all pictures; exit status 1 where there is no Chromium."""
    path = find_chromium()
    if path is None:
        print("Es fehlt chromium. Debian/Ubuntu: sudo apt-get install chromium", file=sys.stderr)
        return 1
    towns.use(towns.SHIPPED)
    for folder in (TARGET, SHOWN):
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "demo"
        demo = make(data)
        server = Server(data)
        try:
            with sync_playwright() as playwright:
                take_all(launch(playwright, path), server, demo)
        finally:
            server.stop()
    print(f"{len(list(TARGET.glob('*.png')))} pictures in {TARGET.relative_to(ROOT)}")
    return 0


def take_all(browser: Browser, server: Server, demo: Demo) -> None:
    begun = Begun(demo.towns[0].check)
    town, advisor = (Prepared(begun, each.visitor) for each in (demo.towns[0].coordinator, demo.running.advisor))
    for look in LOOKS:
        for person, pages in ((town, list_pages(begun)), (advisor, list_pages_of_advisor(demo))):
            window = person.hand_over(Window(browser, server.address, width=look.width, scheme=look.scheme))
            window.open("/")  # the fonts are there from the second page on, however slow the machine is
            window.page.wait_for_load_state("networkidle")
            for name, address in pages.items():
                take(window, address, TARGET / f"{name}-{look.name}.png")
            window.close()
    browser.close()


def list_pages(begun: Begun) -> dict[str, str]:
    """Addresses of the main pages by the names of their pictures."""
    root = begun.root
    return {
        "start": "/",
        "alle-fragen": "/fragen",
        "neuer-selbstcheck": "/selbstcheck/neu",
        "uebersicht": root,
        "fragen": begun.questions(CRITERION),
        "ergebnis": f"{root}/ergebnis",
        "ergebnis-punkte": f"{root}/ergebnis?einheit=punkte",
        "was-waere-wenn": f"{root}/ergebnis/was-waere-wenn?frage=beschluss&wert.beschluss=vertretung",
        "checkliste": f"{root}/checkliste",
        "ziele": f"{root}/ziele",
        "teilen": f"{root}/teilen",
        "verlauf": f"{root}/verlauf",
        "team": f"{root}/team",
        "mein-teil": f"{root}/mein-teil",
        "rueckfragen-der-ihk": f"{root}/ihk",
        "empfehlungen-der-ihk": f"{root}/ihk/empfehlungen",
        "bericht": "/beispiel",
    }


def list_pages_of_advisor(demo: Demo) -> dict[str, str]:
    """The same of the advisor's side."""
    root = f"/beratung/{demo.running.id}"
    return {
        "beratung": "/beratung",
        "vorgang": root,
        "pruefansicht": f"{root}/fragen/{ANSWERED}",
        "alle-fragen-der-ihk": f"{root}/tabelle",
        "differenz": f"{root}/differenz",
        "empfehlungen": f"{root}/empfehlungen",
        "pruefgespraech": f"{root}/gespraech",
    }


def take(window: Window, address: str, file: Path) -> None:
    """The upper part of a page as one window that is tall enough, with chart and fonts."""
    page = window.open(address)
    tall = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    page.set_viewport_size({"width": window.width, "height": tall})
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=file, animations="disabled", scale="css")
    if file.stem in IN_README:
        page.set_viewport_size({"width": window.width, "height": TALLEST_IN_README})
        page.screenshot(path=SHOWN / file.name, animations="disabled", scale="css")


if __name__ == "__main__":
    sys.exit(main())
