"""Points in time and days as they are stored. What time it is, the caller says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Date, DateTime, Dialect
from sqlalchemy.types import TypeDecorator

from selfcheck.store.database.damage import DamagedRow

BERLIN = ZoneInfo("Europe/Berlin")
RESTORABLE = timedelta(days=30)
"""How long what was deleted can be taken back."""

CLOCKS_APART = timedelta(minutes=1)
"""So far two processes may be apart; what lies further ahead was written while a clock was wrong."""


class UtcDateTime(TypeDecorator[datetime]):
    """Takes and gives aware points in time; SQLite, which knows no zones, keeps them as UTC. Raises `DamagedRow`."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a point in time needs its zone")
        at = value.astimezone(UTC)
        return at.replace(tzinfo=None) if dialect.name == "sqlite" else at

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value is not None else None

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[object], datetime | None] | None:
        """On SQLite in one step from its text: a page reads more than a hundred points in time."""
        return _read_utc if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _read_utc(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(f"{text}+00:00") if text is not None else None
    except ValueError:
        raise DamagedRow("no point in time") from None


class Day(TypeDecorator[date]):
    """Takes and gives days. Raises `DamagedRow`."""

    impl = Date
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[object], date | None] | None:
        return _read_day if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _read_day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)) if text is not None else None
    except ValueError:
        raise DamagedRow("no day") from None


def local_day(now: datetime) -> date:
    """The day on which people in Germany see `now`: end dates are meant this way."""
    return now.astimezone(BERLIN).date()


def end_of_day(day: date) -> datetime:
    """Midnight after `day` in Germany."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=BERLIN)
    return datetime.fromordinal(midnight.toordinal() + 1).replace(tzinfo=BERLIN).astimezone(UTC)


def year_before(when: datetime) -> datetime:
    """The same day a year ago; for 29 February the day after the 28th."""
    try:
        return when.replace(year=when.year - 1)
    except ValueError:
        return when.replace(year=when.year - 1, month=3, day=1)
