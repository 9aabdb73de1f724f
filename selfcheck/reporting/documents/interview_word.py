"""Agenda and Prüfprotokoll as Word files, to be written on with at the chamber."""

from __future__ import annotations

from collections.abc import Sequence

from selfcheck.reporting.documents.file import File
from selfcheck.reporting.documents.interview_frame import AGENDA, INNER, RECORD, frame_paper, say_or_nothing
from selfcheck.reporting.documents.word import styles
from selfcheck.reporting.documents.word.elements import Column
from selfcheck.reporting.documents.word.sheet import Sheet
from selfcheck.reporting.review.paper import Paper, PaperRow, Stamp


def write_agenda(paper: Paper, stamp: Stamp) -> File:
    """What is talked about for how long, and who should be there."""
    sheet = _open(paper, stamp, AGENDA)
    _tell_all(sheet, paper.plan_facts)
    sheet.head("Wer teilnimmt", 1)
    _participants(sheet, paper)
    sheet.head("Worüber wir sprechen", 1)
    columns = (Column("Nr.", 10), Column("Thema", 75), Column("Minuten", 15, number=True))
    rows = [(row.number, _topic(row), str(row.minutes)) for row in paper.rows]
    sheet.table("Tagesordnung", columns, [*rows, ("", "Zusammen", paper.sum)], "Je Zeile ein Thema", total=True)
    return sheet.finish(AGENDA)


def write_record(paper: Paper, stamp: Stamp) -> File:
    """The same with what came out of it."""
    sheet = _open(paper, stamp, RECORD)
    sheet.write(INNER, styles.BOX)
    _tell_all(sheet, (*paper.plan_facts, *paper.record_facts))
    sheet.head("Teilnehmende", 1)
    _participants(sheet, paper)
    sheet.head("Ergebnisse des Gesprächs", 1)
    for row in paper.rows:
        sheet.head(f"{row.number} {row.title}", 2)
        for reason in (*row.reasons, *row.inner):
            sheet.write(reason, styles.BULLET)
        sheet.write(say_or_nothing(row.said))
    sheet.write(f"Zusammen {paper.sum}.", styles.NOTE)
    sheet.head("Nach Kriterien", 1)
    for criterion in paper.criteria:
        sheet.head(criterion.title, 2)
        sheet.tell("Gute Praxis", say_or_nothing(criterion.good))
        sheet.tell("Verbesserung", say_or_nothing(criterion.better))
    sheet.head("Ergebnis", 1)
    sheet.write(say_or_nothing(paper.result))
    return sheet.finish(RECORD)


def _open(paper: Paper, stamp: Stamp, kind: str) -> Sheet:
    sheet = Sheet(frame_paper(paper, stamp, kind), kind)
    sheet.write(kind, styles.TITLE)
    sheet.write(f"{paper.municipality}, {paper.stand}", styles.SUBTITLE)
    sheet.write(f"{paper.chamber}. {stamp.said}" if paper.chamber else stamp.said, styles.NOTE)
    return sheet


def _tell_all(sheet: Sheet, facts: Sequence[tuple[str, str]]) -> None:
    for word, value in facts:
        sheet.tell(word, say_or_nothing(value))


def _participants(sheet: Sheet, paper: Paper) -> None:
    columns = (Column("Funktion", 45), Column("Themen", 20), Column("Name", 35))
    rows = [(each.role, ", ".join(each.numbers), each.names) for each in paper.participants]
    sheet.table("Wer teilnimmt", columns, rows, "Je Zeile eine Funktion, ihre Themen, Platz für Namen")


def _topic(row: PaperRow) -> str:
    return "\n".join((row.title, *(f"– {reason}" for reason in row.reasons)))
