"""A report as its page takes it: the document and the tables drawn from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from selfcheck.core.questionnaire.model import QuestionId, Questionnaire
from selfcheck.reporting.report.report import Edition, Report, build_report
from selfcheck.reporting.report.stand import Stand
from selfcheck.reporting.report.way import StepItem
from selfcheck.reporting.words import german
from selfcheck.web.layout.tables import Cells, CriteriaTable, plain_table


@dataclass(frozen=True)
class Sheet:
    """`checklist` is None where it is not part of the report; else cells by group."""

    title: str
    report: Report
    table: CriteriaTable
    addresses: Mapping[QuestionId, str]
    """Where in the report each question stands."""
    missing: tuple[Cells, ...]
    checklist: tuple[tuple[str, tuple[Cells, ...]], ...] | None


def lay_out(questionnaire: Questionnaire, stand: Stand, edition: Edition | None = None) -> Sheet:
    """The report of `stand`, ready for templates/sharing/sheet.html."""
    report = build_report(questionnaire, stand, edition)
    return Sheet(
        title=questionnaire.title,
        report=report,
        table=plain_table(report.table),
        addresses={question.id: f"#frage-{question.id}" for question in questionnaire.questions},
        missing=tuple(
            ({"number": gap.number, "text": gap.text, "href": f"#frage-{gap.id}"}, gap.missing, gap.points)
            for gap in report.missing
        ),
        checklist=None
        if report.checklist is None
        else tuple((group, tuple(_step_cells(step) for step in steps)) for group, steps in report.checklist),
    )


def _step_cells(step: StepItem) -> Cells:
    """What is done is due no more."""
    due = german.day(step.due) if step.due and not step.done else "–"
    return (step.text, step.state, due)
