"""How what the product does by itself stands, in words for the operator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from selfcheck.reporting.words import german
from selfcheck.store.mail import outbox
from selfcheck.store.operating import jobs
from selfcheck.store.operating.jobs import MAILS, PURGE, REMINDERS, TURN, Run
from selfcheck.web.http import clock

NAMES = {MAILS: "Mails verschicken", REMINDERS: "Erinnern und Bescheid geben", PURGE: "Löschen nach den Fristen"}
PIECES = {
    MAILS: ("Mail verschickt", "Mails verschickt"),
    REMINDERS: ("Mail geschrieben", "Mails geschrieben"),
    PURGE: ("Eintrag gelöscht", "Einträge gelöscht"),
}
STOPPED = timedelta(hours=1)
"""After which somebody should look whether it still runs."""


@dataclass(frozen=True, slots=True)
class WorkerShown:
    """`rows` are (what, when last, what came of it); `wrong` says what is the matter, empty where nothing is."""

    rows: tuple[tuple[str, str, str], ...]
    wrong: str


def show_worker() -> WorkerShown:
    """Two statements."""
    now, runs = clock.now(), jobs.list_runs()
    waiting = outbox.waiting(now)
    rows = [(title, _say_when(runs.get(name)), _say_outcome(name, runs.get(name))) for name, title in NAMES.items()]
    if waiting:
        since = german.moment(clock.local(waiting[0]))
        rows.append(("Mails, die warten", f"seit {since}", german.count(len(waiting), "Mail", "Mails")))
    last = runs[TURN].ran_at if TURN in runs else None
    if last is not None and now - last <= STOPPED:
        return WorkerShown(tuple(rows), "")
    seen = f"Zuletzt lief er am {german.moment(clock.local(last))}." if last else "Er lief noch nie."
    return WorkerShown(tuple(rows), seen)


def _say_when(run: Run | None) -> str:
    return german.moment(clock.local(run.ran_at)) if run and run.ran_at else "noch nie"


def _say_outcome(name: str, run: Run | None) -> str:
    if run and run.failed and run.failed_at:
        return f"fehlgeschlagen am {german.moment(clock.local(run.failed_at))}, siehe Protokoll des Servers"
    return german.count(run.done, *PIECES[name]) if run and run.ran_at else "–"
