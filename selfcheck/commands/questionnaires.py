"""`flask questionnaires …`: checks and lists the questionnaires of this installation."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from selfcheck.core.reading.chambers import CHAMBERS_FILE
from selfcheck.core.reading.document.faults import Fault, Faults
from selfcheck.reporting.words import german
from selfcheck.store.catalogue.catalogue import Catalogue, UnknownQuestionnaire
from selfcheck.store.catalogue.folders import check, read_chambers
from selfcheck.web.http import clock

questionnaires = AppGroup("questionnaires", help="Fragebögen prüfen und auflisten.")
STATUS = {"draft": "Entwurf", "published": "veröffentlicht", "retired": "zurückgezogen"}


@questionnaires.command("check")
@click.argument("folders", metavar="[ORDNER …]", nargs=-1, type=click.Path(path_type=Path))
def check_folders(folders: tuple[Path, ...]) -> None:
    """Nennt jeden Fehler in den Fragebögen mit Datei und Zeile.

    Ein Ordner enthält alle Fragebögen, einen davon oder eine Fassung; ohne Angabe sind es alle dieser Installation.
    """
    faults = check(folders or (Path(current_app.config["QUESTIONNAIRES"]),))
    if faults:
        _refuse(faults)
    click.echo("Keine Fehler gefunden.")
    for folder in folders or (Path(current_app.config["QUESTIONNAIRES"]),):
        _remind(folder)


@questionnaires.command("list")
def list_versions() -> None:
    """Zeigt je Fassung: Kennung, Fassung, Status, Zahl der Fragen, mögliche Punkte."""
    catalogue: Catalogue = current_app.extensions["catalogue"]
    try:
        for name in catalogue.releases:
            click.echo(_describe(catalogue, name))
    except Faults as faults:
        _refuse(faults.faults)
    except UnknownQuestionnaire:
        _refuse(check([catalogue.folder]))


def _describe(catalogue: Catalogue, name: str) -> str:
    questionnaire = catalogue.questionnaire(name)
    questions = german.count(len(questionnaire.questions), "Frage", "Fragen")
    status, points = STATUS[catalogue.status(name)], german.points_count(questionnaire.possible)
    return "  ".join((questionnaire.id, questionnaire.version, status, questions, points))


def _remind(folder: Path) -> None:
    """Whoever looks after a whole collection hears when its chambers were last looked at too long ago."""
    if not (folder / CHAMBERS_FILE).is_file():
        return
    chambers = read_chambers(folder)
    if chambers.is_old(clock.today()):
        click.echo(
            f"Bitte prüfen: Die IHKs in {CHAMBERS_FILE} sind zuletzt am {german.day(chambers.as_of)} geprüft. "
            f"Sehen Sie nach, ob Ansprechpersonen und Telefonnummern noch stimmen ({chambers.source.url}), und ändern "
            "Sie „as_of“."
        )


def _refuse(faults: Iterable[Fault]) -> None:
    """Prints the faults, with paths as short as they can be from here, and ends with status 1."""
    here = Path.cwd()
    for fault in faults:
        file = Path(fault.file)
        click.echo(str(replace(fault, file=str(file.relative_to(here))) if file.is_relative_to(here) else fault))
    sys.exit(1)
