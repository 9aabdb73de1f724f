"""What a questionnaire is: frozen values, already checked.

How it is read from files is `reading`'s business; what an answer is worth is that of `rules`.
Points and shares are `Decimal` and never rounded here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NewType

CriterionId = NewType("CriterionId", str)
QuestionId = NewType("QuestionId", str)
OptionId = NewType("OptionId", str)
DepartmentId = NewType("DepartmentId", str)
MeasureId = NewType("MeasureId", str)

Value = OptionId | frozenset[OptionId] | Decimal | str
"""What stands in a given answer: an option, a set of options, a number, or a text."""

ZERO = Decimal(0)
Day = date


class Kind(StrEnum):
    YES_NO = "yes_no"
    ONE = "one"
    MANY = "many"
    NUMBER = "number"
    TEXT = "text"


class NotApplicable(StrEnum):
    """How *trifft nicht zu* counts: the points stay possible (`zero`) or leave the base (`excluded`)."""

    ZERO = "zero"
    EXCLUDED = "excluded"


class Source(StrEnum):
    """Whether a public source names the question, reports it as assessed, or it is our own."""

    NAMED = "named"
    REPORTED = "reported"
    OWN = "own"


class Effort(StrEnum):
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"

    @property
    def weight(self) -> int:
        return {"small": 1, "medium": 2, "large": 4}[self.value]


class Need(StrEnum):
    COUNCIL = "council"
    BUDGET = "budget"
    TENDER = "tender"
    STAFF = "staff"


class Status(StrEnum):
    """Of a questionnaire version: only operators see drafts; retired ones take no new self-checks."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


CENTRALITIES = (
    "oberzentrum",
    "mittelzentrum",
    "unterzentrum",
    "kleinzentrum",
    "grundzentrum",
    "verwaltungsgemeinschaft",
    "keine",
    "unknown",
)
AUDITS = ("first", "renewal")
LANDS = ("HE", "RP", "BY", "unknown")


@dataclass(frozen=True, slots=True)
class Profile:
    """What conditions may ask about a municipality; each field takes one of the tuples above."""

    centrality: str
    audit: str
    land: str


PROFILE_KEYS = {"place": "centrality", "audit": "audit", "land": "land"}
"""The fields of a profile by their keys in files, in frozen Stände and in the history."""


@dataclass(frozen=True, slots=True)
class QuestionIs:
    """True if the answer is one of `any_of` (for `many`: at least one of them is chosen)."""

    question: QuestionId
    any_of: tuple[OptionId, ...]


@dataclass(frozen=True, slots=True)
class NumberWithin:
    """True if the number lies between the bounds, both inclusive; at least one bound is set."""

    question: QuestionId
    at_least: Decimal | None
    at_most: Decimal | None


@dataclass(frozen=True, slots=True)
class ProfileIs:
    """True if the profile's `field` (place, audit, land) is one of `any_of`."""

    field: str
    any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition


Condition = QuestionIs | NumberWithin | ProfileIs | All | Any | Not


