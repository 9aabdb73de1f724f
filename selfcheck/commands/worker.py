"""`flask worker`: does all that the product does by itself, until it is stopped."""

from __future__ import annotations

import signal
import threading
from types import FrameType

import click
from flask import current_app
from flask.cli import with_appcontext

from selfcheck import worker as work

SECONDS = 60.0
"""Between two looks whether it is time for a turn."""


@click.command("worker")
@click.option("--once", is_flag=True, help="Nur einmal, dann enden: für einen Zeitplan wie cron.")
@with_appcontext
def worker(*, once: bool) -> None:
    """Verschickt Mails, erinnert an Fälliges, sagt Bescheid und löscht nach den Fristen.

    Läuft, bis er beendet wird, und darf mehrfach laufen: Es arbeitet immer nur einer. Erinnert und Bescheid gesagt wird
    von Montag bis Freitag ab 7 Uhr, gelöscht täglich ab 3 Uhr. Wann zuletzt, steht auf der Seite „Verwaltung“.
    """
    if once:
        click.echo("erledigt" if work.take_turn() else "gerade erst erledigt, oder ein anderer ist dabei")
        return
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    click.echo("Läuft. Beenden mit Strg+C.")
    while not stopped.is_set():
        work.try_turn(current_app)
        stopped.wait(SECONDS)
