"""Agenda and record of an interview as plain values, in the order in which documents show them.

The record freezes exactly these (`core.plain`): what a finished version says depends on nothing that is written later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from selfcheck.core.questionnaire.model import DepartmentId, Questionnaire
from selfcheck.core.review.agenda import Agenda, is_own
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


def draw_up(
    material: Material,
    topics: Sequence[Topic],
    agenda: Agenda,
    texts: Texts,
    chamber: str,
    stand: str,
    day: date | None,
) -> Paper:
    """The paper of a case: `chamber` and `stand` as documents name them, `day` that of the interview."""
    questionnaire, of = material.questionnaire, {topic.key: topic for topic in topics}
    profile = material.stand.profile
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
            Participant(role, numbers, texts.get((Field.WHO, key), "") or proposed)
            for key, role, numbers, proposed in list_participants(
                material, chamber, [of[row.key] for row in agenda.kept if row.key in of], texts
            )
        ),
        rows=tuple(
            PaperRow(
                of[row.key].number if row.key in of else OWN_ROW,
                row.plan.title if is_own(row.key) else of[row.key].title,
                of[row.key].reasons if row.key in of else (),
                of[row.key].inner if row.key in of else (),
                row.minutes,
                texts.get((Field.SAID, row.key), ""),
            )
            for row in agenda.kept
        ),
        period=texts.get((Field.PERIOD, ""), ""),
        method=METHODS[Method(method)] if method else "",
        check_quality=texts.get((Field.CHECK_QUALITY, ""), ""),
        paper_quality=texts.get((Field.PAPER_QUALITY, ""), ""),
        criteria=tuple(_criteria(questionnaire, texts)),
        result=texts.get((Field.RESULT, ""), ""),
    )


def _criteria(questionnaire: Questionnaire, texts: Texts) -> Iterable[PaperCriterion]:
    for criterion in questionnaire.criteria:
        good, better = (texts.get((field, criterion.id), "") for field in (Field.GOOD, Field.BETTER))
        yield PaperCriterion(f"{criterion.letter} {criterion.title}", good, better)


def list_participants(
    material: Material, chamber: str, topics: Iterable[Topic], texts: Texts
) -> tuple[tuple[str, str, tuple[str, ...], str], ...]:
    """Who should take part as (subject, role, numbers, proposed name): the mayor, the contact person, the heads of the
    departments that usually know what `topics` ask, or for which names were typed already, and the chamber."""
    contact = material.stand.contact
    numbers: dict[str, list[str]] = {subject: [] for field, subject in texts if field == Field.WHO}
    for topic in topics:
        if topic.department:
            numbers.setdefault(topic.department, []).append(topic.number)
    heads = (
        (department.id, f"Leitung: {department.title}", tuple(numbers[department.id]), "")
        for department in material.questionnaire.departments
        if department.id in numbers
    )
    return (
        (HEAD, MAYOR, (), ""),
        (CONTACT, "Ansprechperson der Kommune", (), ", ".join(filter(None, (contact.name, contact.office)))),
        *heads,
        (CHAMBER, chamber or "IHK", (), ""),
        (OTHERS, "Weitere", (), ""),
    )


def is_participant(questionnaire: Questionnaire, subject: str) -> bool:
    """Whether names can be typed for this subject."""
    known = {department.id for department in questionnaire.departments}
    return subject in (HEAD, CONTACT, CHAMBER, OTHERS) or DepartmentId(subject) in known
