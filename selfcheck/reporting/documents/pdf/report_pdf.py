"""„Bericht (PDF)“: the whole report, for the chamber, the council and the file."""

from __future__ import annotations

from collections.abc import Iterable

from selfcheck.reporting.charts.charts import TableRow
from selfcheck.reporting.documents.file import name_file
from selfcheck.reporting.documents.manuscript import Manuscript
from selfcheck.reporting.documents.pdf.plain import (
    Plain,
    allow_breaks,
    draw_bars,
    draw_chart,
    draw_fields,
    frame,
    list_facts,
    three_numbers,
)
from selfcheck.reporting.report.question_section import QuestionSection
from selfcheck.reporting.report.report import CriterionSection, EntrySection, Report, RouteSection
from selfcheck.reporting.report.way import StepItem
from selfcheck.reporting.words import german
from selfcheck.reporting.words.answer_text import EvidenceLine
from selfcheck.reporting.words.beside_text import BesideText

TITLE = "Bericht"
NOTHING = "–"


def write(report: Report) -> Manuscript:
    """The report with everything that it holds: the way to the mark and the checklist where they were asked for."""
    cover = report.cover
    data: Plain = {
        **frame(report, TITLE),
        "result": _result(report),
        "chart": draw_chart(report.chart),
        "fields": draw_fields(report.fields),
        "table": [_table_row(row) for row in report.table],
        "criteria": [_criterion(criterion) for criterion in report.criteria],
        "missing": _missing(report),
        "entries": _entries(report),
        "route": None if report.route is None else _route(report, report.route),
        "checklist": None if report.checklist is None else _checklist(report.checklist),
        "files": report.files,
        "progress": report.progress,
    }
    return Manuscript(name_file(TITLE, cover.municipality, cover.stand, "pdf"), "report", cover.frozen_on, data)


def _result(report: Report) -> Plain:
    outcome = report.outcome
    return {
        "heading": report.beside.ours if report.beside else "",
        "title": outcome.title,
        "sentence": outcome.sentence,
        "numbers": three_numbers(report.estimate, report.mark),
        "mark": f"Marke: {outcome.mark}.",
        "quality": f"{report.quality}." if report.quality else "",
        "more": [text for text in (outcome.bonus, outcome.basis) if text],
        "table": outcome.table,
        "probe": outcome.probes.sentence,
        "warning": outcome.probes.warning,
        "beside": None if report.beside is None else _beside(report.beside),
    }


def _beside(beside: BesideText) -> Plain:
    return {
        "heading": beside.heading,
        "title": beside.title,
        "sentence": beside.sentence,
        "numbers": three_numbers(beside.estimate, beside.estimate.mark),
        "mark": beside.mark,
        "placed": f"{beside.placed}.",
        "rests": beside.rests,
    }


def _table_row(row: TableRow) -> list[str]:
    numbers = (row.documented, row.claimed, row.open, row.lost, row.missing, row.possible)
    return [row.title, *(NOTHING if number is None else german.points(number) for number in numbers), row.percent]


def _criterion(criterion: CriterionSection) -> Plain:
    claimed = f"{criterion.percent} angegeben, " if criterion.percent else ""
    return {
        "title": criterion.title,
        "points": f"{claimed}{criterion.points}.",
        "questions": [_question(question) for question in criterion.questions],
        "dropped": criterion.dropped,
    }


def _question(question: QuestionSection) -> Plain:
    better = [f"{text.rstrip(' .')} ({worth})" for text, worth in question.better]
    return {
        "title": f"{question.number} {question.text}",
        "there": question.number_there and f"Nr. {allow_breaks(question.number_there)}",
        "answer": [allow_breaks(line) for line in question.answer],
        "better": better,
        "reason": allow_breaks(question.reason),
        "note": allow_breaks(question.note),
        "evidence": [_piece(piece) for piece in question.evidence],
        "points": ", ".join(filter(None, (question.points, question.proof))) if question.points else "",
        "why": question.why,
        "remarks": [{"text": allow_breaks(text), "author": allow_breaks(who)} for text, who in question.remarks],
    }


def _piece(piece: EvidenceLine) -> Plain:
    named = " ".join(filter(None, (piece.register, piece.title)))
    return {
        "counts": piece.counts,
        "status": piece.status,
        "title": allow_breaks(", ".join(filter(None, (named, piece.place)))),
        "link": allow_breaks(piece.link),
        "address": piece.link if piece.opens else "",
    }


def _missing(report: Report) -> Plain:
    if report.estimate.points.claimed:
        empty = "Alles, was zu den Fragen angegeben ist, ist belegt."
    else:
        empty = "Noch bringt keine Antwort Punkte, also fehlt auch kein Beleg."
    return {
        "rows": [[f"{gap.number} {gap.text}", allow_breaks(gap.missing), gap.points] for gap in report.missing],
        "empty": empty,
        "bonus": report.missing_bonus,
    }


def _entries(report: Report) -> list[Plain]:
    """Goals, those of last time in a renewal, and projects: each list with what stands there where it is empty."""
    past = "Es sind keine Ziele aus der letzten Auditierung eingetragen."
    lists = [("Entwicklungsziele", report.goals, "Noch sind keine Entwicklungsziele vorgeschlagen.")]
    lists += [("Ziele aus der letzten Auditierung", report.past_goals, past)] if report.renewal else []
    lists.append(("Projekte für Sonderpunkte", report.projects, "Es sind keine Projekte eingetragen."))
    return [{"title": title, "found": _list(found), "empty": empty} for title, found, empty in lists]


def _list(entries: Iterable[EntrySection]) -> list[Plain]:
    return [
        {"title": f"{place}. {allow_breaks(entry.title) or 'ohne Titel'}", "facts": list_facts(entry.facts)}
        for place, entry in enumerate(entries, 1)
    ]


def _route(report: Report, route: RouteSection) -> Plain:
    bridge = route.bridge
    one = len(route.measures) == 1
    return {
        "provisional": route.provisional,
        "sentence": route.sentence,
        "measures": [
            {
                "title": f"{item.number}: {item.text}",
                "gain": german.points_count(item.gain),
                "facts": " · ".join(f"{word} {value}".replace(" ", german.NO_BREAK) for word, value in facts),
                "bars": draw_bars([gain]),
            }
            for (item, facts), gain in zip(route.measures, bridge.gains, strict=True)
        ],
        "first": f"Der Maßstab beginnt bei {bridge.first}.",
        "today": {"text": "Heute angegeben", "points": german.points(report.estimate.reached)}
        | {"bars": draw_bars(bridge.today)},
        "after": {"text": f"Mit {'dieser Maßnahme' if one else 'allen Maßnahmen'}"}
        | {"points": german.points(route.reached), "bars": draw_bars(bridge.after)},
        "mark": float(bridge.mark),
        "mark_label": bridge.mark_label,
        "rough": route.rough,
    }


def _checklist(groups: Iterable[tuple[str, tuple[StepItem, ...]]]) -> list[Plain]:
    return [{"title": allow_breaks(group), "rows": [_step(step) for step in steps]} for group, steps in groups]


def _step(step: StepItem) -> list[str]:
    """What is done is due no more."""
    due = german.day(step.due) if step.due and not step.done else NOTHING
    return [allow_breaks(step.text), step.state, due]
