"""A Chromium for all tests, servers, and windows that must end without a complaint."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.everything import serve
from tests.browser.prepared import Preparing
from tests.browser.server import Server
from tests.browser.window import PATIENCE, Window, find_chromium, launch
from tests.web.world import World, build_world

OpenWindow = Callable[..., Window]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        pytest.skip("Es fehlt chromium. Debian/Ubuntu: sudo apt-get install chromium")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = launch(playwright, path)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests that neither stop it nor need settings of their own."""
    data = tmp_path_factory.mktemp("server")
    shutil.copyfile(migrated, data / migrated.name)
    running = Server(data)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def world(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    return build_world(migrated, tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="session")
def served(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on the town with everything."""
    running = serve(world, tmp_path_factory.mktemp("served"))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def prepare() -> Iterator[Preparing]:
    preparing = Preparing()
    yield preparing
    preparing.close()


@pytest.fixture
def own_server(migrated: Path, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Servers to stop, to kill and to set differently."""
    started: list[Server] = []

    def start(**environ: str) -> Server:
        data = tmp_path / f"server-{len(started)}"
        data.mkdir()
        shutil.copyfile(migrated, data / migrated.name)
        started.append(Server(data, **environ))
        return started[-1]

    yield start
    for running in started:
        if running.process is not None:
            running.stop()


@pytest.fixture
def window(chromium: Browser, server: Server, request: pytest.FixtureRequest) -> Iterator[OpenWindow]:
    """Opens windows on the server; mark the test with `noisy("pattern")` for complaints that belong to it."""
    opened: list[Window] = []

    def open_window(address: str = "", **options: Any) -> Window:
        opened.append(Window(chromium, address or server.address, **options))
        return opened[-1]

    yield open_window
    marker = request.node.get_closest_marker("noisy")
    for each in opened:
        each.close(marker.args[0] if marker else "")
