"""What no browser sends: the server answers, shows nothing of its inside, and goes on."""

from __future__ import annotations

import socket
from contextlib import ExitStack

import pytest

from tests.browser.server import Server

HOST = b"Host: 127.0.0.1\r\nConnection: close\r\n\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
POST = b"POST /selbstcheck/neu HTTP/1.1\r\n"
OPEN = b"GET /hilfe HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
REQUESTS = {
    "broken percent-encoding": b"GET /%zz%f HTTP/1.1\r\n" + HOST,
    "half a percent": b"GET /fragen% HTTP/1.1\r\n" + HOST,
    "no UTF-8": b"GET /selbstcheck/%ff%fe/ergebnis?x=%ff HTTP/1.1\r\n" + HOST,
    "raw bytes": b"GET /\xff\xfe\x80 HTTP/1.1\r\n" + HOST,
    "nul": b"GET /\x00 HTTP/1.1\r\n" + HOST,
    "other host": b"GET http://boese.example/ HTTP/1.1\r\n" + HOST,
    "out of the folder": b"GET /static/../../../etc/passwd HTTP/1.1\r\n" + HOST,
    "long address": b"GET /" + b"x" * 50_000 + b" HTTP/1.1\r\n" + HOST,
    "long query": b"GET /ihk?kreis=" + b"9" * 50_000 + b" HTTP/1.1\r\n" + HOST,
    "long header": b"GET / HTTP/1.1\r\nX-Lang: " + b"y" * 100_000 + b"\r\n" + HOST,
    "many headers": b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: 1\r\n" % number for number in range(500)) + HOST,
    "broken cookie": b"GET /selbstchecks HTTP/1.1\r\nCookie: selfcheck=\xff\x00; ===; \x01\r\n" + HOST,
    "foreign cookie": b"GET /selbstchecks HTTP/1.1\r\nCookie: selfcheck=eyJncmFudHMiOlsxXX0.x.y\r\n" + HOST,
    "unknown method": b"BREW /hilfe HTTP/1.1\r\n" + HOST,
    "no method": b"\r\n\r\n",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "old HTTP": b"GET / HTTP/1.0\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
    "strange host": b'GET /selbstcheck/neu HTTP/1.1\r\nHost: "<x>\r\nConnection: close\r\n\r\n',
    "body shorter than said": POST + FORM + b"Content-Length: 999\r\n" + HOST + b"a=b",
    "negative length": POST + FORM + b"Content-Length: -5\r\n" + HOST,
    "length that is no number": POST + FORM + b"Content-Length: viel\r\n" + HOST,
    "two lengths": b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n" + HOST + b"ab",
    "broken chunks": b"POST /selbstcheck/neu HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
    + HOST
    + b"zz\r\nabc\r\n0\r\n\r\n",
    "surrogates in a form": b"POST /selbstcheck/neu HTTP/1.1\r\n"
    + FORM
    + b"Content-Length: 24\r\n"
    + HOST
    + b"municipality=%ED%A0%80&a=",
}
SILENT = {"no method", "no HTTP", "body shorter than said"}
"""The server may wait for more, or hang up without a word."""


@pytest.mark.parametrize("name", REQUESTS)
def test_odd_requests_do_no_harm(server: Server, name: str) -> None:
    answer = send(server.port, REQUESTS[name])
    assert answer or name in SILENT
    if answer:
        status = int(answer.split(b" ", 2)[1])
        assert status < 500, answer[:300]
    assert b"Traceback" not in answer
    assert send(server.port, b"GET /healthz HTTP/1.1\r\n" + HOST).startswith(b"HTTP/1.1 200")


def test_nothing_of_this_reaches_the_log_as_a_crash(server: Server) -> None:
    for request in REQUESTS.values():
        send(server.port, request)
    assert "Traceback" not in server.read_log()
    assert "panicked" not in server.read_log()


def test_a_large_body_is_refused_before_it_is_read(server: Server) -> None:
    announced = POST + FORM + b"Content-Length: 900000000\r\n" + HOST
    assert send(server.port, announced + b"a=" + b"x" * 1000).startswith(b"HTTP/1.1 413")


def test_slow_visitors_keep_nobody_waiting(server: Server) -> None:
    with ExitStack() as slow:
        for request in [POST + FORM + b"Host: 127.0.0.1\r\nContent-Length: 999\r\n\r\na=b"] * 10 + [OPEN] * 5:
            connection = slow.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=2))
            connection.sendall(request)
        for _ in range(5):
            assert send(server.port, b"GET /healthz HTTP/1.1\r\n" + HOST).startswith(b"HTTP/1.1 200")


def send(port: int, request: bytes) -> bytes:
    """The answer to raw bytes, or nothing if there is none within two seconds."""
    received = b""
    with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
        try:
            connection.sendall(request)
            while chunk := connection.recv(65536):
                received += chunk
        except OSError:
            return received
    return received
