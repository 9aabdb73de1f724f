"""The power goes while people save: every save that was answered with success is there afterwards."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from selfcheck.core.questionnaire.model import Question
from tests import towns
from tests.browser.prepared import Prepared, Preparing
from tests.browser.server import Server
from tests.web.document import Document
from tests.web.world import COOKIE

ROUNDS = 5
WRITERS = 4
ENOUGH = 12
"""So many answered saves, then the server is killed in the middle of the next ones."""
LONGEST_ROUND = 20
CRITERION = towns.questionnaire().criteria[0]


@dataclass
class Writer:
    """Writes 1, 2, 3 … into the note of one question and remembers the last number that was saved."""

    port: int
    path: str
    cookie: str
    csrf: str
    question: Question
    version: int = 0
    sent: int = 0
    saved: int = 0
    refused: list[str] = field(default_factory=list)

    def write_until(self, stop: threading.Event) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            while not stop.is_set():
                self._write(connection)
        except (OSError, HTTPException):
            return  # the server was killed: what it did not answer does not count
        finally:
            connection.close()

    def _write(self, connection: HTTPConnection) -> None:
        self.sent += 1
        name = f"{self.question.id}.note"
        fields = {
            name: str(self.sent),
            f"{name}-version": str(self.version),
            f"{name}-base": "",
            "csrf_token": self.csrf,
        }
        headers = {
            "Cookie": self.cookie,
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection.request("POST", self.path, urlencode(fields), headers)
        response = connection.getresponse()
        body = response.read()
        if response.status != 200:
            self.refused.append(f"{response.status} {body[:200]!r}")
            raise HTTPException(self.refused[-1])
        self.saved, self.version = self.sent, self.version + 1


def test_no_answered_save_is_lost(own_server: Callable[..., Server], prepare: Preparing) -> None:
    server = own_server()
    town = prepare(server)
    writers = make_writers(server, town)
    for _ in range(ROUNDS):
        kill_while_writing(server, writers)
        server.start()
        compare(town, writers)
    assert not [each for writer in writers for each in writer.refused]
    assert count_saves(writers) >= ROUNDS * ENOUGH


def make_writers(server: Server, town: Prepared) -> list[Writer]:
    path = town.begun.questions(CRITERION)
    csrf = town.visitor.open(path).value("csrf_token")
    cookie = town.visitor.client.get_cookie(COOKIE, domain="127.0.0.1")
    assert cookie is not None
    questions = CRITERION.questions[:WRITERS]
    return [Writer(server.port, path, f"{COOKIE}={cookie.value}", csrf, question) for question in questions]


def kill_while_writing(server: Server, writers: list[Writer]) -> None:
    stop = threading.Event()
    threads = [threading.Thread(target=writer.write_until, args=(stop,)) for writer in writers]
    before = count_saves(writers)
    until = time.monotonic() + LONGEST_ROUND
    for thread in threads:
        thread.start()
    while count_saves(writers) < before + ENOUGH and time.monotonic() < until:
        time.sleep(0.005)
    server.kill()
    stop.set()
    for thread in threads:
        thread.join()


def count_saves(writers: list[Writer]) -> int:
    return sum(writer.saved for writer in writers)


def compare(town: Prepared, writers: list[Writer]) -> None:
    """What stands there is the last answered save, or the one after it, which got no answer any more."""
    page: Document = town.visitor.open(town.begun.questions(CRITERION))
    for writer in writers:
        name = f"{writer.question.id}.note"
        there = int(page.value(name) or 0)
        assert writer.saved <= there <= writer.sent, f"{name}: saved {writer.saved}, there {there}"
        writer.saved = writer.sent = there
        writer.version = int(page.value(f"{name}-version"))
