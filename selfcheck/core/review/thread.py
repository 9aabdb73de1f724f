"""How a question of the chamber (Rückfrage) goes to and fro: only advisors open and close it, towns answer."""

from __future__ import annotations

from enum import StrEnum


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
