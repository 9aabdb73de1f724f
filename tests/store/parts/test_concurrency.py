"""Several people at once: no save is lost, nobody waits for ever, and a broken save leaves nothing behind."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import OperationalError

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.accounts.throttle import throttle
from selfcheck.store.database import transactions
from selfcheck.store.database.write_queue import Busy, WriteQueue
from selfcheck.store.parts.work import Gone
from selfcheck.store.parts.writes import Saved, Unchanged
from selfcheck.store.sharing import shares
from tests import writes
from tests.store.conftest import Store, opened, yes
from tests.store.writer import LINES, SHARED, add_lines

NAMES = ("0", "1", "2", "3", "4", "5")


def test_two_processes_and_their_threads_lose_nothing(
    store: Store, start_process: Callable[..., subprocess.Popen[str]]
) -> None:
    halves = (NAMES[:3], NAMES[3:])
    running = [
        start_process("tests.store.writer", store.url, store.check.public_id, store.secret, *names) for names in halves
    ]
    assert [process.stdout.readline() for process in running] == ["ready\n", "ready\n"]
    for process in running:
        process.stdin.write("\n")
        process.stdin.flush()
    conflicts = [int(process.communicate(timeout=60)[0]) for process in running]
    assert [process.returncode for process in running] == [0, 0]
    expected = {f"{name}-{turn}" for name in NAMES for turn in range(LINES)}
    stored = store.load().stored[SHARED]
    assert set(stored.note.split()) == expected
    assert stored.note_version == len(expected)
    assert all(store.load().stored[QuestionId(f"frage-{name}")].note == name for name in NAMES)
    assert sum(conflicts) > 0, "they never met"


def test_threads_of_one_process_lose_nothing(store: Store) -> None:
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda name: add_lines(store.app, store.check.public_id, store.secret, name), NAMES[:4]))
    assert len(store.load().stored[SHARED].note.split()) == 4 * LINES


def test_a_double_click_at_the_same_moment_begins_one_self_check(store: Store) -> None:
    together = threading.Barrier(4)

    def begin(_: int) -> int:
        with store.app.app_context():
            together.wait()
            begun = store.begin(creation_key="0123456789abcdef")[0].id
            transactions.let_go()
            return begun

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(begin, range(4)))) == 1


def test_a_limit_holds_when_all_come_at_once(store: Store) -> None:
    def attempt(_: int) -> bool:
        with store.app.app_context():
            allowed = throttle("token", "192.0.2.7", 5, 600, store.now)
            transactions.let_go()
            return allowed

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(attempt, range(16))) == 5


def test_a_save_that_breaks_leaves_nothing_behind_and_the_next_one_goes_on(store: Store) -> None:
    class PowerCut(Exception):
        pass

    def break_down() -> None:
        with transactions.writing() as connection:
            connection.execute(text("DELETE FROM self_check"))
            raise PowerCut

    with pytest.raises(PowerCut):
        break_down()
    store.save(yes("leitbild"))
    assert store.load().answers[SHARED].value == "ja"


def test_after_a_transaction_that_could_not_begin_the_next_one_is_one_again(store: Store) -> None:
    def refuse(connection: Connection) -> None:
        raise OperationalError("BEGIN", None, Exception("database is locked"))

    def delete_and_fail() -> None:
        with transactions.writing() as connection:
            connection.execute(text("DELETE FROM answer"))
            raise ValueError("power cut")

    store.save(yes("leitbild"))
    transactions.look_again()
    event.listen(transactions.db.engine, "begin", refuse)
    with pytest.raises(OperationalError):
        delete_and_fail()
    event.remove(transactions.db.engine, "begin", refuse)
    with pytest.raises(ValueError, match="power cut"):
        delete_and_fail()
    assert store.load().answers[SHARED].value == "ja"


def test_writes_inside_another_are_kept_together_or_not_at_all(store: Store) -> None:
    def save_and_break_down() -> None:
        with transactions.writing():
            store.save(yes("leitbild"))
            raise ValueError("power cut")

    with pytest.raises(ValueError, match="power cut"):
        save_and_break_down()
    assert store.load().answers == {}
    with transactions.writing():
        store.save(yes("leitbild"))
        store.save(writes.note("leitbild", 0, "Kapitel 3"))
    assert (store.load().answers[SHARED].value, store.load().answers[SHARED].note) == ("ja", "Kapitel 3")


def test_a_write_that_changes_nothing_takes_nothing_of_the_others_back(store: Store) -> None:
    with transactions.writing():
        first = store.save(yes("leitbild"))
        again = store.save(yes("leitbild"))
    assert [type(outcome) for outcome in (*first, *again)] == [Saved, Unchanged]
    assert store.load().answers[SHARED].value == "ja"


def test_a_self_check_that_is_gone_is_named(store: Store) -> None:
    with transactions.writing() as connection:
        connection.execute(text("DELETE FROM self_check"))
    with pytest.raises(Gone):
        store.save(yes("leitbild"))


def test_writers_take_turns_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    queue = WriteQueue(tmp_path / "selfcheck.sqlite3")
    order: list[int] = []

    def write(place: int) -> None:
        with queue.turn():
            order.append(place)

    with queue.turn():
        waiting = []
        for place in range(6):
            waiting.append(threading.Thread(target=write, args=(place,)))
            waiting[-1].start()
            time.sleep(0.02)
    for thread in waiting:
        thread.join()
    assert order == list(range(6))


def test_a_process_that_waits_is_not_overtaken_by_one_that_has_just_written(tmp_path: Path) -> None:
    """Two queues on one file stand for two processes."""
    busy, patient = WriteQueue(tmp_path / "db"), WriteQueue(tmp_path / "db")
    order: list[str] = []

    def write(queue: WriteQueue, name: str) -> None:
        with queue.turn():
            order.append(name)
            time.sleep(0.02)

    with busy.turn():
        threads = [threading.Thread(target=write, args=(patient, "patient"))]
        threads[0].start()
        time.sleep(0.05)
        threads += [threading.Thread(target=write, args=(busy, "busy")) for _ in range(3)]
        for thread in threads[1:]:
            thread.start()
        time.sleep(0.05)
    for thread in threads:
        thread.join()
    assert order[0] == "patient"


def test_without_its_files_the_queue_leaves_it_to_the_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'nowhere' / 'selfcheck.sqlite3'}"
    with opened(url), pytest.raises(OperationalError), transactions.writing():
        pass


def test_clicks_at_the_same_moment_share_once(store: Store) -> None:
    together = threading.Barrier(4)

    def click(_: int) -> str:
        with store.app.app_context():
            together.wait()
            made = shares.share(store.check.id, {}, "IHK Nord", None, store.who, store.now, "klick").public_id
            transactions.let_go()
            return made

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(click, range(4)))) == 1
    transactions.look_again()  # what was read before stands still
    assert len(shares.shares_of(store.check.id)) == 1


def test_a_writer_waits_only_so_long_for_another_process(tmp_path: Path) -> None:
    """Two queues on one file stand for two processes; one of them hangs."""
    hanging, waiting = WriteQueue(tmp_path / "db"), WriteQueue(tmp_path / "db")
    with hanging.turn(), pytest.raises(Busy), waiting.turn(0.1):
        pass
    with waiting.turn(0.1):
        pass


def test_a_writer_waits_only_so_long_for_other_threads_and_the_line_goes_on(tmp_path: Path) -> None:
    queue, order = WriteQueue(tmp_path / "db"), []

    def write(patience: float) -> None:
        try:
            with queue.turn(patience):
                order.append(patience)
        except Busy:
            order.append(0.0)

    threads = [threading.Thread(target=write, args=(patience,)) for patience in (0.05, 20.0)]
    with queue.turn():
        for thread in threads:
            thread.start()
        threads[0].join()
    threads[1].join()
    assert order == [0.0, 20.0]
    with queue.turn(0.1):
        pass


def test_only_some_threads_wait_at_all(tmp_path: Path) -> None:
    queue = WriteQueue(tmp_path / "db", most_waiting=2)
    refused: list[bool] = []

    def write() -> None:
        try:
            with queue.turn(20):
                refused.append(False)
        except Busy:
            refused.append(True)

    threads = [threading.Thread(target=write) for _ in range(5)]
    with queue.turn():
        for thread in threads:
            thread.start()
        until = time.monotonic() + 10
        while len(refused) < 3 and time.monotonic() < until:
            time.sleep(0.01)
        assert refused == [True] * 3, "the others are told at once"
    for thread in threads:
        thread.join()
    assert refused[3:] == [False] * 2


def test_waiting_for_a_row_ends_on_the_other_database_too(store: Store) -> None:
    if store.postgresql:
        assert transactions.reading().execute(text("SHOW lock_timeout")).scalar_one() == "15s"
