"""The way to the mark as it is shown and frozen: measures, where they lead, and the steps of the checklist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from selfcheck.core.questionnaire.model import Effort, Need, QuestionId, Questionnaire
from selfcheck.core.rules.route import Route
from selfcheck.core.rules.to_do.checklist import GROUPS, Step, measure_key

ANSWERS = "Antworten der Fachbereiche"
"""What the day is called on which an office is to hand back."""


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
    """By its `key` a calendar finds a step again; None in a Stand from before it was kept. `needless` says that it is
    done because nobody has to do it.
    """

    group: str
    text: str
    due: date | None
    done: bool
    key: str | None = None
    needless: bool = False

    @property
    def state(self) -> str:
        """Whether it is done, in a word."""
        return "nicht nötig" if self.needless else "erledigt" if self.done else "offen"


def summarise_route(questionnaire: Questionnaire, route: Route, steps: Iterable[Step]) -> RouteSummary:
    """The route of `core`, with what each measure needs to be shown; it is begun on the day of its step."""
    days = {step.key: step.due for step in steps}
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
                latest_start=days.get(measure_key(one.question, one.measure)),
            )
            for one in route.measures
        ),
        reached=route.after.reached,
        possible=route.after.points.possible,
        missing=route.missing,
        provisional=route.provisional,
    )


def summarise_steps(steps: Iterable[Step]) -> tuple[StepItem, ...]:
    """The checklist by group, without who does what: that is nobody's business but the town's."""
    items = (StepItem(step.group, step.text, step.due, step.done, step.key, step.needless) for step in steps)
    return tuple(sorted(items, key=lambda step: GROUPS.index(step.group)))
