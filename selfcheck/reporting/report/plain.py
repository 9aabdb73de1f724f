"""Values to and from the plain data that is kept; every reader refuses what it does not expect."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

Plain = dict[str, Any]

LARGEST = Decimal(1_000_000)
"""No questionnaire gives more points; beyond it the data is damaged."""


def read_text(plain: object) -> str:
    if not isinstance(plain, str):
        raise TypeError(plain)
    return plain


def read_number(plain: object) -> Decimal:
    number = Decimal(read_text(plain))
    if not number.is_finite() or not 0 <= number <= LARGEST:
        raise ValueError(plain)
    return number


def read_day(plain: object) -> date | None:
    return None if plain is None else date.fromisoformat(read_text(plain))


def write_day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
