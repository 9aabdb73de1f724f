"""How often one visitor may save: generous for people and our own script, too slow to fill a disk.

Counted in the memory of each process, because counting in the database would cost every save three statements more.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Hashable

from flask import Flask, current_app

from selfcheck.web.http.errors import TooFast

SAVES = (600, 600)
"""So many within so many seconds."""
MOST_REMEMBERED = 5_000
KEY = "selfcheck.pace"


class Pace:
    """Counts by key. What it remembers is bounded: the key that was not met for the longest time goes first."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._met: OrderedDict[Hashable, deque[float]] = OrderedDict()

    def count(self, key: Hashable, limit: int, window: int, now: float) -> bool:
        """Whether `key` may go on; what is refused does not count."""
        with self._guard:
            moments = self._met.setdefault(key, deque())
            self._met.move_to_end(key)
            if len(self._met) > MOST_REMEMBERED:
                self._met.popitem(last=False)
            while moments and moments[0] <= now - window:
                moments.popleft()
            if len(moments) >= limit:
                return False
            moments.append(now)
            return True


def register(app: Flask) -> None:
    app.extensions[KEY] = Pace()


def count_save(grant_id: int) -> None:
    """Counts something that this grant sends; raises `TooFast` beyond `SAVES`."""
    _count(("grant", grant_id))


def count_account(account_id: int) -> None:
    """Counts something that this account sends, likewise."""
    _count(("account", account_id))


def _count(key: Hashable) -> None:
    pace: Pace = current_app.extensions[KEY]
    if current_app.config["THROTTLE"] and not pace.count(key, *SAVES, time.monotonic()):
        raise TooFast
