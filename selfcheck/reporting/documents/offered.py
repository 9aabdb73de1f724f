"""The list of documents: what can be loaded down of a Stand, in the order of the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from selfcheck.reporting.documents import report_pdf, summary_pdf
from selfcheck.reporting.documents.file import File
from selfcheck.reporting.documents.manuscript import Manuscript
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
        "Ein Blatt: wo Sie stehen, Stärken, Lücken, was entscheidet, Ziele und die nächsten Termine.",
        summary_pdf.write,
    ),
)


def find(address: str) -> Document | None:
    return next((each for each in DOCUMENTS if each.address == address), None)
