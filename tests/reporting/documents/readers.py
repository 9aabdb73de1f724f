"""Documents read back as the programs that open them do: everything that somebody would see of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from icalendar import Calendar
from python_calamine import load_workbook

from selfcheck.reporting.documents.file import File


def open_word(file: File) -> WordDocument:
    return Document(BytesIO(file.content))


def read_word(file: File) -> str:
    """Body, tables, their alternative texts, head and foot."""
    document = open_word(file)
    section = document.sections[0]
    parts: list[Any] = [document.element.body, section.header._element, section.footer._element]
    found = [Paragraph(each, document).text for part in parts for each in part.iter(qn("w:p"))]
    said = [each.get(qn("w:val")) for name in ("tblCaption", "tblDescription") for each in _all(document, name)]
    return "\n".join((*found, *said))


def _all(document: WordDocument, name: str) -> Iterator[Any]:
    return document.element.body.iter(qn(f"w:{name}"))


def read_excel(file: File) -> str:
    """All cells of all sheets."""
    book = load_workbook(BytesIO(file.content))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    return "\n".join(str(cell) for row in rows for cell in row)


def read_sheet(file: File, name: str) -> list[list[Any]]:
    return load_workbook(BytesIO(file.content)).get_sheet_by_name(name).to_python()


def read_calendar(file: File) -> str:
    """What entries and the calendar itself say."""
    calendar = Calendar.from_ical(file.content)
    texts = [(name, str(value)) for part in calendar.walk() for name, value in part.items()]
    return "\n".join(_ESCAPED.sub(_unescape, text) if name.startswith("X-") else text for name, text in texts)


_ESCAPED = re.compile(r"\\(.)")


def _unescape(found: re.Match[str]) -> str:
    """icalendar leaves what it has no words for as it stands in the file."""
    return "\n" if found[1] in "nN" else found[1]
