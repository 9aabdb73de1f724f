"""Agenda, sheet to write on and Prüfprotokoll as PDF: one template, which shows what each of them has."""

from __future__ import annotations

from collections.abc import Iterable

from selfcheck.core.text.contents import is_blank
from selfcheck.reporting.documents.interview_frame import AGENDA, INNER, RECORD, SHEET, frame_paper, say_or_nothing
from selfcheck.reporting.documents.manuscript import Manuscript
from selfcheck.reporting.documents.pdf.plain import Plain, allow_breaks
from selfcheck.reporting.documents.texts import NOT_NAMED
from selfcheck.reporting.review.paper import Paper, Stamp


def write_agenda(paper: Paper, stamp: Stamp) -> Manuscript:
    """What is talked about for how long, and who should be there."""
    return _write(paper, stamp, AGENDA, "agenda")


def write_sheet(paper: Paper, stamp: Stamp) -> Manuscript:
    """The same with lines to write on."""
    return _write(paper, stamp, SHEET, "sheet")


def write_record(paper: Paper, stamp: Stamp) -> Manuscript:
    """The same with what came out of it."""
    return _write(paper, stamp, RECORD, "record")


def _write(paper: Paper, stamp: Stamp, kind: str, look: str) -> Manuscript:
    record = look == "record"
    facts = (*paper.plan_facts, *paper.record_facts) if record else paper.plan_facts
    data: Plain = {
        "kind": kind,
        "look": look,
        "title": f"{kind} {paper.municipality}, {stamp.said}",
        "subject": paper.label,
        "author": paper.chamber or paper.municipality,
        "municipality": allow_breaks(paper.municipality),
        "audience": allow_breaks(paper.chamber),
        "day": [stamp.at.year, stamp.at.month, stamp.at.day],
        "stand": paper.stand,
        "inner": "" if look == "agenda" else INNER,
        "estimate": allow_breaks(stamp.said),
        "facts": list(_facts(facts, blank="" if look == "sheet" else NOT_NAMED)),
        "participants": [
            [allow_breaks(each.role), allow_breaks(", ".join(each.numbers)), allow_breaks(each.names)]
            for each in paper.participants
        ],
        "rows": _rows(paper, look),
        "sum": paper.sum,
        "criteria": _criteria(paper),
        "result": allow_breaks(say_or_nothing(paper.result)),
    }
    return Manuscript(frame_paper(paper, stamp, kind).name(kind, "pdf"), "interview", stamp.at.date(), data)


def _rows(paper: Paper, look: str) -> list[Plain]:
    """An agenda, which the town gets, says nothing that only the chamber knows."""
    return [
        {
            "number": row.number,
            "title": allow_breaks(row.title),
            "reasons": [
                allow_breaks(reason) for reason in (row.reasons if look == "agenda" else (*row.reasons, *row.inner))
            ],
            "minutes": str(row.minutes),
            "said": allow_breaks(say_or_nothing(row.said)),
        }
        for row in paper.rows
    ]


def _criteria(paper: Paper) -> list[Plain]:
    return [
        {
            "title": allow_breaks(criterion.title),
            "facts": [
                ["Gute Praxis", allow_breaks(say_or_nothing(criterion.good))],
                ["Verbesserung", allow_breaks(say_or_nothing(criterion.better))],
            ],
        }
        for criterion in paper.criteria
    ]


def _facts(facts: Iterable[tuple[str, str]], blank: str) -> Iterable[list[str]]:
    """`blank` stands where nothing is said; nothing of it leaves a line to write on."""
    for word, value in facts:
        yield [word, blank if is_blank(value) else allow_breaks(value)]
