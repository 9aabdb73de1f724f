"""How a Rückfrage of the chamber stands, and what each of its messages is, in a word."""

from __future__ import annotations

from selfcheck.core.review.thread import MessageKind, ThreadState

BACK = ("warning", "zurückgegeben, reicht noch nicht")
STATES = {
    ThreadState.OPEN: ("open", "offen"),
    ThreadState.ANSWERED: ("mail", "beantwortet"),
    ThreadState.DONE: ("done", "erledigt"),
}
MESSAGES = {
    MessageKind.QUESTION: "Rückfrage",
    MessageKind.ANSWER: "Antwort",
    MessageKind.RETURNED: "Reicht noch nicht",
    MessageKind.DONE: "Erledigt",
}


def tag_thread(state: ThreadState, *, came_back: bool = False) -> tuple[str, str]:
    """Kind and text of the tag of a thread; `came_back`: it is open because an answer was not enough."""
    return BACK if came_back and state is ThreadState.OPEN else STATES[state]
