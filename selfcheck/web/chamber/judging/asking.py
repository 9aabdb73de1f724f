"""What is asked of the town about one question, and what is said of its answers.

The forms stand on the page of the question, beside the own estimate, and on a page of their own. Either page is one
form: what is typed in its other fields travels along and comes back with the page that the button is on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue

from selfcheck.core.questionnaire.model import Question, QuestionId
from selfcheck.store.chamber.talk import thread_list, threads
from selfcheck.store.chamber.talk.threads import Overtaken
from selfcheck.web.chamber import frame, inserting, pages
from selfcheck.web.chamber.judging import question as judging
from selfcheck.web.chamber.judging.opened import Review, load_review
from selfcheck.web.chamber.judging.question import Talk, Typed
from selfcheck.web.chamber.newest import demand
from selfcheck.web.chamber.thread_forms import ASK, SETTLE, AskForm, Kept, SettleForm, read_kept, settle_form
from selfcheck.web.chamber.threads import BACK, DONE, SAID, address, show_threads
from selfcheck.web.http import clock, guards
from selfcheck.web.http.guards import OpenCase
from selfcheck.web.layout.catalogue import find_version
from selfcheck.web.parts.submitted import Submission, read_version

OF_QUESTION = "/beratung/<case_id>/rueckfragen/<question_id>"
ASKED = "gefragt"
OVER = "Der Vorgang ist inzwischen freigegeben oder abgeschlossen."
ANEW = "Inzwischen hat jemand anders in dieser Rückfrage geschrieben; Sie sehen es unten."


@dataclass(frozen=True, slots=True)
class Asking:
    """A question of a case about which something is asked or said."""

    opened: OpenCase
    question: Question


@pages.get(OF_QUESTION)
def asked(case_id: str, question_id: str) -> str:
    here = _open(case_id, question_id)
    return _draw(here, Talk(said=SAID.get(request.args.get("gesagt", ""), "")))


@pages.post(OF_QUESTION)
def ask(case_id: str, question_id: str) -> ResponseReturnValue:
    here, form = _open(case_id, question_id), AskForm(prefix=ASK)
    others = replace(read_kept(), ask=None)
    mine = replace(others, ask=form)
    if inserting.wants_block(form.text):
        return _insert(here, form, mine)
    if not form.validate_on_submit():
        return _draw_sent(here, Talk(mine)), form.status
    said = threads.ask(here.opened.case.id, here.question.id, form.message, here.opened.advisor, clock.now())
    if isinstance(said, Overtaken):
        return _draw_sent(here, Talk(mine, overtaken=OVER)), 409
    return _lead_back(here, said.thread_id, others, ASKED)


@pages.post(f"{OF_QUESTION}/antwort")
def settle(case_id: str, question_id: str) -> ResponseReturnValue:
    """„Reicht noch nicht“ or „Erledigt“, by the button that was pressed; that of a text block only inserts it."""
    here, back = _open(case_id, question_id), BACK in request.form
    thread_id = _find_block() or read_version(request.form.get(BACK if back else DONE))
    form, kept = settle_form(thread_id), read_kept()
    others = replace(kept, settle={id: each for id, each in kept.settle.items() if id != thread_id})
    mine = replace(others, settle={**others.settle, thread_id: form})
    if inserting.wants_block(form.text):
        return _insert(here, form, mine)
    if not (form.validate_sent_back() if back else form.validate()):
        return _draw_sent(here, Talk(mine)), form.status
    say = threads.send_back if back else threads.resolve
    said = say(here.opened.case.id, thread_id, form.message, here.opened.advisor, clock.now())
    if isinstance(said, Overtaken):
        if said.thread is None:
            abort(404)
        form.seen.data = str(said.thread.seen)  # the page says that something is new, and shows it
        return _draw_sent(here, Talk(mine, overtaken=ANEW)), 409
    return _lead_back(here, said.thread_id, others, BACK if back else DONE)


def _open(case_id: str, question_id: str) -> Asking:
    opened = guards.open_case(case_id)
    questionnaire = demand(find_version(thread_list.find_questionnaire(opened.case.check_id)))
    question = questionnaire.question.get(QuestionId(question_id))
    if question is None:
        abort(404)
    return Asking(opened, question)


def _find_block() -> int:
    """The thread into which a text block goes; 0 where none was chosen."""
    behind = f"-text{inserting.BUTTON}"
    pressed = [name for name in request.form if name.startswith(SETTLE) and name.endswith(behind)]
    return read_version(pressed[0].removeprefix(SETTLE).removesuffix(behind)) if pressed else 0


def _insert(here: Asking, form: AskForm | SettleForm, mine: Kept) -> str:
    inserting.insert(here.opened.advisor, form.text, inserting.name_values(here.opened.case, here.question))
    return _draw_sent(here, Talk(mine))


def _lead_back(here: Asking, thread_id: int, others: Kept, done: str) -> ResponseReturnValue:
    """To the thread; where anything else is typed and not sent or saved, the page with it."""
    own = _find_own(here)
    if others.filled or (own is not None and own[1].unsaved):
        return _draw_sent(here, Talk(others, SAID[done]), own)
    return redirect(address(here.opened.case.public_id, here.question.id, thread_id, done), 303)


def _find_own(here: Asking) -> tuple[Review, Typed] | None:
    """What came of the own estimate; None from the page of its own, and where the question is asked no more."""
    if here.question.id not in Submission(request.form):
        return None
    number = read_version(request.form.get("stand"))
    review = load_review(here.opened, number)
    found = review.compared.get(here.question.id)
    return (review, judging.read_typed(review, found, number)) if found is not None else None


def _draw_sent(here: Asking, talk: Talk, own: tuple[Review, Typed] | None = None) -> str:
    """The page that the form came from, with all that was typed."""
    own = own or _find_own(here)
    if own is None:
        return _draw(here, talk)
    review, typed = own
    if not {thread.id for thread in review.threads.get(here.question.id, ())} >= set(talk.kept.settle):
        abort(404)
    return judging.show(review, typed, talk)


def _draw(here: Asking, talk: Talk) -> str:
    """The page of its own."""
    case, question = here.opened.case, here.question
    found = threads.read_threads(case.id).get(question.id, ())
    if not {thread.id for thread in found} >= set(talk.kept.settle):
        abort(404)
    blocks = inserting.list_blocks(here.opened.advisor)
    return frame.render(
        "chamber/question_threads.html",
        here.opened,
        case=case,
        question=question,
        shown=show_threads(case, question, found, talk.kept, blocks=blocks),
        talk=talk,
    )
