"""What can be written to a self-check, part by part, and what becomes of it.

Every write names the version of its part that its author saw; `settle` is the one rule that decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar


class Part(StrEnum):
    """What the history tells apart."""

    CHECK = "check"
    DETAILS = "details"
    CHAMBER = "chamber"
    """Where the chamber is written to."""
    CHOICE = "choice"
    NOTE = "note"
    EVIDENCE = "evidence"
    STEP = "step"
    GOAL = "goal"
    PAST_GOAL = "past_goal"
    PROJECT = "project"
    INTERIM = "interim"
    """What became of an agreed goal by a year of the label."""
    SHEET = "sheet"
    """What the chamber's Prüfbogen says about one of our questions."""
    ONLY_THERE = "only_there"
    """What only the Prüfbogen asks."""
    SHEET_MARK = "sheet_mark"
    """The share of its points that the Prüfbogen asks for."""
    SHARE = "share"
    TALK = "talk"
    """Something came from the chamber or went there: what was asked, recommended, released, answered."""
    CHARGE = "charge"
    """Whether an office is in charge of a question that it was asked."""
    MESSAGE = "message"
    """What an office says to the coordination."""
    RETURN = "return"
    """An office has handed its part back."""
    TEAM = "team"
    ASSIGNMENT = "assignment"
    COMMENT = "comment"
    STATE = "state"
    REDACTION = "redaction"
    FILE = "file"
    """A file was uploaded for a piece of evidence; its name stands with the file only."""


@dataclass(frozen=True, slots=True)
class Write:
    """What shall stand at a part, for somebody who saw `seen_version` of it.

    `subject` is how pages call a stored part: the question of a choice, a note or an assignment, the id of a piece of
    evidence, the number of an entry, the key of a step, the public id of an office's place. A new part has none (None)
    and is found again by the `creation_key` of its form. `content` is what the kind says it is (`kinds`), None to take
    the part away. `decided`: its author saw somebody else's value and decided.
    """

    part: str
    subject: str | None
    seen_version: int
    content: object
    creation_key: str = ""
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """`id` is that of a piece of evidence or the number of an entry."""

    version: int
    at: datetime
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """What was sent stands there already; so a retry after a lost response succeeds."""

    version: int
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else was faster: nothing of this part was written.

    `theirs` is what stands there now, as the kind shows it (`Kind.show`); None where it was removed. Writing over it
    takes `version`.
    """

    version: int
    theirs: Any
    who: str
    at: datetime
    id: int | None = None


@dataclass(frozen=True, slots=True)
class NoRoom:
    """As many comments as one question holds stand there already: nothing was written."""


@dataclass(frozen=True, slots=True)
class NoPlace:
    """The place is none of a person, or closed by now: nothing was written."""


Outcome = Saved | Unchanged | Conflict | NoRoom | NoPlace


Content = TypeVar("Content")


@dataclass(frozen=True, slots=True)
class Current(Generic[Content]):
    """A part as it stands: its content (None: not there), what a conflict shows of it, and its last change."""

    content: Content | None
    shown: object
    version: int
    by: str
    at: datetime | None


def settle(
    current: Current[Content], seen_version: int, wanted: Content | None, now: datetime, id: int | None = None
) -> Saved | Unchanged | Conflict:
    """Whether `wanted` may replace what stands there, for somebody who saw `seen_version`."""
    if wanted == current.content:
        return Unchanged(current.version, id)
    if seen_version != current.version:
        return Conflict(current.version, current.shown, current.by, current.at or now, id)
    return Saved(current.version + 1, now, id)
