"""Where a text was taken out of everything: the words that stand there instead."""

from __future__ import annotations

from selfcheck.core.removed import Removed
from selfcheck.reporting.words import german


def say_removed(removed: Removed) -> str:
    """`entfernt am 12.01.2027 durch Koordination`."""
    return f"entfernt am {german.day(removed.on)} durch {removed.by}"
