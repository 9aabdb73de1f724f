"""The town with everything, served to real browsers."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests import applications
from tests.browser.server import Server
from tests.browser.window import Window
from tests.web.world import COOKIE, INTACT, SECRET, World


def serve(world: World, data: Path, database: str = f"{INTACT}.copy") -> Server:
    """A server on a copy of one of the world's databases; it knows the cookies of all its people."""
    shutil.copyfile(world.folder / database, data / applications.DATABASE)
    return Server(data, SELFCHECK_SECRET_KEY=SECRET)


def sit_down(window: Window, world: World, name: str) -> None:
    """From now on the browser is that person's."""
    window.context.clear_cookies()
    if cookie := world.people[name].cookie:
        window.context.add_cookies([{"name": COOKIE, "value": cookie, "url": window.address}])


def unfold(window: Window) -> None:
    window.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
