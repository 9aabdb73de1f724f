"""Mein Teil: what is assigned to me, what others ask, and what changed since I last looked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import Question
from selfcheck.core.text.contents import clean_line
from selfcheck.reporting.history.change_text import ChangeText
from selfcheck.reporting.words import german
from selfcheck.reporting.words.authors import say_by
from selfcheck.store.history.changes import Change, fold, mark_seen, news
from selfcheck.store.parts import seats
from selfcheck.store.parts.seats import Comment, Together
from selfcheck.store.parts.writes import Part
from selfcheck.web.history.names import name_change
from selfcheck.web.http import clock, guards
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.filters import Filter, choose_filter, list_chips
from selfcheck.web.parts.submitted import read_version
from selfcheck.web.questions.filters import ASKED, FILTERS, MINE, Facts, learn
from selfcheck.web.questions.tags import Tag, has_work_left, tag_question
from selfcheck.web.team import pages

ROOT = "/selbstcheck/<check_id>/mein-teil"
MOST_NEWS = 200
SHORT = 160
ELSEWHERE: Mapping[str, str] = {
    Part.STEP: "checklist.checklist",
    Part.GOAL: "goals.lists",
    Part.PAST_GOAL: "goals.lists",
    Part.PROJECT: "goals.lists",
    Part.INTERIM: "goals.interim",
    Part.ONLY_THERE: "audit_sheet.sheet",
    Part.SHEET_MARK: "audit_sheet.sheet",
}
"""Where to see what is no question's; everything else stands in the history."""


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question as a line of a list, with its state and points; `comment` is the newest open one, shortened."""

    question: Question
    href: str
    tag: Tag
    work_left: bool
    assignee: str
    comment: Comment | None = None
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class NewsRow:
    """One change; `now` says what stands at a question since then, or what an office writes, shortened."""

    at: datetime
    by: str
    text: ChangeText
    number: str
    href: str
    now: str = ""


@pages.get(ROOT)
def mine(check_id: str) -> str:
    access = guards.enter(check_id, Right.COMMENT)
    found = seats.load_together(access.check.id, clock.today())
    page = check_page.load_page(access)
    changes = news(access.check.id, access.grant_id, access.seen_change, MOST_NEWS + 1)
    shown = changes[:MOST_NEWS]
    chosen = choose_filter(FILTERS, request.args.get("zeige"))
    facts, address = learn(page, found, page.questionnaire.questions), url_for("team.mine", check_id=check_id)
    own = found.seat(access.place_id)

    def rows(chosen: Filter[Facts], target: str = "frage") -> list[QuestionRow]:
        questions = (page.questionnaire.question[id] for id, known in facts.items() if chosen.passes(known))
        return [_row(page, found, question, target) for question in questions]

    return check_page.render(
        "team/my_part.html",
        page,
        address,
        alone=len(found.people) < 2,
        team=Right.TEAM,
        due_on=own.due_on if own else None,
        assigned=sorted(rows(MINE), key=lambda row: not row.work_left),
        asked=[row for row in rows(ASKED, "rueckfragen") if row.comment],
        news=[_news_row(page, change) for change in fold(shown)],
        more=len(changes) > MOST_NEWS,
        newest=shown[0].id if shown else 0,
        chosen=chosen,
        filters=[
            (text, number, f"{href}#fragen", current)
            for text, number, href, current in list_chips(FILTERS[1:], facts.values(), address, chosen)
        ],
        filtered=rows(chosen) if chosen.key else [],
    )


@pages.post(f"{ROOT}/gesehen")
def seen(check_id: str) -> ResponseReturnValue:
    """Everything up to the newest change that was shown; what came after it stays new."""
    access = guards.enter(check_id, Right.COMMENT)
    mark_seen(access.check.id, access.grant_id, read_version(request.form.get("bis")))
    return redirect(url_for("team.mine", check_id=check_id), 303)


def _row(page: CheckPage, found: Together, question: Question, target: str) -> QuestionRow:
    """A line whose link leads to the question, or to what was asked about it."""
    line, assignee = page.estimate.line[question.id], found.assignee(question.id)
    comment = next((each for each in reversed(found.comments.get(question.id, ())) if each.open), None)
    return QuestionRow(
        question,
        check_page.question_address(page, question, target),
        tag_question(page, question),
        has_work_left(line),
        assignee.name if assignee else "",
        comment,
        _shorten(comment.text) if comment else "",
    )


def _shorten(text: str) -> str:
    line = " · ".join(line for each in text.split("\n") if (line := clean_line(each)))
    return german.shorten(line, SHORT)


def _news_row(page: CheckPage, change: Change) -> NewsRow:
    named = name_change(page, change.part, change.subject, change.before, change.after)
    if named.number:
        return NewsRow(change.at, say_by(change.by), named.text, named.number, named.href, _shorten(named.text.after))
    where = ELSEWHERE.get(change.part, "history.changes")
    said = _shorten(named.text.after) if change.part == Part.MESSAGE else ""
    return NewsRow(change.at, say_by(change.by), named.text, "", url_for(where, check_id=page.check.public_id), said)
