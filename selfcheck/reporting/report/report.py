"""The report as one ordered document of plain values: what stands where, in which words.

Built from a frozen Stand and the wording of its questionnaire; the points are those of the Stand, never counted anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import groupby

from selfcheck.core.questionnaire.model import Criterion, Question, Questionnaire
from selfcheck.core.rules.answers import OPEN, Answer, State
from selfcheck.core.rules.estimate import Applies, Estimate, Line
from selfcheck.core.rules.route import missing_documents
from selfcheck.core.text.order import fold
from selfcheck.reporting.charts import charts
from selfcheck.reporting.charts.bridge import Bridge, build_bridge
from selfcheck.reporting.charts.charts import Chart, TableRow
from selfcheck.reporting.charts.fields import FieldRow, question_fields
from selfcheck.reporting.report import route_text
from selfcheck.reporting.report.interview import Attendee, list_attendees, list_open_points
from selfcheck.reporting.report.register import Register, number_evidence
from selfcheck.reporting.report.stand import Entry, Stand
from selfcheck.reporting.report.way import RouteItem, RouteSummary, StepItem
from selfcheck.reporting.words import german, verdict
from selfcheck.reporting.words.answer_text import EvidenceLine, say_answer, say_evidence, say_missing
from selfcheck.reporting.words.beside_text import BesideText, describe_beside
from selfcheck.reporting.words.documents import say_files, say_quality
from selfcheck.reporting.words.names import AUDITS, CENTRALITIES
from selfcheck.reporting.words.question_points import find_step, list_better
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

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """Which Stand of its self-check this is, when it was frozen (in local time), and for whom.

    `check` is the public id of the self-check: what is imported from two of its Stände belongs together by it.
    """

    number: int
    at: datetime
    audience: str
    check: str = ""


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
class QuestionSection:
    """One question that counts or may count.

    `points` and `proof` are empty where it gives none, `why` where the answer says it already. `better`: what was not
    chosen and what it would give. `remarks`: what was asked about it (text, who and when), where that is shared.
    `department` is who usually knows the answer, `number_there` its number in the Prüfbogen that was laid beside;
    `open_points`: what is to be done about it before the interview.
    """

    id: str
    number: str
    text: str
    answer: tuple[str, ...]
    reason: str
    note: str
    evidence: tuple[EvidenceLine, ...]
    points: str
    proof: str
    why: str
    better: Facts
    remarks: Facts = ()
    department: str = ""
    number_there: str = ""
    open_points: tuple[str, ...] = ()


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

    `progress` says how many steps of the checklist are done. `beside` is the second estimate, from the Prüfbogen that
    was laid beside. `attendees` should sit at the interview. `files`
    says where the files are to be had that it names.
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
    progress: str = ""
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
        fields=question_fields(questionnaire, estimate),
        table=charts.table_rows(questionnaire, estimate),
        criteria=tuple(_criterion(questionnaire, criterion, stand, register) for criterion in questionnaire.criteria),
        missing=tuple(_missing(questionnaire, stand)),
        missing_bonus=say_missing_bonus(estimate),
        quality=say_quality(stand.answers),
        goals=_entries(stand.goals),
        past_goals=_entries(stand.past_goals),
        projects=_entries(stand.projects),
        renewal=stand.profile.audit == "renewal",
        route=_route(questionnaire, stand),
        checklist=_checklist(stand),
        attendees=list_attendees(questionnaire, estimate, stand),
        files=say_files(stand.answers),
        progress=_say_progress(stand.checklist or ()),
        beside=describe_beside(stand.beside, Voice.REPORT) if stand.beside is not None else None,
    )


def say_missing_bonus(estimate: Estimate) -> str:
    """What the Sonderpunkte still lack, or nothing."""
    missing = estimate.bonus - estimate.documented_bonus
    if not missing:
        return ""
    named = f"{german.points(missing)} {'Sonderpunkt' if missing == 1 else 'Sonderpunkte'}"
    return f"Für {named} aus Projekten oder erreichten Zielen fehlt noch ein Beleg."


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
        notice="" if questionnaire.official else questionnaire.notice,
    )


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
            _question(question, lines[question.id], stand, questionnaire, register[question.id]) for question in counted
        ),
        dropped=_say_dropped([question.number for question in criterion.questions if question not in counted]),
    )


def _say_dropped(numbers: list[str]) -> str:
    if not numbers:
        return ""
    verb = "zählt" if len(numbers) == 1 else "zählen"
    return f"Nach den übrigen Angaben {verb} hier nicht mit: {german.listing(numbers)}."


def _question(
    question: Question, line: Line, stand: Stand, questionnaire: Questionnaire, register: Sequence[str]
) -> QuestionSection:
    answer, points = stand.answers.get(question.id, OPEN), line.points
    remarks = (stand.remarks or {}).get(question.id, ())
    return QuestionSection(
        id=question.id,
        number=question.number,
        text=question.text,
        answer=say_answer(question, answer),
        reason=answer.reason if answer.state is State.NOT_APPLICABLE else "",
        note=answer.note,
        evidence=tuple(
            say_evidence(piece, stand.day, number) for piece, number in zip(answer.evidence, register, strict=True)
        ),
        points=german.points_out_of(points.claimed, points.possible) if points.possible else "",
        proof=_proof(question, line),
        why=_explain_points(question, answer, line),
        better=_list_better(question, answer, line),
        remarks=tuple(
            (remark.text, f"{remark.by}, {german.day(remark.day)}{'' if remark.open else ', erledigt'}")
            for remark in remarks
        ),
        department=questionnaire.department[question.department].title,
        number_there=(stand.numbers_there or {}).get(question.id, ""),
        open_points=list_open_points(question, answer, line, register, remarks, stand),
    )


def _list_better(question: Question, answer: Answer, line: Line) -> Facts:
    """What was not chosen, where points were lost by it."""
    if answer.state is not State.GIVEN or not line.points.lost:
        return ()
    return tuple((row.text, german.points_count(row.points)) for row in list_better(question, answer.value))


def _explain_points(question: Question, answer: Answer, line: Line) -> str:
    """The kept reason, but nothing where it would only say the answer again."""
    settled = answer.state in (State.GIVEN, State.NOT_APPLICABLE) and line.applies is Applies.YES
    if not settled or not line.points.possible:
        return line.reason
    if isinstance(answer.value, Decimal):
        return f"Stufe: {find_step(question, answer.value).text}"
    return line.reason if _meets_cap(question, answer) else ""


def _meets_cap(question: Question, answer: Answer) -> bool:
    """Whether more is chosen than counts."""
    if question.at_most is None or not isinstance(answer.value, frozenset):
        return False
    return sum(option.points for option in question.options if option.id in answer.value) > question.at_most


def _proof(question: Question, line: Line) -> str:
    if not line.points.claimed:
        return ""
    if not question.needs_evidence:
        return "kein Beleg nötig"
    return "belegt" if line.points.documented else "Beleg fehlt"


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
    possible = stand.estimate.points.possible
    sentence = route_text.explain_route(questionnaire, route, possible, stand.interview, Voice.REPORT)
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


def _say_progress(steps: Sequence[StepItem]) -> str:
    return f"{sum(step.done for step in steps)} von {len(steps)} Schritten erledigt"


def _checklist(stand: Stand) -> tuple[tuple[str, tuple[StepItem, ...]], ...] | None:
    """Steps by group, groups in the order in which they were kept."""
    if stand.checklist is None:
        return None
    return tuple((group, tuple(steps)) for group, steps in groupby(stand.checklist, key=lambda step: step.group))
