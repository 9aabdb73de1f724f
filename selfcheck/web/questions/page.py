"""Answering the questions of one criterion: the page, saving it as a form, saving one part by script."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import Criterion, CriterionId, Questionnaire
from selfcheck.store.access.grants import Access
from selfcheck.store.chamber.talk.threads import note_read
from selfcheck.store.parts import seats
from selfcheck.store.parts.seats import Together
from selfcheck.store.parts.writes import Part
from selfcheck.web.entry.taking_part import say_taking_part
from selfcheck.web.http import clock, errors, guards
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.filters import Chips, Filter, choose_filter, list_chips
from selfcheck.web.parts import protocol
from selfcheck.web.parts.protocol import Saving
from selfcheck.web.parts.submitted import Submission
from selfcheck.web.questions import pages
from selfcheck.web.questions.cards import add_examples, build_cards, list_errors
from selfcheck.web.questions.confirming import CONFIRM, confirm, wants_to_confirm
from selfcheck.web.questions.filters import FILTERS, OF_ANSWERS, TAKEN, Facts, learn
from selfcheck.web.questions.panel import build_panel
from selfcheck.web.questions.reading import list_parts, read_questions
from selfcheck.web.questions.redraw import (
    count_shown,
    count_talk,
    draw_cards,
    draw_charge,
    draw_evidence,
    draw_points,
    draw_tags,
    list_hidden,
    list_work,
)
from selfcheck.web.questions.talk import Talk, act, read_talk
from selfcheck.web.questions.talk_card import is_shared
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
    check_page.refuse_other_version(access)
    submission, talk = Submission(request.form), read_talk()
    submitted = read_questions(asked.questions, submission, together=True)
    press = _choose_press(access, questionnaire, asked, talk)
    saving = protocol.save(access, questionnaire, list_parts(submitted), press)
    if errors.wants_json():
        html, address = draw_cards(access, submitted, saving), _address(check_id, asked)
        page = check_page.show_loaded(access, saving.loaded)
        talked = saving.brought(Part.ASSIGNMENT, Part.COMMENT)
        together = seats.load_together(access.check.id, clock.today()) if talked else None
        counts = count_talk(page, together, asked.questions, address) if together else {}
        html |= draw_charge(page, together, submitted) if together else {}
        if not saving.brought(Part.CHOICE, Part.EVIDENCE):
            return protocol.answer_script(saving, html, hidden={}, counts=counts)  # nothing that changes points
        html |= (
            draw_tags(page, asked.questions) | draw_points(page, asked) | draw_evidence(page, asked.questions, saving)
        )
        return protocol.answer_script(
            saving,
            html,
            hidden=list_hidden(page, asked.questions),
            work=list_work(page, asked.questions),
            counts=counts | count_shown(page, asked.questions, address),
        )
    if saving.status == 200:
        return redirect(_choose_next(check_id, questionnaire, asked, submission, talk), 303)
    found = seats.load_together(access.check.id, clock.today())
    page = check_page.show_loaded(access, saving.loaded)
    return _show(page, found, asked, find_trouble(submitted, saving)), saving.status


def _choose_press(
    access: Access, questionnaire: Questionnaire, asked: Criterion, talk: Talk | None
) -> Callable[[Saving], None] | None:
    """What the button of the form does beside saving."""
    if wants_to_confirm():
        return lambda saving: confirm(access, questionnaire, asked.questions, saving)
    return (lambda saving: act(access, talk)) if talk else None


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
        return _address(check_id, criterion, f"rueckfragen-{talk.question}", request.args.get("zeige"), talk.question)
    if wants_to_confirm():
        place = request.form[CONFIRM]
        anchor = f"frage-{place}" if place in asked else "uebernommen"
        return _address(check_id, criterion, anchor, request.args.get("zeige"))
    if submission.place in asked:
        return _address(check_id, criterion, f"frage-{submission.place}", opened=submission.place)
    following = _following(questionnaire, criterion)
    if following is None:
        return url_for("results.result", check_id=check_id)
    return _address(check_id, following)


def _address(
    check_id: str,
    criterion: Criterion,
    anchor: str | None = None,
    shown: str | None = None,
    opened: str | None = None,
) -> str:
    """The page of a criterion, with the filter `shown` if it is given, and with the card of a question `opened`."""
    return url_for(
        "questions.criterion",
        check_id=check_id,
        criterion_id=criterion.id,
        zeige=shown,
        offen=opened,
        _anchor=anchor,
    )


def _following(questionnaire: Questionnaire, criterion: Criterion) -> Criterion | None:
    index = questionnaire.criteria.index(criterion) + 1
    return questionnaire.criteria[index] if index < len(questionnaire.criteria) else None


def _list_filters(facts: Collection[Facts], together: Together, address: str, chosen: Filter[Facts]) -> Chips:
    """None where somebody has only just begun; those about colleagues where there are any."""
    if "neu" in request.args:
        return []
    filters = FILTERS if is_shared(together) or chosen not in OF_ANSWERS else OF_ANSWERS
    if chosen is not TAKEN and not any(map(TAKEN.passes, facts)):
        filters = tuple(each for each in filters if each is not TAKEN)
    return list_chips(filters, facts, address, chosen)


def _show(page: CheckPage, together: Together, criterion: Criterion, trouble: Mapping[str, Trouble]) -> str:
    check, following = page.check, _following(page.questionnaire, criterion)
    chosen = choose_filter(FILTERS, None if trouble else request.args.get("zeige"))
    facts = learn(page, together, criterion.questions)
    talking = together if page.may(Right.COMMENT) else None
    cards = build_cards(page, criterion.questions, trouble, talking, request.args.getlist("offen"))
    if chosen.key:  # without a filter also those that do not apply, which a changed answer may bring back
        shown = {id for id, each in facts.items() if chosen.passes(each)}
        cards = tuple(card for card in cards if card.question.id in shown)
    address = _address(check.public_id, criterion)
    html = check_page.render(
        "questions/criterion.html",
        page,
        address,
        criterion=criterion,
        intro=page.prepared.intro[criterion.id],
        cards=add_examples(cards, page.access),
        taken=sum(card.taken is not None and card.taken.may and not card.hidden for card in cards),
        points=build_panel(page, criterion, [card.question for card in cards]),
        address_of_form=chosen.address(address),
        errors=list_errors(cards),
        newest=together.newest,
        chosen=chosen,
        filters=_list_filters(facts.values(), together, address, chosen),
        following=following.title if following else "Ergebnis",
        eligibility=say_taking_part(check) if "neu" in request.args else None,
        scope=f"{check.public_id}-{page.access.place_id}",
    )
    note_read([remark.thread for card in cards for remark in card.remarks], clock.now())
    return html
