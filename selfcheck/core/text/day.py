"""How a day is read: as Germans write it, whatever the browser or the keyboard makes of it."""

from __future__ import annotations

import re
from datetime import date

from selfcheck.core.text.contents import clean_code

LONGEST = 60
YEARS = range(1900, 2201)
_GERMAN = re.compile(r"(\d{1,2})\s?[.]\s?(\d{1,2})\s?[.]\s?(\d{4}|\d{2})", re.ASCII)
_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
"""Keyboards with nothing but digits have no point."""
_STORED = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


class NoDay(ValueError):
    """A text that is no day of the calendar, or none between 1900 and 2200."""


class NoSuchDay(NoDay):
    """One that is written like a day, but the month does not have it, nor the year the month."""


def read_day(text: str) -> date | None:
    """`31.12.2026`, `1.2.27`, `01. 02. 2027`, `01022027` or `2026-12-31`; None for nothing.

    Raises `NoDay` for anything else, `NoSuchDay` for 31.6.2027.
    """
    if len(text) > LONGEST:
        raise NoDay(text[:LONGEST])
    typed = clean_code(text)
    if not typed:
        return None
    year, month, day = _take_apart(typed)
    if year not in YEARS:
        raise NoDay(typed)
    try:
        found = date(year, month, day)
    except ValueError:
        raise NoSuchDay(typed) from None
    return found


def read_stored_day(text: str) -> date:
    """`2026-12-31`, as files and the database write it. Raises `NoDay` for anything else."""
    written = _STORED.fullmatch(text) if len(text) <= LONGEST else None
    found = read_day(text) if written is not None else None
    if found is None:
        raise NoDay(text[:LONGEST])
    return found


def _take_apart(typed: str) -> tuple[int, int, int]:
    """Year, month and day. Raises `NoDay`."""
    stored = _STORED.fullmatch(typed)
    if stored is not None:
        return int(stored[1]), int(stored[2]), int(stored[3])
    written = _GERMAN.fullmatch(typed) or _DIGITS.fullmatch(typed)
    if written is None:
        raise NoDay(typed)
    year = written[3] if len(written[3]) == 4 else f"20{written[3]}"
    return int(year), int(written[2]), int(written[1])
