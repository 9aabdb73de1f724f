"""The workbook around every Excel table: looks, head and foot, print set-up. A text is a text: never a formula, never a
link.

The same report gives the same bytes: what carries a date carries that of the Stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

from selfcheck.reporting.documents.file import File
from selfcheck.reporting.documents.look import FONT, MUTED, RULE, TEXT, TINT
from selfcheck.reporting.documents.properties import Properties
from selfcheck.reporting.documents.texts import Frame, one_line, spell_out

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 32_767
"""Characters that a cell holds."""
CUT = "… [gekürzt, mehr fasst eine Zelle nicht]"
A4 = 9
EMPTY = "keine"
WORD_WIDTH, FACT_WIDTH = 26, 90
LINE, AROUND, HIGHEST = 13.5, 3, 409
"""Points of a line, of what is above and below, and of the highest row."""
TEXTS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
BASE = {"font_name": FONT, "font_size": 10, "font_color": f"#{TEXT}", "valign": "top", "text_wrap": True}

Cell = str | Decimal | None


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is in characters."""

    title: str
    width: int


class Book:
    """A workbook that is being written sheet by sheet."""

    def __init__(self, frame: Frame, kind: str) -> None:
        """`kind` is what it is: „Entwurf der Dokumentationstabelle“."""
        # Not at the top: a worker that writes no Excel file does without it.
        from xlsxwriter import Workbook

        self._frame, self._written = frame, BytesIO()
        self._book = Workbook(self._written, {"in_memory": True, **TEXTS})
        self._head = self._book.add_format({**BASE, "bold": True, "bg_color": f"#{TINT}", **_border()})
        self._text = self._book.add_format({**BASE, "quote_prefix": True, **_border()})
        self._number = self._book.add_format({**BASE, **_border()})
        self._word = self._book.add_format({**BASE, "font_color": f"#{MUTED}", **_border()})
        self._set_properties(kind)

    def table(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], frozen: int = 1) -> None:
        """A sheet with one table: its head stays in sight and on every page, each column has a filter. `frozen` columns
        stay at the left.
        """
        sheet = self._add_sheet(name)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.title, self._head)
        sheet.set_row(0, find_height((column.title, column.width) for column in columns))
        last = 0
        for last, row in enumerate(rows, start=1):
            sheet.set_row(
                last, find_height((str(cell or ""), column.width) for cell, column in zip(row, columns, strict=True))
            )
            for place, cell in enumerate(row):
                self._write(sheet, last, place, cell)
        if not last:
            self._write(sheet, 1, 0, EMPTY)
        sheet.freeze_panes(1, frozen)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, last, len(columns) - 1)

    def facts(self, name: str, facts: Iterable[tuple[str, str]]) -> None:
        """A sheet of facts: the word, and what it says."""
        sheet = self._add_sheet(name)
        sheet.set_column(0, 0, WORD_WIDTH)
        sheet.set_column(1, 1, FACT_WIDTH)
        for line, (word, value) in enumerate(facts):
            sheet.set_row(line, find_height(((word, WORD_WIDTH), (value, FACT_WIDTH))))
            sheet.write_string(line, 0, fit(word), self._word)
            sheet.write_string(line, 1, fit(value), self._text)

    def finish(self, name: str) -> File:
        """The file; `name` is the first word of what it is called."""
        self._book.close()
        return File(self._frame.name(name, "xlsx"), KIND, free_heights(self._written))

    def _write(self, sheet: Worksheet, line: int, place: int, cell: Cell) -> None:
        if isinstance(cell, Decimal):
            sheet.write_number(line, place, float(cell), self._number)
        elif cell:
            sheet.write_string(line, place, fit(cell), self._text)
        else:
            sheet.write_blank(line, place, None, self._number)

    def _add_sheet(self, name: str) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        left, right = head_text(f"{name}: {self._frame.label}"), head_text(self._frame.head)
        sheet.set_header(f"&L&9{left}&R&9{right}")
        sheet.set_footer(f"&L&9{head_text(self._frame.foot, 120)}&R&9Seite &P von &N")
        sheet.hide_gridlines(2)
        return sheet

    def _set_properties(self, kind: str) -> None:
        frame = self._frame
        title = f"{kind} {frame.municipality}, {frame.stand}"
        properties = Properties(title, f"{frame.label}, {frame.foot}", frame.municipality, frame.at)
        names = dict(zip(("title", "subject", "author"), properties.texts, strict=True))
        self._book.set_properties({**names, "created": properties.moment})


def fit(text: str) -> str:
    """`text` as a cell holds it: nothing that cannot be printed, and what is too long is cut with a note."""
    said = spell_out(text)
    return said if _units(said) <= MOST else f"{_cut(said, MOST - len(CUT))}{CUT}"


def _units(text: str) -> int:
    """Excel counts letters beyond the first 65,536 twice."""
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, room: int) -> str:
    return text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore")


def head_text(text: str, longest: int = 80) -> str:
    """`text` as it stands in a head or foot behind the size of its letters: no code of these, and no digits of that.

    A letter never follows `&` at once: XlsxWriter would take `&&G` for a picture and leave the whole line out.
    """
    line = one_line(text.replace("&", " & "), longest).replace("&", "&&")
    return f" {line}" if line[:1].isdigit() else line


def find_height(cells: Iterable[tuple[str, int]]) -> float:
    """How high a row has to be for what its cells of these widths say, in points."""
    lines = (sum(1 + len(line) // max(1, width - 1) for line in text.split("\n")) for text, width in cells)
    return min(HIGHEST, LINE * max(lines) + AROUND)


def free_heights(written: BytesIO) -> bytes:
    """The same book whose heights nobody chose: programs that work them out do so, also after a cell was changed."""
    freed = BytesIO()
    with ZipFile(written) as source, ZipFile(freed, "w", ZIP_DEFLATED) as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename.startswith("xl/worksheets/"):
                content = content.replace(b' customHeight="1"', b"")
            target.writestr(member, content, ZIP_DEFLATED)
    return freed.getvalue()


def _border() -> dict[str, object]:
    return {"border": 1, "border_color": f"#{RULE}"}
