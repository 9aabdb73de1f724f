"""Cells of a filled file as somebody would have typed them, and what messages call them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from selfcheck.reporting.questions_sheet.bounds import MOST_COLUMNS
from selfcheck.reporting.words import german

SHOWN = 60
"""Characters of a cell that a message repeats."""
Cell = object


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a file: `row` is where, the same for all that is wrong in it."""

    row: str
    text: str


def at(row: Sequence[Cell], place: int) -> str:
    """What stands in a cell of `row`; empty for whatever lies beyond it."""
    return read_text(row[place]) if place < min(len(row), MOST_COLUMNS) else ""


def read_text(cell: Cell) -> str:
    """A cell as somebody would have typed it: numbers with a comma, line ends as ours."""
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if isinstance(cell, date):
        return german.day(cell)
    if isinstance(cell, float | int):
        return german.number_to_edit(Decimal(str(cell)))
    return str(cell).replace("\r\n", "\n").replace("_x000D_", "")


def quote(text: str) -> str:
    """`text` as a message repeats it."""
    return german.quoted(german.shorten(text, SHOWN))


def address(place: int, line: int) -> str:
    """`E12`, as Excel names a cell."""
    return f"{chr(ord('A') + place)}{line}"
