"""Tables as templates draw them: rows of cells, a cell being a text or a text with an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from selfcheck.reporting.charts.charts import TableRow
from selfcheck.reporting.words import german

Cell = str | Mapping[str, str]
Cells = tuple[Cell, ...]
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class CriteriaTable:
    rows: tuple[Cells, ...]
    foot: Cells


def plain_table(table: tuple[TableRow, ...]) -> CriteriaTable:
    """The numbers of the chart, row by row, without addresses."""
    *rows, total = ((row.title, *list_numbers(row)) for row in table)
    return CriteriaTable(tuple(rows), total)


def list_numbers(row: TableRow) -> tuple[str, ...]:
    """The cells behind the title of a row."""
    numbers = (row.documented, row.claimed, row.open, row.lost, row.missing, row.possible)
    return (*(NOTHING if number is None else german.points(number) for number in numbers), row.percent)
