"""`flask reminders …`: who has something due, or asked to be told, gets a mail. `flask worker` does the same."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from selfcheck import worker
from selfcheck.reporting.words import german
from selfcheck.store.mail import delivery
from selfcheck.store.operating import jobs
from selfcheck.web.http import clock

reminders = AppGroup("reminders", help="An fällige Antworten erinnern.")


@reminders.command("send")
def send() -> None:
    """Erinnert alle, deren Fragen in einer Woche, heute oder überfällig sind, und sagt Bescheid, wo es jemand wollte.

    Niemand bekommt mehr als eine Mail am Tag; der Befehl kann beliebig oft und mehrfach zugleich laufen. Nach dem
    Termin wird am nächsten Tag erinnert und dann dreimal wöchentlich. Endet mit Status 1, wenn eine Mail liegen blieb.
    """
    now = clock.now()
    written = worker.write_reminders(now)
    jobs.note_done(jobs.REMINDERS, written, now)
    delivered = delivery.send_due(clock.now)
    click.echo(f"{german.count(written, 'Erinnerung', 'Erinnerungen')} geschrieben")
    sys.exit(1 if delivered.failed else 0)
