"""The Prüfprotokoll as an Excel table: its rows, its criteria, and what it says beside them."""

from __future__ import annotations

from decimal import Decimal

from selfcheck.reporting.documents.excel import Book, Column
from selfcheck.reporting.documents.file import File
from selfcheck.reporting.documents.interview_frame import INNER, RECORD, frame_paper
from selfcheck.reporting.review.paper import Paper, Stamp


def write_record(paper: Paper, stamp: Stamp) -> File:
    """Four sheets: results, criteria, participants, and facts."""
    book = Book(frame_paper(paper, stamp, RECORD), RECORD)
    book.table(
        "Ergebnisse",
        (Column("Nr.", 8), Column("Thema", 36), Column("Anlass", 50), Column("Minuten", 9), Column("Ergebnis", 60)),
        [
            (row.number, row.title, "\n".join((*row.reasons, *row.inner)), Decimal(row.minutes), row.said)
            for row in paper.rows
        ],
    )
    book.table(
        "Kriterien",
        (Column("Kriterium", 36), Column("Gute Praxis", 60), Column("Verbesserung", 60)),
        [(criterion.title, criterion.good, criterion.better) for criterion in paper.criteria],
    )
    book.table(
        "Teilnehmende",
        (Column("Funktion", 50), Column("Themen", 20), Column("Name", 60)),
        [(each.role, ", ".join(each.numbers), each.names) for each in paper.participants],
    )
    facts = (
        ("Hinweis", INNER),
        ("Kommune", paper.municipality),
        ("IHK", paper.chamber),
        ("Stand", paper.stand),
        ("Fassung", stamp.said),
        *paper.plan_facts,
        *paper.record_facts,
        ("Zeit der Themen", paper.sum),
        ("Ergebnis", paper.result),
        ("Qualitätszeichen", paper.label),
    )
    book.facts("Angaben", facts)
    return book.finish(RECORD)
