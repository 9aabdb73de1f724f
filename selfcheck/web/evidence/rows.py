"""Pieces of evidence as pages draw them: on the card of a question, and on a page of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from flask import url_for

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import Question
from selfcheck.reporting.words.authors import say_author
from selfcheck.reporting.words.documents import say_file
from selfcheck.store.parts.values import StoredEvidence
from selfcheck.web.evidence.pieces import (
    AVAILABLE,
    USUAL,
    EvidenceShown,
    evidence_base,
    shown_evidence,
)
from selfcheck.web.http import clock
from selfcheck.web.layout.check_page import CheckPage

NEW = "neu"
"""Stands in an address for a piece that is to be added."""


class EvidenceRow(NamedTuple):
    """One piece of evidence; `untouched`: nothing was ever said about it, so it looks the same for everybody.

    `base` is the mark of all its fields, `state_base` that of what a card says. `author` is who wrote it last, and
    when; `errors` are by field, None where nothing was refused. `href` is its own page, `file` its newest file in
    words.
    """

    key: str
    fields: EvidenceShown
    base: str
    own: bool
    version: int = 0
    expired: bool = False
    removable: bool = False
    author: str = ""
    errors: Mapping[str, str] | None = None
    untouched: bool = False
    href: str = ""
    file: str = ""

    @property
    def available(self) -> bool:
        return self.fields.state == AVAILABLE

    @property
    def state_base(self) -> str:
        return evidence_base(self.fields._replace(brief=True))

    @property
    def wrong(self) -> bool:
        return bool(self.errors)

    @property
    def located(self) -> bool:
        """Whether somebody could find it; a page alone is no place."""
        return bool(self.file or self.fields.link or self.fields.file_number)

    @property
    def location(self) -> str:
        """Where the piece is, in short."""
        fields = self.fields
        return ", ".join(
            filter(None, (self.file, fields.link, fields.file_number, fields.page and f"Seite {fields.page}"))
        )


def list_rows(page: CheckPage, question: Question) -> tuple[EvidenceRow, ...]:
    """What is stored, usual pieces in the questionnaire's order first; then what else is usual, as long as no document
    is there: one is enough, and one that has a name of its own takes the place of what is only suggested.
    """
    pieces = page.loaded.evidence.get(question.id, ())
    order = {title: place for place, title in enumerate(question.evidence)}
    kept = sorted(pieces, key=lambda piece: order.get(piece.title, len(order)) if piece.usual else len(order))
    rows = [stored_row(page, question, piece) for piece in kept]
    if any(piece.evidence.counts(page.day) or piece.shown_title not in order for piece in pieces):
        return tuple(rows)
    noted = {piece.title for piece in pieces if piece.usual}
    offered = ((place, title) for title, place in order.items() if title not in noted)
    return (*rows, *(usual_row(place, title) for place, title in offered))


@lru_cache(maxsize=1024)
def usual_row(place: int, title: str) -> EvidenceRow:
    """A usual piece about which nothing was said."""
    fields = EvidenceShown(title)
    return EvidenceRow(f"{USUAL}{place}", fields, evidence_base(fields), own=False, untouched=True)


def stored_row(page: CheckPage, question: Question, piece: StoredEvidence) -> EvidenceRow:
    """A stored piece as it stands at `question`."""
    seen = frozenset(page.access.scope) if page.may(Right.OWN_PART) else None
    fields, access = shown_evidence(piece), page.access
    if seen is not None:  # an office reads nothing of questions that are not its own
        fields = fields._replace(questions=tuple(id for id in fields.questions if id in seen))
    return EvidenceRow(
        key=str(piece.id),
        fields=fields,
        base=evidence_base(fields),
        own=not piece.usual,
        version=piece.version,
        expired=piece.valid_until is not None and piece.valid_until < page.day,
        removable=access.allowed.to_remove(piece.place_id) and access.allowed.to_prove(piece.questions, ()),
        author=say_author(piece.by, clock.local(piece.at), access.me),
        href=piece_address(page, question, str(piece.id)),
        file=say_file(piece.file),
    )


def piece_address(page: CheckPage, question: Question, key: str, origin: str | None = None) -> str:
    """The page of a piece, empty for whoever only looks; `origin` is where one goes on from there."""
    if page.access.sample is not None:
        return ""
    endpoint = "evidence.own_piece" if page.may(Right.OWN_PART) else "evidence.piece"
    return url_for(endpoint, check_id=page.check.public_id, question_id=question.id, key=key, von=origin)


def gather_questions(page: CheckPage, piece: StoredEvidence) -> Sequence[Question]:
    """The questions that a piece belongs to, in the order of the questionnaire."""
    return [question for question in page.questionnaire.questions if question.id in piece.questions]
