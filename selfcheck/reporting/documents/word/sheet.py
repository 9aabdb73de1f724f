"""The sheet around every Word text: an empty document with our styles, head and foot, tables, and the finished file.

The same report gives the same bytes: what carries a date carries that of the Stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC
from functools import lru_cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.opc.coreprops import CoreProperties
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm

from selfcheck.reporting.documents.file import File
from selfcheck.reporting.documents.texts import foot_line, head_line, name_file, one_line
from selfcheck.reporting.documents.word import elements, styles
from selfcheck.reporting.documents.word.elements import Column, Strong, Text, Word
from selfcheck.reporting.report.report import Facts, Report

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
UNDATED = (1980, 1, 1, 0, 0, 0)
"""What a member of a ZIP is dated with where no date is meant."""
LEFT_OUT = ("stylesWithEffects", "customXml", "thumbnail", "extended-properties")
"""Parts of the empty document that say something about its maker, and nothing about ours."""
LONGEST_PROPERTY = 255


class Sheet:
    """A Word document that is being written from top to bottom."""

    def __init__(self, report: Report, kind: str) -> None:
        """`kind` is what it is: „Bericht zum Selbstcheck“."""
        self._report, self._kind, self._written = report, kind, list[str]()

    def write(self, text: Text, style: str = "") -> None:
        """One paragraph; line breaks stay within it."""
        self._written.append(elements.paragraph(text, style))

    def head(self, title: str, level: int) -> None:
        """A heading; 1 is the highest below the title."""
        self.write(title, styles.HEADINGS[level - 1])

    def tell(self, word: str, text: Text) -> None:
        """A fact: the word, and what it says."""
        pieces = (text,) if isinstance(text, str) else tuple(text)
        self.write((Word(f"{word}\t"), *pieces), styles.FACT)

    def table(
        self, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Text]], said: str = "", total: bool = False
    ) -> None:
        """A table with a repeated head. `said` is its alternative text; `total`: the last row sums up."""
        head = elements.row([column.title for column in columns], columns, head=True)
        looks = ("firstRow", "lastRow") if total else ("firstRow",)
        lines = (elements.row(row, columns) for row in rows)
        self._add_table(elements.table(title, said or title, columns, looks, (head, *lines)))

    def facts(self, title: str, facts: Facts) -> None:
        """A table without a head whose first column says what the second one is."""
        columns = (Column("", 26), Column("", 74))
        lines = [elements.row(fact, columns) for fact in facts]
        self._add_table(elements.table(title, "Links steht, was rechts steht.", columns, ("firstColumn",), lines))

    def finish(self, name: str) -> File:
        """The file; `name` is the first word of what it is called."""
        document = Document(BytesIO(_blank()))
        body = document.element.body
        for each in _parse("".join(self._written)):
            body.insert_element_before(each, "w:sectPr")
        section = document.sections[0]
        number = f"{elements.run('Seite ')}{elements.field('PAGE')}{elements.run(' von ')}{elements.field('NUMPAGES')}"
        title = f"Selbstcheck {self._report.imprint.title}"
        _replace_inside(section.header._element, elements.line("Header", title, elements.run(head_line(self._report))))
        _replace_inside(section.footer._element, elements.line("Footer", foot_line(self._report), number))
        self._set_properties(document.core_properties)
        written = BytesIO()
        document.save(written)
        return File(name_file(name, self._report, "docx"), KIND, _pack(written))

    def _add_table(self, table: str) -> None:
        """Two tables without a paragraph between them would become one."""
        self._written.append(table)
        self.write("", styles.CELL)

    def _set_properties(self, properties: CoreProperties) -> None:
        report, moment = self._report, self._report.imprint.at
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC).replace(tzinfo=None)
        properties.title = one_line(f"{self._kind} {report.cover.municipality}, {report.cover.stand}", LONGEST_PROPERTY)
        properties.subject = one_line(f"{report.imprint.title}, {foot_line(report)}", LONGEST_PROPERTY)
        properties.author = properties.last_modified_by = one_line(report.cover.municipality, LONGEST_PROPERTY)
        properties.language, properties.comments = "de-DE", ""
        properties.created = properties.modified = moment.replace(microsecond=0)


def cover(report: Report, kind: str, title: str = "") -> Sheet:
    """A new sheet with what stands at the top of each: what it is, whose, which Stand, whom to ask, and the notice."""
    sheet = Sheet(report, kind)
    if report.cover.audience:
        sheet.write(report.cover.audience, styles.NOTE)
    sheet.write(title or report.cover.municipality, styles.TITLE)
    sheet.write(f"{kind}, {report.cover.stand}", styles.SUBTITLE)
    facts = (*report.cover.audit, *report.cover.contact)
    own = (("Kommune", report.cover.municipality),) if title else ()
    sheet.facts("Angaben zu Kommune und Audit", (*own, *facts))
    return sheet


def impress(sheet: Sheet, report: Report) -> None:
    """What nobody may read the numbers without."""
    sheet.write((Strong(report.outcome.disclaimer), f" {report.cover.notice}".rstrip()), styles.BOX)


@lru_cache(maxsize=1)
def _blank() -> bytes:
    """The empty document of python-docx on our paper, with our styles instead of its own."""
    document = Document()
    for relations in (document.part.package.rels, document.part.rels):
        for id in [id for id, relation in relations.items() if relation.reltype.endswith(LEFT_OUT)]:
            del relations[id]
    _replace_inside(document.styles.element, styles.STYLES)
    _replace_inside(document.part.numbering_part.element, styles.NUMBERING)
    _replace_inside(document.settings.element, styles.SETTINGS)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.3), Cm(2.2)
    section.header_distance = section.footer_distance = Cm(1)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _parse(inside: str) -> list[BaseOxmlElement]:
    return list(parse_xml(f"<w:body {nsdecls('w')}>{inside}</w:body>"))


def _replace_inside(old: BaseOxmlElement, inside: str) -> None:
    for child in list(old):
        old.remove(child)
    for child in _parse(inside):
        old.append(child)


def _pack(written: BytesIO) -> bytes:
    """The same file with members that carry no time of ours."""
    packed = BytesIO()
    with ZipFile(written) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name, UNDATED), source.read(name), ZIP_DEFLATED)
    return packed.getvalue()
