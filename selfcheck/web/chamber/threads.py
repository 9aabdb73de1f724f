"""Rückfragen for advisors: those of one question, which any page of a case can show, and the list over all cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from flask import request, url_for

from selfcheck.core.questionnaire.model import Question, QuestionId
from selfcheck.core.review.case import CaseState
from selfcheck.core.review.thread import FINISHED, MessageKind, Side, ThreadState, can_say, can_take
from selfcheck.reporting.words.thread_text import MESSAGES, tag_thread
from selfcheck.store.chamber.cases import Case
from selfcheck.store.chamber.talk import thread_list
from selfcheck.store.chamber.talk.thread_list import ListedThread
from selfcheck.store.chamber.talk.threads import StoredThread
from selfcheck.web.chamber import frame, pages
from selfcheck.web.chamber.inserting import BlockShown
from selfcheck.web.chamber.thread_forms import ASK, AskForm, Kept, SettleForm, settle_form
from selfcheck.web.http import guards
from selfcheck.web.layout.catalogue import find_version, name_chamber
from selfcheck.web.parts.submitted import read_version

PAGE = 50
BACK, DONE = "zurueck", "erledigt"
"""The buttons of a thread."""
SAID = {
    "gefragt": "Rückfrage gestellt. Die Kommune sieht sie jetzt.",
    BACK: "Die Rückfrage ist wieder offen. Die Kommune sieht Ihren Text.",
    DONE: "Die Rückfrage ist erledigt.",
}
STATES = {"offen": ThreadState.OPEN, "beantwortet": ThreadState.ANSWERED, "erledigt": ThreadState.DONE}


class ThreadRow(NamedTuple):
    """A thread with its tag; `form` is None where nothing can be said any more. `unanswered`: it is the town's turn, so
    it is said whether the town has read it."""

    thread: StoredThread
    tag: tuple[str, str]
    form: SettleForm | None
    returnable: bool
    resolvable: bool
    unanswered: bool


class ThreadsShown(NamedTuple):
    """What `templates/chamber/threads.html` draws: the threads of the question `number`, and where its forms go."""

    number: str
    chamber: str
    town: str
    rows: tuple[ThreadRow, ...]
    ask: AskForm | None
    ask_to: str
    settle_to: str
    words: Mapping[MessageKind, str]
    blocks: Sequence[BlockShown]

    @property
    def writable(self) -> bool:
        """Whether anything can be said."""
        return self.ask is not None or any(row.form is not None for row in self.rows)


class ListRow(NamedTuple):
    thread: ListedThread
    named: str
    href: str
    state: str


def show_threads(
    case: Case,
    question: Question,
    found: Iterable[StoredThread],
    kept: Kept,
    *,
    blocks: Sequence[BlockShown],
) -> ThreadsShown:
    """The threads of one question; `kept` are forms that were refused or not sent."""
    over = case.state in FINISHED
    return ThreadsShown(
        question.number,
        name_chamber(case.chamber),
        case.municipality,
        tuple(_show_thread(thread, case.state, kept.settle.get(thread.id)) for thread in found),
        None if over and kept.ask is None else kept.ask or AskForm(unread=True, prefix=ASK),
        url_for("chamber.ask", case_id=case.public_id, question_id=question.id),
        url_for("chamber.settle", case_id=case.public_id, question_id=question.id),
        MESSAGES,
        blocks,
    )


def _show_thread(thread: StoredThread, state: CaseState, kept: SettleForm | None) -> ThreadRow:
    """A form that was kept knows as much of the thread as when it was made."""
    possible = tuple(kind for kind in can_say(thread.state, Side.CHAMBER) if can_take(state, kind))
    form = kept
    if form is None and possible:
        form = settle_form(thread.id, unread=True)
        form.seen.data = str(thread.seen)
    tag = tag_thread(thread.state, came_back=thread.came_back)
    return ThreadRow(
        thread,
        tag,
        form,
        MessageKind.RETURNED in possible,
        MessageKind.DONE in possible,
        thread.state is ThreadState.OPEN,
    )


def address(case_id: str, question: QuestionId, thread_id: int, said: str | None = None) -> str:
    """Where a thread is shown: beside everything else about its question."""
    anchor = f"rueckfrage-{thread_id}"
    return url_for("chamber.question", case_id=case_id, question_id=question, gesagt=said, _anchor=anchor)


@pages.get("/beratung/rueckfragen", endpoint="threads")
def list_all() -> str:
    advisor = guards.advise()
    mine, skip = request.args.get("wer") == "mich", read_version(request.args.get("ab"))
    chosen = request.args.get("zeige", "")
    chosen = chosen if chosen in STATES else ""
    counts = thread_list.count_threads(advisor, mine=mine)
    found = thread_list.list_threads(advisor, STATES.get(chosen), PAGE + 1, skip, mine=mine)

    def narrowed(state: str = chosen, own: bool = mine, first: int = 0) -> str:
        return url_for("chamber.threads", zeige=state or None, wer="mich" if own else None, ab=first or None)

    waiting = sum(number for state, number in counts.items() if state is not ThreadState.DONE)
    return frame.render(
        "chamber/thread_list.html",
        None,
        rows=[_list_row(thread) for thread in found[:PAGE]],
        whose=[("alle", None, narrowed(own=False), not mine), ("meine", None, narrowed(own=True), mine)],
        states=[
            ("nicht erledigt", waiting, narrowed(""), not chosen),
            *((text, counts[state], narrowed(text), text == chosen) for text, state in STATES.items()),
        ],
        back=narrowed(first=max(0, skip - PAGE)) if skip else "",
        further=narrowed(first=skip + PAGE) if len(found) > PAGE else "",
    )


def _list_row(thread: ListedThread) -> ListRow:
    questionnaire = find_version(thread.questionnaire)
    question = questionnaire.question.get(thread.question) if questionnaire is not None else None
    came_back = thread.kind == MessageKind.RETURNED
    return ListRow(
        thread,
        f"{question.number}: {question.name}" if question else thread.question,
        address(thread.case_id, thread.question, thread.id) if question else "",
        tag_thread(thread.state, came_back=came_back)[1],
    )
