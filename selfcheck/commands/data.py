"""`flask data …`: what the operator does with stored data. `flask worker` purges every day, too."""

from __future__ import annotations

import json
from datetime import datetime

import click
from flask.cli import AppGroup

from selfcheck.reporting.words import german
from selfcheck.store.data.models import json_schema
from selfcheck.store.data.purge import Purged, purge
from selfcheck.store.data.purge_runs import OddClock, check_clock, list_runs, run_purge
from selfcheck.store.database.damage_search import find_damage
from selfcheck.store.database.transactions import reading
from selfcheck.store.operating import jobs
from selfcheck.web.http import clock

NAMES = {
    "deleted": "gelöschte Selbstchecks",
    "barely_begun": "kaum begonnene Selbstchecks",
    "unvisited": "nicht besuchte Selbstchecks",
    "names": "Namen",
    "places": "geschlossene Zugänge",
    "readings": "Einträge im Leseprotokoll",
    "mails": "Mails",
    "accounts": "Konten",
    "files": "Dateien",
    "attempts": "gezählte Versuche",
}
"""What went, by the names of `Purged`."""
data = AppGroup("data", help="Gespeicherte Daten pflegen.")


@data.command("purge")
@click.option("--dry-run", is_flag=True, help="Nur sagen, was gehen würde; es bleibt alles, wie es ist.")
@click.option("--today", metavar="JJJJ-MM-TT", help="Bestätigt das heutige Datum, wenn der Befehl danach fragt.")
def purge_data(dry_run: bool, today: str | None) -> None:
    """Entfernt, was nach den Fristen der Datenschutzseite gehen muss.

    Gelöschte Selbstchecks nach 30 Tagen; ohne Konto: kaum begonnene nach 30 Tagen ohne Besuch, alle anderen nach zwölf
    Monaten ohne Besuch. Namen zwölf Monate nach dem Prüfgespräch und nach dem letzten Besuch; Leseprotokoll,
    verschickte Mails und geschlossene Zugänge nach zwölf Monaten; gelöschte Konten nach 30 Tagen, nie bestätigte nach
    einer Woche. Der Befehl kann beliebig oft laufen; jeder Lauf wird vermerkt (flask data runs). Passt die Uhr nicht
    zu dem, was zuletzt geschah, löscht er nichts und fragt nach.
    """
    now = clock.now()
    try:
        if dry_run:
            click.echo("Probelauf: Es wird nichts entfernt.")
            _tell(purge(now, dry=True), "würde gehen", "würden gehen")
            check_clock(now)
        else:
            purged = run_purge(now, sure=today == clock.today().isoformat())
            jobs.note_done(jobs.PURGE, purged.total, now)
            _tell(purged, "entfernt", "entfernt")
    except OddClock as odd:
        raise click.ClickException(_doubt(odd.newest, now)) from None


def _tell(purged: Purged, went: str, gone: str) -> None:
    checks = ("Selbstcheck", "Selbstchecks")
    for number, (one, many), why in (
        (purged.deleted, checks, ": gelöscht vor mehr als 30 Tagen"),
        (purged.barely_begun, checks, ": kaum begonnen und 30 Tage nicht besucht"),
        (purged.unvisited, checks, ": zwölf Monate nicht besucht"),
        (purged.names, ("Name", "Namen"), ""),
        (purged.places, ("geschlossener Zugang", "geschlossene Zugänge"), ""),
        (purged.readings, ("Eintrag im Leseprotokoll", "Einträge im Leseprotokoll"), ""),
        (purged.mails, ("Mail", "Mails"), ""),
        (purged.accounts, ("Konto", "Konten"), ""),
        (purged.files, ("Datei", "Dateien"), ""),
        (purged.attempts, ("gezählter Versuch", "gezählte Versuche"), ""),
    ):
        click.echo(f"{german.count(number, one, many)} {went if number == 1 else gone}{why}")


def _doubt(newest: datetime, now: datetime) -> str:
    day = clock.local(now).date()
    return (
        f"Gelöscht wurde nichts. Die Uhr dieses Rechners zeigt den {german.day(day)}, der neueste Eintrag ist aber vom "
        f"{german.day(clock.local(newest).date())}. Geht die Uhr falsch, ginge zu viel verloren. Ist das Datum "
        f"richtig, bestätigen Sie es: flask --app wsgi data purge --today {day.isoformat()}"
    )


@data.command("runs")
@click.option("--last", default=31, help="Wie viele Läufe gezeigt werden.")
def show_runs(last: int) -> None:
    """Zeigt, wann zuletzt gelöscht wurde und wie viel: der Nachweis, dass die Fristen eingehalten werden."""
    for run in list_runs(last):
        counted = run.gone if isinstance(run.gone, dict) else {}
        went = [f"{NAMES[name]} {number}" for name, number in counted.items() if number and name in NAMES]
        click.echo(f"{german.moment(clock.local(run.at))}: {', '.join(went) or 'nichts zu löschen'}")


@data.command("damage")
def show_damage() -> None:
    """Sucht in allen Tabellen, was sich nicht lesen lässt: Tabelle, Spalte und Zeile, nie den Inhalt.

    Endet mit Status 1, wenn etwas beschädigt ist.
    """
    found = list(find_damage(reading()))
    for place in found:
        click.echo(place)
    if found:
        raise click.exceptions.Exit(1)
    click.echo("Alle Tabellen lassen sich lesen.")


@data.command("schema")
def show_schema() -> None:
    """Zeigt das JSON-Schema der Datei „Alle Daten (JSON)“."""
    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
