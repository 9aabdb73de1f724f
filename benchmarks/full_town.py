"""A report as long as a diligent town hall makes it: every question with a note and documents, seven goals."""

from __future__ import annotations

from dataclasses import replace

from selfcheck.core.rules.answers import Evidence
from selfcheck.reporting.report.report import Report
from tests.reporting.documents import stands
from tests.reporting.documents.sample import full_report, full_stand

SENTENCE = (
    "Der Fachbereich hat das Angebot im vergangenen Jahr gemeinsam mit den Vereinen überarbeitet; die Zahlen stehen "
    "im Bericht an den Ausschuss, die Unterlagen liegen bei der Wirtschaftsförderung. "
)
NOTE = SENTENCE * 3
PIECES = (
    Evidence("Bericht an den Ausschuss", available=True, file_number="10-4/2", page="12"),
    Evidence("Faltblatt für Neubürgerinnen und Neubürger", available=True, link="https://www.musterstadt.example/neu"),
)


def write_full_report() -> Report:
    stand = full_stand()
    answers = {
        id: answer._replace(note=NOTE, evidence=(*answer.evidence, *PIECES)) for id, answer in stand.answers.items()
    }
    return full_report(frozen=replace(stand, answers=answers, goals=stands.full().goals))
