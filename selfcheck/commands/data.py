"""`flask data …`: what the operator does with stored data. `purge` belongs into a daily timer."""

from __future__ import annotations

import json

import click
from flask.cli import AppGroup

from selfcheck.reporting.words import german
from selfcheck.store.data.models import json_schema
from selfcheck.store.data.purge import purge
from selfcheck.web.http import clock

data = AppGroup("data", help="Gespeicherte Daten pflegen.")


@data.command("purge")
def purge_data() -> None:
    """Entfernt, was nach den Fristen der Datenschutzseite gehen muss.

    Gelöschte Selbstchecks nach 30 Tagen; ohne Konto: kaum begonnene nach 30 Tagen ohne Besuch, alle anderen nach zwölf
    Monaten ohne Besuch. Namen zwölf Monate nach dem Prüfgespräch; Leseprotokoll, verschickte Mails und geschlossene
    Zugänge nach zwölf Monaten; gelöschte Konten nach 30 Tagen, nie bestätigte nach einer Woche. Der Befehl kann
    beliebig oft laufen.
    """
    purged = purge(clock.now())
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


@data.command("schema")
def show_schema() -> None:
    """Zeigt das JSON-Schema der Datei „Alle Daten (JSON)“."""
    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
