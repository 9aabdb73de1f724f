"""Answering the questions of one criterion: the page, saving it as a form, saving one part by script."""

from __future__ import annotations

from collections.abc import Mapping

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import Criterion, CriterionId, Questionnaire
from selfcheck.store.parts.records import Check
from selfcheck.store.team import seats
from selfcheck.store.team.seats import Together
from selfcheck.web.entry.taking_part import say_taking_part
from selfcheck.web.http import clock, errors, guards
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.questions import pages
from selfcheck.web.questions.cards import build_cards
from selfcheck.web.questions.filters import (
    FILTERS,
    choose_filter,
    count_shown,
    learn,
    select_cards,
)
from selfcheck.web.questions.panel import build_panel
from selfcheck.web.questions.reading import read_resolution
from selfcheck.web.questions.saving import list_errors, read_submitted, save_submitted
from selfcheck.web.questions.script_answer import answer_script, draw_points
from selfcheck.web.questions.talk import Talk, act, read_talk
from selfcheck.web.questions.trouble import Trouble

ADDRESS = "/selbstcheck/<check_id>/fragen/<criterion_id>"


@pages.get(ADDRESS)
def criterion(check_id: str, criterion_id: str) -> ResponseReturnValue:
    access = guards.enter(check_id, Right.READ)
    found = seats.load_together(access.check.id, clock.today())  # before the answers: what comes later is news
    page = check_page.load_page(access)
    return _show(page, found, _criterion(page.questionnaire, criterion_id), {})


@pages.post(ADDRESS)
def save(check_id: str, criterion_id: str) -> ResponseReturnValue:
    access = guards.enter(check_id, Right.ANSWER)
    prepared = check_page.prepare(access.check)
    shown = _criterion(prepared.questionnaire, criterion_id)
    saving = save_submitted(access, prepared, read_submitted(shown.questions, together=True))
    page, talk = saving.page, read_talk()
    act(access, talk)
    if errors.wants_json():
        return answer_script(saving, shown.questions, draw_points(page, shown))
    if saving.trouble:
        found = seats.load_together(access.check.id, clock.today())
        return _show(page, found, shown, saving.trouble_drawn), saving.status
    return redirect(_choose_next(page, shown, talk), 303)


def _criterion(questionnaire: Questionnaire, criterion_id: str) -> Criterion:
    found = questionnaire.criterion.get(CriterionId(criterion_id))
    if found is None:
        abort(404)
    return found


def _choose_next(page: CheckPage, criterion: Criterion, talk: Talk | None) -> str:
    """Where „Speichern und weiter“ leads: the same place after a document, a comment or a decision, else onwards."""
    decided = read_resolution(request.form)
    stay = request.form.get("stay") or (decided.part.partition(".")[0] if decided else "")
    asked = {str(question.id) for question in criterion.questions}
    if talk is not None and talk.question in asked:
        return _address(page, criterion, f"rueckfragen-{talk.question}", request.args.get("zeige"))
    if stay in asked:
        return _address(page, criterion, f"frage-{stay}")
    following = _following(page, criterion)
    if following is None:
        return url_for("results.result", check_id=page.check.public_id)
    return _address(page, following)


def _address(page: CheckPage, criterion: Criterion, anchor: str | None = None, shown: str | None = None) -> str:
    """The page of a criterion, with the filter `shown` if it is given."""
    check_id = page.check.public_id
    return url_for("questions.criterion", check_id=check_id, criterion_id=criterion.id, zeige=shown, _anchor=anchor)


def _following(page: CheckPage, criterion: Criterion) -> Criterion | None:
    criteria = page.questionnaire.criteria
    place = criteria.index(criterion) + 1
    return criteria[place] if place < len(criteria) else None


def _show(page: CheckPage, found: Together, criterion: Criterion, trouble: Mapping[str, Trouble]) -> str:
    cards = build_cards(page, criterion.questions, trouble, found)
    chosen = choose_filter(None if trouble else request.args.get("zeige"))
    facts = {question.id: learn(page, found, question.id) for question in criterion.questions}
    selected = select_cards(cards, facts, chosen)
    following = _following(page, criterion)
    address = _address(page, criterion)
    addresses = {each: f"{address}?zeige={each.key}" if each.key else address for each in FILTERS}
    return check_page.render(
        "questions/criterion.html",
        page,
        address,
        criterion=criterion,
        intro=page.prepared.intro[criterion.id],
        cards=selected,
        points=build_panel(page, criterion, [card.question for card in selected]),
        address_of_form=addresses[chosen],
        errors=list_errors(cards),
        newest=found.newest,
        chosen=chosen,
        filters=[(each.text, count_shown(facts.values(), each), addresses[each], each is chosen) for each in FILTERS],
        following=following.title if following else "Ergebnis",
        eligibility=_say_taking_part(page.check) if "neu" in request.args else None,
        scope=f"{page.check.public_id}-{page.access.link_id}",
    )


def _say_taking_part(check: Check) -> tuple[str, str]:
    return say_taking_part(check.municipality, check.district, check.profile)
