"""Answering the questions of one criterion: the page, saving it as a form, saving one part by script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire import Criterion, CriterionId, Questionnaire
from selfcheck.store import checks
from selfcheck.store.writes import Conflict, Outcome
from selfcheck.web import check_page, clock, errors, guards
from selfcheck.web.cards import Card, EvidenceRow, Trouble, build_cards
from selfcheck.web.check_page import CheckPage
from selfcheck.web.conflicts import name_after_stored, show_conflict
from selfcheck.web.filters import FILTERS, choose_filter, count_shown, select_cards
from selfcheck.web.panel import build_panel
from selfcheck.web.parts import Submitted, decide, read_question, read_resolution
from selfcheck.web.saved import answer_script

pages = Blueprint("fill_in", __name__)
ADDRESS = "/selbstcheck/<check_id>/fragen/<criterion_id>"


@pages.get(ADDRESS)
def criterion(check_id: str, criterion_id: str) -> ResponseReturnValue:
    page = check_page.open_check(check_id, Right.READ)
    return _show(page, _criterion(page.questionnaire, criterion_id), {})


@pages.post(ADDRESS)
def save(check_id: str, criterion_id: str) -> ResponseReturnValue:
    access = guards.enter(check_id, Right.ANSWER)
    prepared = check_page.prepare(access.check)
    shown = _criterion(prepared.questionnaire, criterion_id)
    entered = decide(request.form)
    named = {name.partition(".")[0] for name in entered}
    submitted = [read_question(question, entered) for question in shown.questions if question.id in named]
    written = [part for question in submitted for part in question.parts if part.write is not None]
    result = checks.save(
        access.check,
        prepared.questionnaire,
        [part.write for part in written if part.write is not None],
        access.who,
        clock.now(),
    )
    page = check_page.show_loaded(access, prepared, result.loaded)
    outcomes = {part.name: outcome for part, outcome in zip(written, result.outcomes, strict=True)}
    trouble = _find_trouble(submitted, outcomes)
    if errors.wants_json():
        cards = build_cards(page, shown.questions, trouble)
        return answer_script(page, shown, cards, submitted, outcomes, trouble)
    if trouble:
        trouble = {
            id: name_after_stored(each, page.loaded.evidence.get(each.submitted.question.id, ()))
            for id, each in trouble.items()
        }
        return _show(page, shown, trouble), 409 if any(each.conflicts for each in trouble.values()) else 422
    return redirect(_choose_next(page, shown), 303)


def _criterion(questionnaire: Questionnaire, criterion_id: str) -> Criterion:
    found = questionnaire.criterion.get(CriterionId(criterion_id))
    if found is None:
        abort(404)
    return found


def _find_trouble(submitted: Sequence[Submitted], outcomes: Mapping[str, Outcome]) -> dict[str, Trouble]:
    """What could not be written, by question."""
    found: dict[str, Trouble] = {}
    for question in submitted:
        wrong = {part.name: part.errors for part in question.parts if part.errors}
        met = {name: outcome for name in question.names if isinstance(outcome := outcomes.get(name), Conflict)}
        if wrong or met:
            conflicts = tuple(show_conflict(question, name, outcome) for name, outcome in met.items())
            seen = {name: _read_seen(name) for name in (*wrong, *met)}
            found[question.question.id] = Trouble(question, wrong, conflicts, seen)
    return found


def _read_seen(name: str) -> tuple[str, str]:
    """The version and the base that came with a part in trouble: they stay until somebody decides."""
    joint = "." if ".e." in name else "-"
    return request.form.get(f"{name}{joint}version", ""), request.form.get(f"{name}{joint}base", "")


def _choose_next(page: CheckPage, criterion: Criterion) -> str:
    """Where „Speichern und weiter“ leads: the same place after adding a document or deciding, else onwards."""
    decided = read_resolution(request.form)
    stay = request.form.get("stay") or (decided.part.partition(".")[0] if decided else "")
    if any(question.id == stay for question in criterion.questions):
        return url_for(
            "fill_in.criterion", check_id=page.check.public_id, criterion_id=criterion.id, _anchor=f"frage-{stay}"
        )
    following = _following(page, criterion)
    if following is None:
        return url_for("results.result", check_id=page.check.public_id)
    return url_for("fill_in.criterion", check_id=page.check.public_id, criterion_id=following.id)


def _following(page: CheckPage, criterion: Criterion) -> Criterion | None:
    criteria = page.questionnaire.criteria
    place = criteria.index(criterion) + 1
    return criteria[place] if place < len(criteria) else None


def _show(page: CheckPage, criterion: Criterion, trouble: Mapping[str, Trouble]) -> str:
    cards = build_cards(page, criterion.questions, trouble)
    chosen = choose_filter(None if trouble else request.args.get("zeige"))
    selected = select_cards(page, cards, chosen)
    following = _following(page, criterion)
    address = url_for("fill_in.criterion", check_id=page.check.public_id, criterion_id=criterion.id)
    return check_page.render(
        "fill_in/criterion.html",
        page,
        address,
        criterion=criterion,
        intro=page.prepared.intro[criterion.id],
        cards=selected,
        points=build_panel(page, criterion, selected),
        errors=_list_errors(cards),
        chosen=chosen,
        filters=[
            (
                each.text,
                count_shown(page, cards, each),
                f"{address}?zeige={each.key}" if each.key else address,
                each is chosen,
            )
            for each in FILTERS
        ],
        following=following.title if following else "Ergebnis",
        eligibility=check_page.say_eligibility(page) if "neu" in request.args else None,
        scope=f"{page.check.public_id}-{page.access.link_id}",
    )


def _list_errors(cards: Sequence[Card]) -> list[tuple[str, str]]:
    """Every error and conflict of the page with the field it belongs to, for the summary at the top."""
    listed = []
    for card in cards:
        number = card.question.number
        listed += [(f"{card.question.id}.{field}", f"{number}: {text}") for field, text in card.errors.items()]
        for row in (*card.evidence, card.new_evidence):
            listed += [
                (_evidence_field(card, row, field), f"{number}, Nachweis: {text}") for field, text in row.errors.items()
            ]
        if card.conflicts:
            listed.append((f"konflikt-{card.question.id}", f"{number}: Diese Angabe wurde zwischenzeitlich geändert."))
    return listed


def _evidence_field(card: Card, row: EvidenceRow, field: str) -> str:
    """Where to correct it; the title of a usual piece has no field of its own."""
    if field == "title" and not row.own:
        return f"frage-{card.question.id}"
    return f"{card.question.id}.e.{row.key}.{field}"
