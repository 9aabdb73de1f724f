"""A link that was just made: in the cookie of whoever made it until the next page has shown it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import session


@dataclass(frozen=True, slots=True)
class NewLink:
    """Such a link with a letter ready to be sent."""

    url: str
    subject: str
    letter: str


def keep(kind: str, public_id: str, token: str) -> None:
    """Hands over the link to what `public_id` names; one of each `kind` at a time."""
    session[kind] = [public_id, token]


def take(kind: str, public_id: str | None) -> str | None:
    """The token kept for `public_id`; None the second time."""
    kept = session.get(kind)
    if not public_id or not isinstance(kept, list) or len(kept) != 2 or kept[0] != public_id:
        return None
    session.pop(kind)
    return str(kept[1])
