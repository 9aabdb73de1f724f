"""What can be written to a self-check, part by part, and what becomes of it.

Every write names the version of its part that its author saw; `settle` is the one rule that decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from selfcheck.core.questionnaire.model import QuestionId, Value
from selfcheck.core.rules.answers import State
from selfcheck.store.parts.records import (
    EntryText,
    GoalText,
    Loaded,
    PastGoalText,
    ProjectText,
)


class Part(StrEnum):
    """What the history tells apart."""

    CHECK = "check"
    DETAILS = "details"
    CHOICE = "choice"
    NOTE = "note"
    EVIDENCE = "evidence"
    STEP = "step"
    GOAL = "goal"
    PAST_GOAL = "past_goal"
    PROJECT = "project"
    SHARE = "share"
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


LISTS = {Part.GOAL: GoalText, Part.PAST_GOAL: PastGoalText, Part.PROJECT: ProjectText}


@dataclass(frozen=True, slots=True)
class ChoiceWrite:
    question: QuestionId
    seen_version: int
    state: State
    value: Value | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NoteWrite:
    question: QuestionId
    seen_version: int
    note: str


@dataclass(frozen=True, slots=True)
class EvidenceWrite:
    """A stored piece by its `id`, a usual one by its title, a new own one by the `creation_key` of its form."""

    question: QuestionId
    id: int | None
    usual: bool
    title: str
    available: bool
    link: str = ""
    file_number: str = ""
    page: str = ""
    valid_until: date | None = None
    seen_version: int = 0
    creation_key: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceRemoval:
    id: int
    seen_version: int


@dataclass(frozen=True, slots=True)
class EntryWrite:
    """A stored entry by its `number`, a new one by the `creation_key` of its form; `text` says which list."""

    number: int | None
    seen_version: int
    text: EntryText
    creation_key: str = ""


@dataclass(frozen=True, slots=True)
class EntryRemoval:
    """`list` is `Part.GOAL`, `Part.PAST_GOAL` or `Part.PROJECT`."""

    list: Part
    number: int
    seen_version: int


Write = ChoiceWrite | NoteWrite | EvidenceWrite | EvidenceRemoval | EntryWrite | EntryRemoval


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

    `theirs` is what stands there now: a core `Answer` for a choice or a note, else a `StoredEvidence`, `Entry`,
    `Details` or `StoredStep`; None where it was removed. Writing over it takes `version`.
    """

    version: int
    theirs: Any
    who: str
    at: datetime
    id: int | None = None


Outcome = Saved | Unchanged | Conflict


@dataclass(frozen=True, slots=True)
class SaveResult:
    """One outcome per write, in their order, and the self-check as it is afterwards."""

    outcomes: Sequence[Outcome]
    loaded: Loaded


Content = TypeVar("Content")


@dataclass(frozen=True, slots=True)
class Current(Generic[Content]):
    """A part as it stands: its content (None: not there), what a conflict shows of it, and its last change."""

    content: Content | None
    shown: Any
    version: int
    by: str
    at: datetime | None


def settle(
    current: Current[Content], seen_version: int, wanted: Content | None, now: datetime, id: int | None = None
) -> Outcome:
    """Whether `wanted` may replace what stands there, for somebody who saw `seen_version`."""
    if wanted == current.content:
        return Unchanged(current.version, id)
    if seen_version != current.version:
        return Conflict(current.version, current.shown, current.by, current.at or now, id)
    return Saved(current.version + 1, now, id)
