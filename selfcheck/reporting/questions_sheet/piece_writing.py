"""The sheet of evidence: what is known with its place, and free rows for what is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from selfcheck.reporting.documents.excel import find_height, fit
from selfcheck.reporting.questions_sheet import layout
from selfcheck.reporting.questions_sheet.head import write_head
from selfcheck.reporting.questions_sheet.layout import Asked, AskedPiece, PiecePlace

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

CODES = (PiecePlace.FILE_NUMBER, PiecePlace.PAGE)
ANOTHER = "weiterer Beleg"
OTHER_WORD = f"Bitte wählen Sie {layout.YES} oder {layout.NO}, oder leeren Sie die Zelle."
SAY_WHETHER = f"Liegt der Beleg vor? Bitte {layout.YES} oder {layout.NO} wählen."
CHOOSE_NUMBER = "Für einen weiteren Beleg: Bitte die Nummer der Frage wählen, zu der er gehört."
OTHER_NUMBER = "Bitte wählen Sie die Nummer einer Frage aus der Liste."
SEEN = [place for place in PiecePlace if place < PiecePlace.ID]
Cells = Mapping[PiecePlace, str]


def write_pieces(
    sheet: Worksheet, asked: Sequence[Asked], numbers: str, seed: str, looks: Mapping[str, object]
) -> None:
    """Fills `sheet`. `numbers` is where the numbers stand that can be chosen, `seed` tells files apart."""
    write_head(sheet, layout.PIECES, layout.PIECE_TITLES, PiecePlace.ID, looks)
    for line, cells in enumerate(_rows(asked, seed), start=layout.HEAD + 1):
        new = not cells[PiecePlace.ID]
        sheet.set_row(line, find_height((cells.get(place, ""), layout.PIECE_TITLES[place][1]) for place in SEEN))
        for place in PiecePlace:
            value = cells.get(place, "")
            filled = place in layout.FILLED or (new and place is PiecePlace.NUMBER)
            typed = "code" if place in CODES else "open"
            look = looks[typed if filled else "text" if place <= PiecePlace.TEXT and not new else "said"]
            if value:
                sheet.write_string(line, place, value, look)
            else:
                sheet.write_blank(line, place, None, look)
        if new:
            _offer(sheet, line, PiecePlace.NUMBER, numbers, (CHOOSE_NUMBER, OTHER_NUMBER))
        _offer(sheet, line, PiecePlace.THERE, [layout.YES, layout.NO], (SAY_WHETHER, OTHER_WORD))


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


def _offer(sheet: Worksheet, line: int, place: PiecePlace, source: object, messages: tuple[str, str]) -> None:
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
            "error_message": messages[1],
            "input_message": messages[0],
        },
    )
