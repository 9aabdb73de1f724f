"""What the product does by itself: when, by whom, and that the operator sees it."""

from __future__ import annotations

import subprocess
import sys
import time as seconds
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from selfcheck import worker
from selfcheck.config.settings import ROOT
from selfcheck.store.database import tables, transactions
from selfcheck.store.database.transactions import writing
from selfcheck.store.operating import jobs
from selfcheck.store.operating.jobs import MAILS, PURGE, REMINDERS, TURN, Run
from selfcheck.web.http import clock
from tests.web.accounts.registering import letters
from tests.web.clock import Clock
from tests.web.page import NewVisitor, Visitor
from tests.web.team.test_hand_over import sign_in
from tests.web.team.test_team import ask_office

MONDAY = datetime(2027, 2, 8, 8, 0, tzinfo=UTC)


def runs(app: Flask) -> dict[str, Run]:
    with app.app_context():
        found = jobs.list_runs()
        transactions.let_go()
    return found


def turn(app: Flask) -> bool:
    with app.app_context():
        done = worker.take_turn()
        transactions.let_go()
    return done


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (MONDAY, {MAILS, REMINDERS, PURGE}),
        (MONDAY.replace(hour=3), {MAILS, PURGE}),
        (MONDAY.replace(hour=1), {MAILS}),
        (MONDAY + timedelta(days=5), {MAILS, PURGE}),
    ],
)
def test_people_get_mails_on_mornings_of_workdays_and_nights_are_for_deleting(at: datetime, due: set[str]) -> None:
    assert {job.name for job in worker.JOBS if job.is_due(None, at)} == due


@pytest.mark.parametrize(
    ("ran", "failed", "due"),
    [
        (timedelta(hours=1), None, False),
        (timedelta(days=1), None, True),
        (timedelta(days=-1), None, True),
        (timedelta(days=1), timedelta(minutes=30), False),
        (timedelta(days=1), timedelta(hours=2), True),
        (timedelta(minutes=5), timedelta(hours=1), False),
    ],
)
def test_once_a_day_and_again_an_hour_after_it_went_wrong(ran: timedelta, failed: timedelta | None, due: bool) -> None:
    reminders = next(job for job in worker.JOBS if job.name == REMINDERS)
    last = Run(REMINDERS, MONDAY - ran, MONDAY - failed if failed else None, 0)
    assert reminders.is_due(last, MONDAY) is due


def test_a_turn_does_everything_in_turn_and_only_one_takes_it(
    app: Flask, page: Visitor, visitor: NewVisitor, check: str, time: Clock
) -> None:
    sign_in(app, page, "erika@example.org", "Erika")
    page.press(page.open(f"/selbstcheck/{check}/uebernehmen"), "In mein Konto übernehmen")
    ask_office(page, check, mail="bau@example.org")
    time.moment = MONDAY + timedelta(days=7)
    with app.app_context(), writing() as connection:
        due = update(tables.Place).where(tables.Place.role == "office")
        connection.execute(due.values(due_on=clock.today()))
    assert turn(app)
    assert not turn(app)
    done = runs(app)
    assert {name: run.failed for name, run in done.items()} == dict.fromkeys((TURN, MAILS, REMINDERS, PURGE), False)
    assert done[REMINDERS].done == 1
    assert letters(app, "bau@example.org") == [], "it is out of the house"
    time.wait(minutes=6)
    assert turn(app)
    assert runs(app)[REMINDERS].ran_at == done[REMINDERS].ran_at
    operator = visitor()
    sign_in(app, operator, "oskar@example.org", position="operator")
    assert "läuft nicht" not in operator.open("/verwaltung").main
    shown = operator.open("/verwaltung/was-von-selbst-laeuft").main
    assert "läuft nicht" not in shown
    assert "Erinnern und Bescheid geben" in shown
    assert "1 Mail geschrieben" in shown
    time.wait(hours=2)
    assert "Der Hintergrunddienst läuft nicht" in operator.open("/verwaltung").main


def test_a_job_that_goes_wrong_is_told_and_holds_up_no_other(
    app: Flask, time: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    time.moment = MONDAY
    turn(app)
    time.wait(days=400)
    assert turn(app)
    assert runs(app)[PURGE].failed
    assert not runs(app)[MAILS].failed
    assert "the clock does not fit" in caplog.text


def test_the_commands_for_single_things_are_seen_too(app: Flask, time: Clock) -> None:
    for args in (["reminders", "send"], ["data", "purge"], ["worker", "--once"]):
        done = app.test_cli_runner().invoke(args=args)
        assert done.exit_code == 0, done.output
    assert {REMINDERS, PURGE, TURN} <= set(runs(app))
    assert "gerade erst" in app.test_cli_runner().invoke(args=["worker", "--once"]).output


def test_the_worker_runs_until_it_is_stopped(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> None:
    data = tmp_path_factory.mktemp("worker")
    environ = {"SELFCHECK_DATA": str(data), "PATH": "/usr/bin:/bin"}
    subprocess.run([sys.executable, "-m", "selfcheck.migrate"], cwd=ROOT, env=environ, check=True)
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "Läuft" in process.stdout.readline()
        seconds.sleep(0.5)
        assert process.poll() is None
        process.terminate()
        assert process.wait(timeout=60) == 0
