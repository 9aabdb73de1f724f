"""On which days somebody is reminded."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from selfcheck.core.rules.to_do.reminders import DAYS, earliest_due, latest_due, reminder_day, should_remind

DUE = date(2027, 6, 15)


def day(number: int) -> date:
    return DUE + timedelta(days=number)


@pytest.mark.parametrize(
    ("today", "reminded"),
    [
        (-8, None),
        (-7, -7),
        (-5, -7),
        (-4, None),
        (-1, None),
        (0, 0),
        (1, 1),
        (3, 1),
        (4, None),
        (8, 8),
        (22, 22),
        (24, 22),
        (25, None),
        (300, None),
    ],
)
def test_a_week_before_on_the_day_and_weekly_when_overdue(today: int, reminded: int | None) -> None:
    assert reminder_day(DUE, day(today)) == (None if reminded is None else day(reminded))


def test_every_reminder_comes_once_however_often_the_command_runs() -> None:
    last, sent = None, []
    for number in range(-30, 60):
        for _ in range(3):
            if should_remind(DUE, day(number), last):
                last = day(number)
                sent.append(number)
    assert sent == list(DAYS)


def test_a_missed_day_is_made_up_for() -> None:
    assert should_remind(DUE, day(-6), None)
    assert not should_remind(DUE, day(-6), day(-7))
    assert should_remind(DUE, day(2), day(0))


@given(some.dates(date(2000, 1, 1), date(2100, 1, 1)), some.integers(-60, 60))
def test_what_lies_outside_of_the_span_is_never_reminded_of(due: date, days: int) -> None:
    today = due + timedelta(days=days)
    if reminder_day(due, today) is not None:
        assert earliest_due(today) <= due <= latest_due(today)
