"""The sheet of evidence: what is known with its place, and free rows for what is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from selfcheck.reporting.documents.excel import find_height, fit
from selfcheck.reporting.questions_sheet import layout
from selfcheck.reporting.questions_sheet.layout import Asked, AskedPiece, PiecePlace

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

ANOTHER = "weiterer Beleg"
OTHER_WORD = f"Bitte wählen Sie {layout.YES} oder {layout.NO}, oder leeren Sie die Zelle."
OTHER_NUMBER = "Bitte wählen Sie die Nummer einer Frage aus der Liste."
SEEN = [place for place in PiecePlace if place < PiecePlace.ID]
Cells = Mapping[PiecePlace, str]


def write_pieces(
    sheet: Worksheet, asked: Sequence[Asked], numbers: str, seed: str, looks: Mapping[str, object]
) -> None:
    """Fills `sheet`. `numbers` is where the numbers stand that can be chosen, `seed` tells files apart."""
    for place, (name, width) in enumerate(layout.PIECE_TITLES):
        sheet.set_column(place, place, width, None, {"hidden": place >= PiecePlace.ID})
        sheet.write_string(0, place, name, looks["head"])
    sheet.set_row(0, find_height(layout.PIECE_TITLES[: PiecePlace.ID]))
    line = 0
    for line, cells in enumerate(_rows(asked, seed), start=1):
        new = not cells[PiecePlace.ID]
        sheet.set_row(line, find_height((cells.get(place, ""), layout.PIECE_TITLES[place][1]) for place in SEEN))
        for place in PiecePlace:
            value = cells.get(place, "")
            filled = place in layout.FILLED or (new and place is PiecePlace.NUMBER)
            look = looks["open" if filled else "text" if place <= PiecePlace.TEXT and not new else "said"]
            if value:
                sheet.write_string(line, place, value, look)
            else:
                sheet.write_blank(line, place, None, look)
        if new:
            _offer(sheet, line, PiecePlace.NUMBER, numbers, OTHER_NUMBER)
        _offer(sheet, line, PiecePlace.THERE, [layout.YES, layout.NO], OTHER_WORD)


def _rows(asked: Sequence[Asked], seed: str) -> Iterator[Cells]:
    for each in asked:
        for piece in each.pieces:
            yield _row(each, piece)
    for number in range(layout.NEW_PIECES):
        yield {
            PiecePlace.TEXT: ANOTHER,
            PiecePlace.ID: "",
            PiecePlace.KEY: f"{layout.NEW}{layout.mark(seed, str(number))}",
            PiecePlace.VERSION: "0",
        }


def _row(asked: Asked, piece: AskedPiece) -> Cells:
    cells = tuple(fit(cell) for cell in piece.cells)
    return {
        PiecePlace.NUMBER: asked.question.number,
        PiecePlace.TEXT: asked.question.name,
        **dict(zip(layout.FILLED, cells, strict=True)),
        PiecePlace.FILE: fit(piece.file),
        PiecePlace.ID: asked.question.id,
        PiecePlace.KEY: piece.key,
        PiecePlace.VERSION: piece.version,
        PiecePlace.MARK: layout.mark(*cells),
    }


def _offer(sheet: Worksheet, line: int, place: PiecePlace, source: object, message: str) -> None:
    sheet.data_validation(
        line,
        place,
        line,
        place,
        {
            "validate": "list",
            "source": source,
            "ignore_blank": True,
            "error_title": "Bitte aus der Liste wählen",
            "error_message": message,
        },
    )
