"""Agenda and record of an interview as plain values, in the order in which documents show them.

The record freezes exactly these (`core.plain`): what a finished version says depends on nothing that is written later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from selfcheck.core.questionnaire.model import DepartmentId, Questionnaire
from selfcheck.core.review.agenda import Agenda, AgendaRow, Matter
from selfcheck.core.review.record import Field, Method, RecordState, VersionState
from selfcheck.reporting.report.interview import MAYOR
from selfcheck.reporting.review.topics import Material, Topic
from selfcheck.reporting.words import german
from selfcheck.reporting.words.names import AUDITS

METHODS = {Method.PAPERS: "nach Unterlagen", Method.ON_SITE: "vor Ort", Method.ONLINE: "online"}
RECORD_STATES = {
    RecordState.DRAFT: "Entwurf",
    RecordState.FINISHED: "fertig",
    RecordState.OPEN_AGAIN: "wieder offen",
    RecordState.FINAL: "endgültig",
}
VERSION_STATES = {
    VersionState.CURRENT: "aktuell",
    VersionState.REPLACED: "ersetzt",
    VersionState.FINAL: "endgültig",
}
HEAD, CONTACT, CHAMBER, OTHERS = "mayor", "contact", "chamber", "others"
"""Who takes part beside the departments, as subjects of `Field.WHO`."""
OWN_ROW = "+"
"""What stands for a number at rows that advisors added."""
Texts = Mapping[tuple[str, str], str]
"""What was written, by field and subject."""


class Seat(NamedTuple):
    """Whom an interview needs: `numbers` are those of the topics that they are needed for, `proposed` is their name,
    where the town has said it."""

    subject: str
    role: str
    numbers: tuple[str, ...]
    proposed: str


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part. `numbers` are those of the topics that they are needed for; `names` are typed."""

    role: str
    numbers: tuple[str, ...]
    names: str


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A row that is kept: why it is there (`inner`: as only the chamber knows), its minutes, and what came of it."""

    number: str
    title: str
    reasons: tuple[str, ...]
    inner: tuple[str, ...]
    minutes: int
    said: str


@dataclass(frozen=True, slots=True)
class PaperCriterion:
    """What is said of a whole criterion."""

    title: str
    good: str
    better: str


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything that agenda and record say. `available` are the minutes there are."""

    label: str
    chamber: str
    municipality: str
    audit: str
    stand: str
    interview: date | None
    place: str
    available: int
    participants: tuple[Participant, ...]
    rows: tuple[PaperRow, ...]
    period: str
    method: str
    check_quality: str
    paper_quality: str
    criteria: tuple[PaperCriterion, ...]
    result: str

    @property
    def total(self) -> int:
        return sum(row.minutes for row in self.rows)

    @property
    def sum(self) -> str:
        """`95 von 120 Minuten`."""
        return f"{self.total} von {german.count(self.available, 'Minute', 'Minuten')}"

    @property
    def day(self) -> str:
        return german.long_day(self.interview) if self.interview else "noch kein Termin"

    @property
    def plan_facts(self) -> tuple[tuple[str, str], ...]:
        """What an agenda says at its top."""
        return (
            ("Auditierung", self.audit),
            ("Termin", self.day),
            ("Ort, Uhrzeit", self.place),
            ("Dauer", german.count(self.available, "Minute", "Minuten")),
        )

    @property
    def record_facts(self) -> tuple[tuple[str, str], ...]:
        """What a record says at its top beside that."""
        return (
            ("Geprüfter Zeitraum", self.period),
            ("Methode", self.method),
            ("Qualität des Selbstchecks", self.check_quality),
            ("Qualität der Unterlagen", self.paper_quality),
        )


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which edition of a paper a document is: `said` in words, for its foot and its name; `at` is a local moment."""

    said: str
    at: datetime


def stamp_draft(at: datetime) -> Stamp:
    """What nobody has finished."""
    return Stamp(f"Entwurf vom {german.moment(at)}", at)


def stamp_version(number: int, state: VersionState, at: datetime, by: str, final: tuple[str, datetime] | None) -> Stamp:
    """A finished version; `final` is who made it final, and when."""
    said = f"Fassung {number} vom {german.moment(at)} von {by}, {VERSION_STATES[state]}"
    if final is not None:
        said += f" seit {german.day(final[1])}, bestätigt von {final[0]}"
    return Stamp(said, at)


def topic_of(row: AgendaRow, topics: Mapping[str, Topic]) -> Topic:
    """What a row is about: a place, or what advisors have called a row of their own."""
    return topics.get(row.key) or Topic(row.key, OWN_ROW, row.plan.title, (), (), Matter())


def draw_up(
    material: Material,
    topics: Mapping[str, Topic],
    agenda: Agenda,
    seats: Iterable[Seat],
    texts: Texts,
    chamber: str,
    stand: str,
    day: date | None,
) -> Paper:
    """The paper of a case: `chamber` and `stand` as documents name them, `day` that of the interview."""
    questionnaire, profile = material.questionnaire, material.stand.profile
    method = texts.get((Field.METHOD, ""), "")
    return Paper(
        label=questionnaire.title,
        chamber=chamber,
        municipality=material.stand.municipality,
        audit=AUDITS.get(profile.audit, profile.audit),
        stand=stand,
        interview=day,
        place=texts.get((Field.PLACE, ""), ""),
        available=agenda.available,
        participants=tuple(
            Participant(seat.role, seat.numbers, texts.get((Field.WHO, seat.subject), "") or seat.proposed)
            for seat in seats
        ),
        rows=tuple(_draw_row(row, topic_of(row, topics), texts) for row in agenda.kept),
        period=texts.get((Field.PERIOD, ""), ""),
        method=METHODS[Method(method)] if method else "",
        check_quality=texts.get((Field.CHECK_QUALITY, ""), ""),
        paper_quality=texts.get((Field.PAPER_QUALITY, ""), ""),
        criteria=tuple(_criteria(questionnaire, texts)),
        result=texts.get((Field.RESULT, ""), ""),
    )


def _draw_row(row: AgendaRow, topic: Topic, texts: Texts) -> PaperRow:
    said = texts.get((Field.SAID, row.key), "")
    return PaperRow(topic.number, topic.title, topic.reasons, topic.inner, row.minutes, said)


def _criteria(questionnaire: Questionnaire, texts: Texts) -> Iterable[PaperCriterion]:
    for criterion in questionnaire.criteria:
        good, better = (texts.get((field, criterion.id), "") for field in (Field.GOOD, Field.BETTER))
        yield PaperCriterion(f"{criterion.letter} {criterion.title}", good, better)


def list_seats(material: Material, chamber: str, topics: Iterable[Topic], texts: Texts) -> tuple[Seat, ...]:
    """Who should take part: the mayor, the contact person, the heads of the departments that usually know what `topics`
    ask, as the town calls them, or for which names were typed already, and the chamber."""
    contact = material.stand.contact
    own = material.stand.name_departments(material.questionnaire)
    numbers: dict[str, list[str]] = {subject: [] for field, subject in texts if field == Field.WHO}
    for topic in topics:
        if topic.department:
            numbers.setdefault(own.by_id[DepartmentId(topic.department)].id, []).append(topic.number)
    heads = (
        Seat(department.id, f"Leitung: {own.title(department.id)}", tuple(numbers[department.id]), "")
        for department in material.questionnaire.departments
        if department.id in numbers
    )
    return (
        Seat(HEAD, MAYOR, (), ""),
        Seat(CONTACT, "Ansprechperson der Kommune", (), ", ".join(filter(None, (contact.name, contact.office)))),
        *heads,
        Seat(CHAMBER, chamber or "IHK", (), ""),
        Seat(OTHERS, "Weitere", (), ""),
    )


def is_participant(questionnaire: Questionnaire, subject: str) -> bool:
    """Whether names can be typed for this subject."""
    known = {department.id for department in questionnaire.departments}
    return subject in (HEAD, CONTACT, CHAMBER, OTHERS) or DepartmentId(subject) in known
