"""Documents are written one at a time, in whatever room somebody asks for one."""

from __future__ import annotations

import threading
import time

import pytest
from flask import Flask

from selfcheck.web.http.load import writing
from tests.web.world import World


def test_one_is_written_at_a_time(app: Flask) -> None:
    here, most = [0], [0]
    counting = threading.Lock()

    def write() -> int:
        with counting:
            here[0] += 1
            most[0] = max(most[0], here[0])
        time.sleep(0.02)
        with counting:
            here[0] -= 1
        return 1

    def ask() -> None:
        with app.app_context():
            made.append(writing.in_turn(write))

    made: list[int] = []
    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (made, most) == ([1] * 6, [writing.AT_ONCE])


@pytest.mark.parametrize(
    "address", ["dokumente/bericht.docx", "dokumente/dokumentationstabelle.xlsx", "fragen-excel/fragen.xlsx"]
)
def test_every_document_waits_for_its_turn(world: World, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    visitor, turn = world.visit("coordinator"), threading.BoundedSemaphore(1)
    monkeypatch.setitem(world.app.extensions, writing.KEY, turn)
    turn.acquire()
    timer = threading.Timer(0.3, turn.release)
    timer.start()
    began = time.monotonic()
    assert visitor.client.get(f"/selbstcheck/{world.check_id}/{address}").status_code == 200
    assert time.monotonic() - began >= 0.25
    timer.join()
