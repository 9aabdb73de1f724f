"""Requests at full speed over connections that stay open, with as little work on this side as can be.

Plain sockets: a full HTTP client would cost more than the pages it measures.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from threading import Thread
from time import perf_counter
from urllib.parse import urlencode

MakeRequest = Callable[[int], bytes]
"""The bytes of the n-th request of one connection, counted from 0."""
LARGEST_READ = 1 << 18


class BadAnswer(Exception):
    """The server said something else than the benchmark is about; its time would mean nothing."""


@dataclass(frozen=True)
class Load:
    """What one run gave: the seconds of each request, and requests per second over all connections."""

    seconds: tuple[float, ...]
    per_second: float

    @property
    def median(self) -> float:
        return median(self.seconds)

    @property
    def p99(self) -> float:
        return quantiles(self.seconds, n=100)[98]


@dataclass(frozen=True)
class Answer:
    status: int
    head: bytes
    body: bytes


class Line:
    """One open connection to a server on this machine."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> Answer:
        """Sends `request`, reads the whole answer; our servers always say how long it is."""
        self.socket.sendall(request)
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._read()
        head, _, body = received.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n", 1)[0])
        parts, have = [body], len(body)
        while have < length:
            parts.append(self._read())
            have += len(parts[-1])
        return Answer(int(head[9:12]), head, b"".join(parts))

    def close(self) -> None:
        self.socket.close()

    def _read(self) -> bytes:
        received = self.socket.recv(LARGEST_READ)
        if not received:
            raise BadAnswer("the server hung up")
        return received


def get(path: str, headers: Mapping[str, str] | None = None) -> bytes:
    return _request("GET", path, headers or {})


def post(path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None) -> bytes:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    return _request("POST", path, form | dict(headers or {}), urlencode(fields).encode())


def _request(method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    named = {"Host": "127.0.0.1"} | dict(headers) | ({"Content-Length": str(len(body))} if body else {})
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in named.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


def repeat(request: bytes, connections: int) -> list[MakeRequest]:
    """As many visitors who ask the same again and again."""
    return [lambda turn: request] * connections


def run(port: int, visitors: Sequence[MakeRequest], seconds: float) -> Load:
    """Lets every visitor ask again and again over a connection of its own. Raises `BadAnswer` unless all is 200."""
    began = perf_counter()
    runs = [_Run(port, make, began + seconds) for make in visitors]
    for each in runs:
        each.start()
    for each in runs:
        each.join()
    for each in runs:
        if each.failure is not None:
            raise BadAnswer(str(each.failure)) from each.failure
    took = perf_counter() - began
    times = tuple(time for each in runs for time in each.times)
    return Load(times, len(times) / took)


class _Run(Thread):
    def __init__(self, port: int, make: MakeRequest, until: float) -> None:
        super().__init__()
        self.port = port
        self.make = make
        self.until = until
        self.times: list[float] = []
        self.failure: Exception | None = None

    def run(self) -> None:
        try:
            self._ask_until_the_end(Line(self.port))
        except (BadAnswer, OSError, ValueError) as failure:
            self.failure = failure

    def _ask_until_the_end(self, line: Line) -> None:
        sent = 0
        while (began := perf_counter()) < self.until:
            answer = line.ask(self.make(sent))
            self.times.append(perf_counter() - began)
            sent += 1
            if answer.status != 200:
                raise BadAnswer(f"status {answer.status}: {answer.body[:300]!r}")
        line.close()
