"""First come, first served for writers of one SQLite file, across threads and processes, and nobody waits for ever.

SQLite alone lets waiting writers poll: one of them may wait very long. Correctness never rests on this queue.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from selfcheck.store.database.sqlite_file import QUEUE, TURN

SHORTEST_NAP, LONGEST_NAP = 0.0005, 0.005
"""Seconds between two looks at a file that another process holds."""


class Busy(Exception):
    """Somebody else writes for longer than there is time to wait, or too many wait already."""


class WriteQueue:
    """Threads of one process take turns in the order in which they came, processes alternate.

    Of the two locked files the first is held only while waiting for the second: so a process that has just
    written cannot overtake another one that already waits. The system frees both when a process dies.

    No more than `most_waiting` threads of this process wait: the others answer pages that write nothing.
    """

    def __init__(self, database: Path, most_waiting: int = 12) -> None:
        self._files = (Path(f"{database}{QUEUE}"), Path(f"{database}{TURN}"))
        self._most_waiting = most_waiting
        self._guard = Lock()
        self._waiting: deque[Lock] = deque()
        self._taken = False
        self._opened: tuple[int, int] | None = None
        self._process = os.getpid()

    @contextmanager
    def turn(self, patience: float = 15.0) -> Iterator[None]:
        """Waits until this thread is next and holds its turn. Raises `Busy` after `patience` seconds."""
        until = time.monotonic() + patience
        self._stand_in_line(until)
        try:
            held = self._wait_for_others(until)
            try:
                yield
            finally:
                if held is not None:
                    fcntl.flock(held, fcntl.LOCK_UN)
        finally:
            self._call_next()

    def _wait_for_others(self, until: float) -> int | None:
        """The file that is locked now; None where there can be none: then the database says what is wrong."""
        try:
            queue, turn = self._open()
            _lock(queue, until)
            try:
                _lock(turn, until)
            finally:
                fcntl.flock(queue, fcntl.LOCK_UN)
        except OSError:
            return None
        return turn

    def _stand_in_line(self, until: float) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            if len(self._waiting) >= self._most_waiting:
                raise Busy
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=max(0.0, until - time.monotonic())):
            return
        with self._guard:
            if mine in self._waiting:
                self._waiting.remove(mine)
                raise Busy
        # it was called in the very last moment, and has its turn

    def _call_next(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False

    def _open(self) -> tuple[int, int]:
        """Files opened by this very process: after a fork, parent and child would share one lock."""
        if self._opened is None or self._process != os.getpid():
            queue, turn = (os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600) for file in self._files)
            self._opened, self._process = (queue, turn), os.getpid()
        return self._opened


def _lock(file: int, until: float) -> None:
    """Raises `Busy` where another process holds `file` until then."""
    nap = SHORTEST_NAP
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= until:
                raise Busy from None
        time.sleep(nap)
        nap = min(nap * 2, LONGEST_NAP)
