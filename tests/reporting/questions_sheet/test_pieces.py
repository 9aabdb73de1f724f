"""Evidence out and back: rows in which nobody wrote say nothing, the others all that stands in them."""

from __future__ import annotations

from io import BytesIO

import pytest
from python_calamine import load_workbook

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.rules.answers import OPEN
from selfcheck.reporting.questions_sheet import layout
from selfcheck.reporting.questions_sheet.cells import Fault
from selfcheck.reporting.questions_sheet.layout import Asked, AskedPiece, Seen
from selfcheck.reporting.questions_sheet.piece_reading import FilledPiece, read_pieces
from selfcheck.reporting.questions_sheet.reading import read
from selfcheck.reporting.questions_sheet.writing import write
from tests.reporting.questions_sheet.filling import find_line, type_into
from tests.reporting.questions_sheet.test_there_and_back import CHECK, NOW
from tests.towns import questionnaire

FIRST, SECOND = [question for question in questionnaire().questions if question.needs_evidence][:2]
PIECES = {
    FIRST.id: (
        AskedPiece(
            "12", "3", "Leitbild =1+1", True, "https://ort.example/l", "10-4/2", "0012", "Leitbild.pdf (1,2 MB)"
        ),
        AskedPiece("u1", "0", FIRST.evidence[1], False, "", "", "", ""),
    )
}
NO_QUESTION = "Blatt „Belege“, Zelle A6: Bitte wählen Sie, zu welcher Frage der Beleg gehört."
NEW_ROW = 6
"""The first free one, as Excel counts."""


def _write() -> bytes:
    seen = Seen("1", "beef")
    asked = [Asked(each, OPEN, seen, seen, PIECES.get(each.id, ())) for each in questionnaire().questions]
    return write(CHECK, "Musterstadt am Main", "Fragen", questionnaire(), asked, NOW).content


def _read(file: bytes) -> dict[QuestionId, tuple[FilledPiece, ...]]:
    return {each.question: each.pieces for each in read(file, CHECK, questionnaire()).filled if each.pieces}


def test_rows_in_which_nobody_wrote_say_nothing() -> None:
    assert not _read(_write())


def test_what_was_filled_in_comes_back_with_its_version() -> None:
    file = _write()
    line = find_line(file, layout.PIECES, "Leitbild =1+1")
    filled = type_into(file, layout.PIECES, line, {"C": " Leitbild 2035 ", "D": "Nein", "F": ""})
    (piece,) = _read(filled)[FIRST.id]
    assert piece == FilledPiece("12", line, "3", "Leitbild 2035", False, "https://ort.example/l", "", "0012")
    usual = type_into(file, layout.PIECES, line + 1, {"D": "ja"})
    assert [(each.key, each.version, each.available) for each in _read(usual)[FIRST.id]] == [("u1", "0", True)]


def test_a_row_that_was_emptied_takes_nothing_away() -> None:
    file = _write()
    line = find_line(file, layout.PIECES, "Leitbild =1+1")
    assert not _read(type_into(file, layout.PIECES, line, dict.fromkeys("CDEFG", "")))


def test_free_rows_take_what_the_file_does_not_know() -> None:
    file = _write()
    assert find_line(file, layout.PIECES, "weiterer Beleg") == NEW_ROW
    row = {"A": SECOND.number.lower(), "C": "Satzung", "D": "x", "F": "10-4"}
    (mine,) = _read(type_into(file, layout.PIECES, NEW_ROW, row))[SECOND.id]
    assert (mine.title, mine.available, mine.file_number, mine.version) == ("Satzung", True, "10-4", "0")
    (again,) = _read(type_into(file, layout.PIECES, NEW_ROW, row))[SECOND.id]
    (other,) = _read(type_into(file, layout.PIECES, NEW_ROW, row | {"C": "Beschluss"}))[SECOND.id]
    assert mine.key == again.key != other.key, "copies of one file do not run over each other"


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"C": "Satzung"}, NO_QUESTION),
        (
            {"A": "Z99", "C": "Satzung"},
            "Blatt „Belege“, Zelle A6: Bitte wählen Sie, zu welcher Frage der Beleg gehört.",
        ),
        (
            {"A": SECOND.number, "C": "Satzung", "D": "vielleicht"},
            f"Blatt „Belege“, Zelle D6 (Frage {SECOND.number}): „vielleicht“ ist hier keine Angabe. "
            "Bitte wählen Sie ja oder nein.",
        ),
        ({"J": "12", "I": str(FIRST.id), "C": "Kopie"}, ""),
    ],
)
def test_what_is_wrong_is_told_with_its_cell(cells: dict[str, str], fault: str) -> None:
    file = type_into(_write(), layout.PIECES, NEW_ROW, cells)
    if not fault:
        file = type_into(file, layout.PIECES, 4, {"C": "Original"})
        fault = f"Blatt „Belege“, Zeile 6 (Frage {FIRST.number}): Dieser Beleg steht hier zweimal."
    found = read(file, CHECK, questionnaire())
    assert [each.text for each in found.faults] == [fault]
    taken = [piece.title for each in found.filled for piece in each.pieces]
    assert taken == (["Original"] if "zweimal" in fault else []), "a row in which something is wrong is left out"


def test_keys_that_are_none_make_no_fields_of_their_own() -> None:
    cells = {"A": SECOND.number, "C": "Satzung", "J": f"1.title.{FIRST.id}"}
    (piece,) = _read(type_into(_write(), layout.PIECES, NEW_ROW, cells))[SECOND.id]
    assert piece.key.isalnum()


def test_a_file_whose_first_row_are_the_heads_is_read_too() -> None:
    book = load_workbook(BytesIO(_write())).get_sheet_by_name(layout.PIECES)
    rows = book.to_python(skip_empty_area=False)
    rows[layout.HEAD + 1][layout.PiecePlace.TITLE] = "Leitbild 2035"
    known, faults = {FIRST.id, SECOND.id}, list[Fault]()
    above, below = (read_pieces(each, questionnaire(), known, faults) for each in (rows, rows[layout.HEAD :]))
    assert [piece.title for piece in below[FIRST.id]] == ["Leitbild 2035"]
    assert {key: [piece.title for piece in pieces] for key, pieces in above.items()} == {FIRST.id: ["Leitbild 2035"]}
    assert not faults
