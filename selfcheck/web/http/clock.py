"""What time it is: the one place where pages ask. The rules and the store are told."""

from __future__ import annotations

from datetime import UTC, date, datetime

from selfcheck.store.database.times import BERLIN


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    """The day as people in the town hall see it."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    return moment.astimezone(BERLIN)
