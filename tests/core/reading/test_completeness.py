"""What a question of ours must say beyond its rules: each thing that is missing or too long has its line."""

from __future__ import annotations

import pytest

from selfcheck.core.reading.completeness import check_complete
from tests.core.reading.test_questionnaire_file import faults_of, read_texts

QUESTION = """\
id: kinder
letter: A
title: Kinder
intro: Kurz.
questions:
  - id: zeiten
    text: Wie lange ist das Haus offen?
    short: Öffnungszeiten
    help: Was zählt.
    kind: one
    options:
      - {id: kurz, text: bis 14 Uhr, points: 1}
      - {id: lang, text: bis 17 Uhr, points: 3}
    department: jugend
    evidence: [Übersicht]
    measures: [{id: laenger, text: Länger öffnen, effort: small, months: 1, needs: [], leads_to: lang}]
    source: named
    references: [seite]
    example: {text: Ein Haus hat bis 18 Uhr offen., source: seite, year: 2024}
"""


def faults_in(text: str) -> list[str]:
    files = {"kinder.yaml": text, "questionnaire.yaml": "", "examples.yaml": ""}
    return [str(fault) for fault in check_complete(files)]


def test_a_question_that_says_everything_has_no_fault() -> None:
    assert faults_in(QUESTION) == []


def test_a_question_of_our_own_says_that_it_rests_on_nothing() -> None:
    assert faults_in(QUESTION.replace("named", "own").replace("[seite]", "[]")) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("    short: Öffnungszeiten\n", "", "6: „short“ fehlt, erwartet ein kurzer Name für Listen"),
        (
            "    references: [seite]\n",
            "",
            "6: „references“ fehlt, erwartet eine Liste von Quellen, [] nur bei „source: own“",
        ),
        (
            "[seite]",
            "[]",
            "18: „references“ ist leer, erwartet mindestens eine Quelle, weil „source“ named ist",
        ),
        (", year: 2024", "", "19: „year“ fehlt, erwartet das Jahr, aus dem das Beispiel ist"),
        ("Kurz.", "k" * 251, "4: 251 Zeichen, erwartet höchstens 250"),
        ("Wie lange ist das Haus offen?", "w" * 151, "7: 151 Zeichen, erwartet höchstens 150"),
        ("Was zählt.", "w" * 1001, "9: 1001 Zeichen, erwartet höchstens 1000"),
        ("bis 14 Uhr", "b" * 131, "12: 131 Zeichen, erwartet höchstens 130"),
        ("Übersicht", "ü" * 71, "15: 71 Zeichen, erwartet höchstens 70"),
        ("Länger öffnen", "l" * 131, "16: 131 Zeichen, erwartet höchstens 130"),
        ("Ein Haus hat bis 18 Uhr offen.", "e" * 201, "19: 201 Zeichen, erwartet höchstens 200"),
        ("    department", f"    error: {'e' * 201}\n    department", "14: 201 Zeichen, erwartet höchstens 200"),
        ("    department", f"    unit: {'u' * 41}\n    department", "14: 41 Zeichen, erwartet höchstens 40"),
    ],
)
def test_what_is_missing_or_too_long_has_its_line(old: str, new: str, fault: str) -> None:
    assert old in QUESTION
    assert faults_in(QUESTION.replace(old, new)) == [f"kinder.yaml:{fault}"]


def test_a_source_that_does_not_exist_is_a_fault_of_every_questionnaire() -> None:
    (fault,) = faults_of(read_texts("faults", "unknown_reference"))
    assert "„references“: " in fault


def test_an_example_without_its_source_is_a_fault_of_every_questionnaire() -> None:
    assert any("„source“ fehlt" in fault for fault in faults_of(read_texts("faults", "example_without_source")))
