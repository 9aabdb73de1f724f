"""Rückfragen for advisors: those of one question, which any page of a case can show, and the list over all cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.questionnaire.model import Question, QuestionId
from selfcheck.core.review.case import CaseState
from selfcheck.core.review.thread import FINISHED, MessageKind, Side, ThreadState, can_say, can_take
from selfcheck.reporting.words.thread_text import MESSAGES, tag_thread
from selfcheck.store.chamber.cases import Case
from selfcheck.store.chamber.talk import thread_list, threads
from selfcheck.store.chamber.talk.thread_list import ListedThread
from selfcheck.store.chamber.talk.threads import Overtaken, Said, StoredThread
from selfcheck.web.chamber import frame, inserting, pages
from selfcheck.web.chamber.inserting import BlockShown
from selfcheck.web.chamber.newest import demand
from selfcheck.web.chamber.thread_forms import ASK, SETTLE, AskForm, SettleForm
from selfcheck.web.http import clock, guards
from selfcheck.web.http.guards import OpenCase
from selfcheck.web.layout.catalogue import find_version, name_chamber
from selfcheck.web.parts.submitted import read_version

OF_QUESTION = "/beratung/<case_id>/rueckfragen/<question_id>"
PAGE = 50
BACK, DONE = "zurueck", "erledigt"
"""The buttons of a thread."""
SAID = {
    "gefragt": "Rückfrage gestellt. Die Kommune sieht sie jetzt.",
    BACK: "Die Rückfrage ist wieder offen. Die Kommune sieht Ihren Text.",
    DONE: "Die Rückfrage ist erledigt.",
}
OVER = "Der Vorgang ist inzwischen freigegeben oder abgeschlossen."
ANEW = "Inzwischen hat jemand anders in dieser Rückfrage geschrieben; Sie sehen es unten."
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
    ask: AskForm | None = None,
    settle: Mapping[int, SettleForm] | None = None,
    *,
    blocks: Sequence[BlockShown],
) -> ThreadsShown:
    """The threads of one question; `ask`, and `settle` by the id of a thread, are forms that were refused or not
    sent."""
    over = case.state in FINISHED
    return ThreadsShown(
        question.number,
        name_chamber(case.chamber),
        case.municipality,
        tuple(_show_thread(thread, case.state, (settle or {}).get(thread.id)) for thread in found),
        None if over and ask is None else ask or AskForm(unread=True, prefix=ASK),
        url_for("chamber.ask", case_id=case.public_id, question_id=question.id),
        url_for("chamber.settle", case_id=case.public_id, question_id=question.id),
        MESSAGES,
        blocks,
    )


def _show_thread(thread: StoredThread, state: CaseState, kept: SettleForm | None) -> ThreadRow:
    """Whoever sends a form that was kept has read what stands there now."""
    possible = tuple(kind for kind in can_say(thread.state, Side.CHAMBER) if can_take(state, kind))
    form = kept or (_settle_form(thread.id, unread=True) if possible else None)
    if form is not None:
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


def _settle_form(thread_id: int, *, unread: bool = False) -> SettleForm:
    return SettleForm(unread=unread, prefix=f"{SETTLE}{thread_id}-")


@pages.get(OF_QUESTION)
def asked(case_id: str, question_id: str) -> str:
    opened = guards.open_case(case_id)
    question = _find_question(opened.case, question_id)
    return _draw(opened, question)


@pages.post(OF_QUESTION)
def ask(case_id: str, question_id: str) -> ResponseReturnValue:
    opened = guards.open_case(case_id)
    question, form = _find_question(opened.case, question_id), AskForm(prefix=ASK)
    others = _read_filled()
    if inserting.wants_block(form.text):
        inserting.insert(opened.advisor, form.text, inserting.name_values(opened.case, question))
        return _draw(opened, question, form, others)
    if not form.validate_on_submit():
        return _draw(opened, question, form, others), form.status
    said = threads.ask(opened.case.id, question.id, form.message, opened.advisor, clock.now())
    if isinstance(said, Overtaken):
        return _draw(opened, question, form, others, overtaken=OVER), 409
    if others:
        return _draw(opened, question, settle=others, said="gefragt")
    return _lead_back(opened.case, question, said, "gefragt")


@pages.post(f"{OF_QUESTION}/antwort")
def settle(case_id: str, question_id: str) -> ResponseReturnValue:
    """„Reicht noch nicht“ or „Erledigt“, by the button that was pressed; that of a text block only inserts it."""
    opened = guards.open_case(case_id)
    question, back = _find_question(opened.case, question_id), BACK in request.form
    thread_id = _find_block() or read_version(request.form.get(BACK if back else DONE))
    form, others, ask = _settle_form(thread_id), _read_filled(thread_id), _read_asked()
    if inserting.wants_block(form.text):
        inserting.insert(opened.advisor, form.text, inserting.name_values(opened.case, question))
        return _draw(opened, question, ask, {**others, thread_id: form})
    if not (form.validate_sent_back() if back else form.validate()):
        return _draw(opened, question, ask, {**others, thread_id: form}), form.status
    say = threads.send_back if back else threads.resolve
    said = say(opened.case.id, thread_id, form.message, opened.advisor, clock.now())
    if isinstance(said, Overtaken):
        if said.thread is None:
            abort(404)
        return _draw(opened, question, ask, {**others, thread_id: form}, overtaken=ANEW), 409
    if others or ask is not None:
        return _draw(opened, question, ask, others, said=BACK if back else DONE)
    return _lead_back(opened.case, question, said, BACK if back else DONE)


def _read_filled(sent: int = 0) -> dict[int, SettleForm]:
    """The forms of all threads but the one that was `sent`, as far as something stands in them."""
    filled = (
        name for name, text in request.form.items() if text and name.startswith(SETTLE) and name.endswith("-text")
    )
    ids = (read_version(name.removeprefix(SETTLE).removesuffix("-text")) for name in filled)
    return {id: _settle_form(id) for id in ids if id != sent}


def _find_block() -> int:
    """The thread into which a text block goes; 0 where none was chosen."""
    behind = f"-text{inserting.BUTTON}"
    pressed = [name for name in request.form if name.startswith(SETTLE) and name.endswith(behind)]
    return read_version(pressed[0].removeprefix(SETTLE).removesuffix(behind)) if pressed else 0


def _read_asked() -> AskForm | None:
    """A new Rückfrage that was typed and not sent."""
    form = AskForm(prefix=ASK)
    return form if form.text.data else None


def _find_question(case: Case, question_id: str) -> Question:
    questionnaire = demand(find_version(thread_list.find_questionnaire(case.check_id)))
    question = questionnaire.question.get(QuestionId(question_id))
    if question is None:
        abort(404)
    return question


def _lead_back(case: Case, question: Question, said: Said, what: str) -> ResponseReturnValue:
    return redirect(_address(case.public_id, question.id, said.thread_id, gesagt=what), 303)


def _address(case_id: str, question: QuestionId, thread_id: int, gesagt: str | None = None) -> str:
    """Where a thread is shown: beside everything else about its question."""
    anchor = f"rueckfrage-{thread_id}"
    return url_for("chamber.question", case_id=case_id, question_id=question, gesagt=gesagt, _anchor=anchor)


def _draw(
    opened: OpenCase,
    question: Question,
    ask: AskForm | None = None,
    settle: Mapping[int, SettleForm] | None = None,
    overtaken: str = "",
    said: str = "",
) -> str:
    """The page of its own; `ask` and `settle` are forms that were refused or not sent, `said` what was done."""
    found = threads.read_threads(opened.case.id).get(question.id, ())
    if not {thread.id for thread in found} >= set(settle or ()):
        abort(404)
    blocks = inserting.list_blocks(opened.advisor)
    shown = show_threads(opened.case, question, found, ask, settle, blocks=blocks)
    forms = [ask, *(settle or {}).values()]
    return frame.render(
        "chamber/question_threads.html",
        opened,
        case=opened.case,
        question=question,
        shown=shown,
        errors=[error for form in forms if form is not None for error in form.listed_errors],
        overtaken=overtaken,
        unsent=ask is not None or bool(settle),
        said=SAID.get(said or request.args.get("gesagt", "")),
    )


@pages.get("/beratung/rueckfragen", endpoint="threads")
def list_all() -> str:
    advisor = guards.advise()
    mine, skip = request.args.get("wer") == "mich", read_version(request.args.get("ab"))
    chosen = request.args.get("zeige", "")
    chosen = chosen if chosen in STATES else ""
    counts = thread_list.count_threads(advisor, mine=mine)
    found = thread_list.list_threads(advisor, STATES.get(chosen), PAGE + 1, skip, mine=mine)

    def address(state: str = chosen, own: bool = mine, first: int = 0) -> str:
        return url_for("chamber.threads", zeige=state or None, wer="mich" if own else None, ab=first or None)

    waiting = sum(number for state, number in counts.items() if state is not ThreadState.DONE)
    return frame.render(
        "chamber/thread_list.html",
        None,
        rows=[_list_row(thread) for thread in found[:PAGE]],
        whose=[("alle", None, address(own=False), not mine), ("meine", None, address(own=True), mine)],
        states=[
            ("nicht erledigt", waiting, address(""), not chosen),
            *((text, counts[state], address(text), text == chosen) for text, state in STATES.items()),
        ],
        back=address(first=max(0, skip - PAGE)) if skip else "",
        further=address(first=skip + PAGE) if len(found) > PAGE else "",
    )


def _list_row(thread: ListedThread) -> ListRow:
    questionnaire = find_version(thread.questionnaire)
    question = questionnaire.question.get(thread.question) if questionnaire is not None else None
    came_back = thread.kind == MessageKind.RETURNED
    return ListRow(
        thread,
        f"{question.number}: {question.name}" if question else thread.question,
        _address(thread.case_id, thread.question, thread.id) if question else "",
        tag_thread(thread.state, came_back=came_back)[1],
    )
