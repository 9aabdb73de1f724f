"""What „Alle Daten (JSON)“ holds: one model per kind of entry. The JSON Schema in `docs/` is made from these."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, FailFast, Field
from pydantic.json_schema import GenerateJsonSchema

from selfcheck.core.text import clean, clean_line
from selfcheck.store.database import limits

FORMAT = "selbstcheck-alle-daten"
VERSION = 1
LARGEST = 2**31 - 1
MOST_OPTIONS = 200
YEARS = range(1900, 2201)


def _said(text: str) -> str:
    if not text:
        raise ValueError("blank")
    return text


def _read_day(value: object) -> object:
    if not isinstance(value, str):
        return value
    day = date.fromisoformat(value)
    if len(value) != len("2027-06-15") or day.year not in YEARS:
        raise ValueError(value)
    return day


def _read_moment(value: object) -> object:
    if not isinstance(value, str):
        return value
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(value)
    return moment


Day = Annotated[date, BeforeValidator(_read_day, json_schema_input_type=date)]
Moment = Annotated[datetime, BeforeValidator(_read_moment, json_schema_input_type=datetime)]
Count = Annotated[int, Field(ge=0, le=LARGEST)]
Line = Annotated[str, Field(max_length=limits.LINE), AfterValidator(clean_line)]
Title = Annotated[str, Field(max_length=limits.TITLE), AfterValidator(clean_line)]
Person = Annotated[str, Field(max_length=limits.PERSON), AfterValidator(clean_line)]
Paragraph = Annotated[str, Field(max_length=limits.PARAGRAPH), AfterValidator(clean)]
Id = Annotated[str, Field(max_length=limits.ID, pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]*$")]
Option = Annotated[str, Field(max_length=limits.ID), AfterValidator(clean_line)]
Name = Annotated[str, Field(max_length=limits.LABEL), AfterValidator(clean_line)]
Long = Annotated[str, Field(max_length=limits.NOTE), AfterValidator(clean)]
State = Literal["open", "unclear", "given", "not_applicable"]


class Block(BaseModel):
    """A block of keys; any other key is a fault."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Stamped(Block):
    """A part that people change."""

    version: Count = Field(description="wie oft dieser Teil geändert wurde")
    by: Name = Field(description="wer ihn zuletzt geändert hat, wie es im Verlauf steht")
    at: Moment | None = Field(description="wann das war")


class Listed(Stamped):
    """The same where it can be removed."""

    removed_at: Moment | None = Field(description="seit wann der Eintrag entfernt ist")


class QuestionnaireName(Block):
    id: Id
    version: Id


class Contact(Block):
    name: Line
    office: Line
    phone: Line
    mail: Line


class SelfCheck(Stamped):
    municipality: Annotated[Line, AfterValidator(_said)] = Field(min_length=1)
    district: Annotated[str, Field(max_length=limits.DISTRICT, pattern=r"^[a-z0-9]*$")] = Field(
        description="Schlüssel des Landkreises oder der kreisfreien Stadt; „other“: ein anderer Kreis"
    )
    land: Literal["HE", "RP", "BY", "unknown"]
    place: Literal[
        "oberzentrum",
        "mittelzentrum",
        "unterzentrum",
        "kleinzentrum",
        "grundzentrum",
        "verwaltungsgemeinschaft",
        "keine",
        "unknown",
    ] = Field(description="zentralörtliche Einstufung")
    audit: Literal["first", "renewal"] = Field(description="Erstauditierung oder Re-Auditierung")
    interview: Day | None = Field(description="Tag des Prüfgesprächs")
    contact: Contact = Field(description="Ansprechperson")
    questionnaire: QuestionnaireName
    created_at: Moment
    changed_at: Moment


class Choice(Stamped):
    state: State = Field(description="offen, noch unklar, beantwortet, trifft nicht zu")
    value: Long | Annotated[list[Option], Field(max_length=MOST_OPTIONS)] | None = Field(
        description="eine Option, mehrere Optionen, eine Zahl als Text oder ein Text; nur bei „given“"
    )
    reason: Annotated[str, Field(max_length=limits.REASON), AfterValidator(clean)] = Field(
        description="Begründung; nur bei „not_applicable“"
    )


class Note(Stamped):
    text: Long


class Answer(Block):
    question: Id
    choice: Choice
    note: Note = Field(description="Erläuterung")


class Evidence(Listed):
    key: str = Field(max_length=64, description="woran der Verlauf den Nachweis erkennt")
    question: Id
    usual: bool = Field(description="ob der Fragebogen diesen Nachweis nennt")
    title: Title
    available: bool = Field(description="liegt vor oder fehlt noch")
    link: Annotated[str, Field(max_length=limits.LINK), AfterValidator(clean_line)]
    file_number: Line
    page: Line
    valid_until: Day | None


