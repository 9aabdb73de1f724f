"""The result of a self-check: points, gap chart, the way to the mark; and what-if, which stores nothing."""

from __future__ import annotations

import logging

from flask import request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right
from selfcheck.reporting.charts import charts, figures
from selfcheck.reporting.charts.charts import Unit
from selfcheck.reporting.report import report, route_text, way
from selfcheck.reporting.words import documents, german, verdict
from selfcheck.reporting.words.beside_text import describe_beside
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.derived.quality import list_remarks
from selfcheck.web.layout.fields import new_key
from selfcheck.web.layout.steps import remember
from selfcheck.web.results import pages, tables
from selfcheck.web.results.what_if import explore

log = logging.getLogger(__name__)
SHOWN_OPEN = 5
"""So many rows of a long list stand open, the rest is folded."""


@pages.get("/selbstcheck/<check_id>/ergebnis")
def result(check_id: str) -> ResponseReturnValue:
    page = check_page.open_check(check_id, Right.READ)
    questionnaire, estimate = page.questionnaire, page.estimate
    route = way.summarise_route(
        questionnaire, page.situation.route, remember(page.access, page.today, page.checklist).steps
    )
    bridge, unit = report.bridge_of(questionnaire, estimate, route), _read_unit()
    return check_page.render(
        "results/result.html",
        page,
        url_for("results.result", check_id=check_id),
        estimate=estimate,
        beside=describe_beside(page.beside) if page.beside is not None else None,
        outcome=verdict.describe(questionnaire, estimate, page.check.municipality),
        mark=verdict.shown_mark(questionnaire, estimate),
        chart=charts.gap_chart(questionnaire, estimate, unit),
        figure=_draw(page, unit),
        units=[(each.value.capitalize(), None, _unit_address(check_id, each), each is unit) for each in Unit],
        table=tables.criteria_table(page),
        question_bars=tables.question_bars(page),
        decisive=tables.decisive_rows(page, page.situation.decisive),
        open_points=german.points_dative(estimate.points.open),
        documents=tables.document_rows(page, page.situation.missing_documents),
        documents_said=tables.say_documents(estimate),
        quality=documents.say_quality(page.loaded.answers, page.day),
        remarks=list_remarks(page),
        missing_bonus=report.say_missing_bonus(estimate),
        route=route,
        route_said=route_text.explain_route(questionnaire, route, estimate, page.check.interview),
        bridge=bridge,
        measures=tables.measures(page, route, bridge.gains),
        whole_way=tables.whole_way(page),
        goal_key=new_key(),
        rough=route_text.say_rough(route),
        shown_open=SHOWN_OPEN,
    )


def _draw(page: CheckPage, unit: Unit) -> dict[str, object] | None:
    """What the script makes the moving chart of; None leaves the page with the bars that it has without a script."""
    try:
        return figures.figure(page.questionnaire, page.estimate, unit)
    except figures.NotDrawn as error:
        log.error("The chart's figure could not be drawn: %s", error)
        return None


def _read_unit() -> Unit:
    """The unit of the chart that the address names, else shares."""
    return Unit.POINTS if request.args.get("einheit") == Unit.POINTS else Unit.PERCENT


def _unit_address(check_id: str, unit: Unit) -> str:
    chosen = None if unit is Unit.PERCENT else unit.value
    return url_for("results.result", check_id=check_id, einheit=chosen, _anchor="kriterien")


@pages.get("/selbstcheck/<check_id>/ergebnis/was-waere-wenn")
def what_if(check_id: str) -> ResponseReturnValue:
    page = check_page.open_check(check_id, Right.READ)
    address, trial = url_for("results.result", check_id=check_id), explore(page, request.args)
    return check_page.render("results/what_if.html", page, address, trial=trial, goal_key=new_key())
