"""What an advisor would stumble over, as a list whose entries lead to the place."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from flask import url_for

from selfcheck.core.quality.flaws import Flaw, find_flaws
from selfcheck.reporting.quality.flaw_text import HEADINGS, say_flaw
from selfcheck.reporting.words import german
from selfcheck.web.layout.check_page import CheckPage, question_address


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
        return Remark(place, question_address(page, question), text)
    anchor = f"goal.{flaw.goal}" if flaw.goal is not None else None
    href = url_for("goals.lists", check_id=page.check.public_id, offen=anchor, _anchor=anchor)
    return Remark(flaw.title or "Ziele und Sonderpunkte", href, text)
