"""The tables of the result page: every number leads to the answers that it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from flask import url_for

from selfcheck.core.questionnaire.model import CriterionId, Question
from selfcheck.core.rules.answers import OPEN, State
from selfcheck.core.rules.estimate import CriterionEstimate, Estimate
from selfcheck.core.rules.route import QuestionPoints, value_after
from selfcheck.reporting.charts import charts
from selfcheck.reporting.charts.charts import Bar, TableRow
from selfcheck.reporting.report import route_text
from selfcheck.reporting.report.way import RouteItem, RouteSummary
from selfcheck.reporting.words import german
from selfcheck.reporting.words.answer_text import STATES, say_missing
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.tables import Cell, Cells, CriteriaTable, list_numbers
from selfcheck.web.layout.trial import trial_address


@dataclass(frozen=True, slots=True)
class MeasureShown:
    """A measure of the way: `bar` is its part of the bridge, `key` names it where it becomes a goal, `trial` tries it
    out. `goal` is the number of the goal that it is already."""

    item: RouteItem
    title: str
    href: str
    facts: tuple[tuple[str, str], ...]
    bar: Bar
    key: str
    trial: str
    goal: int | None


@dataclass(frozen=True, slots=True)
class QuestionBar:
    """The bar of one question, which no script has to fold in."""

    title: str
    href: str
    points: str
    bars: tuple[Bar, ...]


def question_bars(page: CheckPage) -> tuple[tuple[str, tuple[QuestionBar, ...]], ...]:
    """The bars of all questions that bring points here, by criterion."""
    return tuple(
        (
            f"{criterion.letter} {criterion.title}",
            tuple(
                QuestionBar(
                    f"{question.number} {question.name}",
                    check_page.question_address(page, question),
                    german.points_out_of(line.points.claimed, line.points.possible),
                    charts.question_row(question, line.points).bars,
                )
                for question in criterion.questions
                if (line := page.estimate.line[question.id]).points.possible
            ),
        )
        for criterion in page.questionnaire.criteria
    )


def criteria_table(page: CheckPage) -> CriteriaTable:
    """The numbers of the chart, row by row; they lead to the questions they come from."""
    *rows, total = charts.table_rows(page.questionnaire, page.estimate)
    return CriteriaTable(tuple(_criterion_cells(page, row) for row in rows), (total.title, *list_numbers(total)))


def _criterion_cells(page: CheckPage, row: TableRow) -> Cells:
    check_id, criterion = page.check.public_id, page.estimate.criterion.get(CriterionId(row.key))
    if criterion is None:
        return ({"text": row.title, "href": url_for("goals.lists", check_id=check_id)}, *list_numbers(row))

    def link(text: str, filter: str | None = None) -> Cell:
        href = url_for("questions.criterion", check_id=check_id, criterion_id=row.key, zeige=filter)
        return {"text": text, "href": href}

    documented, claimed, open_, *rest = list_numbers(row)
    return (
        link(row.title),
        documented,
        link(claimed, "ohne-beleg") if row.claimed else claimed,
        link(open_, _open_filter(criterion)) if row.open else open_,
        *rest,
    )


def _open_filter(criterion: CriterionEstimate) -> str | None:
    """The filter that shows just what the open points come from; none where one filter would hide a part of it."""
    states = {line.state for line in criterion.lines if line.points.open}
    return {frozenset({State.OPEN}): "offen", frozenset({State.UNCLEAR}): "unklar"}.get(frozenset(states))


def decisive_rows(page: CheckPage, questions: Iterable[QuestionPoints]) -> tuple[Cells, ...]:
    """Question, state, who usually knows, points that hang on it."""
    rows = []
    for each in questions:
        question = page.questionnaire.question[each.question]
        state = STATES[page.estimate.line[question.id].state]
        department = page.departments.title(question.department)
        rows.append((_question(page, question), state, department, german.points(each.points)))
    return tuple(rows)


def document_rows(page: CheckPage, gaps: Iterable[QuestionPoints]) -> tuple[Cells, ...]:
    """Question, what would prove it, points."""
    rows = []
    for gap in gaps:
        question = page.questionnaire.question[gap.question]
        missing = say_missing(question, page.loaded.answers.get(question.id, OPEN), page.day)
        rows.append((_question(page, question), missing, german.points(gap.points)))
    return tuple(rows)


def say_documents(estimate: Estimate) -> str:
    """How much is claimed and not documented, over how many questions."""
    gaps = [line.points.unproven for line in estimate.line.values()]
    number, points = sum(1 for gap in gaps if gap), sum(gaps, Decimal(0))
    return (
        f"{german.points_count(points)} aus {german.count(number, 'Frage', 'Fragen')} "
        f"{'ist' if points == 1 else 'sind'} angegeben, aber noch nicht belegt. Je Frage genügt ein gültiger Beleg."
    )


def measures(page: CheckPage, route: RouteSummary, bars: Iterable[Bar]) -> tuple[MeasureShown, ...]:
    """The measures of the way, each with its bar of the bridge."""
    shown = []
    for item, one, bar in zip(route.items, page.situation.route.measures, bars, strict=True):
        answer = page.loaded.answers.get(item.question, OPEN)
        shown.append(
            MeasureShown(
                item,
                f"{item.number}: {item.text}",
                check_page.question_address(page, page.questionnaire.question[item.question]),
                route_text.list_facts(item, answer.state),
                bar,
                f"{item.question}.{one.measure.id}",
                trial_address(page.check.public_id, {item.question: value_after(answer, one.measure)}),
                page.goals.get(item.text),
            )
        )
    return tuple(shown)


def whole_way(page: CheckPage) -> str:
    """The address that tries out all measures of the way at once."""
    values = {
        one.question: value_after(page.loaded.answers.get(one.question, OPEN), one.measure)
        for one in page.situation.route.measures
    }
    return trial_address(page.check.public_id, values)


def _question(page: CheckPage, question: Question) -> Cell:
    return {"number": question.number, "text": question.name, "href": check_page.question_address(page, question)}