class Step(Listed):
    """A step of the checklist."""

    key: Annotated[str, Field(min_length=1, max_length=limits.KEY), AfterValidator(clean_line)]
    first_seen: Day
    own: bool = Field(description="ob es ein eigener Schritt ist")
    done: bool
    person: Person
    note: Annotated[str, Field(max_length=limits.STEP_NOTE), AfterValidator(clean)]
    title: Title
    due: Day | None
    group: Annotated[str, Field(max_length=limits.ID), AfterValidator(clean_line)]


class Goal(Listed):
    number: Count
    title: Title
    criterion: Annotated[str, Field(max_length=limits.ID), AfterValidator(clean_line)]
    start: Paragraph
    measure: Paragraph
    metric: Title
    metric_now: Line
    metric_target: Line
    due: Day | None
    person: Person


class PastGoal(Listed):
    number: Count
    title: Title
    achieved: bool
    documented: bool
    evidence: Paragraph


class Project(Listed):
    number: Count
    title: Title
    description: Paragraph
    effect: Paragraph
    documented: bool
    evidence: Paragraph


class NamedState(Block):
    name: str
    change: int = Field(description="die letzte Änderung, die zu diesem Stand gehört")
    by: str
    at: Moment


class Comment(Block):
    question: str
    text: str
    by: str
    at: Moment
    resolved_by: str
    resolved_at: Moment | None


class Redaction(Block):
    """That something was taken out; what it said is kept nowhere."""

    part: str
    subject: str
    reason: str
    by: str
    at: Moment


class Place(Block):
    role: Literal["coordinator", "colleague", "office"]
    label: str
    created_at: Moment
    due_on: Day | None
    ends_on: Day | None
    withdrawn_at: Moment | None
    returned_at: Moment | None
    message: str = Field(description="was die Stelle der Koordination geschrieben hat")
    questions: list[str]
    declined: list[str] = Field(description="Fragen, für die sie nicht zuständig ist")


class Share(Block):
    label: str = Field(description="für wen der Link gedacht ist")
    shared_at: Moment
    ends_on: Day | None
    withdrawn_at: Moment | None
    readings: int
    first_read: Moment | None
    last_read: Moment | None
    frozen_at: Moment
    sha256: str = Field(description="Prüfsumme des Standes, wie er geteilt wurde")
    content: Any = Field(description="der Stand, wie er geteilt wurde")


class Change(Block):
    id: int
    part: str
    subject: str = Field(description="die Frage, der Nachweis, der Schritt, die Nummer des Eintrags")
    before: Any
    after: Any
    by: str
    at: Moment


class DataFile(Block):
    """Everything that is stored of one self-check."""

    format: Literal["selbstcheck-alle-daten"]
    version: Literal[1] = Field(description="Fassung dieses Formats")
    exported_at: Moment
    self_check: SelfCheck
    answers: Annotated[list[Answer], Field(max_length=500), FailFast()]
    evidence: Annotated[list[Evidence], Field(max_length=10_000), FailFast()] = Field(description="Nachweise")
    steps: Annotated[list[Step], Field(max_length=2000), FailFast()] = Field(description="Checkliste")
    goals: Annotated[list[Goal], Field(max_length=2000), FailFast()] = Field(description="Entwicklungsziele")
    past_goals: Annotated[list[PastGoal], Field(max_length=2000), FailFast()] = Field(
        description="Ziele der letzten Auditierung"
    )
    projects: Annotated[list[Project], Field(max_length=2000), FailFast()] = Field(description="Projekte")
    named_states: list[NamedState] = Field(description="benannte Stände")
    comments: list[Comment] = Field(description="Rückfragen zwischen Kolleginnen und Kollegen")
    redactions: list[Redaction] = Field(description="was entfernt wurde, ohne den Inhalt")
    places: list[Place] = Field(description="wer mitarbeitet; nur für die Koordination, sonst leer")
    shares: list[Share] = Field(description="geteilte Stände; nur für die Koordination, sonst leer")
    history: list[Change] = Field(description="Verlauf, älteste Änderung zuerst; leer in der Datei ohne Verlauf")


class _Dialect(GenerateJsonSchema):
    schema_dialect = "https://json-schema.org/draft/2020-12/schema"

    def generate(self, schema: Any, mode: Any = "validation") -> dict[str, Any]:
        return {"$schema": self.schema_dialect} | super().generate(schema, mode)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the file."""
    return DataFile.model_json_schema(schema_generator=_Dialect)
