"""What happens around the pages: workers that die, slow lines, missing files, an end in good order."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.browser.prepared import Preparing
from tests.browser.server import ROOT, Server
from tests.browser.test_raw_requests import FORM, HOST, POST, send
from tests.web.world import COOKIE

StartServer = Callable[..., Server]
PAGE = b"GET /hilfe HTTP/1.1\r\n" + HOST
TRICKLE = POST + FORM + b"Host: 127.0.0.1\r\nContent-Length: 999\r\n\r\na=b"
CRASH_LOOP = 6
"""Seconds within which the server takes a second death of a worker for one of many."""


def find_workers(server: Server) -> list[int]:
    """The processes that the server started and that serve."""
    assert server.process is not None
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(server.process.pid)], capture_output=True, text=True)
    return [int(pid) for pid in listed.stdout.split()]


def expect_pages(port: int, within: float = 20) -> None:
    """Pages can be had again, several times in a row."""
    until, good = time.monotonic() + within, 0
    while good < 5:
        assert time.monotonic() < until, "no page any more"
        try:
            good = good + 1 if send(port, PAGE).startswith(b"HTTP/1.1 200") else 0
        except OSError:
            good = 0
            time.sleep(0.1)


def test_a_worker_that_dies_is_replaced(own_server: StartServer) -> None:
    server = own_server()
    before = find_workers(server)
    assert len(before) >= 2
    os.kill(before[-1], signal.SIGKILL)
    expect_pages(server.port)
    until = time.monotonic() + 20
    while len(set(find_workers(server)) - {before[-1]}) < len(before):
        assert time.monotonic() < until, "nobody took the place of the dead worker"
        time.sleep(0.1)
    assert server.process is not None
    assert server.process.poll() is None
    time.sleep(CRASH_LOOP)  # what comes later is no loop


@contextmanager
def hold(port: int, request: bytes, number: int) -> Iterator[list[socket.socket]]:
    """So many clients that send this and read nothing."""
    with ExitStack() as stack:
        lines = []
        for _ in range(number):
            line = stack.enter_context(socket.socket())
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.connect(("127.0.0.1", port))
            line.sendall(request)
            lines.append(line)
        yield lines


def test_more_slow_bodies_than_threads_keep_nobody_waiting(own_server: StartServer) -> None:
    server = own_server(SELFCHECK_WORKERS="1", SELFCHECK_THREADS="4")
    with hold(server.port, TRICKLE, 12):
        time.sleep(2)
        for _ in range(5):
            assert send(server.port, PAGE).startswith(b"HTTP/1.1 200")


def test_more_slow_readers_than_threads_keep_nobody_waiting(own_server: StartServer, prepare: Preparing) -> None:
    server = own_server(SELFCHECK_WORKERS="1", SELFCHECK_THREADS="4")
    town = prepare(server)
    fill_history(server.data / "selfcheck.sqlite3")
    cookie = town.visitor.client.get_cookie(COOKIE, domain="127.0.0.1")
    assert cookie is not None
    head = f"Host: 127.0.0.1\r\nCookie: {COOKIE}={cookie.value}\r\n\r\n"
    for address in (f"{town.begun.root}/dokumente/alle-daten.json", "/fragen"):
        with hold(server.port, f"GET {address} HTTP/1.1\r\n{head}".encode(), 12):
            time.sleep(2)
            for _ in range(5):
                assert send(server.port, PAGE).startswith(b"HTTP/1.1 200"), address
    export = f"GET {town.begun.root}/dokumente/alle-daten.json HTTP/1.1\r\nConnection: close\r\n{head}".encode()
    until = time.monotonic() + 30
    while not (answer := send(server.port, export)).startswith(b"HTTP/1.1 200"):
        assert time.monotonic() < until, "whoever hung up still holds a place"
        time.sleep(0.2)
    assert len(answer) > 10_000_000


def fill_history(file: Path) -> None:
    """So much that no socket takes it at once."""
    with sqlite3.connect(file) as database:
        row = database.execute("SELECT check_id, part, subject, by, at FROM change LIMIT 1").fetchone()
        long = '"' + "x" * 100_000 + '"'
        statement = "INSERT INTO change (check_id, part, subject, by, at, after) VALUES (?, ?, ?, ?, ?, ?)"
        database.executemany(statement, [(*row, long)] * 120)
    database.close()


def test_the_end_leaves_everything_in_the_one_file(own_server: StartServer, prepare: Preparing) -> None:
    server = own_server()
    prepare(server)
    prepare.close()
    server.stop()
    journal = server.data / "selfcheck.sqlite3-wal"
    assert not journal.exists() or not journal.stat().st_size


def start(data: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """A server that has to end by itself."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SELFCHECK_", "FLASK_"))}
    command = [sys.executable, "-m", "selfcheck.serve"]
    given = kept | {"SELFCHECK_DATA": str(data), "PORT": "18999"} | environ
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, timeout=60, check=False)


def test_a_server_without_its_database_does_not_start(tmp_path: Path) -> None:
    (tmp_path / "selfcheck.sqlite3-queue").touch()
    ended = start(tmp_path)
    assert ended.returncode == 2
    assert "fehlt, obwohl es sie schon gab" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (tmp_path / "selfcheck.sqlite3").exists()


@pytest.mark.parametrize(("host", "told"), [("0.0.0.0", True), ("127.0.0.1", False)])
def test_whoever_opens_the_server_to_others_reads_what_belongs_before_it(
    own_server: StartServer, host: str, told: bool
) -> None:
    server = own_server(HOST=host)
    assert ("Davor gehört ein Webserver mit https" in server.read_log()) is told


def test_every_way_of_starting_keeps_the_database_to_its_owner(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    code = "import os; os.umask(0o022); import wsgi; wsgi.app.test_client().get('/healthz')"
    environ = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environ["SELFCHECK_DATA"] = str(tmp_path)
    flask = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
    for command in (flask, [sys.executable, "-c", code]):
        subprocess.run(["sh", "-c", 'umask 022; exec "$@"', "sh", *command], cwd=ROOT, env=environ, check=True)
        files = [file for file in tmp_path.iterdir() if file.is_file()]
        assert files
        assert {file.name for file in files if file.stat().st_mode & 0o077} == set()
