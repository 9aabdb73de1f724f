"""What the product does by itself: sends mails, reminds of what is due and tells what waits, deletes what has had its
time. `flask worker` and a thread of the server do it; whoever comes first is the only one for that turn.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from flask import Flask, current_app

from selfcheck.store.data.purge_runs import OddClock, run_purge
from selfcheck.store.database.times import CLOCKS_APART
from selfcheck.store.mail import delivery
from selfcheck.store.mail.reminders import find_people, remind
from selfcheck.store.operating import jobs
from selfcheck.store.operating.jobs import MAILS, PURGE, REMINDERS, TURN, Run
from selfcheck.web.http import clock
from selfcheck.web.team.reminders import find_validity, write_letter

log = logging.getLogger(__name__)
EVERY = timedelta(minutes=5)
AGAIN = timedelta(hours=1)
"""After which something that is done once a day is tried again when it went wrong."""
MORNING = time(7)
NIGHT = time(3)
WORKDAYS = range(5)
ME = secrets.token_hex(16)
"""This process."""


@dataclass(frozen=True, slots=True)
class Job:
    """`work` does it and says how many pieces there were; `begins` is when on a day it may begin, None for always."""

    name: str
    work: Callable[[datetime], int]
    begins: time | None = None
    days: range = range(7)

    def is_due(self, last: Run | None, now: datetime) -> bool:
        """Once a day, or every time; on the days and from the hour that people know."""
        if self.begins is None:
            return True
        here = clock.local(now)
        if here.weekday() not in self.days or here.time() < self.begins:
            return False
        if last is None:
            return True
        waits = last.failed and last.failed_at is not None and timedelta() <= now - last.failed_at < AGAIN
        return not waits and (last.ran_at is None or clock.local(last.ran_at).date() != here.date())


def send_mails(now: datetime) -> int:
    """Sends what is due; how many went."""
    return delivery.send_due(clock.now).sent


def write_reminders(now: datetime) -> int:
    """Writes to everybody who has something due or asked to be told, at most one mail a day; how many mails."""
    with current_app.test_request_context(base_url=current_app.config["BASE_URL"]):
        return sum(remind(person, write_letter, now) for person in find_people(now, find_validity))


def remind_and_send(now: datetime) -> int:
    written = write_reminders(now)
    delivery.send_due(clock.now)
    return written


def purge(now: datetime) -> int:
    """Deletes what has had its time; how many rows. Raises `OddClock`."""
    return run_purge(now).total


JOBS = (
    Job(MAILS, send_mails),
    Job(REMINDERS, remind_and_send, MORNING, WORKDAYS),
    Job(PURGE, purge, NIGHT),
)


def take_turn() -> bool:
    """Does all that is due, one thing after the other. False where a turn was less than five minutes ago, or another
    process has it."""
    now = clock.now()
    runs = jobs.list_runs()
    last = runs[TURN].ran_at if TURN in runs else None
    if last is not None and -CLOCKS_APART <= now - last < EVERY:
        return False
    if not jobs.take(TURN, ME, now):
        return False
    try:
        for job in JOBS:
            if job.is_due(runs.get(job.name), now):
                do(job.name, job.work)
    finally:
        jobs.give_back(TURN, ME, clock.now())
    return True


def try_turn(app: Flask) -> None:
    """Takes a turn if it is time; where it goes wrong, another time."""
    with app.app_context():
        try:
            take_turn()
        except Exception:  # nor end the thread that sends everybody's mails
            log.exception("A turn went wrong; what is due waits")


def do(name: str, work: Callable[[datetime], int]) -> None:
    """Does one job, and notes that it did; where it goes wrong, the next ones are done all the same."""
    now = clock.now()
    try:
        done = work(now)
    except OddClock:
        log.warning("Nothing was deleted: the clock does not fit what is stored. See `flask data purge`.")
        jobs.note_failed(name, now)
    except Exception:  # one thing that goes wrong, whatever it is, must not keep the others from being done
        log.exception("The job %s went wrong and is tried again", name)
        jobs.note_failed(name, now)
    else:
        jobs.note_done(name, done, now)
