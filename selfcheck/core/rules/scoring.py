"""What one value is worth to one question."""

from __future__ import annotations

from decimal import Decimal

from selfcheck.core.questionnaire.model import ZERO, Kind, NumberStep, OptionId, Question, Value


def score(question: Question, value: Value | None) -> Decimal:
    """The points of a given value; it fits the question (see `answers.fits`)."""
    if isinstance(value, frozenset):
        total = sum((question.option[option].points for option in value), ZERO)
        return total if question.at_most is None else min(total, question.at_most)
    if isinstance(value, Decimal):
        step = reached_step(question, value)
        return step.points if step else ZERO
    if value is None or question.kind is Kind.TEXT:
        return ZERO
    return question.option[OptionId(value)].points


def reached_step(question: Question, value: Decimal) -> NumberStep | None:
    """The last step that starts at or below `value`; None below the first one."""
    return next((step for step in reversed(question.steps) if step.start <= value), None)
