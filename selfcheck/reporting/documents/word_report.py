"""Bericht (Word): everything of the report, to be edited in the town hall."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from selfcheck.reporting.charts.charts import TableRow
from selfcheck.reporting.documents.file import File
from selfcheck.reporting.documents.word import styles
from selfcheck.reporting.documents.word.elements import Column, Piece, Strong
from selfcheck.reporting.documents.word.sheet import Sheet, cover, impress
from selfcheck.reporting.report.question_section import QuestionSection
from selfcheck.reporting.report.report import EntrySection, Report, RouteSection
from selfcheck.reporting.report.way import StepItem
from selfcheck.reporting.words import german
from selfcheck.reporting.words.answer_text import EvidenceLine
from selfcheck.reporting.words.beside_text import BesideText

NONE = "–"
LONGEST_TOGETHER = 2_500
"""Letters of a question that still stay together on one page."""


def write(report: Report) -> File:
    """The report as a Word file."""
    sheet = cover(report, "Bericht zum Selbstcheck")
    for part in (
        _result,
        _points,
        _overview,
        _answers,
        _missing,
        _register,
        _goals,
        _route,
        _checklist,
    ):
        part(sheet, report)
    return sheet.finish("Bericht")


def _result(sheet: Sheet, report: Report) -> None:
    estimate, outcome = report.estimate, report.outcome
    sheet.head("Gesamtergebnis", 1)
    if report.beside is not None:
        sheet.head(report.beside.ours, 2)
    sheet.write((Strong(f"{outcome.title}."), f" {outcome.sentence}"))
    possible = estimate.points.possible
    reached = (
        ("belegt", estimate.reached_documented),
        ("angegeben", estimate.reached),
        ("möglich bis", estimate.upper),
        ("Marke", report.mark),
    )
    sheet.table(
        "Die drei Zahlen und die Marke",
        (Column("Ergebnis", 34), Column("Anteil", 33, number=True), Column("Punkte", 33, number=True)),
        [(word, german.percent(german.share(each, possible)), german.points(each)) for word, each in reached],
        outcome.sentence,
    )
    for said in (report.quality and f"{report.quality}.", f"Marke: {outcome.mark}.", outcome.bonus, outcome.basis):
        if said:
            sheet.write(said)
    for said in (outcome.probes.sentence, outcome.probes.warning):
        if said:
            sheet.write(said, styles.NOTE)
    if report.beside is not None:
        _beside(sheet, report.beside)
    impress(sheet, report)


def _beside(sheet: Sheet, beside: BesideText) -> None:
    sheet.head(beside.heading, 2)
    sheet.write((Strong(f"{beside.title}."), f" {beside.sentence}"))
    estimate = beside.estimate
    possible = estimate.points.possible
    numbers = (
        ("belegt", estimate.reached_documented),
        ("angegeben", estimate.reached),
        ("möglich bis", estimate.upper),
    )
    for word, each in numbers:
        sheet.tell(word, german.points_out_of(each, possible))
    sheet.write(f"{beside.placed}. {beside.mark} {beside.rests}".strip())


def _points(sheet: Sheet, report: Report) -> None:
    sheet.head("Punkte je Kriterium", 1)
    titles = ("belegt", "Punkte ohne Beleg", "offen", "nicht erreicht", "möglich", "angegeben")
    shares = (12, 12, 11, 12, 12, 16)
    numbers = (Column(title, share, number=True) for title, share in zip(titles, shares, strict=True))
    columns = (Column("Kriterium", 25), *numbers)
    rows = [_point_row(row) for row in report.table]
    sheet.table("Punkte je Kriterium", columns, rows, report.chart.description, total=True)
    if report.outcome.table:
        sheet.write(report.outcome.table, styles.NOTE)


def _point_row(row: TableRow) -> tuple[str, ...]:
    numbers = (row.documented, row.claimed, row.open, row.lost, row.possible)
    return (row.title, *(NONE if each is None else german.points(each) for each in numbers), row.percent)


def _overview(sheet: Sheet, report: Report) -> None:
    sheet.head("Alle Fragen auf einen Blick", 1)
    columns = (Column("Nr.", 8), Column("Frage", 52), Column("Stand", 40))
    for row in report.fields:
        sheet.head(row.label, 2)
        sheet.table(row.label, columns, [(field.number, field.text, field.said) for field in row.fields])


def _answers(sheet: Sheet, report: Report) -> None:
    sheet.head("Angaben zu den Fragen", 1)
    if report.files:
        sheet.write(report.files, styles.NOTE, kept=True)
    for criterion in report.criteria:
        sheet.head(criterion.title, 2)
        claimed = f"{criterion.percent} angegeben, " if criterion.percent else ""
        sheet.write(f"{claimed}{criterion.points}. {report.outcome.caution}", styles.NOTE, kept=True)
        for question in criterion.questions:
            _question(sheet, question)
        if criterion.dropped:
            sheet.write(criterion.dropped, styles.NOTE)


def _question(sheet: Sheet, question: QuestionSection) -> None:
    sheet.head(f"{question.number} {question.text}", 3)
    better = "; ".join(f"{text.strip(' .')} ({worth})" for text, worth in question.better)
    facts: list[tuple[str, str]] = [
        ("Im Prüfbogen", question.number_there and f"Nr. {question.number_there}"),
        ("Antwort", "\n".join(question.answer)),
        ("Nicht erreicht", better),
        ("Begründung", question.reason),
        ("Erläuterung", question.note),
        *(("Beleg", say_piece(piece)) for piece in question.evidence),
    ]
    short = sum(len(text) for _, text in facts) <= LONGEST_TOGETHER
    for word, text in facts:
        if text:
            sheet.tell(word, text, kept=short)
    sheet.tell("Punkte", tuple(_say_points(question)))
    for text, author in question.remarks:
        sheet.tell("Rückfrage", f"{text}\n{author}")


def _say_points(question: QuestionSection) -> Iterable[Piece]:
    if question.points:
        yield Strong(question.points)
        yield f", {question.proof}" if question.proof else ""
    if question.why:
        yield f"\n{question.why}" if question.points else question.why


def say_piece(piece: EvidenceLine) -> str:
    """A piece of evidence in one line: number, title, state, and where it is."""
    facts = (piece.status, piece.place, piece.link)
    return f"{piece.register} {piece.title}: {', '.join(fact for fact in facts if fact)}".strip()


def _missing(sheet: Sheet, report: Report) -> None:
    sheet.head("Fehlende Belege", 1)
    if report.missing:
        columns = (Column("Nr.", 8), Column("Frage", 34), Column("Was fehlt", 46), Column("Punkte", 12, number=True))
        rows = [(gap.number, gap.text, gap.missing, gap.points) for gap in report.missing]
        sheet.table("Fragen ohne gültigen Beleg", columns, rows)
    elif report.estimate.points.claimed:
        sheet.write("Alles, was zu den Fragen angegeben ist, ist belegt.")
    else:
        sheet.write("Noch bringt keine Antwort Punkte, also fehlt auch kein Beleg.")
    if report.missing_bonus:
        sheet.write(report.missing_bonus)


def _register(sheet: Sheet, report: Report) -> None:
    pieces = dict.fromkeys(
        piece for criterion in report.criteria for question in criterion.questions for piece in question.evidence
    )
    sheet.head("Verzeichnis der Belege", 1)
    if not pieces:
        sheet.write("Es sind keine Belege eingetragen.")
        return
    columns = (Column("Nr.", 9), Column("Beleg", 30), Column("Stand", 24), Column("Fundstelle", 37))
    rows = [(piece.register, piece.title, piece.status, _say_place(piece)) for piece in pieces]
    sheet.table("Verzeichnis der Belege", columns, rows, "Jeder Beleg mit seiner Nummer und seiner Fundstelle")


def _say_place(piece: EvidenceLine) -> str:
    return "\n".join(fact for fact in (piece.place, piece.link) if fact) or NONE


def _goals(sheet: Sheet, report: Report) -> None:
    _entries(sheet, "Entwicklungsziele", report.goals, "Noch sind keine Entwicklungsziele vorgeschlagen.")
    if report.renewal:
        empty = "Es sind keine Ziele aus der letzten Auditierung eingetragen."
        _entries(sheet, "Ziele aus der letzten Auditierung", report.past_goals, empty)
    _entries(sheet, "Projekte für Sonderpunkte", report.projects, "Es sind keine Projekte eingetragen.")


def _entries(sheet: Sheet, title: str, entries: Sequence[EntrySection], empty: str) -> None:
    sheet.head(title, 1)
    for place, entry in enumerate(entries, start=1):
        sheet.head(f"{place}. {entry.title or 'ohne Titel'}", 3)
        for word, value in entry.facts:
            sheet.tell(word, value)
    if not entries:
        sheet.write(empty)


def _route(sheet: Sheet, report: Report) -> None:
    route = report.route
    if route is None:
        return
    sheet.head("Der Weg zur Marke", 1)
    if route.provisional:
        sheet.write(
            (Strong("Vorläufig."), " Mehr als ein Viertel der Punkte ist noch offen; der Weg kann sich ändern.")
        )
    sheet.write(route.sentence)
    if route.measures:
        columns = (Column("Punkte", 11, number=True), Column("Nr.", 8), Column("Maßnahme", 46), Column("Aufwand", 35))
        sheet.table("Maßnahmen auf dem Weg zur Marke", columns, list(_measure_rows(route)), route.sentence)
        sheet.write(route.rough, styles.NOTE)
    sheet.write(report.outcome.caution, styles.NOTE)


def _measure_rows(route: RouteSection) -> Iterable[tuple[str, ...]]:
    for item, facts in route.measures:
        takes = "\n".join(f"{word}: {value}" for word, value in facts)
        yield f"+{german.points(item.gain)}", item.number, item.text, takes


def _checklist(sheet: Sheet, report: Report) -> None:
    if report.checklist is None:
        return
    sheet.head("Checkliste", 1)
    sheet.write(f"{report.progress}.")
    dated = any(_say_due(step) != NONE for _, steps in report.checklist for step in steps)
    columns = (Column("Schritt", 66), Column("Stand", 15), Column("bis", 19))
    for group, steps in report.checklist:
        sheet.head(group, 2)
        rows = [(step.text, step.state, _say_due(step)) for step in steps]
        if dated:
            sheet.table(group, columns, rows)
        else:
            sheet.table(group, (Column("Schritt", 82), Column("Stand", 18)), [row[:2] for row in rows])


def _say_due(step: StepItem) -> str:
    """What is done is due no more."""
    return german.day(step.due) if step.due and not step.done else NONE
