"""Applications for the tests: made once per process, each test begins with an untouched one on a fresh database."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import flask_migrate
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from selfcheck.app import create_app
from selfcheck.store.database import transactions
from selfcheck.store.database.transactions import add_migrations, db
from selfcheck.web.http.load import pace
from tests import towns

DATABASE = "selfcheck.sqlite3"


def migrate(folder: Path) -> Path:
    """A database file with all migrations and no rows."""
    app = create_app({"SELFCHECK_DATA": str(folder)})
    with app.app_context():
        add_migrations(app)
        flask_migrate.upgrade()
    close(app)
    return folder / DATABASE


def make(data: Path, environ: Mapping[str, str], templates_cache: Path | None = None) -> Flask:
    """An application with the folder `data` and the settings of `environ`."""
    settings = {"SELFCHECK_DATA": str(data), "SELFCHECK_QUESTIONNAIRES": str(towns.QUESTIONNAIRES)}
    app = create_app(settings | dict(environ))
    app.testing = True
    if templates_cache is not None:
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(os.fspath(templates_cache))
    known = {towns.SHIPPED: towns.shipped_catalogue, towns.QUESTIONNAIRES: towns.catalogue}
    if read := known.get(app.config["QUESTIONNAIRES"]):
        app.extensions["catalogue"] = read()
    return app


def close(app: Flask) -> None:
    """Closing the last connection writes everything into the one file; who saved how often is forgotten with it."""
    pace.register(app)
    with app.app_context():
        transactions.let_go()
        db.engine.dispose()
    if transactions.FILE in app.extensions:
        app.extensions[transactions.FILE].forget()


def put_database(file: Path, folder: Path) -> None:
    """Puts a copy of the database `file` into `folder`, in the place of whatever lies there."""
    for ending in ("", "-wal", "-shm"):
        (folder / f"{DATABASE}{ending}").unlink(missing_ok=True)
    shutil.copyfile(file, folder / DATABASE)


class Applications:
    """The one application that tests share, and further ones with settings of their own; all on one database."""

    def __init__(self, migrated: Path, data: Path, templates_cache: Path) -> None:
        self.migrated = migrated
        self.data = data
        self.templates_cache = templates_cache
        self.shared = make(data, {}, templates_cache)
        self.lent: list[Flask] = []
        self._config = dict(self.shared.config)
        self._extensions = dict(self.shared.extensions)

    def begin(self) -> None:
        """For a test that begins: an empty database, no mails, no files."""
        put_database(self.migrated, self.data)
        for folder in ("mails", "files"):
            shutil.rmtree(self.data / folder, ignore_errors=True)

    def further(self, **environ: str) -> Flask:
        """An application of its own, with settings by name."""
        self.lent.append(make(self.data, environ, self.templates_cache))
        return self.lent[-1]

    def end(self) -> None:
        """After a test: nothing is open, and what it set is as it was."""
        self.shared.config.clear()
        self.shared.config.update(self._config)
        self.shared.extensions.update(self._extensions)
        for app in (self.shared, *self.lent):
            close(app)
        self.lent.clear()