@dataclass(frozen=True, slots=True)
class Option:
    id: OptionId
    text: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class NumberStep:
    """From `start` on (inclusive) a number is worth `points`."""

    start: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing a municipality can do; `months` is its lead time, `leads_to` the value after it."""

    id: MeasureId
    text: str
    effort: Effort
    months: int
    needs: tuple[Need, ...]
    leads_to: Value


@dataclass(frozen=True, slots=True)
class Example:
    """One good example of what counts: of `year`, reported by the source of the questionnaire that `source` names."""

    text: str
    source: str
    year: int | None = None


@dataclass(frozen=True, slots=True)
class NoteAsked:
    """What belongs into the note (Erläuterung): `ask` says it, for whoever chose one of `any_of`; for all without."""

    ask: str
    any_of: tuple[OptionId, ...] = ()


@dataclass(frozen=True)
class Question:
    """One question with everything that counts and everything that helps.

    `short` is its name in lists where it has one; `references` are ids of sources. `options` also holds the choices of
    `yes_no` (ids `ja`, `teilweise` if offered, `nein`). `number` is what people say: the letter of the criterion and
    the place in it, `B3`. `anew` says why the answer of one audit does not hold for the next; empty where it can.
    """

    id: QuestionId
    number: str
    criterion: CriterionId
    text: str
    help: str
    kind: Kind
    department: DepartmentId
    source: Source
    options: tuple[Option, ...] = ()
    at_most: Decimal | None = None
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    decimals: int = 0
    steps: tuple[NumberStep, ...] = ()
    evidence: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    applies_if: Condition | None = None
    not_applicable: NotApplicable | None = None
    error: str = ""
    short: str = ""
    references: tuple[str, ...] = ()
    example: Example | None = None
    note: NoteAsked | None = None
    anew: str = ""

    def __hash__(self) -> int:
        """Of the id alone: pages look questions up by the hundred, and hashing all their wording takes longer."""
        return hash(self.id)

    @property
    def name(self) -> str:
        """What lists call it."""
        return self.short or self.text

    @cached_property
    def possible(self) -> Decimal:
        """The most points an answer can give."""
        match self.kind:
            case Kind.TEXT:
                return ZERO
            case Kind.NUMBER:
                return max((step.points for step in self.steps), default=ZERO)
            case Kind.MANY:
                total = sum((option.points for option in self.options), ZERO)
                return total if self.at_most is None else min(total, self.at_most)
            case _:
                return max(option.points for option in self.options)

    @cached_property
    def option(self) -> Mapping[OptionId, Option]:
        return {option.id: option for option in self.options}

    @property
    def needs_evidence(self) -> bool:
        return bool(self.evidence)

    @property
    def scores(self) -> bool:
        return self.kind is not Kind.TEXT


@dataclass(frozen=True)
class Criterion:
    id: CriterionId
    letter: str
    title: str
    intro: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Department:
    id: DepartmentId
    title: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A public source of the questionnaire; `retrieved` is the day it was read, `id` what questions call it by.

    `year` is the year it is from, where only that is known; `date` is then the day it was read.
    """

    title: str
    url: str
    date: date
    id: str = ""
    retrieved: Day | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Bonus:
    """Sonderpunkte: so many points per project and per achieved goal, up to `at_most`."""

    at_most: Decimal
    per_project: Decimal
    per_goal: Decimal


@dataclass(frozen=True, slots=True)
class Validity:
    """Years that the label is valid after a first audit and after a renewal."""

    first: int
    renewal: int


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Answers that do not go together: `when` they stand so, `text` says what to look at."""

    when: Condition
    text: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The questions of the version before that a question replaces (`sources`), and what became of their `options`.

    An option that became nothing says that none of the new ones holds; one that is not named has no place in the new
    version. A question that is not in `options` keeps its options as they are called. `value_of` is the one whose
    number or text still stands.
    """

    sources: tuple[QuestionId, ...]
    options: Mapping[QuestionId, Mapping[OptionId, tuple[OptionId, ...]]]
    value_of: QuestionId | None = None


@dataclass(frozen=True)
class Questionnaire:
    """One version of one questionnaire. `pass_mark` is a percentage, `goal_margin` are points.

    `council`: the answers that say that the Gremienbeschluss has been taken. `origins`: what questions replace of the
    version before.
    """

    id: str
    version: str
    title: str
    official: bool
    notice: str
    assumptions: str
    sources: tuple[Reference, ...]
    pass_mark: Decimal
    goal_margin: Decimal
    bonus: Bonus
    goals: int
    validity: Validity
    departments: tuple[Department, ...]
    criteria: tuple[Criterion, ...]
    council: QuestionIs | None = None
    contradictions: tuple[Contradiction, ...] = ()
    origins: Mapping[QuestionId, Origin] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.id}/{self.version}"

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions in questionnaire order."""
        return tuple(question for criterion in self.criteria for question in criterion.questions)

    @cached_property
    def question(self) -> Mapping[QuestionId, Question]:
        return {question.id: question for question in self.questions}

    @cached_property
    def criterion(self) -> Mapping[CriterionId, Criterion]:
        return {criterion.id: criterion for criterion in self.criteria}

    @cached_property
    def source(self) -> Mapping[str, Reference]:
        """The sources that questions can name."""
        return {source.id: source for source in self.sources if source.id}

    @cached_property
    def department(self) -> Mapping[DepartmentId, Department]:
        return {department.id: department for department in self.departments}

    @cached_property
    def possible(self) -> Decimal:
        """Possible points of a municipality to which everything applies."""
        return sum((question.possible for question in self.questions), ZERO)
