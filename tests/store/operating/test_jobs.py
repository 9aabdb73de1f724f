"""One process at a time does what is done again and again, whatever its clock says."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from selfcheck.store.database import transactions
from selfcheck.store.operating import jobs
from selfcheck.store.operating.jobs import LEASE, TURN
from tests.store.conftest import Store


def test_one_of_many_has_the_turn(store: Store) -> None:
    now = store.now
    transactions.let_go()

    def work(number: int) -> bool:
        with store.app.app_context():
            return jobs.take(TURN, f"process {number}", now)

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 1


def test_what_is_given_back_is_taken_again_and_what_died_is_taken_over(store: Store) -> None:
    assert jobs.take(TURN, "a", store.now)
    assert not jobs.take(TURN, "b", store.later(minutes=1))
    jobs.give_back(TURN, "a", store.now)
    assert jobs.list_runs()[TURN].ran_at == store.now
    assert jobs.take(TURN, "b", store.later(minutes=1))
    assert jobs.take(TURN, "c", store.later(seconds=LEASE.total_seconds()))
    jobs.give_back(TURN, "b", store.now)
    assert not jobs.take(TURN, "d", store.now), "whoever was too late gives nothing back"


def test_a_lease_of_a_wrong_clock_binds_nobody(store: Store) -> None:
    assert jobs.take(TURN, "a", store.now + timedelta(days=400))
    assert jobs.take(TURN, "b", store.now)


def test_what_was_done_and_what_went_wrong_is_kept(store: Store) -> None:
    jobs.note_done(jobs.MAILS, 3, store.now)
    run = jobs.list_runs()[jobs.MAILS]
    assert (run.ran_at, run.done, run.failed) == (store.now, 3, False)
    jobs.note_failed(jobs.MAILS, store.later(minutes=5))
    assert jobs.list_runs()[jobs.MAILS].failed
    jobs.note_done(jobs.MAILS, 0, store.later(minutes=5))
    assert not jobs.list_runs()[jobs.MAILS].failed
