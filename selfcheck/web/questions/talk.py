"""What a submitted page says to those who work here: who is to answer a question, comments and what becomes of them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from flask import request
from wtforms import Form

from selfcheck.core.questionnaire.model import Question
from selfcheck.core.removed import Removed
from selfcheck.reporting.history.removed_text import say_removed
from selfcheck.reporting.history.team_text import NOBODY
from selfcheck.store.access.grants import Access
from selfcheck.store.database import limits
from selfcheck.store.history.redaction import Taken
from selfcheck.store.parts.kinds.talk import CommentText
from selfcheck.store.parts.writes import Part, Write
from selfcheck.store.team import comments
from selfcheck.web.http import clock
from selfcheck.web.layout.fields import list_wrong, paragraph
from selfcheck.web.parts.conflicts import show_part
from selfcheck.web.parts.submitted import Submission, SubmittedPart, read_version

ASSIGNEE = "assignee"
COMMENT = "comment"
ADD = "add"


class CommentForm(Form):
    comment = paragraph("Rückfrage", limits.COMMENT, "Ihren Text")


def read_assignee(question: Question, submission: Submission) -> Iterable[SubmittedPart]:
    """Who is to answer `question`; the place that was shown is version and base at once."""
    name = f"{question.id}.{ASSIGNEE}"
    if name in submission and name in submission.entered:
        place = read_version(submission.entered[name])
        yield submission.part(
            name,
            Write(Part.ASSIGNMENT, question.id, 0, place),
            lambda met: show_part(name, "Zuständig", met.theirs.wanted or NOBODY, met.theirs.stands or NOBODY, met),
            base=str(place),
        )


def read_comment(question: Question, submission: Submission) -> Iterable[SubmittedPart]:
    """A comment is only ever added: it has no version."""
    name = f"{question.id}.{COMMENT}"
    form = CommentForm(submission.entered, prefix=f"{question.id}.")
    form.validate()
    text = form.comment.data
    if text:
        key = submission.entered.get(f"{name}-key") or secrets.token_hex(16)
        yield submission.part(
            name,
            Write(Part.COMMENT, None, 0, CommentText(question.id, text), creation_key=key),
            errors=list_wrong(form),
        )


@dataclass(frozen=True, slots=True)
class Talk:
    """The button at a comment that was pressed; `comment_id` is 0 for a new one."""

    action: str
    comment_id: int
    question: str


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
