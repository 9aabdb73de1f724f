"""What comes in with a request: read whole before a page begins, and counted before anything takes it apart.

A body that trickles in holds the thread that reads it for as long as its sender likes: the server knows no deadline,
and hands bodies to no other thread. So only some threads read at a time, and the others go on answering.
"""

from __future__ import annotations

import errno
import logging
import threading
from collections.abc import Callable
from contextlib import ExitStack
from functools import cached_property
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, TypeVar, cast

from flask import Flask, Request, current_app, request
from werkzeug.exceptions import BadRequest, ClientDisconnected, RequestEntityTooLarge, ServiceUnavailable
from werkzeug.wsgi import get_content_length

from selfcheck.store.database.transactions import look_again
from selfcheck.web.http.errors import Crowded

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

log = logging.getLogger(__name__)
PATIENCE = 0.2
"""Seconds that a body waits until another one is read; where nobody is slow, none waits."""
READERS_OF_TWO = 1
"""Of two threads so many may read bodies."""
MOST_FIELDS = 10_000
"""Of one form; the longest page has some 2,000."""
FILES = frozenset({"file"})
"""The fields that take a file; no other part of a form may be one."""
PARTS = "multipart/form-data"
LONGEST_KIND = 300
"""Letters that say what a body is; what parts it stands there too, and a pattern is made of that."""
LONG_OF_THREADS = 8
"""Of so many threads one may read a long body; it lies on the disk then, never in memory."""
MOST_LONG_PARTS = 1_000
LONGEST_LONG_FIELD = 256 * 1024
"""Bytes of the fields beside the file of a long body, and of what parts of it say of themselves."""
IN_MEMORY = 256 * 1024
DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
TAKES = "takes_long"
LONGEST_HEADS = 300_000
"""Bytes of what parts of a form say of themselves, all in all: as many parts as a form may have, with long names."""


View = TypeVar("View", bound=Callable[..., object])


class RoomyRequest(Request):
    """A request whose files lie in the data folder: what the system keeps for temporary files may be memory."""

    @cached_property
    def _made(self) -> ExitStack:
        return ExitStack()

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return self._made.enter_context(_make_file())

    def close(self) -> None:
        """Whatever became of them: a file that broke off in the middle is none of the request's."""
        super().close()
        self._made.close()


def _make_file() -> IO[bytes]:
    return cast(IO[bytes], SpooledTemporaryFile(max_size=IN_MEMORY, dir=str(current_app.config["DATA"])))


def takes_long(admit: Callable[..., int]) -> Callable[[View], View]:
    """Lets a view take longer bodies than others: as many bytes as `admit` says, which gets what the view gets.

    It is asked before any of the body is read, and refuses whoever may not send anything: like a view, by raising.
    """

    def mark(view: View) -> View:
        setattr(view, TAKES, admit)
        return view

    return mark


def register(app: Flask) -> None:
    """Before anything else looks into a request."""
    threads = app.config["THREADS"]
    gate = Gate(threads * READERS_OF_TWO // 2, app.config["MAX_CONTENT_LENGTH"], threads // LONG_OF_THREADS)
    app.request_class = RoomyRequest
    app.before_request(gate.take_in)


class Gate:
    """Lets in bodies of at most `longest` bytes; `readers` threads read at a time, `long_readers` longer ones."""

    def __init__(self, readers: int, longest: int, long_readers: int = 1) -> None:
        self._reading = threading.BoundedSemaphore(max(1, readers))
        self._reading_long = threading.BoundedSemaphore(max(1, long_readers))
        self._longest = longest

    def take_in(self) -> None:
        """Puts the whole body where the form is read from.

        Raises `Crowded`, `RequestEntityTooLarge` or `BadRequest`; then nobody reads it any more.
        """
        environ: WSGIEnvironment = request.environ
        length = get_content_length(environ)
        if not length and not environ.get("HTTP_TRANSFER_ENCODING"):
            return
        source: IO[bytes] = environ["wsgi.input"]
        # until it is let in, whoever looks for a form finds none, and no answer waits for the rest of it
        environ |= {"wsgi.input": BytesIO(), "CONTENT_LENGTH": "0", "wsgi.input_terminated": True}
        environ.pop("HTTP_TRANSFER_ENCODING", None)
        if len(environ.get("CONTENT_TYPE", "")) > LONGEST_KIND:
            raise BadRequest
        if length is not None and length > self._longest:
            self._take_long(source, length)
            return
        body = self._read(source, self._longest + 1 if length is None else length)
        if length is not None and len(body) < length:
            raise ClientDisconnected
        refuse_many(request.mimetype, body, self._longest)
        if request.mimetype == PARTS:
            refuse_long_heads(request.mimetype_params.get("boundary", ""), body)
        environ |= {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        if request.mimetype == PARTS:
            refuse_odd_parts()

    def _take_long(self, source: IO[bytes], length: int) -> None:
        """Reads a form with a file from the line onto the disk, where its view takes one."""
        admit = getattr(current_app.view_functions.get(request.endpoint or ""), TAKES, None)
        if admit is None or request.mimetype != PARTS or length > admit(**(request.view_args or {})):
            raise RequestEntityTooLarge
        if not self._reading_long.acquire(timeout=PATIENCE):
            raise Crowded
        look_again()  # a body may come slowly, and nobody's read stays open meanwhile
        request.environ |= {"wsgi.input": source, "CONTENT_LENGTH": str(length)}
        del request.environ["wsgi.input_terminated"]  # its length says where it ends
        request.max_content_length, request.max_form_parts = length, MOST_LONG_PARTS
        request.max_form_memory_size = LONGEST_LONG_FIELD
        try:
            refuse_odd_parts()
        except (OSError, ValueError) as error:  # whoever sent it is gone
            raise ClientDisconnected from error
        finally:
            self._reading_long.release()

    def _read(self, source: IO[bytes], most: int) -> bytes:
        if not self._reading.acquire(timeout=PATIENCE):
            raise Crowded
        pieces, left = [], most
        try:
            while left > 0 and (piece := source.read(left)):
                pieces.append(piece)
                left -= len(piece)
        except (OSError, ValueError) as error:  # whoever sent it is gone
            raise ClientDisconnected from error
        finally:
            self._reading.release()
        return b"".join(pieces)


def refuse_many(kind: str, body: bytes, longest: int) -> None:
    """Raises `RequestEntityTooLarge` for a body or a form with more fields than any page has."""
    if len(body) > longest or (kind != PARTS and body.count(b"&") >= MOST_FIELDS):
        raise RequestEntityTooLarge


def refuse_long_heads(boundary: str, body: bytes) -> None:
    """Raises `BadRequest` where parts say more of themselves than any browser does: reading that is dear."""
    if not boundary:
        return
    _, *parts = body.split(f"--{boundary}".encode(errors="replace"))
    ends = (part.find(b"\r\n\r\n") for part in parts)
    if sum(len(part) if end < 0 else end for part, end in zip(parts, ends, strict=True)) > LONGEST_HEADS:
        raise BadRequest


def refuse_odd_parts() -> None:
    """Raises `BadRequest` for a part without a name, and for a file where no field takes one; `ServiceUnavailable`
    where the disk has no room for that file.
    """
    try:
        odd = None in request.form or not FILES.issuperset(request.files)
    except OSError as error:
        if error.errno not in DISK_FULL:
            raise
        log.error("A file that was sent could not be put down: %s", error.strerror)
        raise ServiceUnavailable from error
    if odd:
        raise BadRequest
