"""Documents that many fetch at once, and slowly, stop nobody from saving and reading; no worker grows by them."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import flask_migrate
import pytest
from flask import Flask

from benchmarks.load import Answer, Line, get, post
from benchmarks.servers import find_workers, read_memory
from selfcheck.app import create_app
from selfcheck.store.database.transactions import add_migrations, db, let_go
from tests import towns
from tests.browser.server import Server
from tests.web.documents import sent_files
from tests.web.page import Visitor, begin, fill
from tests.web.world import COOKIE

MEGABYTE = 1024 * 1024
FILES = 8
LARGEST = 24 * MEGABYTE
"""Of each file; together they are more than a worker may hold."""
MOST_MEMORY = 160
AT_ONCE = 5.0
"""Seconds, wide: without a reader it takes some hundredths."""
READERS, PER_SECOND = 10, 10_000
WATCHED = 5.0
PDFS = 5
CRITERION = towns.questionnaire().criteria[0]
NOTE = f"{CRITERION.questions[0].id}.note"


@dataclass(frozen=True)
class Town:
    """A filled self-check with large files, and what the browser of its owner sends along."""

    address: str
    headers: dict[str, str]

    @property
    def binder(self) -> bytes:
        return get(f"{self.address}/dokumente/nachweisordner.zip", self.headers)

    @property
    def report(self) -> bytes:
        return get(f"{self.address}/dokumente/bericht.pdf", self.headers)


@pytest.fixture
def beside(tmp_path: Path) -> Iterator[Flask]:
    """An application on the data of the server."""
    app = create_app({"SELFCHECK_DATA": str(tmp_path), "SELFCHECK_THROTTLE": "0"})
    app.extensions["catalogue"] = towns.catalogue()
    with app.app_context():
        add_migrations(app)
        flask_migrate.upgrade()
    yield app
    with app.app_context():
        let_go()
        db.engine.dispose()


@pytest.fixture
def server(beside: Flask, tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path, SELFCHECK_THROTTLE="0")
    yield running
    running.stop()


@pytest.fixture
def town(server: Server, beside: Flask) -> Town:
    owner = Visitor(beside.test_client(), server.address)
    check_id = begin(owner)
    fill(owner, check_id, towns.sample().answers)
    for number, piece in enumerate(list(sent_files.pieces(beside))[:FILES]):
        sent_files.send(beside, piece, bytes([number]) * LARGEST, f"Konzept {number}.pdf")
    csrf = owner.open("/selbstcheck/neu").value("csrf_token")
    cookie = owner.client.get_cookie(COOKIE, domain="127.0.0.1")
    assert cookie is not None
    headers = {"X-CSRFToken": csrf, "Cookie": f"{COOKIE}={cookie.value}"}
    return Town(f"/selbstcheck/{check_id}", headers)


@pytest.mark.alone
def test_slow_readers_of_a_large_folder_stop_nobody(server: Server, town: Town) -> None:
    whole = _ask(server, town.binder)
    assert (whole.status, len(whole.body) > FILES * LARGEST) == (200, True)
    with ExitStack() as open_readers:
        readers = [open_readers.enter_context(closing(_Reader(server.port, town.binder))) for _ in range(READERS)]
        for reader in readers:
            reader.start()
        _work(server, town)
        assert all(0 < reader.received < MEGABYTE for reader in readers), "they read, and slowly"
        _check_memory(server)
    assert [_ask(server, town.report).status for _ in range(READERS)] == [200] * READERS, "nobody is waited for"
    _check_memory(server)
    assert "Traceback" not in server.read_log()


@pytest.mark.alone
def test_five_reports_at_once_come_and_stop_nobody(server: Server, town: Town) -> None:
    answers: list[Answer] = []
    readers = [Thread(target=lambda: answers.append(_ask(server, town.report))) for _ in range(PDFS)]
    for reader in readers:
        reader.start()
    _work(server, town)
    for reader in readers:
        reader.join()
    assert [answer.status for answer in answers] == [200] * PDFS
    assert len({answer.body for answer in answers}) == 1, "all show one Stand"
    _check_memory(server)


class _Reader(Thread):
    """Somebody with a bad line: takes so many bytes in a second, and no more wait on the way.

    The folder has begun to come when it is made.
    """

    def __init__(self, port: int, request: bytes) -> None:
        super().__init__(daemon=True)
        self.received = 0
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, PER_SECOND)
        self.socket.connect(("127.0.0.1", port))
        self.socket.sendall(request)
        assert self.socket.recv(PER_SECOND // 10).startswith(b"HTTP/1.1 200")

    def run(self) -> None:
        try:
            while piece := self.socket.recv(PER_SECOND // 10):
                self.received += len(piece)
                time.sleep(0.1)
        except OSError:  # it was closed
            return

    def close(self) -> None:
        self.socket.close()


def _ask(server: Server, request: bytes) -> Answer:
    line = Line(server.port)
    try:
        return line.ask(request)
    finally:
        line.close()


def _work(server: Server, town: Town) -> None:
    """Saves and reads for a while, each time over a new connection, so that it meets every worker."""
    address, until = f"{town.address}/fragen/{CRITERION.id}", time.monotonic() + WATCHED
    shown = _ask(server, get(f"{address}?offen=alle", town.headers))
    found = re.search(rf'name="{re.escape(NOTE)}-version" value="(\d+)"', shown.body.decode())
    assert found is not None
    version, saves = int(found[1]), 0
    while time.monotonic() < until:
        began = time.monotonic()
        fields = {NOTE: f"Erläuterung {saves}", f"{NOTE}-version": str(version), f"{NOTE}-base": ""}
        saved = _ask(server, post(address, fields, town.headers | {"Accept": "application/json"}))
        assert saved.status == 200, saved.body[:300]
        version, saves = json.loads(saved.body)["parts"][NOTE]["version"], saves + 1
        for page in (address, town.address, f"{town.address}/ergebnis"):
            assert _ask(server, get(page, town.headers)).status == 200
        assert time.monotonic() - began < AT_ONCE
    assert saves > 2


def _check_memory(server: Server) -> None:
    assert server.process is not None
    for worker in find_workers(server.process.pid):
        assert read_memory(worker) < MOST_MEMORY
