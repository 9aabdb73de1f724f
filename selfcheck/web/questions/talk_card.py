"""What stands on a card for those who work together: who is to answer the question, and what they ask each other."""

from __future__ import annotations

import secrets
from typing import NamedTuple

from flask import url_for

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import Question
from selfcheck.reporting.history import team_text
from selfcheck.store.parts.kinds.talk import NOBODY
from selfcheck.store.parts.seats import Comment, Together
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.questions.talk import ASSIGNEE, COMMENT
from selfcheck.web.questions.trouble import Trouble

ME = " (Sie)"


class Assignee(NamedTuple):
    """`people` to choose from, by the number of their place; `offices` are asked too."""

    people: tuple[tuple[str, str], ...]
    chosen: str
    version: str
    base: str
    offices: str
    error: str


class Thread(NamedTuple):
    """Comments, each with whether it is one's own and where it can be taken out of everything; `waiting` are open."""

    comments: tuple[tuple[Comment, bool, str], ...]
    waiting: int
    typed: str
    key: str
    error: str


class TalkCard(NamedTuple):
    assignee: Assignee
    thread: Thread


def is_shared(together: Together) -> bool:
    """Whether there is anybody else to answer or to ask, or was."""
    return len(together.people) > 1 or bool(together.asked or together.comments)


def show_talk(page: CheckPage, together: Together, question: Question, trouble: Trouble | None) -> TalkCard | None:
    """None where nobody else could be meant: then there is nobody to choose or to ask."""
    if not is_shared(together):
        return None
    return TalkCard(_assignee(page, together, question, trouble), _thread(page, together, question, trouble))


def _assignee(page: CheckPage, together: Together, question: Question, trouble: Trouble | None) -> Assignee:
    """The place that stands; where another choice was submitted in vain, that one as it came."""
    seat = together.assignee(question.id)
    chosen = version = base = str(seat.place_id if seat else NOBODY)
    error, part = "", f"{question.id}.{ASSIGNEE}"
    if trouble is not None and part in trouble.parts:
        chosen, (version, base) = trouble.submitted.assignee, trouble.versions[part]
        error = trouble.errors.get(part, {}).get(ASSIGNEE, "")
    mine = page.access.place_id
    people = ((str(each.place_id), each.name + (ME if each.place_id == mine else "")) for each in together.people)
    offices = ", ".join(office.name for office in together.offices(question.id))
    return Assignee(((str(NOBODY), team_text.NOBODY), *people), chosen, version, base, offices, error)


def _thread(page: CheckPage, together: Together, question: Question, trouble: Trouble | None) -> Thread:
    typed, error, part = "", "", f"{question.id}.{COMMENT}"
    if trouble is not None and part in trouble.parts:
        typed, error = trouble.submitted.comment, trouble.errors.get(part, {}).get(COMMENT, "")
    comments = tuple(
        (comment, comment.grant_id == page.access.grant_id, _redaction(page, comment))
        for comment in together.comments.get(question.id, ())
    )
    return Thread(comments, together.count_open(question.id), typed, secrets.token_hex(16), error)


def _redaction(page: CheckPage, comment: Comment) -> str:
    if not page.may(Right.REDACT):
        return ""
    return url_for("history.redact", check_id=page.check.public_id, part="rueckfrage", subject=comment.id)
