"""What the store hands out: frozen plain values, no rows.

What a part says is one class each (`GoalText`, `StepText` …): its fields, their order and how long their texts may be
stand here and nowhere else. Kinds, the history, redaction and the data file read it from here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Generic, NamedTuple, TypeVar

from selfcheck.core.questionnaire.model import AUDITS, CENTRALITIES, LANDS, Profile, QuestionId
from selfcheck.core.rules.answers import Answer, Contact, Evidence, Extras, State, Uploaded
from selfcheck.core.text.contents import clean, clean_line, is_blank
from selfcheck.core.text.mail import tidy_mail
from selfcheck.core.text.web_address import tidy_link
from selfcheck.store.database import limits


@dataclass(frozen=True, slots=True)
class Text:
    """How a text is kept: at most `limit` characters, with its line breaks where `lines`.

    `typed`: a person typed it, so it can be taken out everywhere; else it names something the questionnaire knows.
    `code`: how it is tidied where machines read it.
    """

    limit: int
    lines: bool = False
    typed: bool = True
    code: Callable[[str], str] | None = None

    @property
    def tidy(self) -> Callable[[str], str]:
        """How it is read, wherever it comes from."""
        return self.code or (clean if self.lines else clean_line)

    def keep(self, text: str, field: str) -> str:
        """`text` as it is stored. Raises `TooLong`."""
        return limits.keep_tidy(text, self.tidy, field, self.limit)


Title = Annotated[str, Text(limits.TITLE)]
Line = Annotated[str, Text(limits.LINE)]
Person = Annotated[str, Text(limits.PERSON)]
Link = Annotated[str, Text(limits.LINK, code=tidy_link)]
Paragraph = Annotated[str, Text(limits.PARAGRAPH, lines=True)]
Reason = Annotated[str, Text(limits.REASON, lines=True)]
StepNote = Annotated[str, Text(limits.STEP_NOTE, lines=True)]
NumberThere = Annotated[str, Text(limits.NUMBER_THERE)]
"""How the chamber's Prüfbogen numbers a question."""
SheetRemark = Annotated[str, Text(limits.REMARK, lines=True)]
Name = Annotated[str, Text(limits.ID, typed=False)]
"""The id of something in the questionnaire."""
NOTE = Text(limits.NOTE, lines=True)
MESSAGE = Text(limits.MESSAGE, lines=True)
COMMENT = Text(limits.COMMENT, lines=True)
CHAMBER_MAIL = Text(limits.LINE, code=tidy_mail)

COORDINATION = "Koordination"
"""What the place of the coordination is called, and who writes where no place does."""
COLLEAGUES = "Kollegium"
TAKEN = "taken"
"""Says of a choice that it was taken over as it was."""
Plain = str | list[str] | None
"""A value as it is stored."""


@dataclass(frozen=True, slots=True)
class Who:
    """Who writes: the grant, the name under which the history shows it, and the place on which the grant sits."""

    grant_id: int | None
    label: str
    place_id: int | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """An account that takes a place, with the name of its person."""

    id: int
    name: str


def author(name: str, label: str) -> str:
    """How a person on a place is called, e.g. „Erika Muster (Bauamt)“; the place alone where no name is given.

    At most `limits.LABEL` characters: a long label is cut, never the name.
    """
    if not name:
        return label
    room = limits.LABEL - len(name) - len(" ()")
    return f"{name} ({label if len(label) <= room else label[: room - 1] + '…'})"


@dataclass(frozen=True, slots=True)
class Details:
    """What is said about the municipality; it has one version as a whole."""

    municipality: str
    district: str
    profile: Profile
    interview: date | None
    contact: Contact = field(default_factory=Contact)
    awarded: date | None = None
    """The day on which the label was given."""


@dataclass(frozen=True, slots=True)
class Check:
    """One self-check without its answers. `questionnaire` is `id/version`, `version` that of the details.

    `chamber_mail` is where the chamber is written to, as somebody found it; it has a version of its own.
    """

    id: int
    public_id: str
    questionnaire: str
    municipality: str
    district: str
    profile: Profile
    interview: date | None
    contact: Contact
    version: int
    by: str
    at: datetime
    created_at: datetime
    changed_at: datetime
    deleted_at: datetime | None
    chamber_mail: str = ""
    chamber_version: int = 0
    chamber_by: str = ""
    chamber_at: datetime | None = None
    awarded: date | None = None

    @property
    def details(self) -> Details:
        return Details(self.municipality, self.district, self.profile, self.interview, self.contact, self.awarded)


