"""Rückfragen der IHK: grouped by question, with a field to answer each that waits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import Question, QuestionId
from selfcheck.core.review.thread import Side, ThreadState, can_say, side_of
from selfcheck.core.rules.answers import OPEN
from selfcheck.core.text.contents import clean_paragraph
from selfcheck.reporting.history.removed_text import is_removed
from selfcheck.reporting.words.answer_text import join_options, say_answer
from selfcheck.reporting.words.thread_text import MESSAGES, tag_thread
from selfcheck.store.chamber.talk import threads
from selfcheck.store.chamber.talk.threads import Asked, Message, Overtaken, StoredThread
from selfcheck.store.database import limits
from selfcheck.web.http import clock, guards
from selfcheck.web.layout import check_page
from selfcheck.web.layout.catalogue import name_chamber
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.fields import KeyField, PageForm, ParagraphField, SentHiddenField
from selfcheck.web.parts.submitted import read_version
from selfcheck.web.reply import pages

ROOT = "/selbstcheck/<check_id>/ihk"
ANSWER = "antwort-"
"""Begins the names of the fields of one thread."""
ANEW = "Inzwischen hat jemand anders in dieser Rückfrage geschrieben; Sie sehen es unten."
LOCKED = "Die Rückfrage lässt sich nicht mehr beantworten: Der Vorgang ist beendet oder der Bericht zurückgezogen."


class ReplyForm(PageForm):
    """`seen` is how much of the thread its author had read; `key` keeps a double click from answering twice."""

    text = ParagraphField(
        "Ihre Antwort",
        limits.COMMENT,
        what="Ihre Antwort",
        required="Bitte schreiben Sie Ihre Antwort.",
        read=clean_paragraph,
    )
    seen = SentHiddenField()
    key = KeyField()

    @property
    def message(self) -> Message:
        return Message(self.text.data or "", self.key.data or "", read_version(self.seen.data))


class ThreadRow(NamedTuple):
    """A thread with its tag; `form` is None where the town can say nothing (any more). `redactions` is where an own
    answer is taken out, by the id of its message."""

    asked: Asked
    chamber: str
    tag: tuple[str, str]
    form: ReplyForm | None
    redactions: Mapping[int, str]


class QuestionRows(NamedTuple):
    """The threads of one question, what the town answered to it, and where that and its evidence stand.

    `question` is None where the questionnaire does not know it any more.
    """

    question: Question | None
    said: str
    href: str
    evidence: str
    rows: tuple[ThreadRow, ...]


@pages.get(ROOT)
def overview(check_id: str) -> str:
    return _draw(check_page.open_check(check_id, Right.COMMENT))


@pages.post(ROOT)
def answer(check_id: str) -> ResponseReturnValue:
    access, thread_id = guards.enter(check_id, Right.ANSWER), read_version(request.form.get("rueckfrage"))
    form = _reply_form(thread_id)
    if not form.validate():
        page = check_page.load_page(access)
        _find_asked(page, thread_id)
        return _draw(page, _keep(page, thread_id, form)), form.status
    said = threads.answer(access.check.id, thread_id, form.message, access.who, access.account_id, clock.now())
    if isinstance(said, Overtaken):
        page = check_page.load_page(access)
        found = _find_asked(page, thread_id)
        return _draw(page, _keep(page, thread_id, form), ANEW if _can_answer(found) else LOCKED), 409
    if set(_list_filled()) - {thread_id}:
        page = check_page.open_check(check_id, Right.COMMENT)
        return _draw(page, _keep(page, thread_id), answered=True)
    anchor = f"rueckfrage-{thread_id}"
    return redirect(url_for("reply.overview", check_id=check_id, beantwortet=1, _anchor=anchor), 303)


def _keep(page: CheckPage, thread_id: int, form: ReplyForm | None = None) -> dict[int, ReplyForm]:
    """The forms of this town's threads as they came, as far as something stands in them; of the thread that was sent
    only `form`, where it was refused."""
    known = {each.thread.id for several in page.asked.values() for each in several}
    others = {id: _reply_form(id) for id in _list_filled() if id in known and id != thread_id}
    return others if form is None else {**others, thread_id: form}


def _list_filled() -> list[int]:
    """The threads in whose fields something stands."""
    filled = (
        name for name, text in request.form.items() if text and name.startswith(ANSWER) and name.endswith("-text")
    )
    return [read_version(name.removeprefix(ANSWER).removesuffix("-text")) for name in filled]


def _find_asked(page: CheckPage, thread_id: int) -> Asked:
    """The thread that a form is about; 404 for any that is not this town's."""
    found = (each for several in page.asked.values() for each in several if each.thread.id == thread_id)
    asked = next(found, None)
    if asked is None:
        abort(404)
    return asked


