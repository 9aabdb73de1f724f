"""Both values of a part that somebody else changed in the meantime, in words; `parts/conflict.html` draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from selfcheck.core.text.contents import is_blank
from selfcheck.reporting.history.text_difference import Piece, compare, is_telling
from selfcheck.reporting.words.authors import say_who
from selfcheck.store.parts.writes import Conflict
from selfcheck.web.layout.fragments import draw

EMPTY = "(leer)"
REMOVED = "(entfernt)"
BETWEEN = "\n\n– – –\n\n"
"""What stands between two texts of which both were kept."""


@dataclass(frozen=True, slots=True)
class ConflictShown:
    """Both values of one part, who wrote the other one and when; `version` is the one to write over.

    `pieces`: where the two differ, if it helps to mark it. `before_mine` has to stand before mine to keep both,
    `at_most` is how long both may be together, where they are longer. `removes`: mine is to take the part away; the
    button says so itself, for the tick may be gone. `fields`: label, mine and theirs, where the two are shown field by
    field.
    """

    part: str
    title: str
    mine: str
    theirs: str
    who: str
    when: datetime
    version: int
    pieces: tuple[Piece, ...] = ()
    before_mine: str = ""
    at_most: int = 0
    removes: bool = False
    fields: tuple[tuple[str, str, str], ...] = ()


def name_author(met: Conflict, me: str) -> Conflict:
    """The same with its author in the words for whoever is called `me`."""
    return replace(met, who=say_who(met.who, me))


def show_part(
    part: str, title: str, mine: str | None, theirs: str, met: Conflict, *, marked: bool = False
) -> ConflictShown:
    """The conflict of any part; `mine` is None where it was to be taken away. `marked`: a text, whose differences are
    pointed out where that helps.
    """
    if mine is None:
        return ConflictShown(part, title, REMOVED, theirs, met.who, met.at, met.version, removes=True)
    pieces = compare(mine, theirs) if marked else ()
    telling = pieces if is_telling(pieces) else ()
    return ConflictShown(part, title, mine, theirs, met.who, met.at, met.version, telling)


def show_text(part: str, title: str, mine: str, theirs: str, met: Conflict, *, at_most: int) -> ConflictShown:
    """The conflict of a note or a message: both can be kept too, if `at_most` characters are room for both."""
    shown = show_part(part, title, mine or EMPTY, theirs or EMPTY, met, marked=True)
    if is_blank(mine) or is_blank(theirs):
        return shown
    before = f"{theirs.rstrip()}{BETWEEN}"
    if len(before) + len(mine) > at_most:
        return replace(shown, at_most=at_most)
    return replace(shown, before_mine=before)


def draw_conflicts(conflicts: Sequence[ConflictShown], id: str, level: int = 3) -> str:
    """The box with `conflicts` as a page shows it, for our own script; empty where there are none."""
    return draw("parts/conflict.html", "conflict_box", conflicts, id, level) if conflicts else ""
