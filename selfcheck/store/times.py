"""Points in time as they are stored: always UTC, always aware. What time it is, the caller says."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator

BERLIN = ZoneInfo("Europe/Berlin")


class UtcDateTime(TypeDecorator[datetime]):
    """Takes and gives aware points in time; SQLite, which knows no zones, keeps them as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a point in time needs its zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def local_day(now: datetime) -> date:
    """The day on which people in Germany see `now`: end dates are meant this way."""
    return now.astimezone(BERLIN).date()


def end_of_day(day: date) -> datetime:
    """The first moment after `day` in Germany."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=BERLIN)
    return datetime.fromordinal(midnight.toordinal() + 1).replace(tzinfo=BERLIN).astimezone(UTC)