def _reply_form(thread_id: int, *, unread: bool = False) -> ReplyForm:
    return ReplyForm(unread=unread, prefix=f"{ANSWER}{thread_id}-")


def _draw(
    page: CheckPage, kept: Mapping[int, ReplyForm] | None = None, overtaken: str = "", *, answered: bool = False
) -> str:
    """`kept` are forms that were refused or not sent, by the id of their thread; `answered`: another one was sent."""
    kept = kept or {}
    order = {question.id: place for place, question in enumerate(page.questionnaire.questions)}
    asked = sorted(page.asked.items(), key=lambda pair: order.get(pair[0], len(order)))
    groups = [_group(page, id, found, kept) for id, found in asked]
    html = check_page.render(
        "reply/overview.html",
        page,
        url_for("reply.overview", check_id=page.check.public_id),
        groups=groups,
        waiting=len(page.access.chamber_asks),
        locked=any(row.asked.locked for group in groups for row in group.rows),
        errors=[error for form in kept.values() for error in form.listed_errors],
        overtaken=overtaken,
        answered=answered,
        unsent=bool(kept),
        answerable=any(row.form for group in groups for row in group.rows),
        words=MESSAGES,
        may_share=page.may(Right.SHARE),
    )
    threads.note_read([row.asked.thread for group in groups for row in group.rows], clock.now())
    return html


def _group(page: CheckPage, id: QuestionId, found: Iterable[Asked], kept: Mapping[int, ReplyForm]) -> QuestionRows:
    rows = tuple(_row(page, each, kept.get(each.thread.id)) for each in found)
    question, check_id = page.questionnaire.question.get(id), page.check.public_id
    if question is None:
        return QuestionRows(None, "", "", "", rows)
    said = join_options(say_answer(question, page.loaded.answers.get(id, OPEN)))
    evidence = url_for("evidence.register", check_id=check_id, frage=id) if question.needs_evidence else ""
    card = url_for(
        "questions.criterion", check_id=check_id, criterion_id=question.criterion, offen=id, _anchor=f"frage-{id}"
    )
    return QuestionRows(question, said, card, evidence, rows)


def _can_answer(asked: Asked) -> bool:
    return not asked.locked and bool(can_say(asked.thread.state, Side.TOWN))


def _row(page: CheckPage, asked: Asked, kept: ReplyForm | None) -> ThreadRow:
    """Whoever sends a form that was kept has read what stands there now. Where nobody can answer, what was typed stays
    to be copied."""
    thread = asked.thread
    form = kept or (_reply_form(thread.id, unread=True) if _can_answer(asked) else None)
    if form is not None:
        form.seen.data = str(thread.seen)
    if thread.state is ThreadState.ANSWERED and form is not None:
        form.text.label.text = "Ihre Antwort ergänzen"
    tag = tag_thread(thread.state, came_back=thread.came_back)
    return ThreadRow(asked, name_chamber(asked.chamber), tag, form, _link_redactions(page, thread))


def _link_redactions(page: CheckPage, thread: StoredThread) -> dict[int, str]:
    if not page.may(Right.REDACT):
        return {}
    own = (each for each in thread.messages if side_of(each.kind) is Side.TOWN and not is_removed(each.text))
    return {
        each.id: url_for("history.redact", check_id=page.check.public_id, part="antwort-an-ihk", subject=each.id)
        for each in own
    }