class StoredAnswer(NamedTuple):
    """One answer as it is stored, with who and when for its two parts. Version 0: never saved.

    `aside` is a stored value in words that the questionnaire does not know (any more); the answer counts as unclear.
    `unconfirmed` is as in `ChoiceText`.
    """

    question: QuestionId
    state: State = State.OPEN
    value: Plain = None
    reason: str = ""
    choice_version: int = 0
    choice_by: str = ""
    choice_at: datetime | None = None
    note: str = ""
    note_version: int = 0
    note_by: str = ""
    note_at: datetime | None = None
    unconfirmed: str = ""
    aside: str = ""

    @classmethod
    def untouched(cls, question: QuestionId) -> StoredAnswer:
        return cls(question)


class StoredEvidence(NamedTuple):
    """One piece of evidence. `usual`: its title is one that the questionnaire names; `key` finds it when sent twice.

    `place_id` is the place of whoever brought it, `file` its newest file, which has revisions of its own; the rest is
    as in `EvidenceText`.
    """

    id: int
    key: str
    question: QuestionId
    usual: bool
    title: str
    available: bool
    link: str
    file_number: str
    page: str
    valid_until: date | None
    version: int
    by: str
    at: datetime
    removed_at: datetime | None = None
    place_id: int | None = None
    name: str = ""
    kind: str = ""
    dated: date | None = None
    also: tuple[str, ...] = ()
    file: Uploaded | None = None

    @property
    def questions(self) -> tuple[str, ...]:
        """Those that it belongs to, its own first."""
        return (self.question, *self.also)

    @property
    def shown_title(self) -> str:
        """The name of the document, as long as there is none what the questionnaire calls it."""
        return self.name or self.title

    @property
    def evidence(self) -> Evidence:
        place = (self.link, self.file_number, self.page)
        said = (self.shown_title, self.available, self.valid_until, *place, self.kind or None, self.dated)
        return Evidence(*said, self.questions, self.file)


@dataclass(frozen=True, slots=True)
class ChoiceText:
    """What was chosen: `value` only where it is given, `reason` only where the question does not apply.

    `unconfirmed`: it was taken over, and nobody has said yet that it still holds; `TAKEN`, or why it is to be looked
    at.
    """

    state: State = State.OPEN
    value: Plain = None
    reason: Reason = ""
    unconfirmed: Name = ""


@dataclass(frozen=True, slots=True)
class EvidenceText:
    """A piece of evidence. `usual`: its title is one that the questionnaire names; `name` is what the document itself
    is called then. `also` are further questions that it belongs to.
    """

    question: Name
    usual: bool
    title: Title
    available: bool
    link: Link = ""
    file_number: Line = ""
    page: Line = ""
    valid_until: date | None = None
    name: Title = ""
    kind: Name = ""
    dated: date | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceState:
    """What a question's card says of a piece of evidence: whether it is there. Everything else stays as it is."""

    question: str
    usual: bool
    title: str
    available: bool


@dataclass(frozen=True, slots=True)
class StepText:
    """What people add to a step of the checklist; `title` and `group` only where it is their own.

    `due` is the day they chose. Who does it is `person`; where that is somebody of the Team, `place_id` is their place.
    """

    own: bool = False
    done: bool = False
    person: Person = ""
    note: StepNote = ""
    title: Title = ""
    due: date | None = None
    group: Name = ""
    place_id: int | None = None


@dataclass(frozen=True, slots=True)
class GoalText:
    """A goal proposed for the next period (Entwicklungsziel)."""

    title: Title
    criterion: Name = ""
    start: Paragraph = ""
    measure: Paragraph = ""
    metric: Title = ""
    metric_now: Line = ""
    metric_target: Line = ""
    due: date | None = None
    person: Person = ""


@dataclass(frozen=True, slots=True)
class PastGoalText:
    """A goal agreed in the last audit; `evidence` says what proves it, `location` where that lies, `outcome` what
    became of it.
    """

    title: Title
    achieved: bool = False
    documented: bool = False
    evidence: Paragraph = ""
    location: Line = ""
    outcome: Paragraph = ""

    @property
    def told(self) -> bool:
        """Whether anybody has said what became of it; until then it is neither achieved nor missed."""
        said = (self.evidence, self.location, self.outcome)
        return self.achieved or self.documented or any(not is_blank(each) for each in said)


