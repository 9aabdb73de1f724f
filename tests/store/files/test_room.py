"""Quotas hold, also when all come at once; bytes that lie there already take no room again."""

from __future__ import annotations

import threading

import pytest

from selfcheck.store.database import transactions
from selfcheck.store.files import room
from selfcheck.store.files.depot import open_depot
from selfcheck.store.files.room import AllFull, CheckFull
from tests.store.conftest import Store
from tests.store.files.conftest import add_piece, names_on_disk, send

AT_ONCE = 6


def test_a_self_check_has_its_limit(store: Store, piece: int) -> None:
    store.app.config["FILES_PER_CHECK"] = 10
    send(store, piece, b"123456")
    with pytest.raises(CheckFull) as full:
        send(store, piece, b"abcdef")
    assert (full.value.used, full.value.limit) == (6, 10)
    assert len(names_on_disk(store)) == 1
    send(store, add_piece(store, "Beschluss"), b"123456")
    transactions.look_again()
    assert room.measure(transactions.reading(), store.check.id) == 6


def test_all_together_have_theirs_and_the_disk_keeps_a_reserve(store: Store, piece: int) -> None:
    store.app.config["FILES_TOTAL"] = 10
    send(store, piece, b"123456")
    with pytest.raises(AllFull):
        send(store, piece, b"abcdef")
    store.app.config.update(FILES_TOTAL=1000, FILES_RESERVE=2**62)
    with pytest.raises(AllFull):
        send(store, piece, b"abcdef")
    with pytest.raises(AllFull):
        room.refuse_without_reserve(open_depot(), 1)
    assert len(names_on_disk(store)) == 1


def test_the_limit_holds_when_all_come_at_once(store: Store, piece: int) -> None:
    """Of six files there is room for three, whoever is first."""
    store.app.config["FILES_PER_CHECK"] = 3 * 1000
    transactions.let_go()
    refused: list[int] = []
    start = threading.Barrier(AT_ONCE)

    def upload(number: int) -> None:
        with store.app.app_context():
            start.wait()
            try:
                send(store, piece, bytes([number]) * 1000)
            except CheckFull:
                refused.append(number)

    threads = [threading.Thread(target=upload, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 3
    assert store.count_rows("piece_file") == 3
    assert len(names_on_disk(store)) == 3
