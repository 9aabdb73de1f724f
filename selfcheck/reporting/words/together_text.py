"""Who is to answer a question, and that colleagues asked each other about it, in words for the history."""

from __future__ import annotations

from collections.abc import Mapping

EVENTS = {
    "asked": "Rückfrage",
    "resolved": "Rückfrage erledigt",
    "reopened": "Rückfrage wieder geöffnet",
    "removed": "Rückfrage entfernt",
}
NOBODY = "niemand"


def say_comment(after: object) -> str:
    """What happened with a comment; what it said is not known here."""
    event = after.get("event") if isinstance(after, Mapping) else after
    return EVENTS.get(str(event), "Rückfrage")


def say_assignee(value: object) -> str:
    """The person's place as the history keeps it: `name` and `place`."""
    if not isinstance(value, Mapping):
        return NOBODY
    name, place = (str(value.get(key) or "") for key in ("name", "place"))
    return f"{name} ({place})" if name and place else name or place
