"""What no answer changes about the card of a question: worded once per process and question."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from selfcheck.core.questionnaire import Kind, Question
from selfcheck.reporting import german
from selfcheck.reporting.question_points import list_points
from selfcheck.web.evidence_form import EvidenceShown
from selfcheck.web.forms import OPTION, STATE_WORDS
from selfcheck.web.parts import evidence_base

LEAVE_OPEN = ("open", "offen lassen")
SEVERAL = "Mehrere Antworten möglich."


@dataclass(frozen=True, slots=True)
class CardWording:
    """Choices as (value, text), points as (what for, how many); `at_most` is empty where nothing caps them."""

    choices: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, str], ...]
    points: tuple[tuple[str, str], ...]
    at_most: str


@lru_cache(maxsize=1024)
def word_card(question: Question) -> CardWording:
    prefix = "" if question.kind is Kind.MANY else OPTION
    offered = {"none": question.kind is Kind.MANY, "not_applicable": question.not_applicable is not None}
    return CardWording(
        choices=tuple((f"{prefix}{option.id}", option.text) for option in question.options),
        states=(*(state for state in STATE_WORDS.items() if offered.get(state[0], True)), LEAVE_OPEN),
        points=tuple((row.text, german.points_count(row.points)) for row in list_points(question)),
        at_most=german.points_count(question.at_most) if question.at_most is not None else "",
    )


@lru_cache(maxsize=4096)
def untouched_base(title: str) -> str:
    """The base of a piece of evidence about which nothing was said; `title` is the questionnaire's, or empty."""
    return evidence_base(EvidenceShown(title))
