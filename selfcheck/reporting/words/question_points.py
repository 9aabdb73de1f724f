"""What each answer to a question gives, as rows to print. When the question counts at all says `conditions`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from selfcheck.core.questionnaire.model import ZERO, Kind, Question, Value
from selfcheck.core.rules.scoring import reached_step
from selfcheck.core.rules.wording import number


@dataclass(frozen=True, slots=True)
class PointsRow:
    """One possible answer and its points."""

    text: str
    points: Decimal


def list_points(question: Question) -> tuple[PointsRow, ...]:
    """What each answer gives, in the order of the questionnaire; empty for a text."""
    if question.kind is Kind.NUMBER:
        return tuple(_list_steps(question))
    return tuple(PointsRow(option.text, option.points) for option in question.options)


def find_step(question: Question, value: Decimal) -> PointsRow:
    """The row of a number's question in which `value` lies."""
    rows, step = list_points(question), reached_step(question, value)
    if step is None:
        return rows[0]
    return rows[len(rows) - len(question.steps) + question.steps.index(step)]


def list_better(question: Question, value: Value | None) -> tuple[PointsRow, ...]:
    """What was not chosen and would give more: every further option where several count, else what is worth more."""
    rows = list_points(question)
    if isinstance(value, frozenset):
        pairs = zip(question.options, rows, strict=True)
        return tuple(row for option, row in pairs if option.id not in value and row.points)
    if isinstance(value, Decimal):
        reached = find_step(question, value).points
    else:
        reached = next((option.points for option in question.options if option.id == value), ZERO)
    return tuple(row for row in rows if row.points > reached)


def _list_steps(question: Question) -> Iterable[PointsRow]:
    """`unter 30 %`, `ab 30 %` where more is better; where less is better the upper end of each step is named.

    Where one number is all that is meant, it is named: `keine` below 1, `100 %` at the maximum.
    """
    steps = question.steps
    unit = "" if question.unit[:1].isalpha() else question.unit
    if len(steps) > 1 and steps[-1].points < steps[0].points:
        for step, following in pairwise(steps):
            yield PointsRow(f"unter {_with_unit(following.start, unit)}", step.points)
    else:
        if question.minimum is None or steps[0].start > question.minimum:
            yield PointsRow(_say_below(question, unit), ZERO)
        for step in steps[:-1]:
            yield PointsRow(f"ab {_with_unit(step.start, unit)}", step.points)
    last = _with_unit(steps[-1].start, unit)
    yield PointsRow(last if steps[-1].start == question.maximum else f"ab {last}", steps[-1].points)


def _say_below(question: Question, unit: str) -> str:
    start = question.steps[0].start
    none = start == 1 and question.minimum == ZERO and not question.decimals
    return "keine" if none else f"unter {_with_unit(start, unit)}"


def _with_unit(value: Decimal, unit: str) -> str:
    return f"{number(value)}\N{NO-BREAK SPACE}{unit}" if unit else number(value)
