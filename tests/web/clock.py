"""The time as the pages see it: it stands still until a test lets it go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

START = datetime(2027, 2, 8, 11, 0, tzinfo=UTC)


@dataclass
class Clock:
    moment: datetime = START

    def wait(self, **time: float) -> None:
        self.moment += timedelta(**time)
