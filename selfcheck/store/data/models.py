"""What „Alle Daten (JSON)“ holds: one model per kind of entry. The JSON Schema in `docs/` is made from these."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import GenericAlias
from typing import Annotated, Any, Literal, get_type_hints

from pydantic import AfterValidator, BaseModel, FailFast, Field, create_model
from pydantic.json_schema import GenerateJsonSchema

from selfcheck.core.goals.interim import Reached
from selfcheck.core.rules.answers import DOCUMENT_KINDS
from selfcheck.core.text.contents import clean, clean_line
from selfcheck.core.text.mail import tidy_mail
from selfcheck.core.text.phone import tidy_phone
from selfcheck.store.data.blocks import (
    MOST_OPTIONS,
    Amount,
    Block,
    Count,
    Day,
    Id,
    Line,
    Listed,
    Long,
    Mark,
    Moment,
    Option,
    Percent,
    Stamped,
    State,
    said,
)
from selfcheck.store.data.talk_models import Advice, Asked, Proposed, Result
from selfcheck.store.database import limits
from selfcheck.store.parts.shelf import Shelf
from selfcheck.store.parts.values import (
    EvidenceText,
    GoalText,
    InterimText,
    OnlyThereText,
    PastGoalText,
    ProjectText,
    SheetMarkText,
    SheetText,
    StepText,
    Text,
)

FORMAT = "selbstcheck-alle-daten"
VERSION = 1


class QuestionnaireName(Block):
    id: Id
    version: Id


class Contact(Block):
    name: Line
    office: Line
    phone: Annotated[Line, AfterValidator(tidy_phone)]
    mail: Annotated[Line, AfterValidator(tidy_mail)]


class ChamberMail(Stamped):
    mail: Annotated[Line, AfterValidator(tidy_mail)]


class SelfCheck(Stamped):
    municipality: Annotated[Line, AfterValidator(said)] = Field(min_length=1)
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
    awarded: Day | None = Field(None, description="Tag der Auszeichnung; fehlt in älteren Dateien")
    contact: Contact = Field(description="Ansprechperson")
    chamber: ChamberMail | None = Field(None, description="wohin Sie der IHK schreiben; fehlt in älteren Dateien")
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
    unconfirmed: Mark = Field(
        "", description="übernommen und noch zu bestätigen: „taken“, oder warum es zu prüfen ist; leer: bestätigt"
    )


class Note(Stamped):
    text: Long


class Answer(Block):
    question: Id
    choice: Choice
    note: Note = Field(description="Erläuterung")


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


class UploadedFile(Block):
    """What is known of a file. The file itself is not in here; download it from the page of its piece."""

    piece: str = Field(description="der Beleg, nach seinem „key“")
    number: Count = Field(description="Revision")
    name: str = Field(description="leer, wo die Datei entfernt wurde")
    kind: str
    size: Count = Field(description="Bytes")
    sha256: str | None = Field(description="Prüfsumme der Datei")
    scan: Literal["clean", "unchecked"] = Field(description="auf Viren geprüft oder nicht")
    by: str
    at: Moment
    removed_at: Moment | None
    content: Literal["nicht in dieser Datei"]


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
    number: int | None = Field(None, description="die Nummer des Standes; fehlt in älteren Dateien")
    frozen_at: Moment
    sha256: str = Field(description="Prüfsumme des Standes, wie er geteilt wurde")
    content: Any = Field(description="der Stand, wie er geteilt wurde")


class ChamberShare(Block):
    """That a Stand was shared with a chamber itself, or that all of them were taken back from it."""

    chamber: str = Field(description="die IHK, nach ihrem Namen in der Liste der IHKs")
    event: Literal["shared", "withdrawn"]
    stand: int | None = Field(description="die Nummer des Standes; bei „withdrawn“ des letzten, der geteilt war")
    by: str
    at: Moment


class Stand(Block):
    """What was frozen for a document or a chamber, and shared with nobody by a link."""

    number: int
    frozen_at: Moment
    sha256: str = Field(description="Prüfsumme des Standes, wie er eingefroren wurde")
    content: Any = Field(description="der Stand, wie er eingefroren wurde")


class Change(Block):
    id: int
    part: str
    subject: str = Field(description="die Frage, der Beleg, der Schritt, die Nummer des Eintrags")
    before: Any
    after: Any
    by: str
    at: Moment


class DataFile(Block):
    """Everything that is stored of one self-check. What it holds of parts, `SECTIONS` adds."""

    format: Literal["selbstcheck-alle-daten"]
    version: Literal[1] = Field(description="Fassung dieses Formats")
    exported_at: Moment
    self_check: SelfCheck
    named_states: list[NamedState] = Field(description="benannte Stände")
    comments: list[Comment] = Field(description="Rückfragen zwischen Kolleginnen und Kollegen")
    redactions: list[Redaction] = Field(description="was entfernt wurde, ohne den Inhalt")
    files: Annotated[list[UploadedFile], Field(max_length=10_000)] = Field(
        [], description="welche Dateien hochgeladen wurden; die Dateien selbst stehen nicht hier"
    )
    places: list[Place] = Field(description="wer mitarbeitet; nur für die Koordination, sonst leer")
    shares: list[Share] = Field(description="geteilte Stände; nur für die Koordination, sonst leer")
    chamber_shares: list[ChamberShare] = Field(
        [], description="was wann mit welcher IHK geteilt und zurückgezogen wurde; nur für die Koordination, sonst leer"
    )
    queries: list[Asked] = Field([], description="Rückfragen der IHK und was Sie geantwortet haben")
    recommendations: list[Advice] = Field([], description="Empfehlungen der IHK und Ihre Antworten darauf")
    results: list[Result] = Field([], description="was die IHK freigegeben hat, je IHK das Neueste")
    good_examples: list[Proposed] = Field(
        [], description="was die IHK als gutes Beispiel zeigen möchte; nur für die Koordination, sonst leer"
    )
    stands: list[Stand] = Field(
        [], description="Stände, die nicht über einen Link geteilt sind; nur für die Koordination, sonst leer"
    )
    history: list[Change] = Field(description="Verlauf, älteste Änderung zuerst; leer in der Datei ohne Verlauf")

    def section(self, name: str) -> list[Block]:
        """The entries of a section; empty where the file knows none such."""
        return list(getattr(self, name, ()))


def _entry(
    name: str, content: type[object], doc: str | None = None, base: type[Stamped] = Listed, **beside: object
) -> type[Stamped]:
    """The model of an entry that says `content`, with fields of its own `beside`."""
    hints = get_type_hints(content, include_extras=True)
    said = {
        field: (_read_hint(field, hint), _describe(field, LATER.get(content, {})))
        for field, hint in hints.items()
        if field not in Shelf.inside
    }
    fields: dict[str, Any] = {**beside, **{field: said[field] for field in said if field not in beside}}
    return create_model(name, __base__=base, __doc__=doc, **fields)


def _describe(field: str, later: Mapping[str, object]) -> Any:
    """`later`: what a field says in files from before there was such a one."""
    return Field(later.get(field, ...), description=DESCRIPTIONS.get(field))


def _read_hint(field: str, hint: Any) -> Any:
    """What a content says of a text (`values.Text`), as pydantic wants it; days are read strictly."""
    if field == "question":
        return Id
    if hint == date | None:
        return Day | None
    if hint == Decimal | None:
        return (Percent if field == "percent" else Amount) | None
    if hint == tuple[str, ...]:
        return Annotated[list[Id], Field(max_length=MOST_OPTIONS)]
    texts = [mark for mark in getattr(hint, "__metadata__", ()) if isinstance(mark, Text)]
    if not texts:
        return hint
    (text,) = texts
    return Annotated[str, Field(max_length=text.limit), AfterValidator(text.tidy)]


DESCRIPTIONS = {
    "usual": "ob der Fragebogen diesen Beleg nennt",
    "available": "liegt vor oder fehlt noch",
    "own": "ob es ein eigener Schritt ist",
    "name": "wie das Dokument selbst heißt, wo der Titel der des Fragebogens ist",
    "kind": "Art des Dokuments: " + ", ".join(DOCUMENT_KINDS),
    "dated": "Datum des Dokuments",
    "also": "weitere Fragen, zu denen der Beleg gehört",
    "number_there": "Nummer im Prüfbogen der IHK",
    "points": "Punkte im Prüfbogen, eine Zahl als Text",
    "absent": "ob die Frage im Prüfbogen nicht steht",
    "location": "wo das Dokument liegt",
    "outcome": "was aus dem Ziel geworden ist",
    "said": "in einem Satz, was daraus geworden ist",
    "document": "welches Dokument es belegt",
    "percent": "Bestehensgrenze in Prozent, eine Zahl als Text",
}
LATER: dict[type[object], dict[str, object]] = {
    EvidenceText: {"name": "", "kind": "", "dated": None, "also": []},
    PastGoalText: {"location": "", "outcome": ""},
}
_KEY = (str, Field(max_length=64, description="woran der Verlauf den Beleg erkennt"))
_STEP_KEY = (Annotated[str, Field(min_length=1, max_length=limits.KEY), AfterValidator(clean_line)], ...)
_NUMBER = (Count, ...)
SECTIONS: dict[str, tuple[type[BaseModel], int, str | None]] = {
    "answers": (Answer, 500, None),
    "evidence": (_entry("Evidence", EvidenceText, key=_KEY), 5000, "Belege"),
    "steps": (
        _entry("Step", StepText, key=_STEP_KEY, first_seen=(Day, ...), doc="A step of the checklist."),
        2000,
        "Checkliste",
    ),
    "goals": (_entry("Goal", GoalText, number=_NUMBER), 2000, "Entwicklungsziele"),
    "past_goals": (_entry("PastGoal", PastGoalText, number=_NUMBER), 2000, "Ziele der letzten Auditierung"),
    "interims": (
        _entry(
            "Interim",
            InterimText,
            base=Stamped,
            year=(Annotated[int, Field(ge=1, le=limits.YEARS)], Field(description="in welchem Jahr der Auszeichnung")),
            goal=(Count, Field(description="Nummer des Entwicklungsziels")),
            reached=(Literal[tuple(Reached)], ...),
        ),
        2000,
        "Zwischenstand: was aus den Entwicklungszielen geworden ist",
    ),
    "projects": (_entry("Project", ProjectText, number=_NUMBER), 2000, "Projekte"),
    "sheet": (
        _entry("SheetLine", SheetText, base=Stamped, question=(Id, ...)),
        500,
        "was im Prüfbogen der IHK zu jeder Frage steht",
    ),
    "only_there": (_entry("OnlyThere", OnlyThereText, number=_NUMBER), 2000, "was nur der Prüfbogen fragt"),
    "sheet_mark": (
        _entry("SheetMark", SheetMarkText, base=Stamped),
        1,
        "die Bestehensgrenze des Prüfbogens; leer, wo niemand sie eingetragen hat",
    ),
}
"""What the file holds of parts: the model of an entry, how many there can be, and what they are."""
SINCE = ("interims", "sheet", "only_there", "sheet_mark")
"""Sections that older files have none of."""


def _describe_section(name: str, words: str | None) -> Any:
    return Field([] if name in SINCE else ..., description=words)


_SECTIONS: dict[str, Any] = {
    name: (Annotated[GenericAlias(list, (entry,)), Field(max_length=most), FailFast()], _describe_section(name, words))
    for name, (entry, most, words) in SECTIONS.items()
}
COMPLETE: type[DataFile] = create_model(
    "DataFile", __base__=DataFile, __doc__="Everything that is stored of one self-check.", **_SECTIONS
)


class _Dialect(GenerateJsonSchema):
    schema_dialect = "https://json-schema.org/draft/2020-12/schema"

    def generate(self, schema: Any, mode: Any = "validation") -> dict[str, Any]:
        return {"$schema": self.schema_dialect} | super().generate(schema, mode)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the file."""
    return COMPLETE.model_json_schema(schema_generator=_Dialect)
