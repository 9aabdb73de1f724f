"""How answers go out: whole, so that no thread waits for somebody who reads slowly.

The server takes a whole answer off the thread that made it. Only what is too long to be held in memory goes piece by
piece, and its thread stays with whoever reads it. So the server has some threads more than make answers at a time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import Headers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

WHOLE = 2 * 1024 * 1024
"""Bytes of what comes in pieces; longer are only files of everything that is stored of a self-check."""
BUSY = "Gerade laden schon mehrere diese große Datei herunter. Bitte versuchen Sie es in einigen Minuten noch einmal.\n"


class Sending:
    """`inside` with whole answers: so many `threads` make some at a time, and `most_long` long ones go out beside."""

    def __init__(
        self, inside: WSGIApplication, threads: int, most_long: int, headers: Iterable[tuple[str, str]]
    ) -> None:
        self._inside = inside
        self._answering = threading.BoundedSemaphore(threads)
        self._long = threading.BoundedSemaphore(max(1, most_long))
        self._headers = [("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", "120"), *headers]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with self._answering:
            return self._answer(environ, start_response)

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        begun: list[tuple[str, list[tuple[str, str]]]] = []

        def begin(status: str, headers: list[tuple[str, str]], error: Any = None, /) -> Callable[[bytes], object]:
            begun[:] = [(status, headers)]
            return lambda data: None

        answer = self._inside(environ, begin)
        rest = iter(answer)
        try:
            length = Headers(begun[0][1]).get("Content-Length", 0, int) if begun else 0
            pieces, ended = _begin_reading(rest, length)
        except BaseException:
            _close(answer)
            raise
        if not ended and self._long.acquire(blocking=False):
            start_response(*begun[0])
            return _Long(pieces, rest, answer, self._long)
        _close(answer)
        if not ended:
            begun, pieces = [("503 Service Unavailable", self._headers)], [BUSY.encode()]
        start_response(*begun[0])
        return [b"".join(pieces)]


class _Long:
    """A long answer of which `pieces` are read already; whoever stops reading gives its place back, however."""

    def __init__(
        self, pieces: list[bytes], rest: Iterator[bytes], answer: Iterable[bytes], place: threading.BoundedSemaphore
    ) -> None:
        self._pieces, self._rest, self._answer, self._place = pieces, rest, answer, place
        self._guard = threading.Lock()
        self._open = True

    def __iter__(self) -> Iterator[bytes]:
        try:
            while self._pieces:
                yield self._pieces.pop(0)
            yield from self._rest
        finally:
            self.close()

    def close(self) -> None:
        """Twice is once."""
        with self._guard:
            ended, self._open = not self._open, False
        if not ended:
            self._place.release()
            _close(self._answer)

    def __del__(self) -> None:
        self.close()


def _begin_reading(answer: Iterator[bytes], said: int) -> tuple[list[bytes], bool]:
    """As much as is held in memory, and whether that is all; hardly anything where so much is `said` to come."""
    pieces, length = [], 0
    for piece in answer:
        pieces.append(piece)
        length += len(piece)
        if max(length, said) > WHOLE and len(pieces) > 1:  # one piece is in memory as it is
            return pieces, False
    return pieces, True


def _close(answer: Iterable[bytes]) -> None:
    close: Callable[[], object] | None = getattr(answer, "close", None)
    if close is not None:
        close()
