"""Documents for Word, Excel and calendars are written one at a time: of many at once each would take 10 MB of
the worker, and be ready no sooner, for a worker thinks one thought at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import BoundedSemaphore
from typing import TypeVar

from flask import Flask, current_app

from selfcheck.store.database.transactions import look_again

AT_ONCE = 1
KEY = "selfcheck.writers"
Made = TypeVar("Made")


def register(app: Flask) -> None:
    app.extensions[KEY] = BoundedSemaphore(AT_ONCE)


def in_turn(write: Callable[[], Made]) -> Made:
    """What `write` makes, as soon as others have been served: each takes less than half a second."""
    look_again()  # nobody's read stays open meanwhile
    turn: BoundedSemaphore = current_app.extensions[KEY]
    with turn:
        return write()
