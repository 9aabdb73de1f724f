"""The result of a self-check: points, gap chart, the way to the mark; and what-if, which stores nothing."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right
from selfcheck.core.route import decisive, missing_documents
from selfcheck.reporting import charts, figures, german, report, route_text, verdict, way
from selfcheck.web import check_page, result_tables
from selfcheck.web.freeze import find_current_route
from selfcheck.web.what_if import explore

pages = Blueprint("results", __name__)

SHOWN_OPEN = 5
"""So many rows of a long list stand open, the rest is folded."""


@pages.get("/selbstcheck/<check_id>/ergebnis")
def result(check_id: str) -> ResponseReturnValue:
    page = check_page.open_check(check_id, Right.READ)
    questionnaire, estimate = page.questionnaire, page.estimate
    route = way.summarise_route(questionnaire, find_current_route(page), page.check.interview)
    return check_page.render(
        "results/result.html",
        page,
        url_for("results.result", check_id=check_id),
        estimate=estimate,
        outcome=verdict.describe(questionnaire, estimate, page.check.municipality),
        mark=verdict.shown_mark(questionnaire, estimate),
        chart=charts.gap_chart(questionnaire, estimate),
        figure=figures.figure(questionnaire, estimate),
        table=result_tables.criteria_table(page),
        decisive=result_tables.decisive_rows(page, decisive(questionnaire, estimate)),
        open_points=german.points_dative(estimate.points.open),
        documents=result_tables.document_rows(page, missing_documents(questionnaire, estimate)),
        documents_said=result_tables.say_documents(estimate),
        missing_bonus=report.say_missing_bonus(estimate),
        route=route,
        route_said=route_text.explain_route(questionnaire, route, page.check.interview),
        measures=result_tables.measures(page, route),
        shown_open=SHOWN_OPEN,
    )


@pages.get("/selbstcheck/<check_id>/ergebnis/was-waere-wenn")
def what_if(check_id: str) -> ResponseReturnValue:
    page = check_page.open_check(check_id, Right.READ)
    return check_page.render(
        "results/what_if.html",
        page,
        url_for("results.result", check_id=check_id),
        trial=explore(page, request.args),
    )
