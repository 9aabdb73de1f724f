"""„Blätter für alle Fachbereiche (PDF)“: a sheet for each, to be answered with a pen and given back."""

from __future__ import annotations

from selfcheck.reporting.documents.file import name_file
from selfcheck.reporting.documents.manuscript import Manuscript
from selfcheck.reporting.documents.pdf.plain import Plain, allow_breaks, frame
from selfcheck.reporting.documents.texts import VERSION
from selfcheck.reporting.report.department_sheet import DepartmentSheet, SheetQuestion
from selfcheck.reporting.report.report import Report

TITLE = "Blätter für alle Fachbereiche"
TWO_COLUMNS = 4
"""From so many options on they stand in two columns."""


def write(report: Report) -> Manuscript:
    """Every sheet begins on the front of a leaf and says whose it is and to whom it goes back."""
    cover = report.cover
    version = (f"{word} {value}" for word, value in cover.contact if word == VERSION)
    data: Plain = {
        **frame(report, TITLE),
        "audience": "Blatt zum Ausfüllen",
        "back": [allow_breaks(value) for word, value in cover.contact if word != VERSION],
        "version": allow_breaks(", ".join(version)),
        "sheets": [_sheet(sheet) for sheet in report.sheets],
    }
    return Manuscript(name_file(TITLE, cover.municipality, cover.stand, "pdf"), "departments", cover.frozen_on, data)


def _sheet(sheet: DepartmentSheet) -> Plain:
    return {"title": allow_breaks(sheet.title), "questions": [_question(question) for question in sheet.questions]}


def _question(question: SheetQuestion) -> Plain:
    return {
        "title": f"{question.number} {question.text}",
        "about": [text for text in (question.hint, *question.help) if text],
        "so_far": _list_so_far(question),
        "ask": question.ask,
        "options": list(question.options),
        "columns": 2 if len(question.options) >= TWO_COLUMNS else 1,
        "unit": question.unit,
        "states": list(question.states),
        "usual": list(question.usual),
        "proved": bool(question.usual or question.evidence),
    }


def _list_so_far(question: SheetQuestion) -> list[list[str]]:
    facts = (("Bisher angegeben", question.so_far), ("Erläuterung", question.note))
    said = [[word, allow_breaks(text)] for word, text in facts if text]
    return said + [["Beleg", allow_breaks(piece)] for piece in question.evidence]
