"""What a municipality says: answers in four states, evidence, goals and projects.

The choice (state, value, reason), the note and the evidence of an answer are apart from each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from selfcheck.core.questionnaire.model import Kind, Question, QuestionId, Value
from selfcheck.core.text.contents import count_seen, is_blank

SHORTEST_REASON = 3
"""Characters that are seen, of why a question does not apply."""
LONGEST_NUMBER = 42
"""Characters of a stored number."""


class State(StrEnum):
    OPEN = "open"
    UNCLEAR = "unclear"
    GIVEN = "given"
    NOT_APPLICABLE = "not_applicable"


DOCUMENT_KINDS = ("decision", "concept", "statute", "website", "brochure", "statistics", "list", "photo", "other")
"""What a piece of evidence can be."""


class Uploaded(NamedTuple):
    """A file that was uploaded for a piece of evidence: its name, its bytes, since which day it is there; `number`
    counts its revisions.
    """

    name: str
    size: int
    day: date
    number: int


class Evidence(NamedTuple):
    """One piece of evidence (Nachweis) and where it is. It is in force until `valid_until`, that day included.

    `kind` is one of `DOCUMENT_KINDS`, `dated` the day of the document. `questions` are those that it belongs to,
    its own first; None where that is not known. `file` is its newest file, if it has one.
    """

    title: str
    available: bool
    valid_until: date | None = None
    link: str = ""
    file_number: str = ""
    page: str = ""
    kind: str | None = None
    dated: date | None = None
    questions: tuple[str, ...] | None = None
    file: Uploaded | None = None

    @property
    def located(self) -> bool:
        """Whether somebody could find it; a page alone is no place."""
        return self.file is not None or not (is_blank(self.link) and is_blank(self.file_number))

    def is_told_at(self, question: str) -> bool:
        """Whether lists of documents tell it at `question`: once, however many questions it belongs to."""
        return question == next(iter(self.questions or ()), question)

    def counts(self, day: date) -> bool:
        """Whether it proves something on the day that counts; what has no title is no document."""
        return self.available and not self.expired(day) and not is_blank(self.title)

    def expired(self, day: date) -> bool:
        return self.valid_until is not None and self.valid_until < day


class Answer(NamedTuple):
    """`value` stands exactly with `given`, `reason` exactly with `not_applicable`.

    `proves` are the most points that the evidence proves: of an answer that is only tried out, for nobody has documents
    for it; None where it proves all that the answer claims.
    """

    state: State = State.OPEN
    value: Value | None = None
    reason: str = ""
    note: str = ""
    evidence: tuple[Evidence, ...] = ()
    proves: Decimal | None = None


OPEN = Answer()

Answers = Mapping[QuestionId, Answer]
"""A question without an entry is open."""


@dataclass(frozen=True, slots=True)
class PastGoal:
    """A goal agreed in the last audit (Entwicklungsziel); `number` is its own for life."""

    number: int
    title: str
    achieved: bool
    documented: bool

    @property
    def counts(self) -> bool:
        """Whether it may earn anything: it is achieved, and its title says which goal it is."""
        return self.achieved and not is_blank(self.title)


@dataclass(frozen=True, slots=True)
class Project:
    """A project that may earn Sonderpunkte; `number` is its own for life."""

    number: int
    title: str
    documented: bool

    @property
    def counts(self) -> bool:
        """Whether it may earn anything: its title says which project it is."""
        return not is_blank(self.title)


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal proposed for the next period; it gives no points."""

    number: int
    title: str
    measure: str
    metric: str

    @property
    def complete(self) -> bool:
        return not any(map(is_blank, (self.title, self.measure, self.metric)))


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask in a town hall (Ansprechperson)."""

    name: str = ""
    office: str = ""
    phone: str = ""
    mail: str = ""

    @property
    def complete(self) -> bool:
        """Whether it says whom to ask, and how."""
        return bool(self.name and (self.phone or self.mail))


@dataclass(frozen=True, slots=True)
class Extras:
    """What stands beside the answers."""

    past_goals: tuple[PastGoal, ...] = ()
    projects: tuple[Project, ...] = ()
    goals: tuple[Goal, ...] = ()


def is_reason(text: str) -> bool:
    """Whether `text` says why a question does not apply: at least `SHORTEST_REASON` characters of it are seen."""
    return count_seen(text) >= SHORTEST_REASON


def fits(question: Question, value: Value) -> bool:
    """Whether the questionnaire knows `value` as an answer to `question`."""
    match question.kind:
        case Kind.YES_NO | Kind.ONE:
            return isinstance(value, str) and value in question.option
        case Kind.MANY:
            return isinstance(value, frozenset) and value <= question.option.keys()
        case Kind.NUMBER:
            return isinstance(value, Decimal) and _in_range(question, value)
        case Kind.TEXT:
            return isinstance(value, str) and not is_blank(value)


def _in_range(question: Question, value: Decimal) -> bool:
    if not value.is_finite() or question.minimum is None or question.maximum is None:
        return False
    exponent = value.normalize().as_tuple().exponent
    exact = isinstance(exponent, int) and -exponent <= question.decimals
    return exact and question.minimum <= value <= question.maximum


def value_to_plain(value: Value | None) -> str | list[str] | None:
    """For storage and files of our own: options and texts as they are, sets sorted, numbers as text."""
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value


def value_from_plain(question: Question, plain: object) -> Value | None:
    """The reverse of `value_to_plain`; None where the questionnaire does not know it (any input is safe)."""
    if isinstance(plain, str) and plain in question.option and question.kind is not Kind.MANY:
        return plain
    value: Value | None = None
    if question.kind is Kind.MANY and isinstance(plain, list) and all(isinstance(item, str) for item in plain):
        value = frozenset(plain)
    elif question.kind is Kind.NUMBER and isinstance(plain, str) and _plain_number(plain):
        value = Decimal(plain)
    elif question.kind not in (Kind.MANY, Kind.NUMBER) and isinstance(plain, str):
        value = plain
    return value if value is not None and fits(question, value) else None


def _plain_number(text: str) -> bool:
    if len(text) > LONGEST_NUMBER:
        return False
    digits = text.removeprefix("-").replace(".", "", 1)
    return text.isascii() and digits.isdigit() and not text.endswith(".")
