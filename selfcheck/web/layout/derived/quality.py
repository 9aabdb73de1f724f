"""What an advisor would stumble over, as a list whose entries lead to the place."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from flask import url_for

from selfcheck.core.permissions import Right
from selfcheck.core.quality.flaws import Flaw, FlawKind, find_flaws
from selfcheck.reporting.quality.flaw_text import HEADINGS, say_flaw
from selfcheck.reporting.words import german
from selfcheck.store.parts.values import StoredEvidence
from selfcheck.web.layout.check_page import CheckPage, question_address

OF_PIECES = (FlawKind.ENDS_EARLY, FlawKind.UNPLACED)
"""What is mended where a document is described."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One flaw: `place` names where it is and links there."""

    place: str
    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Remarks:
    """All flaws of one kind."""

    heading: str
    rows: tuple[Remark, ...]


def list_remarks(page: CheckPage) -> tuple[Remarks, ...]:
    """The flaws of the self-check by kind; empty where there are none, and as long as nothing brings points."""
    if not page.estimate.points.claimed:
        return ()
    return tuple(
        Remarks(HEADINGS[kind], tuple(_remark(page, flaw) for flaw in flaws))
        for kind, flaws in groupby(find_flaws(page.situation), key=lambda flaw: flaw.kind)
    )


def _remark(page: CheckPage, flaw: Flaw) -> Remark:
    text = say_flaw(page.questionnaire, flaw)
    if flaw.question is not None:
        question = page.questionnaire.question[flaw.question]
        numbers = [question.number, *(page.questionnaire.question[other].number for other in flaw.others)]
        place = german.listing(numbers) if flaw.others else f"{question.number} {question.name}"
        return Remark(place, _find_piece(page, flaw) or question_address(page, question), text)
    anchor = f"goal.{flaw.goal}" if flaw.goal is not None else None
    href = url_for("goals.lists", check_id=page.check.public_id, offen=anchor, _anchor=anchor)
    return Remark(flaw.title or "Ziele und Sonderpunkte", href, text)


def _find_piece(page: CheckPage, flaw: Flaw) -> str:
    """The page of the document that a flaw is about; empty where it is about the answer, or nobody may change it."""
    if flaw.kind not in OF_PIECES or flaw.question is None or not page.may(Right.ANSWER):
        return ""
    pieces = [piece for piece in page.loaded.evidence.get(flaw.question, ()) if piece.shown_title == flaw.title]
    meant = [piece.id for piece in pieces if _is_meant(flaw, piece)]
    if not meant:
        return ""
    check_id, question_id = page.check.public_id, str(flaw.question)
    return url_for("evidence.piece", check_id=check_id, question_id=question_id, key=str(meant[0]))


def _is_meant(flaw: Flaw, piece: StoredEvidence) -> bool:
    """Whether it is this one of several with the same title."""
    if flaw.kind is FlawKind.ENDS_EARLY:
        return piece.available and piece.valid_until == flaw.ends
    return piece.available and not piece.evidence.located
