"""The report as one ordered document of plain values: what stands where, in which words.

Built from a frozen Stand and the wording of its questionnaire; the points are those of the Stand, never counted anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import groupby

from selfcheck.core.questionnaire.model import Criterion, Questionnaire
from selfcheck.core.removed import Removed
from selfcheck.core.rules.answers import OPEN
from selfcheck.core.rules.estimate import Applies, Estimate
from selfcheck.core.rules.route import missing_documents
from selfcheck.core.text.order import fold
from selfcheck.reporting.charts import charts
from selfcheck.reporting.charts.bridge import Bridge, build_bridge
from selfcheck.reporting.charts.charts import Chart, TableRow
from selfcheck.reporting.charts.fields import FieldRow, question_fields
from selfcheck.reporting.history.removed_text import say_removed
from selfcheck.reporting.report import route_text
from selfcheck.reporting.report.department_sheet import DepartmentSheet, list_department_sheets
from selfcheck.reporting.report.interview import Attendee, list_attendees
from selfcheck.reporting.report.question_section import Facts, QuestionSection, describe_question
from selfcheck.reporting.report.register import Register, number_evidence
from selfcheck.reporting.report.stand import Entry, Stand
from selfcheck.reporting.report.way import ANSWERS, RouteItem, RouteSummary, StepItem
from selfcheck.reporting.words import german, verdict
from selfcheck.reporting.words.answer_text import say_missing
from selfcheck.reporting.words.beside_text import BesideText, describe_beside
from selfcheck.reporting.words.documents import list_unplaced, say_files, say_quality
from selfcheck.reporting.words.names import AUDITS, CENTRALITIES
from selfcheck.reporting.words.totals import count_bonus
from selfcheck.reporting.words.verdict import Outcome, Voice

FIELD_WORDS = {
    "criterion": "Kriterium",
    "start": "Ausgangslage",
    "measure": "Maßnahme",
    "metric": "Messgröße",
    "now": "heute",
    "moved": "Antwort inzwischen",
    "target": "Ziel",
    "until": "bis wann",
    "person": "zuständig",
    "description": "Beschreibung",
    "effect": "Wirkung",
    "achieved": "erreicht",
    "outcome": "was daraus geworden ist",
    "evidence": "Beleg",
    "location": "wo er liegt",
}


@dataclass(frozen=True, slots=True)
class Edition:
    """Which Stand of its self-check this is, when it was frozen (in local time), and for whom.

    `check` is the public id of the self-check: what is imported from two of its Stände belongs together by it.
    `redacted` says when and by whom a text was taken out of it since, where its documents have to say so.
    """

    number: int
    at: datetime
    audience: str
    check: str = ""
    redacted: Removed | None = None


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a document is called by and dated with.

    `title` is that of the questionnaire; `number` is 0 where the Stand has none, `check` empty where nobody says which
    self-check it is. `at` is the moment of the Stand in local time, the only one that documents know. `years` is how
    long the label is valid after the audit that this one is for.
    """

    title: str
    chamber: str
    number: int
    at: datetime
    check: str
    interview: date | None
    years: int


@dataclass(frozen=True, slots=True)
class Cover:
    """Whose report of which day; the facts about audit and contact are (word, value).

    `stand` names the Stand („Stand 3 vom 28.11.2026, 10:42“), `audience` says for whom it is; empty where nobody does.
    """

    municipality: str
    frozen_on: date
    day: str
    stand: str
    audience: str
    audit: Facts
    contact: Facts
    notice: str


@dataclass(frozen=True, slots=True)
class CriterionSection:
    """`dropped` names the questions that do not apply after the other answers."""

    id: str
    title: str
    percent: str
    points: str
    questions: tuple[QuestionSection, ...]
    dropped: str


@dataclass(frozen=True, slots=True)
class MissingEvidence:
    id: str
    number: str
    text: str
    missing: str
    points: str


@dataclass(frozen=True, slots=True)
class EntrySection:
    title: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class RouteSection:
    """`measures` as (measure, what it takes); `bridge` has a bar for each. `reached` is what all of them lead to,
    `rough` says how far that can be trusted."""

    sentence: str
    reached: Decimal
    bridge: Bridge
    provisional: bool
    measures: tuple[tuple[RouteItem, Facts], ...]
    rough: str


