"""First come, first served for writers of one SQLite file, across threads and processes.

SQLite alone lets waiting writers poll: one of them may wait very long. Correctness never rests on this queue.
"""

from __future__ import annotations

import fcntl
import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock


class WriteQueue:
    """Threads of one process take turns in the order in which they came, processes alternate.

    Of the two locked files the first is held only while waiting for the second: so a process that has just
    written cannot overtake another one that already waits. The system frees both when a process dies.
    """

    def __init__(self, database: Path) -> None:
        self._files = (Path(f"{database}-queue"), Path(f"{database}-turn"))
        self._guard = Lock()
        self._waiting: deque[Lock] = deque()
        self._taken = False
        self._opened: tuple[int, int] | None = None
        self._process = os.getpid()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Waits until this thread is next and holds its turn."""
        self._stand_in_line()
        try:
            held = self._wait_for_others()
            try:
                yield
            finally:
                if held is not None:
                    fcntl.flock(held, fcntl.LOCK_UN)
        finally:
            self._call_next()

    def _wait_for_others(self) -> int | None:
        """The file that is locked now; None where there can be none: then the database says what is wrong."""
        try:
            queue, turn = self._open()
            fcntl.flock(queue, fcntl.LOCK_EX)
            try:
                fcntl.flock(turn, fcntl.LOCK_EX)
            finally:
                fcntl.flock(queue, fcntl.LOCK_UN)
        except OSError:
            return None
        return turn

    def _stand_in_line(self) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        mine.acquire()

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
