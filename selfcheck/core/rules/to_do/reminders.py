"""On which days somebody is reminded of what is due: a week before, on the day, and when it is overdue."""

from __future__ import annotations

from datetime import date, timedelta

WEEK = 7
DAYS = (-WEEK, 0, 1, 8, 15, 22)
"""In days from the due date; after the last one nobody is reminded any more."""
CAUGHT_UP = 2
"""How many days later a reminder still goes out when the daily run was missed."""


def reminder_day(due_on: date, today: date) -> date | None:
    """The day of the reminder that is on today, or was missed within the last days; None where there is none."""
    days = [due_on + timedelta(days=days) for days in DAYS]
    passed = [day for day in days if day <= today <= day + timedelta(days=CAUGHT_UP)]
    return passed[-1] if passed else None


def should_remind(due_on: date, today: date, last: date | None) -> bool:
    """Whether to remind today somebody who got the last reminder on the day `last`."""
    day = reminder_day(due_on, today)
    return day is not None and (last is None or last < day)


def earliest_due(today: date) -> date:
    """What was due before that nobody is reminded of any more."""
    return today - timedelta(days=DAYS[-1] + CAUGHT_UP)


def latest_due(today: date) -> date:
    """What is due after that nobody is reminded of yet."""
    return today + timedelta(days=WEEK)
