"""What stands on a card for those who work together: who is to answer the question, and what they ask each other."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from selfcheck.core.questionnaire.model import Question
from selfcheck.reporting.words import german
from selfcheck.store.parts.seats import Comment, Together
from selfcheck.store.parts.talk_kinds import NOBODY
from selfcheck.web.http import clock
from selfcheck.web.layout.pattern import draw, draw_wrong
from selfcheck.web.questions.talk import ASSIGNEE, COMMENT

TEMPLATE = "questions/talk.html"
SELECTED = " selected"
NOBODY_WORD = "niemand"
ME = " (Sie)"
GAP = "0-0"
"""Stands for the number of a comment in an address."""


@dataclass(frozen=True, slots=True)
class TogetherCard:
    """What a card needs of it. `mine`: the place of whoever looks; `grant_id`: who takes away their own comments.

    `redaction` is where one comment is taken out of everything, with a gap for its number; empty for whoever may not.
    `assignee` and `comment` are what was submitted in vain, `seen` the version and base that came with the assignee.
    """

    question: Question
    together: Together
    mine: int
    grant_id: int
    assignee: str | None = None
    seen: tuple[str, str] = ("", "")
    comment: str = ""
    comment_key: str = ""
    redaction: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def alone(self) -> bool:
        """Whether nobody else could be meant; then there is nothing to choose and nobody to ask."""
        known = self.together
        return len(known.people) < 2 and not (known.asked or known.comments)

    def draw(self) -> dict[str, str]:
        """Markup by the gap of the card that it fills."""
        if self.alone:
            return {"assignee": "", "thread": ""}
        return {"assignee": _draw_assignee(self), "thread": _draw_thread(self)}


@dataclass(frozen=True, slots=True)
class AssigneeOutline:
    question: Question
    people: int
    offices: bool


@dataclass(frozen=True, slots=True)
class CommentOutline:
    own: bool
    open: bool
    redactable: bool


@dataclass(frozen=True, slots=True)
class ThreadOutline:
    """`waiting`: how many comments are open; `asked`: there are any."""

    question: Question
    waiting: int
    asked: bool
    opened: bool


def _draw_assignee(card: TogetherCard) -> str:
    known, question = card.together, card.question
    current = known.assignee(question.id)
    stands = str(current.place_id if current else NOBODY)
    chosen = stands if card.assignee is None else card.assignee
    version, base = (stands, stands) if card.assignee is None else card.seen
    offices = ", ".join(seat.name for seat in known.offices(question.id))
    texts = {"version": version, "base": base, "offices": offices}
    marks = {"mark0": SELECTED if chosen == str(NOBODY) else ""}
    for place, seat in enumerate(known.people, start=1):
        texts[f"value{place}"] = str(seat.place_id)
        texts[f"name{place}"] = seat.name + (ME if seat.place_id == card.mine else "")
        marks[f"mark{place}"] = SELECTED if chosen == str(seat.place_id) else ""
    outline = AssigneeOutline(question, len(known.people), bool(offices))
    return _draw("assignee", outline, texts, marks, card.errors.get(ASSIGNEE, ""))


def _draw_thread(card: TogetherCard) -> str:
    comments = card.together.comments.get(card.question.id, ())
    error = card.errors.get(COMMENT, "")
    waiting = card.together.count_open(card.question.id)
    outline = ThreadOutline(card.question, waiting, bool(comments), bool(error))
    texts = {"comment": card.comment, "key": card.comment_key or secrets.token_hex(16)}
    drawn = "".join(_draw_comment(card, comment) for comment in comments)
    return _draw("thread", outline, texts, {"comments": drawn}, error)


def _draw_comment(card: TogetherCard, comment: Comment) -> str:
    texts = {
        "id": str(comment.id),
        "question": card.question.id,
        "text": comment.text,
        "by": comment.by,
        "at": german.moment(clock.local(comment.at)),
        "resolved_by": comment.resolved_by,
        "resolved_at": german.moment(clock.local(comment.resolved_at)) if comment.resolved_at else "",
    }
    redaction = card.redaction.replace(GAP, str(comment.id))
    outline = CommentOutline(comment.grant_id == card.grant_id, comment.open, bool(redaction))
    return draw(TEMPLATE, "comment", outline, texts | {"redaction": redaction})


def _draw(
    macro: str,
    outline: AssigneeOutline | ThreadOutline,
    texts: Mapping[str, str],
    markup: Mapping[str, str],
    error: str,
) -> str:
    if not error:
        return draw(TEMPLATE, macro, outline, texts, markup)
    return draw_wrong(TEMPLATE, macro, outline, texts, markup, error)
