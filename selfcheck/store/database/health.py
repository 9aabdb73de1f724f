"""Whether the database answers, takes what is written, and is still the file that this process opened."""

from __future__ import annotations

import threading
import time

from flask import Flask, current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from selfcheck.store.database.transactions import ping, reading, refuse_other_file, writing
from selfcheck.store.database.write_queue import Busy

KEY = "selfcheck.health"
FINE_FOR, ILL_FOR = 60.0, 10.0
"""Seconds for which what was found counts."""
PATIENCE = 1.0


class Unhealthy(Exception):
    """The database cannot be worked with; the message says why."""


def init(app: Flask) -> None:
    app.extensions[KEY] = Health()


class Health:
    """Writes at most once a minute, and only in one thread: whoever asks often must not wear the disk."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._until, self._problem = 0.0, ""

    def find_problem(self) -> str:
        """Empty where all is well."""
        if time.monotonic() >= self._until and self._guard.acquire(blocking=False):
            try:
                self._problem = _try_to_write()
                self._until = time.monotonic() + (ILL_FOR if self._problem else FINE_FOR)
            finally:
                self._guard.release()
        return self._problem


def examine() -> None:
    """Raises `Unhealthy`."""
    health: Health = current_app.extensions[KEY]
    try:
        refuse_other_file()
        ping()
    except SQLAlchemyError:
        raise Unhealthy("database does not answer, or its file was taken away") from None
    problem = health.find_problem()
    if problem:
        raise Unhealthy(problem)


def _try_to_write() -> str:
    try:
        if reading().dialect.name == "postgresql":
            only = reading().execute(text("SELECT current_setting('transaction_read_only')")).scalar_one()
            return "database is read-only" if only == "on" else ""
        with writing(PATIENCE) as connection:
            # a number that means nothing, in the head of the file
            connection.execute(text(f"PRAGMA user_version = {round(time.time()) % 2**31}"))
    except (SQLAlchemyError, Busy) as error:
        return f"database does not take writes ({type(getattr(error, 'orig', None) or error).__name__})"
    return ""
