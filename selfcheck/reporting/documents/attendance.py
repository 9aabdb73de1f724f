"""Teilnahmeliste (Word): who should sit at the interview, to be filled in and signed."""

from __future__ import annotations

from selfcheck.reporting.documents.file import File
from selfcheck.reporting.documents.word import styles
from selfcheck.reporting.documents.word.elements import Column
from selfcheck.reporting.documents.word.sheet import Sheet, cover, impress
from selfcheck.reporting.report.report import Report
from selfcheck.reporting.words import german

TITLE = "Teilnahmeliste für das Prüfgespräch"
BLANK_ROWS = 4
"""For whoever else comes."""
BLANK = "_" * 40
"""What is written with a pen."""
SIGNED = 454
"""How high a row is in which somebody signs: 8 mm, in twentieths of a point."""

ATTENDEES = (
    "Die IHK wünscht sich, dass die (Ober-)Bürgermeisterin oder der (Ober-)Bürgermeister und die Leitungen der "
    "betroffenen Fachbereiche am Prüfgespräch teilnehmen. Die Fachbereiche hat der Selbstcheck vorgeschlagen; "
    "passen Sie die Liste an Ihr Rathaus an."
)
"""What stands over who should come."""


def write(report: Report) -> File:
    """The list as a sheet of its own."""
    sheet = cover(report, TITLE, TITLE)
    when = german.long_day(report.imprint.interview) if report.imprint.interview else "noch kein Termin"
    sheet.tell("Termin", when)
    sheet.tell("Ort, Uhrzeit", BLANK)
    sheet.head("Für die Kommune", 1)
    _write_attendees(sheet, report)
    sheet.head(f"Für die {report.imprint.chamber}" if report.imprint.chamber else "Für die IHK", 1)
    columns = (Column("Name", 40), Column("Funktion", 30), Column("Unterschrift", 30))
    sheet.table("Vertretung der IHK", columns, [("", "", "")] * 2, "Leere Zeilen zum Ausfüllen", height=SIGNED)
    impress(sheet, report)
    return sheet.finish("Teilnahmeliste")


def _write_attendees(sheet: Sheet, report: Report) -> None:
    """Those who should come, with blank rows behind them."""
    sheet.write(ATTENDEES, styles.NOTE, kept=True)
    columns = (Column("Funktion", 32), Column("Fragen", 15), Column("Name", 27), Column("Unterschrift", 26))
    rows = [(each.label, ", ".join(each.numbers), each.name, "") for each in report.attendees]
    said = "Je Zeile eine Person, die Fragen aus ihrem Bereich, Platz für Name und Unterschrift"
    blank = [("", "", "", "")] * BLANK_ROWS
    sheet.table("Wer für die Kommune teilnimmt", columns, [*rows, *blank], said, height=SIGNED)
