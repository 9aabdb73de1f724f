"""Answering the questions of one criterion: the page, saving it as a form, saving one part by script."""

from __future__ import annotations

from collections.abc import Mapping

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import Criterion, CriterionId, Questionnaire
from selfcheck.store.parts import seats
from selfcheck.store.parts.seats import Together
from selfcheck.store.parts.writes import Part
from selfcheck.web.entry.taking_part import say_taking_part
from selfcheck.web.http import clock, errors, guards
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.filters import choose_filter, list_chips
from selfcheck.web.parts import protocol
from selfcheck.web.parts.submitted import Submission
from selfcheck.web.questions import pages
from selfcheck.web.questions.cards import build_cards, list_errors
from selfcheck.web.questions.filters import FILTERS, learn
from selfcheck.web.questions.panel import build_panel
from selfcheck.web.questions.reading import list_parts, read_questions
from selfcheck.web.questions.redraw import draw_cards, draw_points, draw_tags, list_hidden
from selfcheck.web.questions.talk import Talk, act, read_talk
from selfcheck.web.questions.trouble import Trouble, find_trouble

ADDRESS = "/selbstcheck/<check_id>/fragen/<criterion_id>"


@pages.get(ADDRESS)
def criterion(check_id: str, criterion_id: str) -> ResponseReturnValue:
    access = guards.enter(check_id, Right.READ)
    together = seats.load_together(access.check.id, clock.today())  # before the answers: what comes later is news
    page = check_page.load_page(access)
    return _show(page, together, _find_criterion(page.questionnaire, criterion_id), {})


@pages.post(ADDRESS)
def save(check_id: str, criterion_id: str) -> ResponseReturnValue:
    access = guards.enter(check_id, Right.ANSWER)
    questionnaire = check_page.prepare(access.check).questionnaire
    asked = _find_criterion(questionnaire, criterion_id)
    submission, talk = Submission(request.form), read_talk()
    submitted = read_questions(asked.questions, submission, together=True)
    press = (lambda saving: act(access, talk)) if talk else None
    saving = protocol.save(access, questionnaire, list_parts(submitted), press)
    if errors.wants_json():
        html = draw_cards(access, submitted, saving)
        if not saving.brought(Part.CHOICE, Part.EVIDENCE):
            return protocol.answer_script(saving, html, hidden={})  # nothing that changes points
        page = check_page.show_loaded(access, saving.loaded)
        html |= draw_tags(page, submitted) | draw_points(page, asked)
        return protocol.answer_script(saving, html, hidden=list_hidden(page, asked.questions))
    if saving.status == 200:
        return redirect(_choose_next(check_id, questionnaire, asked, submission, talk), 303)
    found = seats.load_together(access.check.id, clock.today())
    page = check_page.show_loaded(access, saving.loaded)
    return _show(page, found, asked, find_trouble(submitted, saving)), saving.status


def _find_criterion(questionnaire: Questionnaire, criterion_id: str) -> Criterion:
    criterion = questionnaire.criterion.get(CriterionId(criterion_id))
    if criterion is None:
        abort(404)
    return criterion


def _choose_next(
    check_id: str, questionnaire: Questionnaire, criterion: Criterion, submission: Submission, talk: Talk | None
) -> str:
    """Where „Speichern und weiter“ leads: the same place after a document, a comment or a decision, else onwards."""
    asked = {str(question.id) for question in criterion.questions}
    if talk is not None and talk.question in asked:
        return _address(check_id, criterion, f"rueckfragen-{talk.question}", request.args.get("zeige"))
    if submission.place in asked:
        return _address(check_id, criterion, f"frage-{submission.place}")
    following = _following(questionnaire, criterion)
    if following is None:
        return url_for("results.result", check_id=check_id)
    return _address(check_id, following)


def _address(check_id: str, criterion: Criterion, anchor: str | None = None, shown: str | None = None) -> str:
    """The page of a criterion, with the filter `shown` if it is given."""
    return url_for("questions.criterion", check_id=check_id, criterion_id=criterion.id, zeige=shown, _anchor=anchor)


def _following(questionnaire: Questionnaire, criterion: Criterion) -> Criterion | None:
    index = questionnaire.criteria.index(criterion) + 1
    return questionnaire.criteria[index] if index < len(questionnaire.criteria) else None


def _show(page: CheckPage, together: Together, criterion: Criterion, trouble: Mapping[str, Trouble]) -> str:
    check, following = page.check, _following(page.questionnaire, criterion)
    chosen = choose_filter(FILTERS, None if trouble else request.args.get("zeige"))
    facts = learn(page, together, criterion.questions)
    cards = build_cards(page, criterion.questions, trouble, together if page.may(Right.COMMENT) else None)
    if chosen.key:  # without a filter also those that do not apply, which a changed answer may bring back
        shown = {id for id, each in facts.items() if chosen.passes(each)}
        cards = tuple(card for card in cards if card.question.id in shown)
    address = _address(check.public_id, criterion)
    return check_page.render(
        "questions/criterion.html",
        page,
        address,
        criterion=criterion,
        intro=page.prepared.intro[criterion.id],
        cards=cards,
        points=build_panel(page, criterion, [card.question for card in cards]),
        address_of_form=chosen.address(address),
        errors=list_errors(cards),
        newest=together.newest,
        chosen=chosen,
        filters=list_chips(FILTERS, facts.values(), address, chosen),
        following=following.title if following else "Ergebnis",
        eligibility=say_taking_part(check) if "neu" in request.args else None,
        scope=f"{check.public_id}-{page.access.place_id}",
    )
