"""What comes in with a request: read whole within a deadline, and counted before anything takes it apart.

A body that trickles in would hold a thread for as long as its sender likes, and a thread that reads cannot be called
back. So another one reads; the one that is to answer stops waiting, and only some of them may wait at all.
"""

from __future__ import annotations

import threading
from io import BytesIO
from typing import IO, TYPE_CHECKING

from flask import Flask, request
from werkzeug.exceptions import BadRequest, ClientDisconnected, RequestEntityTooLarge, RequestTimeout
from werkzeug.wsgi import get_content_length

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

SOON = 0.25
"""Seconds within which a body is there with everybody who is not slow."""
LONGEST_WAIT = 20.0
MOST_READ = 500
"""Bodies that one process reads at once: a slow one goes on until its sender hangs up, though nobody waits for it."""
MOST_FIELDS = 10_000
"""Of one form; the longest page has some 2,000."""
FILES = frozenset({"file"})
"""The fields that take a file; no other part of a form may be one."""
PARTS = "multipart/form-data"


def register(app: Flask) -> None:
    """Before anything else looks into a request. Half of the `THREADS` of `app` may wait for slow ones."""
    app.before_request(Gate(app.config["THREADS"] // 2, app.config["MAX_CONTENT_LENGTH"]).take_in)


class Gate:
    """Lets bodies in; `most_slow` threads may wait for those that are not there at once."""

    def __init__(self, most_slow: int, longest: int) -> None:
        self._waiting = threading.BoundedSemaphore(max(1, most_slow))
        self._reading = threading.BoundedSemaphore(MOST_READ)
        self._longest = longest

    def take_in(self) -> None:
        """Puts the whole body where the form is read from.

        Raises `RequestTimeout`, `RequestEntityTooLarge` or `BadRequest`; then nobody reads it any more.
        """
        environ: WSGIEnvironment = request.environ
        length = get_content_length(environ)
        if not length and not environ.get("HTTP_TRANSFER_ENCODING"):
            return
        if length is not None and length > self._longest:
            _leave_unread(environ)
            raise RequestEntityTooLarge
        try:
            body = self._read(environ["wsgi.input"], self._longest + 1 if length is None else length)
        finally:
            _leave_unread(environ)
        if length is not None and len(body) < length:
            raise ClientDisconnected
        refuse_many(request.mimetype, body, self._longest)
        environ |= {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        if request.mimetype == PARTS:
            refuse_odd_parts()

    def _read(self, source: IO[bytes], most: int) -> bytes:
        if not self._reading.acquire(blocking=False):
            raise RequestTimeout
        arrival = Arrival(source, most, self._reading)
        if arrival.there.wait(SOON):
            return arrival.get()
        if not self._waiting.acquire(blocking=False):
            raise RequestTimeout
        try:
            arrival.there.wait(LONGEST_WAIT)
        finally:
            self._waiting.release()
        return arrival.get()


class Arrival:
    """A body that a thread of its own reads; it gives back its `place` among them."""

    def __init__(self, source: IO[bytes], most: int, place: threading.BoundedSemaphore) -> None:
        self.there = threading.Event()
        self._place = place
        self._body: bytes | None = None
        threading.Thread(target=self._read, args=(source, most), name="body", daemon=True).start()

    def get(self) -> bytes:
        """Raises `RequestTimeout` where it is not there, `ClientDisconnected` where it will never be."""
        if not self.there.is_set():
            raise RequestTimeout
        if self._body is None:
            raise ClientDisconnected
        return self._body

    def _read(self, source: IO[bytes], most: int) -> None:
        pieces, left = [], most
        try:
            while left > 0 and (piece := source.read(left)):
                pieces.append(piece)
                left -= len(piece)
            self._body = b"".join(pieces)
        except (OSError, ValueError, RuntimeError):  # whoever sent it is gone
            self._body = None
        finally:
            self._place.release()
            self.there.set()


def refuse_many(kind: str, body: bytes, longest: int) -> None:
    """Raises `RequestEntityTooLarge` for a body or a form with more fields than any page has."""
    if len(body) > longest or (kind != PARTS and body.count(b"&") >= MOST_FIELDS):
        raise RequestEntityTooLarge


def refuse_odd_parts() -> None:
    """Raises `BadRequest` for a part without a name, and for a file where no field takes one."""
    if None in request.form or not FILES.issuperset(request.files):
        raise BadRequest


def _leave_unread(environ: WSGIEnvironment) -> None:
    """Whoever looks for a form finds none, and a response does not wait for the rest of it."""
    environ |= {"wsgi.input": BytesIO(), "CONTENT_LENGTH": "0", "wsgi.input_terminated": True}
    environ.pop("HTTP_TRANSFER_ENCODING", None)
