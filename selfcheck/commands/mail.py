"""`flask mail …`: what waits to be sent. `send` may stand in a timer; the server itself tries too."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from selfcheck.reporting.words import german
from selfcheck.store.mail import delivery, outbox
from selfcheck.web.http import clock

mail = AppGroup("mail", help="Mails verschicken.")


@mail.command("send")
def send() -> None:
    """Verschickt, was an Mails fällig ist.

    Der Befehl kann beliebig oft und mehrfach zugleich laufen: Jede Mail geht einmal hinaus. Was nicht hinausgeht, wird
    später noch einmal versucht, vier Tage lang. Endet mit Status 1, wenn etwas liegen blieb.
    """
    delivered = delivery.send_due(clock.now)
    click.echo(f"{german.count(delivered.sent, 'Mail', 'Mails')} verschickt")
    waiting = outbox.waiting(clock.now())
    if waiting:
        since = german.moment(clock.local(waiting[0]))
        click.echo(f"{german.count(len(waiting), 'Mail wartet', 'Mails warten')}, die älteste seit {since}")
    sys.exit(1 if delivered.failed else 0)
