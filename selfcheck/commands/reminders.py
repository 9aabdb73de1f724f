"""`flask reminders …`: who has something due gets a mail. `send` belongs into a daily timer."""

from __future__ import annotations

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from selfcheck.reporting.words import german
from selfcheck.store.mail import delivery
from selfcheck.store.mail.reminders import find_people, remind
from selfcheck.web.http import clock
from selfcheck.web.team.reminders import write_letter

reminders = AppGroup("reminders", help="An fällige Antworten erinnern.")


@reminders.command("send")
def send() -> None:
    """Erinnert alle, deren Fragen in einer Woche, heute oder überfällig sind.

    Niemand bekommt mehr als eine Mail am Tag; der Befehl kann beliebig oft und mehrfach zugleich laufen. Nach dem
    Termin wird am nächsten Tag erinnert und dann dreimal wöchentlich. Endet mit Status 1, wenn eine Mail liegen blieb.
    """
    now = clock.now()
    with current_app.test_request_context(base_url=current_app.config["BASE_URL"]):
        written = sum(remind(person, write_letter, now) for person in find_people(now))
    delivered = delivery.send_due(clock.now)
    click.echo(f"{german.count(written, 'Erinnerung', 'Erinnerungen')} geschrieben")
    sys.exit(1 if delivered.failed else 0)
