"""`flask estimate` as somebody at a terminal sees it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask

from selfcheck.commands.estimate import estimate
from selfcheck.store.catalogue.catalogue import UnknownQuestionnaire
from tests.core import builders

QUESTIONNAIRE = builders.questionnaire(
    [
        builders.yes_no("leitbild", 4.5, evidence=("Leitbild",)),
        builders.number("quote", {30: 2}, measures=(builders.measure("ausbauen", Decimal(40), months=1),)),
    ]
)
ANSWERS = """\
profile: {place: keine, audit: first, land: unknown}
answers:
  leitbild: {value: ja}
"""


@pytest.fixture
def run(tmp_path: Path):
    """Runs `flask estimate` with a catalogue that holds one version; gives exit status, output and errors."""
    app = Flask("probe")
    app.cli.add_command(estimate)

    def find(name):
        if name != QUESTIONNAIRE.name:
            raise UnknownQuestionnaire(name)
        return QUESTIONNAIRE

    app.extensions["catalogue"] = SimpleNamespace(questionnaire=find, releases={QUESTIONNAIRE.name: None})

    def invoke(text: str | bytes, *arguments: str):
        file = tmp_path / "stadt.yaml"
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        result = app.test_cli_runner().invoke(args=["estimate", str(file), *arguments])
        return result.exit_code, result.stdout, result.stderr.replace(f"{tmp_path}/", "")

    return invoke


def test_json(run):
    status, output, errors = run(ANSWERS, "--questionnaire", "probe/1", "--json")
    assert (status, errors) == (0, "")
    outcome = json.loads(output)
    assert (outcome["possible"], outcome["claimed"], outcome["mark"]) == (6.5, 4.5, 4.55)
    assert outcome["verdict"] == "possible"


def test_text(run):
    status, output, errors = run(ANSWERS, "--questionnaire", "probe/1")
    assert (status, errors) == (0, "")
    for line in (
        "Noch offen. Schätzung, keine Zusage.",
        "  belegt           0 %  0 von 6,5 Punkten",
        "  angegeben     69,2 %  4,5 von 6,5 Punkten",
        "  möglich bis    100 %  6,5 von 6,5 Punkten",
        "  Marke           70 %  4,55 Punkte",
        "    A1 Wie steht es um leitbild? – Ja: 4,5 von 4,5 Punkten",
        "  2 Punkte: A2 Wie steht es um quote?",
        "  ohne Termin  Fragen klären: A2 klären: Wie steht es um quote?",
    ):
        assert line in output.replace("\N{NO-BREAK SPACE}", " ").splitlines()


def test_route_in_text(run):
    answers = f"{ANSWERS}  quote: {{value: 10}}\ntoday: 2027-01-10\ninterview: 2027-06-15\n"
    _, output, _ = run(answers, "--questionnaire", "probe/1")
    assert "  +2 Punkte: A2 Maßnahme ausbauen (dauert 1 Monat)" in output
    assert "  04.04.2027   Maßnahmen: Beginnen: Maßnahme ausbauen" in output


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ANSWERS.replace("ja", "jein"), "stadt.yaml:3: „value“: Text „jein“, erwartet einer der Werte ja, nein\n"),
        ("", "stadt.yaml:1: die Datei ist leer"),
        (b"\xff\xfe\x00", "stadt.yaml:1: die Datei ist kein Text in UTF-8, erwartet eine YAML-Datei\n"),
    ],
)
def test_file_that_is_not_right(run, text, message):
    status, output, errors = run(text, "--questionnaire", "probe/1", "--json")
    assert (status, output) == (2, "")
    assert errors.startswith(message)


def test_unknown_questionnaire(run):
    status, output, errors = run(ANSWERS, "--questionnaire", "probe/2")
    assert (status, output) == (2, "")
    assert errors == "probe/2:1: diesen Fragebogen gibt es nicht, erwartet probe/1\n"


def test_file_that_does_not_exist(run, tmp_path):
    app = Flask("probe")
    app.cli.add_command(estimate)
    app.extensions["catalogue"] = SimpleNamespace(questionnaire=lambda name: QUESTIONNAIRE)
    arguments = ["estimate", str(tmp_path / "fehlt.yaml"), "--questionnaire", "probe/1"]
    result = app.test_cli_runner().invoke(args=arguments)
    assert result.exit_code == 2
    assert result.stderr == f"{tmp_path}/fehlt.yaml:1: die Datei ist nicht lesbar, erwartet eine YAML-Datei\n"


def test_folder_instead_of_a_name(run):
    """The questionnaire that comes with the project."""
    version = Path(__file__).parents[1] / "questionnaires" / "ausgezeichneter-wohnort" / "2026-1"
    nothing_said = ANSWERS.partition("answers:")[0]
    status, output, errors = run(nothing_said, "--questionnaire", str(version), "--json")
    assert (status, errors) == (0, "")
    assert (json.loads(output)["possible"], json.loads(output)["verdict"]) == (118, "empty")


def test_folder_with_faults(run, tmp_path):
    folder = tmp_path / "probe" / "1"
    folder.mkdir(parents=True)
    status, _, errors = run(ANSWERS, "--questionnaire", str(folder))
    assert status == 2
    assert errors.startswith("probe/1/questionnaire.yaml:1: ")
