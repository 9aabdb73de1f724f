"""Where a text was taken out of everything: the words that stand there instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from selfcheck.core.removed import Removed, read_mark
from selfcheck.reporting.words import german


def say_removed(removed: Removed) -> str:
    """`entfernt am 12.01.2027 durch Koordination`."""
    return f"entfernt am {german.day(removed.on)} durch {removed.by}"


def say_marks(plain: Any) -> Any:
    """Plain data of the history with words where marks stand."""
    removed = read_mark(plain)
    if removed is not None:
        return say_removed(removed)
    if not isinstance(plain, Mapping):
        return plain
    return {name: say_removed(mark) if (mark := read_mark(value)) else value for name, value in plain.items()}
