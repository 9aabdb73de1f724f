"""What stands where in the file: sheets, columns, hidden facts, and the words that can be chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from selfcheck.core.questionnaire.model import Kind, Question
from selfcheck.core.rules.answers import Answer

FORMAT, VERSION = "Selbstcheck: Fragen", "1"
QUESTIONS, LISTS, FACTS = "Fragen", "Listen", "Kennung"
FACT_NAMES = ("Format", "Fassung", "Selbstcheck", "Fragebogen")
OPTION_SIGN = "x"
NOTHING, UNCLEAR, NOT_APPLICABLE = "nichts davon", "noch unklar", "trifft nicht zu"
STATES = {NOTHING: "none", UNCLEAR: "unclear", NOT_APPLICABLE: "not_applicable"}
"""The words of a state, and what a form calls it."""
LIST_MARK = "– "
"""Before an option that has a row of its own."""


class Place(IntEnum):
    """The columns; those from `ID` on are hidden."""

    NUMBER = 0
    TEXT = 1
    HELP = 2
    SO_FAR = 3
    ANSWER = 4
    REASON = 5
    NOTE = 6
    EVIDENCE = 7
    ID = 8
    OPTION = 9
    CHOICE_VERSION = 10
    CHOICE_BASE = 11
    NOTE_VERSION = 12
    NOTE_BASE = 13


TITLES = (
    ("Nr.", 6),
    ("Frage", 44),
    ("Was zählt", 44),
    ("Bisher", 28),
    ("Ihre Antwort", 34),
    ("Begründung, wenn sie nicht zutrifft", 28),
    ("Erläuterung", 44),
    ("Belege bisher", 34),
    *((name, 4) for name in ("Frage-ID", "Antwort-ID", "V1", "M1", "V2", "M2")),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """Version and mark of a part when the file was made: what was not changed since is not written."""

    version: str
    base: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it goes out: what stands there, and the versions of its choice and its note."""

    question: Question
    answer: Answer
    choice: Seen
    note: Seen


def offers(question: Question) -> Iterator[str]:
    """What can be chosen in the cell of a question; options of `many` have rows of their own."""
    if question.kind in (Kind.YES_NO, Kind.ONE):
        yield from (option.text for option in question.options)
    if question.kind is Kind.MANY:
        yield NOTHING
    yield UNCLEAR
    if question.not_applicable:
        yield NOT_APPLICABLE
