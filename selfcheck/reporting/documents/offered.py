"""The list of documents: what can be loaded down of a Stand, in the order of the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from selfcheck.reporting.documents import attendance, council_paper, dates, documentation_table, word_report
from selfcheck.reporting.documents.file import File
from selfcheck.reporting.documents.manuscript import Manuscript
from selfcheck.reporting.documents.pdf import departments_pdf, report_pdf, summary_pdf
from selfcheck.reporting.report.report import Report


@dataclass(frozen=True, slots=True)
class Document:
    """`address` is the last part of its address, `title` the text of its link, `about` one sentence on what it is.

    `at_will`: way to the mark and checklist stand in it only where they are ticked; the others get them always.
    """

    address: str
    title: str
    about: str
    write: Callable[[Report], File | Manuscript]
    at_will: bool = False


COUNCIL_PAPER = Document(
    "beschlussvorlage.docx",
    "Beschlussvorlage (Word)",
    "Ein Entwurf für das Gremium, das über die Teilnahme beschließt. Was Sie ergänzen müssen, ist markiert.",
    council_paper.write,
)
DOCUMENTS = (
    Document(
        "bericht.pdf",
        "Bericht (PDF)",
        "Ergebnis, Lücken, alle Angaben mit Belegen, Ziele und Projekte: für die IHK, die Gremien und die Akte.",
        report_pdf.write,
        at_will=True,
    ),
    Document(
        "kurzfassung.pdf",
        "Kurzfassung für die Leitung (PDF)",
        "Zwei Seiten: wo Sie stehen, Stärken, Lücken, was entscheidet, Ziele und die nächsten Termine.",
        summary_pdf.write,
    ),
    Document(
        "bericht.docx",
        "Bericht (Word)",
        "Derselbe Bericht, zum Weiterschreiben im Rathaus.",
        word_report.write,
        at_will=True,
    ),
    COUNCIL_PAPER,
    Document(
        "dokumentationstabelle.xlsx",
        "Entwurf der Dokumentationstabelle (Excel)",
        "Jede Frage mit Angabe, Erläuterung, Beleg, Ansprechperson und offenen Punkten. "
        "Maßgeblich ist die Tabelle der IHK.",
        documentation_table.write,
    ),
    Document(
        "teilnahmeliste.docx",
        "Teilnahmeliste (Word)",
        "Wer zum Prüfgespräch kommt, zum Ausfüllen und Unterschreiben.",
        attendance.write,
    ),
    Document(
        "fachbereiche.pdf",
        "Blätter für alle Fachbereiche (PDF)",
        "Für jeden Fachbereich ein Blatt zum Ausfüllen mit dem Stift: seine Fragen und was dazu schon angegeben ist.",
        departments_pdf.write,
    ),
    Document(
        "termine.ics",
        "Termine (Kalender)",
        "Die offenen Schritte der Checkliste und das Prüfgespräch für Outlook und andere Kalender; Schritte desselben "
        "Tages stehen zusammen. Importieren Sie die Datei neu, wenn sich etwas geändert hat. Ein früher importierter "
        "Termin, von dem alles erledigt ist, bleibt stehen: Löschen Sie ihn von Hand.",
        dates.write,
    ),
)
BINDER = "Nachweisordner (ZIP)"
ABOUT_BINDER = (
    "Alle hochgeladenen Dateien in Ordnern nach Register, mit Bericht, Dokumentationstabelle, Inhaltsverzeichnis "
    "und einer Liste dessen, was noch fehlt."
)
"""Made of files too, and sent piece by piece: it has a page of its own."""


def find(address: str) -> Document | None:
    return next((each for each in DOCUMENTS if each.address == address), None)
