"""The purge as the operator runs it: under which clock, what it says, and what it leaves as a proof."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from click.testing import Result

from selfcheck.commands.data import data
from selfcheck.store.access import self_checks
from selfcheck.store.data.purge_runs import LONGEST_SILENCE, OddClock, list_runs, run_purge
from selfcheck.store.database import transactions
from selfcheck.web.http import clock
from tests.store.conftest import Store


def run(store: Store, patch: pytest.MonkeyPatch, now: datetime, *words: str) -> Result:
    patch.setattr(clock, "now", lambda: now)
    store.app.cli.add_command(data)
    result = store.app.test_cli_runner().invoke(args=["data", *words])
    transactions.look_again()
    return result


def test_a_clock_that_is_13_months_ahead_costs_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    said = run(store, monkeypatch, store.now + timedelta(days=400), "purge")
    assert said.exit_code == 1
    assert "Gelöscht wurde nichts" in said.output
    assert store.count_rows("self_check") == 1
    assert store.count_rows("purge_run") == 0


def test_rows_from_the_future_mean_a_clock_that_is_behind(store: Store) -> None:
    with pytest.raises(OddClock):
        run_purge(store.now - timedelta(days=3))
    run_purge(store.now - timedelta(hours=3))


def test_whoever_has_looked_at_the_clock_may_say_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    later = store.now + timedelta(days=400)
    assert run(store, monkeypatch, later, "purge", "--today", store.now.date().isoformat()).exit_code == 1
    said = run(store, monkeypatch, later, "purge", "--today", later.date().isoformat())
    assert said.exit_code == 0, said.output
    assert "1 Selbstcheck entfernt: kaum begonnen" in said.output
    assert store.count_rows("self_check") == 0


def test_a_daily_run_keeps_a_quiet_server_from_looking_like_a_wrong_clock(store: Store) -> None:
    run_purge(store.later(days=20))
    assert run_purge(store.later(days=20)).barely_begun == 1
    run_purge(store.later(seconds=LONGEST_SILENCE.total_seconds()))
    with pytest.raises(OddClock):
        run_purge(store.later(seconds=LONGEST_SILENCE.total_seconds() + 1))


def test_a_dry_run_says_what_would_go_and_leaves_no_proof(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    self_checks.delete(store.check.id, store.now)
    run_purge(store.later(days=29))
    said = run(store, monkeypatch, store.later(days=2), "purge", "--dry-run")
    assert said.exit_code == 0, said.output
    assert "Es wird nichts entfernt" in said.output
    assert "1 Selbstcheck würde gehen: gelöscht vor mehr als 30 Tagen" in said.output
    assert store.count_rows("self_check") == 1
    assert len(list_runs(9)) == 1


def test_runs_are_the_proof_of_what_went(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    self_checks.delete(store.check.id, store.now)
    run_purge(store.later(days=29))
    run_purge(store.later(days=2))
    said = run(store, monkeypatch, store.now, "runs")
    first, second = said.output.splitlines()
    assert first.endswith("gelöschte Selbstchecks 1")
    assert second.endswith("nichts zu löschen")
    assert "Musterstadt" not in said.output
