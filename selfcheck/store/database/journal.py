"""SQLite's journal is emptied when a text has gone for good: it must not lie there any longer."""

from __future__ import annotations

import logging
import threading
import time

from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from selfcheck.store.database.sqlite_file import empty_journal
from selfcheck.store.database.transactions import db, look_again

log = logging.getLogger(__name__)
KEY = "selfcheck.journal"
PATIENCE = 1.0
"""Seconds that a request waits for readers who hold the journal open."""
PAUSE = 30.0


def init(app: Flask) -> None:
    app.extensions[KEY] = Journal(app)


def forget_journal() -> None:
    """Empties the journal now, or as soon as nobody reads in it any more. Elsewhere than on SQLite it does nothing."""
    journal: Journal | None = current_app.extensions.get(KEY)
    if db.engine.dialect.name == "sqlite":
        look_again()
        if not empty_now() and journal is not None:
            journal.try_later()


def empty_now() -> bool:
    """Whether nothing is left in it."""
    connection = db.engine.raw_connection()
    try:
        raw = connection.driver_connection
        return raw is not None and empty_journal(raw, PATIENCE)
    finally:
        connection.close()


class Journal:
    """Tries again, with one thread per process that ends when it is done; none in tests."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._guard = threading.Lock()
        self.waiting = False

    def try_later(self) -> None:
        with self._guard:
            begun, self.waiting = self.waiting, True
        if not begun and not self._app.testing:
            threading.Thread(target=self._run, name="journal", daemon=True).start()

    def try_again(self) -> bool:
        """Whether nothing is left to do."""
        with self._app.app_context():
            try:
                emptied = empty_now()
            except SQLAlchemyError:
                log.warning("The journal could not be emptied yet.")
                return False
        self.waiting = not emptied
        return emptied

    def _run(self) -> None:
        time.sleep(PAUSE)
        while not self.try_again():
            time.sleep(PAUSE)
