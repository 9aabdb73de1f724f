"""`flask estimate`: what an answers file is worth, as JSON or as text. Stores nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.reading.answers import AnswersFile, parse_answers
from selfcheck.core.reading.document.faults import Fault, Faults
from selfcheck.core.reading.outcome import to_json, work_out
from selfcheck.reporting.report.outcome_text import describe_outcome
from selfcheck.store.catalogue.catalogue import Catalogue, UnknownQuestionnaire
from selfcheck.store.catalogue.folders import read_questionnaire

NOT_RIGHT = 2


@click.command("estimate")
@click.argument("answers", metavar="ANTWORTEN.yaml", type=click.Path(path_type=Path))
@click.option("--questionnaire", "name", metavar="KENNUNG/FASSUNG", required=True, help="Auch der Pfad eines Ordners.")
@click.option("--json", "as_json", is_flag=True, help="Als JSON statt als Text.")
@with_appcontext
def estimate(answers: Path, name: str, as_json: bool) -> None:
    """Schätzt, wo eine Kommune mit diesen Antworten steht."""
    try:
        questionnaire = _find_questionnaire(name)
        file = _read_answers(questionnaire, answers)
    except Faults as faults:
        click.echo(str(faults), err=True)
        sys.exit(NOT_RIGHT)
    outcome = work_out(questionnaire, file)
    click.echo(to_json(outcome) if as_json else describe_outcome(questionnaire, outcome))


def _find_questionnaire(name: str) -> Questionnaire:
    """The version of this name, whatever its status, or the one in a folder; raises `Faults`."""
    folder = Path(name)
    if folder.is_dir():
        whole = folder.resolve()
        return read_questionnaire(folder, f"{whole.parent.name}/{whole.name}")
    catalogue: Catalogue = current_app.extensions["catalogue"]
    try:
        return catalogue.questionnaire(name)
    except UnknownQuestionnaire:
        known = ", ".join(catalogue.releases) or "der Pfad eines Ordners"
        raise Faults([Fault(name, 1, f"diesen Fragebogen gibt es nicht, erwartet {known}")]) from None


def _read_answers(questionnaire: Questionnaire, path: Path) -> AnswersFile:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        wrong = "kein Text in UTF-8" if isinstance(error, UnicodeDecodeError) else "nicht lesbar"
        raise Faults([Fault(str(path), 1, f"die Datei ist {wrong}, erwartet eine YAML-Datei")]) from None
    return parse_answers(questionnaire, text, str(path))
