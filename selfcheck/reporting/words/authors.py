"""Who said something when, in the words that stand beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from selfcheck.reporting.words import german

ME = "Sie"
NAMELESS_ME = "Sie (noch ohne Namen)"
COORDINATION = "Koordination"
"""Who coordinates and has given no name."""


class Said(NamedTuple):
    """`what` was said by `by` at `at`, a moment that is already local."""

    what: str
    by: str
    at: datetime


def say_by(by: str) -> str:
    """Somebody else: where nobody knows a name, that is said."""
    return f"{by} (ohne Namen)" if by == COORDINATION else by


def say_who(by: str, me: str) -> str:
    """The same for whoever reads it: `Sie` for what is by `me`."""
    return ME if me and by == me else say_by(by)


def say_author(by: str, at: datetime, me: str) -> str:
    """`Erika Muster (Bauamt), 12.01.2027, 10:42`; `Sie` for whoever is called `me`."""
    return f"{say_who(by, me)}, {german.moment(at)}"


def say_authors(said: Iterable[Said], me: str) -> list[str]:
    """`Antwort: Sie, 12.01.2027, 10:42`; what one person said in the same minute stands together."""
    lines: dict[str, list[str]] = {}
    for each in said:
        lines.setdefault(say_author(each.by, each.at, me), []).append(each.what)
    return [f"{' und '.join(what)}: {author}" for author, what in lines.items()]
