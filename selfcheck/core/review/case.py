"""How a case goes: its states, the steps that lead from one to another, and whose turn it is.

Whether a town goes on writing never matters: a case is about Stände. A step is possible in some states only; why it is
not is part of the answer, so a page can say it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CaseState(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    """eingegangen: shared, and taken by nobody yet."""
    REVIEWING = "reviewing"
    """in Prüfung."""
    QUERIES = "queries"
    """Rückfragen: the town is to answer."""
    PREPARED = "prepared"
    """Ergebnis vorbereitet: nothing of it is shown to the town yet."""
    RELEASED = "released"
    """freigegeben."""
    CLOSED = "closed"
    """abgeschlossen."""


class Ball(StrEnum):
    """Whose turn it is."""

    CHAMBER = "chamber"
    TOWN = "town"
    NOBODY = "nobody"


class Sender(StrEnum):
    """Whether the chamber knows the account that shared a report."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class StepKind(StrEnum):
    """What can happen in a case."""

    SHARED = "shared"
    """The town shared a Stand: the first, or a later one."""
    WITHDRAWN = "withdrawn"
    CONFIRMED = "confirmed"
    """The advisor confirmed the sender."""
    REFUSED = "refused"
    TAKEN = "taken"
    HANDED_OVER = "handed over"
    ASKED = "asked"
    """The chamber waits for the town's answers."""
    ANSWERED = "answered"
    """The town has answered, so the chamber goes on."""
    PREPARED = "prepared"
    """The result is ready, and shown to nobody outside yet."""
    READ_OVER = "read over"
    """Another advisor has read what is to be released (gegengelesen)."""
    RELEASED = "released"
    RECOMMENDED = "recommended"
    """Recommendations were sent to the town."""
    REPLIED = "replied"
    """The town answered one."""
    RECORDED = "recorded"
    """A version of the record was finished."""
    PAPERS_MISSING = "papers missing"
    """Accepted, papers are still to come."""
    PAPERS_COMPLETE = "papers complete"
    CLOSED = "closed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides which steps are possible. `taken`: an advisor looks after the case; `mine`: the one who asks does;
    `threads`: questions of the chamber that the town has not answered."""

    state: CaseState
    ball: Ball
    sender: Sender
    taken: bool
    mine: bool
    withdrawn: bool
    papers_missing: bool = False
    threads: int = 0


def state_after_sharing(state: CaseState) -> CaseState:
    """Where a case stands once the town has shared another Stand: nothing that was shared is left lying."""
    return CaseState.RECEIVED if state is CaseState.RECEIVED else CaseState.REVIEWING