@dataclass(frozen=True, slots=True)
class InterimText:
    """What became of an agreed goal: how far it is (`core.goals.interim.Reached`), one sentence, and a document with
    the place where it lies.
    """

    reached: Name = ""
    said: Reason = ""
    document: Title = ""
    location: Line = ""


@dataclass(frozen=True, slots=True)
class ProjectText:
    title: Title
    description: Paragraph = ""
    effect: Paragraph = ""
    documented: bool = False
    evidence: Paragraph = ""


@dataclass(frozen=True, slots=True)
class SheetText:
    """What the chamber's Prüfbogen says about one of our questions; `points` are None where nobody entered them, and
    where it does not stand there (`absent`).
    """

    number_there: NumberThere = ""
    points: Decimal | None = None
    absent: bool = False
    remark: SheetRemark = ""


@dataclass(frozen=True, slots=True)
class OnlyThereText:
    """What only the Prüfbogen asks."""

    title: Title
    number_there: NumberThere = ""
    points: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SheetMarkText:
    """A percentage; None where nobody entered it."""

    percent: Decimal | None = None


EntryText = GoalText | PastGoalText | ProjectText
Said = TypeVar("Said", bound=EntryText | OnlyThereText, covariant=True)


@dataclass(frozen=True, slots=True)
class Entry(Generic[Said]):
    """An entry of a list; its `number` is its own for life."""

    number: int
    key: str
    text: Said
    version: int
    by: str
    at: datetime
    removed_at: datetime | None = None


class StoredStep(NamedTuple):
    """A step under its key. Version 0: it was shown, and nobody touched it. What it says is as in `StepText`."""

    key: str
    first_seen: date
    own: bool = False
    done: bool = False
    person: str = ""
    note: str = ""
    title: str = ""
    due: date | None = None
    group: str = ""
    version: int = 0
    by: str = ""
    at: datetime | None = None
    removed_at: datetime | None = None
    place_id: int | None = None

    @property
    def touched(self) -> bool:
        return self.version > 0


class StoredInterim(NamedTuple):
    """What became of the goal with the number `goal` by a `year` of the label. Version 0: never saved. The rest is as
    in `InterimText`."""

    year: int
    goal: int
    reached: str = ""
    said: str = ""
    document: str = ""
    location: str = ""
    version: int = 0
    by: str = ""
    at: datetime | None = None


class StoredSheetLine(NamedTuple):
    """What the Prüfbogen says about a question. Version 0: never saved. The rest is as in `SheetText`."""

    question: str
    number_there: str = ""
    points: Decimal | None = None
    absent: bool = False
    remark: str = ""
    version: int = 0
    by: str = ""
    at: datetime | None = None

    @property
    def worth(self) -> Decimal | None:
        """The points there; 0 where it does not stand there, None where nobody has found it yet."""
        return Decimal(0) if self.absent else self.points


class StoredSheetMark(NamedTuple):
    percent: Decimal | None = None
    version: int = 0
    by: str = ""
    at: datetime | None = None


NO_MARK = StoredSheetMark()


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """The Prüfbogen that was laid beside, but for what only it asks: lines by question."""

    lines: Mapping[str, StoredSheetLine] = field(default_factory=dict)
    pass_mark: StoredSheetMark = NO_MARK


class StoredMessage(NamedTuple):
    """What an office says to the coordination, with its place."""

    place_id: int
    public_id: str | None = None
    message: str = ""
    message_version: int = 0
    message_by: str = ""
    message_at: datetime | None = None


@dataclass(frozen=True)
class Loaded:
    """Everything that was said in a self-check, as the rules want it and as it is stored."""

    check: Check
    answers: Mapping[QuestionId, Answer]
    stored: Mapping[QuestionId, StoredAnswer]
    evidence: Mapping[QuestionId, tuple[StoredEvidence, ...]]
    goals: tuple[Entry[GoalText], ...]
    past_goals: tuple[Entry[PastGoalText], ...]
    projects: tuple[Entry[ProjectText], ...]
    extras: Extras
    only_there: tuple[Entry[OnlyThereText], ...] = ()


def make_profile(centrality: str, audit: str, land: str) -> Profile:
    """What the rules know; anything else counts as not known."""
    return Profile(
        centrality if centrality in CENTRALITIES else "unknown",
        audit if audit in AUDITS else AUDITS[0],
        land if land in LANDS else "unknown",
    )
