"""`flask data …`: what the operator does with stored data. `purge` belongs into a daily timer."""

from __future__ import annotations

import json
import sys

import click
from flask.cli import AppGroup

from selfcheck.reporting.words import german
from selfcheck.store.data.models import json_schema
from selfcheck.store.data.purge import purge
from selfcheck.store.data.silence import find_silence, note_removal
from selfcheck.web.http import clock

data = AppGroup("data", help="Gespeicherte Daten pflegen.")


@data.command("purge")
@click.option("--today", metavar="JJJJ-MM-TT", help="Bestätigt das heutige Datum, wenn der Befehl danach fragt.")
def purge_data(today: str | None) -> None:
    """Entfernt, was nach den Fristen der Datenschutzseite gehen muss.

    Gelöschte Selbstchecks nach 30 Tagen; ohne Konto: kaum begonnene nach 30 Tagen ohne Besuch, alle anderen nach zwölf
    Monaten ohne Besuch. Namen zwölf Monate nach dem Prüfgespräch; Leseprotokoll, verschickte Mails und geschlossene
    Zugänge nach zwölf Monaten; gelöschte Konten nach 30 Tagen, nie bestätigte nach einer Woche. Der Befehl kann
    beliebig oft laufen. Liegt der Tag, den die Uhr zeigt, lange nach allem, was
    zuletzt geschah, löscht er nichts und fragt nach.
    """
    _refuse_wrong_clock(today)
    purged = purge(clock.now())
    note_removal(clock.now())
    for number, why in (
        (purged.deleted, "gelöscht vor mehr als 30 Tagen"),
        (purged.barely_begun, "kaum begonnen und 30 Tage nicht besucht"),
        (purged.unvisited, "zwölf Monate nicht besucht"),
    ):
        click.echo(f"{german.count(number, 'Selbstcheck', 'Selbstchecks')} entfernt: {why}")
    for number, one, many in (
        (purged.names, "Name", "Namen"),
        (purged.places, "geschlossener Zugang", "geschlossene Zugänge"),
        (purged.readings, "Eintrag im Leseprotokoll", "Einträge im Leseprotokoll"),
        (purged.mails, "Mail", "Mails"),
        (purged.accounts, "Konto", "Konten"),
        (purged.attempts, "gezählter Versuch", "gezählte Versuche"),
    ):
        click.echo(f"{german.count(number, one, many)} entfernt")


def _refuse_wrong_clock(confirmed: str | None) -> None:
    """Ends with status 1 where only the clock says that so much time has passed, and nobody confirms it."""
    newest, day = find_silence(clock.now()), clock.today()
    if newest is None or confirmed == day.isoformat():
        return
    click.echo(
        f"Gelöscht wurde nichts. Die Uhr dieses Rechners zeigt den {german.day(day)}, "
        f"der letzte Eintrag ist vom {german.day(clock.local(newest).date())}. "
        "Geht die Uhr falsch, würde zu viel gelöscht. Ist das Datum richtig, bestätigen Sie es: "
        f"flask --app wsgi data purge --today {day.isoformat()}",
        err=True,
    )
    sys.exit(1)


@data.command("schema")
def show_schema() -> None:
    """Zeigt das JSON-Schema der Datei „Alle Daten (JSON)“."""
    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