@dataclass(frozen=True, slots=True)
class Report:
    """The document in its order; `route` and `checklist` are None where they were not shared.

    `progress` says how many steps of the checklist are done and when offices answer (`answers_due_on`). `beside` is the
    second estimate, from the Prüfbogen that was laid beside. `attendees` should sit at the interview; `sheets` are for
    those who answer with a pen. `files` says where the files are to be had that it names.
    """

    imprint: Imprint
    cover: Cover
    estimate: Estimate
    outcome: Outcome
    mark: Decimal
    chart: Chart
    fields: tuple[FieldRow, ...]
    table: tuple[TableRow, ...]
    criteria: tuple[CriterionSection, ...]
    missing: tuple[MissingEvidence, ...]
    missing_bonus: str
    quality: str
    goals: tuple[EntrySection, ...]
    past_goals: tuple[EntrySection, ...]
    projects: tuple[EntrySection, ...]
    renewal: bool
    route: RouteSection | None
    checklist: tuple[tuple[str, tuple[StepItem, ...]], ...] | None
    attendees: tuple[Attendee, ...]
    sheets: tuple[DepartmentSheet, ...]
    progress: str = ""
    answers_due_on: date | None = None
    files: str = ""
    beside: BesideText | None = None


def build_report(questionnaire: Questionnaire, stand: Stand, edition: Edition | None = None) -> Report:
    """The document for `stand`, which is one of `questionnaire`; without an `edition` it is for the chamber."""
    estimate = stand.estimate
    register = number_evidence(questionnaire, stand.answers)
    return Report(
        imprint=_imprint(questionnaire, stand, edition),
        cover=_cover(questionnaire, stand, edition),
        estimate=estimate,
        outcome=verdict.describe(questionnaire, estimate, stand.municipality, Voice.REPORT),
        mark=verdict.shown_mark(questionnaire, estimate),
        chart=charts.gap_chart(questionnaire, estimate),
        fields=question_fields(questionnaire, estimate, list_unplaced(stand.answers, stand.day)),
        table=charts.table_rows(questionnaire, estimate),
        criteria=tuple(_criterion(questionnaire, criterion, stand, register) for criterion in questionnaire.criteria),
        missing=tuple(_missing(questionnaire, stand)),
        missing_bonus=say_missing_bonus(estimate),
        quality=say_quality(stand.answers, stand.day),
        goals=_entries(stand.goals),
        past_goals=_entries(stand.past_goals),
        projects=_entries(stand.projects),
        renewal=stand.profile.audit == "renewal",
        route=_route(questionnaire, stand),
        checklist=_checklist(stand),
        attendees=list_attendees(questionnaire, estimate, stand),
        sheets=list_department_sheets(questionnaire, stand, register),
        files=say_files(stand.answers),
        progress=_say_progress(stand.checklist or (), stand.answers_due_on),
        answers_due_on=stand.answers_due_on,
        beside=describe_beside(stand.beside, Voice.REPORT) if stand.beside is not None else None,
    )


def say_missing_bonus(estimate: Estimate) -> str:
    """What the Sonderpunkte still lack, or nothing."""
    missing = estimate.bonus - estimate.documented_bonus
    if not missing:
        return ""
    return f"Für {count_bonus(missing)} aus Projekten oder erreichten Zielen fehlt noch ein Beleg."


def _imprint(questionnaire: Questionnaire, stand: Stand, edition: Edition | None) -> Imprint:
    validity = questionnaire.validity
    return Imprint(
        title=questionnaire.title,
        chamber=stand.chamber,
        number=edition.number if edition else 0,
        at=edition.at if edition else datetime.combine(stand.frozen_on, time()),
        check=edition.check if edition else "",
        interview=stand.interview,
        years=validity.renewal if stand.profile.audit == "renewal" else validity.first,
    )


def _say_audience(audience: str, chamber: str) -> str:
    """A chamber is a woman to German grammar; of what else people type nobody knows."""
    if not audience:
        return ""
    return f"Bericht an die {chamber}" if fold(audience) == fold(chamber) else f"Bericht für: {audience}"


def _cover(questionnaire: Questionnaire, stand: Stand, edition: Edition | None) -> Cover:
    number = german.count(len(questionnaire.questions), "Frage", "Fragen")
    audit = (
        ("Kreis", stand.district),
        (
            "Einstufung",
            (CENTRALITIES | {"unknown": "nicht angegeben"}).get(stand.profile.centrality, stand.profile.centrality),
        ),
        ("Auditierung", AUDITS.get(stand.profile.audit, stand.profile.audit)),
        ("Prüfgespräch", german.day(stand.interview) if stand.interview else "noch kein Termin"),
    )
    person = ", ".join(part for part in (stand.contact.name, stand.contact.office) if part)
    contact = (
        ("Ansprechperson", person),
        ("Telefon", stand.contact.phone),
        ("E-Mail", stand.contact.mail),
        ("Fragebogen", f"Version {questionnaire.version}, {number}"),
    )
    return Cover(
        municipality=stand.municipality,
        frozen_on=stand.frozen_on,
        day=german.day(stand.frozen_on),
        stand=german.stand(edition.number, edition.at) if edition else f"Stand vom {german.day(stand.frozen_on)}",
        audience=_say_audience(edition.audience if edition else stand.chamber, stand.chamber),
        audit=tuple(fact for fact in audit if fact[1]),
        contact=tuple(fact for fact in contact if fact[1]),
        notice=_say_notice(questionnaire, edition),
    )


