"""One piece of evidence on its page: as it is stored, as it is offered, or as it was submitted in vain."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from selfcheck.core.questionnaire.model import Question
from selfcheck.reporting.words.documents import say_usual
from selfcheck.reporting.words.names import DOCUMENTS
from selfcheck.web.evidence.pieces import (
    AVAILABLE,
    EVIDENCE,
    USUAL,
    EvidenceShown,
    evidence_base,
)
from selfcheck.web.evidence.rows import NEW, EvidenceRow, stored_row, usual_row
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.parts.conflicts import ConflictShown
from selfcheck.web.parts.submitted import OWN, SubmittedPart, read_version

FILE_FIELD = "datei"
"""The id of the field for a file."""


@dataclass(frozen=True, slots=True)
class PieceShown:
    """`question` is the one that it was opened at; `usual` is what usually proves that. `refused`: why a file that came
    with it was not taken.
    """

    question: Question
    row: EvidenceRow
    usual: str
    conflicts: tuple[ConflictShown, ...] = ()
    refused: str = ""

    @property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """What it can be."""
        return tuple(DOCUMENTS.items())

    @property
    def name(self) -> str:
        """What the names of its fields begin with."""
        return f"{self.question.id}.{EVIDENCE}{self.row.key}"

    @property
    def errors(self) -> list[tuple[str, str]]:
        """What is wrong, with the field it belongs to."""
        wrong = [(f"{self.name}.{self._field(field)}", text) for field, text in (self.row.errors or {}).items()]
        if self.conflicts:
            wrong.append((f"konflikt-{self.question.id}", "Dieser Beleg wurde zwischenzeitlich geändert."))
        if self.refused:
            wrong.append((FILE_FIELD, self.refused))
        return wrong

    def _field(self, field: str) -> str:
        return "name" if field == "title" and not self.row.own else field


def find_piece(page: CheckPage, question: Question, key: str) -> PieceShown | None:
    """The piece that an address names; None where there is none such."""
    if key == NEW:
        return _show(question, _new_row(question))
    place = int(key[1:]) if key.startswith(USUAL) and key[1:].isascii() and key[1:].isdigit() and len(key) < 4 else -1
    title = question.evidence[place] if 0 <= place < len(question.evidence) else ""
    for piece in page.loaded.evidence.get(question.id, ()):
        if str(piece.id) == key or (title and piece.usual and piece.title == title):
            return _show(question, stored_row(page, question, piece))
    if not title:
        return None
    row = usual_row(place, title)
    fields = row.fields._replace(state=AVAILABLE, questions=(str(question.id),))
    return _show(question, row._replace(fields=fields))


def keep_piece(
    page: CheckPage,
    question: Question,
    evidence: Mapping[str, EvidenceShown],
    part: SubmittedPart,
    conflicts: Sequence[ConflictShown] = (),
    refused: str = "",
) -> PieceShown:
    """What was submitted in vain, as it came. A usual piece that somebody else stored has a number by now, and one
    that somebody else took away keeps its own. `refused` says why its file was not taken.
    """
    key = part.name.partition(f".{EVIDENCE}")[2]
    fields = evidence[key]
    stored = next(
        (
            piece
            for piece in page.loaded.evidence.get(question.id, ())
            if str(piece.id) == key or (key.startswith(USUAL) and piece.usual and piece.title == fields.title)
        ),
        None,
    )
    row = (
        stored_row(page, question, stored) if stored is not None else _new_row(question, own=not key.startswith(USUAL))
    )
    if stored is None:
        row = row._replace(key=key)
    version, base = part.seen
    titled = fields._replace(title=fields.title or (row.fields.title if not row.own else ""), brief=False)
    row = row._replace(fields=titled, version=read_version(version), base=base, errors=part.errors or None)
    shown = _show(question, row)
    named = tuple(replace(each, part=shown.name) for each in conflicts)
    return replace(shown, conflicts=named, refused=refused)


def _new_row(question: Question, *, own: bool = True) -> EvidenceRow:
    fields = EvidenceShown("", AVAILABLE, questions=(str(question.id),))
    base = evidence_base(EvidenceShown(""))
    return EvidenceRow(f"{OWN}{secrets.token_hex(8)}", fields, base, own=own, untouched=own)


def _show(question: Question, row: EvidenceRow) -> PieceShown:
    return PieceShown(question, row, say_usual(question.evidence))
