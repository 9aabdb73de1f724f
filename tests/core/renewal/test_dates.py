"""How long the label is valid, and when to begin again."""

from __future__ import annotations

from datetime import date

import pytest

from selfcheck.core.questionnaire.model import Validity
from selfcheck.core.renewal.dates import add_months, find_label

VALIDITY = Validity(first=3, renewal=5)


@pytest.mark.parametrize(
    ("audit", "until", "begin"),
    [("first", date(2030, 2, 14), date(2029, 5, 14)), ("renewal", date(2032, 2, 14), date(2031, 5, 14))],
)
def test_the_label_is_valid_for_three_or_five_years(audit: str, until: date, begin: date) -> None:
    label = find_label(date(2027, 2, 14), audit, VALIDITY)
    assert (label.until, label.begin) == (until, begin)
    assert label.is_due(begin)
    assert not label.is_due(date(begin.year, begin.month, begin.day - 1))


def test_short_months_and_the_ends_of_the_calendar() -> None:
    assert add_months(date(2028, 2, 29), 36) == date(2031, 2, 28)
    assert add_months(date(2027, 11, 30), -9) == date(2027, 2, 28)
    assert add_months(date(9998, 1, 1), 60) == date.max
    assert add_months(date(1, 1, 1), -1) == date.min