def _say_notice(questionnaire: Questionnaire, edition: Edition | None) -> str:
    """Whose questionnaire it is where it is no chamber's, and that a text is missing."""
    notice = "" if questionnaire.official else questionnaire.notice
    redacted = edition.redacted if edition else None
    removed = f"Ein Text in diesem Stand wurde {say_removed(redacted)}." if redacted else ""
    return " ".join(filter(None, (notice, removed)))


def _criterion(
    questionnaire: Questionnaire, criterion: Criterion, stand: Stand, register: Register
) -> CriterionSection:
    estimate = stand.estimate.criterion[criterion.id]
    lines = {line.question: line for line in estimate.lines}
    counted = [question for question in criterion.questions if lines[question.id].applies is not Applies.NO]
    points = estimate.points
    return CriterionSection(
        id=criterion.id,
        title=f"{criterion.letter} {criterion.title}",
        percent=german.percent(german.share(points.claimed, points.possible)) if points.possible else "",
        points=german.points_out_of(points.claimed, points.possible),
        questions=tuple(
            describe_question(question, lines[question.id], stand, questionnaire, register[question.id])
            for question in counted
        ),
        dropped=_say_dropped([question.number for question in criterion.questions if question not in counted]),
    )


def _say_dropped(numbers: list[str]) -> str:
    if not numbers:
        return ""
    verb = "zählt" if len(numbers) == 1 else "zählen"
    return f"Nach den übrigen Angaben {verb} hier nicht mit: {german.listing(numbers)}."


def _missing(questionnaire: Questionnaire, stand: Stand) -> Iterable[MissingEvidence]:
    for gap in missing_documents(stand.estimate):
        question = questionnaire.question[gap.question]
        missing = say_missing(question, stand.answers.get(question.id, OPEN), stand.day)
        yield MissingEvidence(question.id, question.number, question.name, missing, german.points(gap.points))


def _entries(entries: Iterable[Entry]) -> tuple[EntrySection, ...]:
    return tuple(
        EntrySection(
            entry.title,
            tuple((word, entry.fields[name]) for name, word in FIELD_WORDS.items() if entry.fields.get(name)),
        )
        for entry in entries
    )


def _route(questionnaire: Questionnaire, stand: Stand) -> RouteSection | None:
    route = stand.route
    if route is None:
        return None
    sentence = route_text.explain_route(questionnaire, route, stand.estimate, stand.interview, Voice.REPORT)
    measures = tuple(
        (item, route_text.list_facts(item, stand.answers.get(item.question, OPEN).state)) for item in route.items
    )
    return RouteSection(
        sentence=sentence,
        reached=route.reached,
        bridge=bridge_of(questionnaire, stand.estimate, route),
        provisional=route.provisional,
        measures=measures,
        rough=route_text.say_rough(route),
    )


def bridge_of(questionnaire: Questionnaire, estimate: Estimate, route: RouteSummary) -> Bridge:
    """The way from what is reached today to what its measures lead to."""
    gains = [item.gain for item in route.items]
    mark = questionnaire.pass_mark * route.possible / 100
    return build_bridge(estimate.reached_documented, estimate.reached, gains, route.reached, mark)


def _say_progress(steps: Sequence[StepItem], answers_due_on: date | None) -> str:
    counted = [step for step in steps if not step.needless]
    said = f"{sum(step.done for step in counted)} von {len(counted)} Schritten erledigt"
    return f"{said}; {ANSWERS}: bis {german.day(answers_due_on)}" if answers_due_on else said


def _checklist(stand: Stand) -> tuple[tuple[str, tuple[StepItem, ...]], ...] | None:
    """Steps by group, groups in the order in which they were kept."""
    if stand.checklist is None:
        return None
    return tuple((group, tuple(steps)) for group, steps in groupby(stand.checklist, key=lambda step: step.group))
