"""How long the label is valid, and when to begin again."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from selfcheck.core.questionnaire.model import AUDITS, Validity

BEFORE = 9
"""Months before the label ends, in which the next audit is to begin: papers, decision, interview take so long."""
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Label:
    """`until` is the last day on which the label is valid, `begin` the day on which to begin with the next audit."""

    awarded: date
    until: date
    begin: date

    def is_due(self, today: date) -> bool:
        return today >= self.begin


def find_label(awarded: date, audit: str, validity: Validity) -> Label:
    """The dates of a label that was given on `awarded` after a first audit or a renewal."""
    years = validity.renewal if audit == AUDITS[1] else validity.first
    until = add_months(awarded, years * MONTHS)
    return Label(awarded, until, add_months(until, -BEFORE))


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last one of a month that has no such; never outside of the calendar."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
