"""The sheet of evidence of a filled file: the rows in which somebody wrote."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from selfcheck.core.questionnaire.model import Question, QuestionId, Questionnaire
from selfcheck.core.text.order import fold
from selfcheck.reporting.questions_sheet import layout
from selfcheck.reporting.questions_sheet.cells import Cell, Fault, address, at, quote
from selfcheck.reporting.questions_sheet.layout import PiecePlace

WORDS = {fold(word): there for word, there in {layout.YES: True, "x": True, layout.NO: False, "": False}.items()}
SHEET = f"Blatt „{layout.PIECES}“"
_KEY = re.compile(r"[1-9][0-9]{0,17}|u[0-9]{1,3}|n[0-9a-f]{8,40}")


@dataclass(frozen=True, slots=True)
class FilledPiece:
    """What stands in a row about a piece of evidence; `key` is what a form calls it, `line` its row in Excel."""

    key: str
    line: int
    version: str
    title: str
    available: bool
    link: str
    file_number: str
    page: str


def read_pieces(
    rows: Sequence[Sequence[Cell]], questionnaire: Questionnaire, known: Collection[QuestionId], faults: list[Fault]
) -> Mapping[QuestionId, tuple[FilledPiece, ...]]:
    """The pieces of each of the `known` questions that somebody filled in; rows in which something is wrong are left
    out and told in `faults`.
    """
    by_number = {fold(question.number): question for question in questionnaire.questions}
    found: dict[QuestionId, tuple[FilledPiece, ...]] = {}
    for line, row in _written(rows):
        question = questionnaire.question.get(QuestionId(at(row, PiecePlace.ID)))
        question = question or by_number.get(fold(at(row, PiecePlace.NUMBER).strip()))
        if question is None or question.id not in known:
            cell = address(PiecePlace.NUMBER, line)
            text = f"{SHEET}, Zelle {cell}: Bitte wählen Sie, zu welcher Frage der Beleg gehört."
            faults.append(Fault(name_row(line), text))
            continue
        piece, others = _read_piece(question, line, row, faults), found.get(question.id, ())
        if piece is not None and any(piece.key == other.key for other in others):
            row_name = name_row(line)
            faults.append(Fault(row_name, f"{row_name} (Frage {question.number}): Dieser Beleg steht hier zweimal."))
        elif piece is not None:
            found[question.id] = (*others, piece)
    return found


def name_row(line: int) -> str:
    """A row of this sheet, as messages call it."""
    return f"{SHEET}, Zeile {line}"


def _written(rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The rows that say something else than when they went out."""
    for line, row in enumerate(rows[_find_head(rows) + 1 :], start=_find_head(rows) + 2):
        cells = tuple(at(row, place).strip() for place in layout.FILLED)
        if any(cells) and layout.mark(*cells) != at(row, PiecePlace.MARK):
            yield line, row


def _find_head(rows: Sequence[Sequence[Cell]]) -> int:
    head = layout.PIECE_TITLES[PiecePlace.ID][0]
    return next((place for place, row in enumerate(rows) if at(row, PiecePlace.ID) == head), 0)


def _read_piece(question: Question, line: int, row: Sequence[Cell], faults: list[Fault]) -> FilledPiece | None:
    title, said, link, file_number, page = (at(row, place).strip() for place in layout.FILLED)
    there = WORDS.get(fold(said))
    if there is None:
        text = (
            f"{SHEET}, Zelle {address(PiecePlace.THERE, line)} (Frage {question.number}): {quote(said)} ist hier "
            f"keine Angabe. Bitte wählen Sie {layout.YES} oder {layout.NO}."
        )
        faults.append(Fault(name_row(line), text))
        return None
    return FilledPiece(
        key=_find_key(question, row, title),
        line=line,
        version=at(row, PiecePlace.VERSION),
        title=title,
        available=there,
        link=link,
        file_number=file_number,
        page=page,
    )


def _find_key(question: Question, row: Sequence[Cell], title: str) -> str:
    """The key of a row. A new piece is known by its title too: two people who fill in copies of one file may each write
    into its first free row, and both pieces stay.
    """
    key = at(row, PiecePlace.KEY)
    if _KEY.fullmatch(key) and not key.startswith(layout.NEW):
        return key
    return f"{layout.NEW}{layout.mark(key, question.id, fold(title))}"
