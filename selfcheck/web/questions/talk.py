"""What a submitted page says to those who work here: who is to answer a question, comments and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import request

from selfcheck.core.removed import Removed
from selfcheck.reporting.words.removed_text import say_removed
from selfcheck.store.access.grants import Access
from selfcheck.store.database.limits import TooMany
from selfcheck.store.history.redaction import Taken
from selfcheck.store.parts.writes import Outcome, Write
from selfcheck.store.team import assignments, comments
from selfcheck.store.team.assignments import AssignmentWrite, NoPlace
from selfcheck.store.team.comments import NewComment
from selfcheck.web.http import clock
from selfcheck.web.parts.protocol import read_version
from selfcheck.web.questions.reading import ASSIGNEE, COMMENT

NO_PLACE = "Diesen Platz gibt es nicht mehr. Bitte wählen Sie jemand anderen."
TOO_MANY = "Zu dieser Frage stehen schon 100 Rückfragen. Bitte entfernen Sie eigene, die Sie nicht mehr brauchen."
ADD = "add"
Errors = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Talk:
    """The button at a comment that was pressed; `comment_id` is 0 for a new one."""

    action: str
    comment_id: int
    question: str


def save_together(
    access: Access, written: Mapping[str, Write | AssignmentWrite | NewComment]
) -> tuple[dict[str, Outcome], Errors]:
    """Outcomes of assignments, and what was refused, by part. Comments have no outcome: they are there afterwards."""
    assigned = {name: write for name, write in written.items() if isinstance(write, AssignmentWrite)}
    said = {name: write for name, write in written.items() if isinstance(write, NewComment)}
    outcomes: dict[str, Outcome] = {}
    errors: dict[str, Mapping[str, str]] = {}
    if assigned:
        found = assignments.assign(access.check.id, tuple(assigned.values()), access.who, clock.now())
        for name, (_, outcome) in zip(assigned, found, strict=True):
            if isinstance(outcome, NoPlace):
                errors[name] = {ASSIGNEE: NO_PLACE}
            else:
                outcomes[name] = outcome
    if said and not _add(access, tuple(said.values())):
        errors |= {name: {COMMENT: TOO_MANY} for name in said}
    return outcomes, errors


def _add(access: Access, new: tuple[NewComment, ...]) -> bool:
    try:
        comments.add(access.check.id, new, access.who, clock.now())
    except TooMany:
        return False
    return True


def read_talk() -> Talk | None:
    """The button `<action>:<comment>:<question>` of the form of this request."""
    action, _, rest = request.form.get("talk", "").partition(":")
    id, _, question = rest.partition(":")
    return Talk(action, read_version(id), question) if action in (*_DO, ADD) else None


def _remove(access: Access, comment_id: int) -> None:
    taken = Taken(access.label, say_removed(Removed(clock.today(), access.label)), "")
    comments.remove(access.check.id, comment_id, taken, access.who, clock.now())


_DO: Mapping[str, Callable[[Access, int], object]] = {
    "resolve": lambda access, id: comments.resolve(access.check.id, id, access.who, clock.now()),
    "reopen": lambda access, id: comments.reopen(access.check.id, id, access.who, clock.now()),
    "remove": _remove,
}


def act(access: Access, talk: Talk | None) -> None:
    """Resolves, reopens or takes away a comment; what is not there (any more) is left alone."""
    if talk is not None and talk.action in _DO:
        _DO[talk.action](access, talk.comment_id)
