"""The sheet around every Word text: what stands at its top, headings, facts, tables, head and foot."""

from __future__ import annotations

from collections.abc import Sequence

from selfcheck.reporting.documents.file import File
from selfcheck.reporting.documents.properties import Properties
from selfcheck.reporting.documents.texts import Frame, contact_facts, frame_of
from selfcheck.reporting.documents.word import elements, styles
from selfcheck.reporting.documents.word.elements import Column, Strong, Text, Word
from selfcheck.reporting.report.question_section import Facts
from selfcheck.reporting.report.report import Report

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

SHORT = 12
"""Rows of a table that no page tears."""


class Sheet:
    """A Word document that is being written from top to bottom."""

    def __init__(self, frame: Frame, kind: str) -> None:
        """`kind` is what it is: „Bericht zum Selbstcheck“."""
        self._frame, self._kind, self._written = frame, kind, list[str]()

    def write(self, text: Text, style: str = "", *, kept: bool = False) -> None:
        """One paragraph; line breaks stay within it. `kept`: on the same page as what follows."""
        self._written.append(elements.paragraph(text, style, kept=kept))

    def head(self, title: str, level: int) -> None:
        """A heading; 1 is the highest below the title."""
        self.write(title, styles.HEADINGS[level - 1])

    def tell(self, word: str, text: Text, *, kept: bool = False) -> None:
        """A fact: the word, and what it says. `kept`: on the same page as what follows."""
        pieces = (text,) if isinstance(text, str) else tuple(text)
        self.write((Word(f"{word}\t"), *pieces), styles.FACT, kept=kept)

    def table(
        self,
        title: str,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Text]],
        said: str = "",
        *,
        total: bool = False,
        height: int = 0,
    ) -> None:
        """A table with a repeated head. `said` is its alternative text; `total`: the last row sums up; `height`: rows
        have at least so much, in twentieths of a point. A short one stays on one page.
        """
        short = len(rows) <= SHORT
        head = elements.row([column.title for column in columns], columns, head=True, kept=True)
        looks = ("firstRow", "lastRow") if total else ("firstRow",)
        lines = (
            elements.row(row, columns, kept=short and place < len(rows), height=height)
            for place, row in enumerate(rows, start=1)
        )
        self._add_table(elements.table(title, said or title, columns, looks, (head, *lines)))

    def facts(self, title: str, facts: Facts) -> None:
        """A table without a head whose first column says what the second one is."""
        columns = (Column("", 26), Column("", 74))
        lines = [elements.row(fact, columns) for fact in facts]
        self._add_table(elements.table(title, "Links steht, was rechts steht.", columns, ("firstColumn",), lines))

    def finish(self, name: str) -> File:
        """The file; `name` is the first word of what it is called."""
        # Not at the top: a worker that writes no Word file does without 20 MB.
        from selfcheck.reporting.documents.word.package import pack

        frame = self._frame
        number = f"{elements.run('Seite ')}{elements.field('PAGE')}{elements.run(' von ')}{elements.field('NUMPAGES')}"
        head = elements.line("Header", f"Selbstcheck {frame.label}", elements.run(frame.head))
        foot = elements.line("Footer", frame.foot, number)
        properties = Properties(
            title=f"{self._kind} {frame.municipality}, {frame.stand}",
            subject=f"{frame.label}, {frame.foot}",
            author=frame.municipality,
            at=frame.at,
        )
        return File(frame.name(name, "docx"), KIND, pack("".join(self._written), head, foot, properties))

    def _add_table(self, table: str) -> None:
        """Two tables without a paragraph between them would become one."""
        self._written.append(table)
        self.write("", styles.CELL)


def cover(report: Report, kind: str, title: str = "") -> Sheet:
    """A new sheet with what stands at the top of each: what it is, whose, which Stand, whom to ask, and the notice."""
    sheet = Sheet(frame_of(report), kind)
    if report.cover.audience and not title:
        sheet.write(report.cover.audience, styles.NOTE)
    sheet.write(title or report.cover.municipality, styles.TITLE)
    sheet.write(f"{report.cover.municipality if title else kind}, {report.cover.stand}", styles.SUBTITLE)
    facts = (*report.cover.audit, *contact_facts(report))
    own = (("Kommune", report.cover.municipality),) if title else ()
    sheet.facts("Angaben zu Kommune und Audit", (*own, *facts))
    return sheet


def impress(sheet: Sheet, report: Report) -> None:
    """What nobody may read the numbers without."""
    sheet.write((Strong(report.outcome.disclaimer), f" {report.cover.notice}".rstrip()), styles.BOX)
