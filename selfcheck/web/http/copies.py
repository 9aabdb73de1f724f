"""What a browser may let go of: its own copies of texts that were on their way.

A page says it in its body, and `static/js/unsent.js` does it; after a form that is the page to which it leads. Nothing
is ever let go because it was sent, for the answer may be lost.
"""

from __future__ import annotations

from collections.abc import Iterable

from flask import g, session

STORED, FORGET = "stored", "forget"
MOST = 20
"""Keys that the cookie keeps until the next page; of more than that the copies stay until they are sent again."""
EVERYTHING = ""
"""In place of the id of a self-check."""


def note_stored(keys: Iterable[str]) -> None:
    """Something new was made from forms with these creation keys: the next page says so."""
    earlier = session.get(STORED)
    known = list(earlier) if isinstance(earlier, list) else []
    if fresh := [key for key in dict.fromkeys(keys) if key not in known]:
        session[STORED] = [*known, *fresh][-MOST:]


def forget(check_id: str = EVERYTHING) -> None:
    """Somebody has signed out: the next page lets all go that belongs to this self-check, or everything."""
    if session.get(FORGET) != EVERYTHING:
        session[FORGET] = check_id
    if check_id == EVERYTHING:
        g.clear_storage = True


def forget_now(check_id: str) -> None:
    """The same with the page that this request is answered with."""
    g.forget_copies = check_id


def take() -> dict[str, str]:
    """What the page that is drawn now says, by the name of its data attribute; the next one says nothing."""
    stored, forgotten = session.pop(STORED, None), session.pop(FORGET, None)
    said = {STORED: " ".join(map(str, stored))} if isinstance(stored, list) else {}
    if isinstance(forgotten, str):
        said[FORGET] = forgotten
    return said | say_now()


def say_now() -> dict[str, str]:
    """What this request itself has to say, for our own script."""
    return {FORGET: g.forget_copies} if "forget_copies" in g else {}
