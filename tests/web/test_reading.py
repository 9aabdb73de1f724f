"""Opening pages writes at most once per visitor, object and hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from selfcheck.web.http import clock
from tests.web.routes import PAGES, ROUTES, address_of
from tests.web.statements import listen
from tests.web.world import World

WRITES = {"sharing.report": 2, "questions.criterion": 2, "reply.overview": 2}
"""The read log, or that a Rückfrage was read for the first time, and the visit, in one transaction; everywhere else the
visit alone."""
SIGNED_IN = ("coordinator",)
"""With an account: their session is another object, which was there too."""
HOUR = timedelta(minutes=61)
VISITORS = ("owner", "coordinator", "colleague", "office", "reader")
CASES = [(name, endpoint) for endpoint in PAGES for name in VISITORS if ROUTES["GET", endpoint][name] == 200]


def count_writes(world: World, name: str, address: str, times: int) -> int:
    """How many rows are written by opening `address` so often in a row."""
    with listen(world.app) as sent:
        visitor = world.visit(name)
        for _ in range(times):
            visitor.open(address)
    return sum(not statement.lstrip().upper().startswith(("SELECT", "PRAGMA")) for statement in sent)


@pytest.mark.parametrize(("name", "endpoint"), CASES)
def test_opening_a_page_again_writes_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, name: str, endpoint: str
) -> None:
    address = address_of(world, endpoint)
    once = count_writes(world, name, address, 1)
    assert count_writes(world, name, address, 3) == once, "within the hour only the first look is written down"

    later = datetime.now(UTC) + HOUR
    monkeypatch.setattr(clock, "now", lambda: later)
    once = count_writes(world, name, address, 1)
    assert once <= WRITES.get(endpoint, 1) + (name in SIGNED_IN)
    assert count_writes(world, name, address, 3) == once


@pytest.mark.parametrize("endpoint", ["questions.criterion", "reply.overview"])
def test_that_a_query_was_read_is_written_once_and_not_every_hour(
    world: World, monkeypatch: pytest.MonkeyPatch, endpoint: str
) -> None:
    world.visit("owner").open(address_of(world, endpoint))
    later = datetime.now(UTC) + HOUR
    monkeypatch.setattr(clock, "now", lambda: later)
    with listen(world.app) as sent:
        world.join("owner").open(address_of(world, endpoint))
    assert [each for each in sent if each.lstrip().upper().startswith("UPDATE THREAD")] == []
