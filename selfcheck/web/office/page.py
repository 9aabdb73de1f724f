"""What an office gets: its questions on one page and nothing else; it gives back what is not its own, and all when
it is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import Question, QuestionId, Questionnaire
from selfcheck.core.text.contents import is_blank
from selfcheck.reporting.report.office_paper import list_answers
from selfcheck.reporting.words.names import name_office
from selfcheck.store.access.grants import Access
from selfcheck.store.team import offices
from selfcheck.store.team.offices import OwnPart
from selfcheck.web.http import attempts, clock, errors, guards
from selfcheck.web.http.browser import cookie
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.office import pages
from selfcheck.web.office.message import GROUP, read_message
from selfcheck.web.office.view import Refused, build_view, draw_progress, list_facts, pick
from selfcheck.web.parts import protocol
from selfcheck.web.parts.protocol import Saving
from selfcheck.web.parts.submitted import Submission, digest
from selfcheck.web.questions.confirming import CONFIRM, confirm
from selfcheck.web.questions.reading import Submitted, list_parts, read_questions
from selfcheck.web.questions.redraw import draw_cards, draw_evidence, draw_tags, list_hidden, list_work
from selfcheck.web.questions.trouble import find_trouble

ROOT = "/selbstcheck/<check_id>/auftrag"
TYPED = ("note", "value", "reason")
GIVEN_BACK = "zurueckgegeben"
BUTTONS = {"decline", "take", "do", CONFIRM}
"""What does more than save."""


@pages.get(ROOT, endpoint="page")
def show(check_id: str) -> str:
    return _show(check_page.open_check(check_id, Right.OWN_PART), Refused())


@pages.get(f"{ROOT}/abdruck", endpoint="copy")
def show_copy(check_id: str) -> str:
    """What stands at the office's questions, to be printed and kept."""
    page = check_page.open_check(check_id, Right.OWN_PART)
    part = _part(page.access)
    return render_template(
        "office/copy.html",
        check=page.check,
        questionnaire=page.questionnaire,
        part=part,
        facts=list_facts(page.check, part),
        lines=list_answers(pick(page.questionnaire, part.questions), page.loaded.answers, page.day),
        declined=pick(page.questionnaire, part.declined),
        now=clock.now(),
    )


@pages.post(ROOT)
def save(check_id: str) -> ResponseReturnValue:
    """Saves what has changed; then does what the button says: give a question back or take it again, hand all back."""
    access = guards.enter(check_id, Right.OWN_PART)
    questionnaire = check_page.prepare(access.check).questionnaire
    check_page.refuse_other_version(access)
    asked = pick(questionnaire, access.scope)
    submission = Submission(request.form)
    left_out = _find_left_out(submission.entered, asked)
    submitted = read_questions(asked, submission)
    parts = [*list_parts(submitted), *read_message(access, submission)]
    press = partial(_press, access, questionnaire, submitted, left_out) if BUTTONS & set(request.form) else None
    saving = protocol.save(access, questionnaire, parts, press)
    if errors.wants_json():
        page = check_page.show_loaded(access, saving.loaded)
        html = draw_progress(page, access.label, asked, saving) | draw_tags(page, asked)
        html |= draw_cards(access, submitted, saving) | draw_evidence(page, asked, saving)
        return protocol.answer_script(saving, html, hidden=list_hidden(page, asked), work=list_work(page, asked))
    if saving.status == 200 and not left_out:
        place = saving.pressed or _find_place(access, submission)
        return redirect(url_for("office.page", check_id=check_id, _anchor=place), 303)
    page = check_page.show_loaded(access, saving.loaded)
    refused = Refused(submission, saving, find_trouble(submitted, saving), left_out)
    return _show(page, refused), saving.status if saving.status != 200 else 422


def _press(
    access: Access,
    questionnaire: Questionnaire,
    submitted: Sequence[Submitted],
    left_out: Sequence[str],
    saving: Saving,
) -> str | None:
    """What the pressed button asks for beside saving, unless that is about something that could not be saved.

    Returns where on the page to go on.
    """
    form, check, now = request.form, access.check.id, clock.now()
    declined, taken = _named(access, form.get("decline")), _named(access, form.get("take"))
    if declined and declined not in find_trouble(submitted, saving):
        offices.decline(check, access.place_id, declined, access.who, now)
        return GIVEN_BACK
    if taken and offices.take_again(check, access.place_id, taken, access.who, now):
        return f"frage-{taken}"
    if confirmed := _named(access, form.get(CONFIRM)):
        confirm(access, questionnaire, pick(questionnaire, access.scope), saving)
        return f"frage-{confirmed}"
    if form.get("do") == "return" and saving.status == 200 and not left_out:
        offices.hand_back(check, access.place_id, access.who, now)
    return None


def _find_place(access: Access, submission: Submission) -> str | None:
    """Where somebody was who added a piece of evidence, or decided about a conflict."""
    if submission.place == GROUP:
        return "fertig"
    return f"frage-{submission.place}" if submission.place in access.scope else None


@pages.post(f"{ROOT}/wechseln")
def switch(check_id: str) -> ResponseReturnValue:
    """To the questions of another office that this browser holds too."""
    access = guards.enter(check_id, Right.OWN_PART)
    attempts.count_attempt("enter")
    switched = offices.switch(cookie.grants(), access.check.id, request.form.get("stelle", ""), clock.now())
    if switched is None:
        abort(404)
    for secret in switched.ended:
        cookie.drop_grant(secret)
    cookie.add_grant(switched.secret)
    return redirect(url_for("office.page", check_id=check_id), 303)


def _show(page: CheckPage, refused: Refused) -> str:
    view = build_view(page, _part(page.access), refused)
    shown = {"check": page.check, "questionnaire": page.questionnaire, "view": view}
    return render_template("office/page.html", **shown, others=_find_others(page.access))


def _find_others(access: Access) -> list[tuple[str, str]]:
    """Further offices of this browser, as (public id, „Fragen an die Kasse“); hardly anybody has any, so it is asked
    only of those who hold more than one place.
    """
    held = cookie.grants()
    others = offices.find_others(held, access.check.id, access.place_id, clock.now()) if len(held) > 1 else []
    return [(each.public_id, f"Fragen an {name_office(each.office)}") for each in others]


def _part(access: Access) -> OwnPart:
    part = offices.load_part(access.place_id)
    if part is None:
        abort(404)
    return part


def _find_left_out(entered: MultiDict[str, str], asked: Sequence[Question]) -> tuple[str, ...]:
    """Texts typed for questions that are not this office's, or not any more: they are handed back, not written.

    A form in which nothing is this office's is refused.
    """
    own = {str(question.id) for question in asked} | {GROUP}
    named = {name: name.partition(".")[0] for name in entered if "." in name}
    if named and own.isdisjoint(named.values()):
        abort(403)
    others = [name for name, id in named.items() if id not in own and name.rpartition(".")[2] in TYPED]
    typed = {name: entered[name].replace("\r\n", "\n") for name in others}
    return tuple(
        entered[name]
        for name, text in typed.items()
        if not is_blank(text) and digest(text) != entered.get(f"{name}-base")
    )


def _named(access: Access, button: str | None) -> QuestionId | None:
    """The question that a button names; None for anything else: buttons can say what no database can be asked."""
    question = check_page.prepare(access.check).questionnaire.question.get(QuestionId(button or ""))
    return question.id if question else None
