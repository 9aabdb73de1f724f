"""What stands above the cells of each sheet: how it is filled in, and what the columns are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from selfcheck.reporting.documents.excel import BASE, LINE, find_height
from selfcheck.reporting.documents.look import MUTED, RULE, SHADE, TINT
from selfcheck.reporting.questions_sheet import layout

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

AS_TEXT = 49
"""The number of the built-in format whose cells hold texts."""
LAST = 2000
"""Rows in which no program warns of numbers that are written as texts."""


def make_looks(book: Workbook) -> dict[str, object]:
    """The looks of cells by name: `open` and `code` are filled in. In a `code` no program makes 0.82 of „82 %“, or a
    day of „10-4“.
    """
    border = {"border": 1, "border_color": f"#{RULE}"}
    locked = {"quote_prefix": True, "bg_color": f"#{SHADE}"}
    filled = {"locked": False, "bg_color": "#FFFFFF"}
    return {
        "head": book.add_format({**BASE, **border, "bold": True, "bg_color": f"#{TINT}"}),
        "guide": book.add_format({**BASE, "text_wrap": False}),
        "text": book.add_format({**BASE, **border, **locked}),
        "said": book.add_format({**BASE, **border, **locked, "font_color": f"#{MUTED}"}),
        "open": book.add_format({**BASE, **border, **filled}),
        "code": book.add_format({**BASE, **border, **filled, "num_format": AS_TEXT}),
    }


def write_head(
    sheet: Worksheet, name: str, titles: Sequence[tuple[str, int]], hidden: int, looks: Mapping[str, object]
) -> None:
    """The guide of the sheet `name`, then the heads of its columns; those from `hidden` on are out of sight."""
    for line, text in enumerate(layout.GUIDES[name]):
        sheet.set_row(line, LINE)
        sheet.write_string(line, 0, text, looks["guide"])
    for place, (title, width) in enumerate(titles):
        sheet.set_column(place, place, width, None, {"hidden": place >= hidden})
        sheet.write_string(layout.HEAD, place, title, looks["head"])
    sheet.set_row(layout.HEAD, find_height(titles[:hidden]))
    sheet.ignore_errors({"number_stored_as_text": f"A{layout.HEAD + 2}:{chr(ord('A') + hidden - 1)}{LAST}"})
