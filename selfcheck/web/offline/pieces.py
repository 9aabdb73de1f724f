"""Pieces of evidence of a file as the fields of their form, and what it would change of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selfcheck.core.questionnaire.model import Question, QuestionId
from selfcheck.reporting.questions_sheet.layout import AskedPiece
from selfcheck.reporting.questions_sheet.piece_reading import FilledPiece
from selfcheck.store.parts.values import StoredEvidence
from selfcheck.web.evidence.pieces import AVAILABLE, EVIDENCE, MISSING, USUAL, EvidenceShown, shown_evidence
from selfcheck.web.evidence.rows import EvidenceRow, list_rows
from selfcheck.web.layout.check_page import CheckPage

PLACE = ("state", "link", "file_number", "page")
"""What a file says of a piece beside its title."""


def ask_pieces(page: CheckPage, questions: Sequence[Question]) -> dict[QuestionId, tuple[AskedPiece, ...]]:
    """The pieces of each question; one of several questions goes out with the first of them."""
    told: set[str] = set()
    asked: dict[QuestionId, tuple[AskedPiece, ...]] = {}
    for question in questions:
        rows = [row for row in _rows(page, question) if row.untouched or row.key not in told]
        told.update(row.key for row in rows if not row.untouched)
        asked[question.id] = tuple(_ask(row) for row in rows)
    return asked


def _rows(page: CheckPage, question: Question) -> Sequence[EvidenceRow]:
    return list_rows(page, question) if question.needs_evidence else ()


def _ask(row: EvidenceRow) -> AskedPiece:
    fields = row.fields
    place = (fields.link, fields.file_number, fields.page)
    return AskedPiece(row.key, str(row.version), fields.called, row.available, *place, row.file)


def enter_piece(page: CheckPage, question: Question, piece: FilledPiece) -> Iterator[tuple[str, str]]:
    """The fields of a form in which somebody entered what stands in its row; what no row says stays as it is."""
    stored = next((row.fields for row in _rows(page, question) if row.key == piece.key), None)
    shown = _fill(stored or EvidenceShown(_find_usual(question, piece)), piece, usual=_is_usual(page, question, piece))
    prefix = f"{question.id}.{EVIDENCE}{piece.key}."
    names = ("title", "name", *PLACE, "valid_until", "kind", "dated")
    yield f"{prefix}version", piece.version
    yield from ((f"{prefix}{name}", str(getattr(shown, name))) for name in names)
    yield from ((f"{prefix}questions", id) for id in shown.questions)


def _fill(shown: EvidenceShown, piece: FilledPiece, *, usual: bool) -> EvidenceShown:
    """A title that was emptied stays; that of a usual piece is the questionnaire's, and the document has its name."""
    if usual and piece.title:
        shown = shown._replace(name="" if piece.title == shown.title else piece.title)
    elif piece.title:
        shown = shown._replace(title=piece.title)
    state = AVAILABLE if piece.available else MISSING
    return shown._replace(state=state, link=piece.link, file_number=piece.file_number, page=piece.page)


def _is_usual(page: CheckPage, question: Question, piece: FilledPiece) -> bool:
    stored = _find_stored(page, question, piece.key)
    return stored.usual if stored is not None else piece.key.startswith(USUAL)


def _find_usual(question: Question, piece: FilledPiece) -> str:
    place = piece.key.removeprefix(USUAL)
    return question.evidence[int(place)] if place.isdigit() and int(place) < len(question.evidence) else ""


def _find_stored(page: CheckPage, question: Question, key: str) -> StoredEvidence | None:
    pieces = page.loaded.evidence.get(question.id, ())
    return next((piece for piece in pieces if str(piece.id) == key), None)


def find_before(page: CheckPage, question: Question, key: str, shown: EvidenceShown) -> EvidenceShown | None:
    """What stands there about a piece that was filled in: by its key, or under its title where it has none yet."""
    if key.isdigit():
        stored = _find_stored(page, question, key)
        return shown_evidence(stored) if stored is not None else None
    pieces = (shown_evidence(piece) for piece in page.loaded.evidence.get(question.id, ()))
    return next((piece for piece in pieces if shown.called in (piece.called, piece.title)), None)


def is_same(before: EvidenceShown | None, shown: EvidenceShown) -> bool:
    """Whether it says what stands there already."""
    return before is not None and _say(before) == _say(shown)


def _say(shown: EvidenceShown) -> tuple[str, ...]:
    return (shown.called, *(str(getattr(shown, name)) for name in PLACE))
