"""Visitors of the pages, without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from selfcheck.web.http import clock
from tests.web.clock import Clock
from tests.web.page import NewVisitor, Visitor, begin
from tests.web.world import World, build_world


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def page(client: FlaskClient) -> Visitor:
    """Somebody who opens pages; each one is checked."""
    return Visitor(client)


@pytest.fixture
def visitor(app: Flask) -> NewVisitor:
    """Further people with browsers of their own."""
    return lambda: Visitor(app.test_client())


@pytest.fixture
def check(page: Visitor) -> str:
    """A self-check that `page` has just begun; its id as the addresses name it."""
    return begin(page)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Stops the time of the pages; a whole module asks for it where days and hours stand on its pages."""
    running = Clock()
    monkeypatch.setattr(clock, "now", lambda: running.moment)
    return running


@pytest.fixture(scope="session")
def world(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    return build_world(migrated, tmp_path_factory.mktemp("world"))
