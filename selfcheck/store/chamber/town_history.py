"""What the history of a self-check tells of its chamber: what came from there and what went there.

That it happened, to which question and by whom; never a text, so nothing said to the chamber stands in two places.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from selfcheck.core.review.told import Told
from selfcheck.store.parts.changes import Entered, write_changes
from selfcheck.store.parts.values import Who
from selfcheck.store.parts.writes import Part


def tell_town(
    connection: Connection,
    check_id: int,
    event: Told,
    about: Sequence[tuple[str, str]],
    by: Who | str,
    now: datetime,
) -> None:
    """Enters `event` once for each of `about`, a question (or nothing) with the number of a recommendation (or
    nothing), in the transaction in which it happens: one statement. `by` is a name where an advisor did it."""
    who = Who(None, by) if isinstance(by, str) else by
    lines = [
        Entered(Part.TALK, question, None, {"event": str(event)} | ({"label": label} if label else {}))
        for question, label in about
    ]
    write_changes(connection, check_id, lines, who, now)
