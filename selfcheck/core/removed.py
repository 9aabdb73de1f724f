"""The mark that stands where a text was taken out of everything: when and by which place, never what it said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

REMOVED = "removed"
STAND_IN = "(entfernt)"
"""What stands where a text cannot be empty, like the title of an entry."""
NEEDED = ("title", "reason", "value")


@dataclass(frozen=True, slots=True)
class Removed:
    """`by` is the place, never a person."""

    on: date
    by: str


def make_mark(removed: Removed) -> dict[str, Any]:
    """As plain data, for the history."""
    return {REMOVED: {"on": removed.on.isoformat(), "by": removed.by}}


def read_mark(plain: object) -> Removed | None:
    """The reverse; None for anything else."""
    inside = plain.get(REMOVED) if isinstance(plain, Mapping) and len(plain) == 1 else None
    if not isinstance(inside, Mapping):
        return None
    try:
        return Removed(date.fromisoformat(str(inside.get("on"))), str(inside.get("by")))
    except ValueError:
        return None


def fill_marks(plain: Any) -> Any:
    """Plain data as it counts: a mark is an empty text, or the stand-in where a text is needed."""
    return replace_marks(plain, lambda name, _: STAND_IN if name in NEEDED else "")


def replace_marks(plain: Any, say: Callable[[str, Removed], str]) -> Any:
    """Plain data with what `say` makes of each mark and the name of its fact, which is empty where there are none."""
    if mark := read_mark(plain):
        return say("", mark)
    if not isinstance(plain, Mapping):
        return plain
    return {name: say(name, mark) if (mark := read_mark(value)) else value for name, value in plain.items()}
