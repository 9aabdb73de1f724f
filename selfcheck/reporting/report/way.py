"""The way to the mark as it is shown and frozen: measures, where they lead, and the steps of the checklist."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from selfcheck.core.questionnaire.model import (
    Effort,
    Need,
    QuestionId,
    Questionnaire,
)
from selfcheck.core.rules.checklist import GROUPS, Step
from selfcheck.core.rules.route import Route, latest_start
from selfcheck.reporting.report.plain import (
    Plain,
    read_day,
    read_number,
    read_text,
    write_day,
)


@dataclass(frozen=True, slots=True)
class RouteItem:
    """One measure of the route and its question."""

    question: QuestionId
    number: str
    text: str
    gain: Decimal
    effort: Effort
    months: int
    needs: tuple[Need, ...]
    latest_start: date | None


@dataclass(frozen=True, slots=True)
class RouteSummary:
    """`reached` and `possible` are those after all measures, `missing` what then lacks to the mark."""

    items: tuple[RouteItem, ...]
    reached: Decimal
    possible: Decimal
    missing: Decimal
    provisional: bool


@dataclass(frozen=True, slots=True)
class StepItem:
    group: str
    text: str
    due: date | None
    done: bool


def summarise_route(questionnaire: Questionnaire, route: Route, interview: date | None) -> RouteSummary:
    """The route of `core`, with what each measure needs to be shown."""
    return RouteSummary(
        items=tuple(
            RouteItem(
                question=one.question,
                number=questionnaire.question[one.question].number,
                text=one.measure.text,
                gain=one.gain,
                effort=one.measure.effort,
                months=one.measure.months,
                needs=one.measure.needs,
                latest_start=latest_start(one.measure, interview),
            )
            for one in route.measures
        ),
        reached=route.after.reached,
        possible=route.after.points.possible,
        missing=route.missing,
        provisional=route.provisional,
    )


def summarise_steps(steps: Iterable[Step], done: Set[str]) -> tuple[StepItem, ...]:
    """The checklist by group, without who does what: that is nobody's business but the town's."""
    found = [StepItem(step.group, step.text, step.due, step.key in done) for step in steps]
    return tuple(sorted(found, key=lambda step: GROUPS.index(step.group)))


def route_to_plain(route: RouteSummary) -> Plain:
    return {
        "items": [
            {
                "question": item.question,
                "number": item.number,
                "text": item.text,
                "gain": str(item.gain),
                "effort": item.effort.value,
                "months": item.months,
                "needs": [need.value for need in item.needs],
                "latest_start": write_day(item.latest_start),
            }
            for item in route.items
        ],
        "reached": str(route.reached),
        "possible": str(route.possible),
        "missing": str(route.missing),
        "provisional": route.provisional,
    }


def route_from_plain(plain: Any) -> RouteSummary:
    return RouteSummary(
        items=tuple(_read_item(item) for item in plain["items"]),
        reached=read_number(plain["reached"]),
        possible=read_number(plain["possible"]),
        missing=read_number(plain["missing"]),
        provisional=plain["provisional"] is True,
    )


def _read_item(plain: Any) -> RouteItem:
    return RouteItem(
        question=QuestionId(read_text(plain["question"])),
        number=read_text(plain["number"]),
        text=read_text(plain["text"]),
        gain=read_number(plain["gain"]),
        effort=Effort(plain["effort"]),
        months=int(plain["months"]),
        needs=tuple(Need(need) for need in plain["needs"]),
        latest_start=read_day(plain["latest_start"]),
    )


def step_to_plain(step: StepItem) -> Plain:
    return {"group": step.group, "text": step.text, "due": write_day(step.due), "done": step.done}


def step_from_plain(plain: Any) -> StepItem:
    return StepItem(read_text(plain["group"]), read_text(plain["text"]), read_day(plain["due"]), plain["done"] is True)
