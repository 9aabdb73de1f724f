"""How a question of the chamber (Rückfrage) goes to and fro: only advisors open and close it, towns answer."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from selfcheck.core.review.case import Ball, CaseState


class ThreadState(StrEnum):
    OPEN = "open"
    """offen: the town is to answer."""
    ANSWERED = "answered"
    """beantwortet: the chamber is to look."""
    DONE = "done"
    """erledigt."""


class MessageKind(StrEnum):
    QUESTION = "question"
    """The chamber asks; it opens the thread."""
    ANSWER = "answer"
    """The town answers."""
    RETURNED = "returned"
    """The answer is not enough (zurückgegeben): the thread is open again."""
    DONE = "done"
    """erledigt; the text may be empty."""


class Side(StrEnum):
    """Who speaks in a thread, or does something with an example."""

    CHAMBER = "chamber"
    TOWN = "town"


FINISHED = frozenset({CaseState.RELEASED, CaseState.CLOSED})
"""States of a case in which nobody asks or answers: its result is out."""
_LEADS = {
    (ThreadState.OPEN, MessageKind.ANSWER): ThreadState.ANSWERED,
    (ThreadState.ANSWERED, MessageKind.ANSWER): ThreadState.ANSWERED,
    (ThreadState.ANSWERED, MessageKind.RETURNED): ThreadState.OPEN,
    (ThreadState.DONE, MessageKind.RETURNED): ThreadState.OPEN,
    (ThreadState.OPEN, MessageKind.DONE): ThreadState.DONE,
    (ThreadState.ANSWERED, MessageKind.DONE): ThreadState.DONE,
}


def side_of(kind: MessageKind) -> Side:
    """Who says such a message: only the town answers, everything else is the chamber's."""
    return Side.TOWN if kind is MessageKind.ANSWER else Side.CHAMBER


def next_state(state: ThreadState | None, kind: MessageKind) -> ThreadState | None:
    """What a thread in `state` (None: there is none yet) becomes by a message; None where nobody can say that now."""
    if state is None:
        return ThreadState.OPEN if kind is MessageKind.QUESTION else None
    return _LEADS.get((state, kind))


def can_say(state: ThreadState, side: Side) -> tuple[MessageKind, ...]:
    """What a side can say in a thread, in the order of `MessageKind`."""
    return tuple(kind for kind in MessageKind if side_of(kind) is side and next_state(state, kind) is not None)


def can_take(state: CaseState, kind: MessageKind) -> bool:
    """Whether a case in `state` takes such a message: once its result is out nothing but that a thread is done, for
    with an open one it could not be closed; and once it is closed nothing at all.
    """
    return state not in FINISHED or (state is CaseState.RELEASED and kind is MessageKind.DONE)


def case_after(
    state: CaseState, ball: Ball, kind: MessageKind, threads: Collection[ThreadState]
) -> tuple[CaseState, Ball]:
    """Where a case stands after a message, when its threads stand as `threads` say.

    Asking, and giving back, gives the turn to the town; it is the chamber's again when no thread is open any more.
    """
    if state in FINISHED:
        return state, ball
    if kind in (MessageKind.QUESTION, MessageKind.RETURNED):
        return CaseState.QUERIES, Ball.TOWN
    if state is CaseState.QUERIES and ThreadState.OPEN not in threads:
        return CaseState.REVIEWING, Ball.CHAMBER
    return state, ball
