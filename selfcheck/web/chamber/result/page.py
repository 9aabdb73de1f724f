"""The result of an audit: recorded by an advisor, said to be ready, read over by another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.renewal.dates import Label
from selfcheck.core.review import steps as rules
from selfcheck.core.review.case import StepKind
from selfcheck.core.review.comparison import Sum, add_up_criteria
from selfcheck.core.review.result import Summed, contradicts, find_validity, sum_up
from selfcheck.reporting.review.result_text import HINDRANCES, say_summed
from selfcheck.store.chamber import steps
from selfcheck.store.chamber.result import releases
from selfcheck.store.chamber.result.releases import Readiness
from selfcheck.store.chamber.result.results import BONUS, AgreedWrite, Recorded, ResultText, read_result, save_result
from selfcheck.store.chamber.steps import NO_STEP
from selfcheck.store.parts.writes import Conflict
from selfcheck.web.chamber import frame, pages
from selfcheck.web.chamber.judging.opened import Review, load_review
from selfcheck.web.chamber.result import conflicts, forms
from selfcheck.web.chamber.result.forms import Entered
from selfcheck.web.http import clock, guards
from selfcheck.web.http.guards import OpenCase
from selfcheck.web.parts.conflicts import ConflictShown
from selfcheck.web.parts.submitted import read_version

ROOT = "/beratung/<case_id>/ergebnis"
CONTRADICTION = "Bitte prüfen Sie die Entscheidung: Die Punkte sagen etwas anderes."
NOTHING_DONE = "nichts"
DONE = {
    "gespeichert": ("Gespeichert", "Die Kommune sieht davon nichts, bis Sie es freigeben."),
    "gegengelesen": ("Gegengelesen", "Das steht jetzt bei diesem Vorgang."),
    "vorbereitet": ("Vorbereitet", "Gegenlesen kann jetzt jede andere Person Ihrer IHK."),
    NOTHING_DONE: ("Schon erledigt", "Jemand war schneller, oder der Vorgang ist abgeschlossen."),
}
"""What has just been done, by its word in the address."""


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion on the page: `possible` points in the newest Stand, and what was judged of it."""

    id: str
    possible: Decimal
    judged: Sum
    asked: int


@dataclass(frozen=True, slots=True)
class Recording:
    """A case with its result as it stands. `ready` was read first: it knows of no change that the others do not."""

    ready: Readiness
    review: Review
    stored: Recorded


@pages.get(ROOT)
def result(case_id: str) -> str:
    now = _load(guards.open_case(case_id))
    return _show(now, _enter(now))


@pages.post(ROOT)
def save_result_of(case_id: str) -> ResponseReturnValue:
    opened = guards.open_case(case_id)
    review = load_review(opened)
    entered = forms.read(review.questionnaire)
    stored = read_result(opened.case.id)
    fine, text = entered.validate(stored, opened.case.interview), entered.text()
    against = contradicts(_sum(review, text), text.certified)
    doubted = against and not entered.whole.sure.data
    if not fine or doubted:
        if doubted:
            entered.listed_errors.append(("sure", CONTRADICTION))
        return _show(_load(opened), entered, against=against), 422
    met = _save(review, entered, text, entered.writes(review.questionnaire))
    if not met:
        return redirect(url_for("chamber.result", case_id=case_id, getan="gespeichert"), 303)
    return _show(_load(opened), entered, against=against, conflict=conflicts.join(met)), 409


@pages.post(f"{ROOT}/gegengelesen")
def read_result_over(case_id: str) -> ResponseReturnValue:
    opened, seen = guards.open_case(case_id), _read_seen()
    done = releases.read_over(opened.case, seen, opened.advisor, clock.now())
    return _answer(opened, seen, "gegengelesen" if done else NOTHING_DONE)


@pages.post(f"{ROOT}/neu-vorbereitet")
def prepare_result_again(case_id: str) -> ResponseReturnValue:
    """What was changed since it was prepared is ready too."""
    opened, seen = guards.open_case(case_id), _read_seen()
    done = releases.prepare_again(opened.case, seen, opened.advisor, clock.now())
    return _answer(opened, seen, "vorbereitet" if done else NOTHING_DONE)


def _read_seen() -> int:
    """The newest change that the page showed: what came since its reader does not know."""
    return read_version(request.form.get("seen"))


def _answer(opened: OpenCase, seen: int, said: str) -> ResponseReturnValue:
    if said == NOTHING_DONE:
        now = _load(opened)
        if now.ready.newest != seen:
            return _show(now, _enter(now), unread=True), 409
    return redirect(url_for("chamber.result", case_id=opened.case.public_id, getan=said), 303)


def _load(opened: OpenCase) -> Recording:
    return Recording(releases.find_readiness(opened.case), load_review(opened), read_result(opened.case.id))


def _enter(now: Recording) -> Entered:
    """The form as it stands."""
    return forms.show(now.review.questionnaire, now.stored, _propose(now.review))


def _show(
    now: Recording,
    entered: Entered,
    *,
    against: bool = False,
    conflict: ConflictShown | None = None,
    unread: bool = False,
) -> str:
    """`against`: the decision is asked about, with the tick as it was sent. `unread`: it has changed since somebody
    read it, who says that they did, or that it is ready."""
    ready, review, stored = now.ready, now.review, now.stored
    case, account = review.opened.case, review.opened.advisor.account_id
    last = steps.find_last(case.id, account)
    return frame.render(
        "chamber/result/result.html",
        review.opened,
        entered=entered,
        stored=stored.result,
        rows=_list_rows(review),
        summed=say_summed(review.questionnaire, _sum(review, stored.result.text)),
        label=find_label_of(review, stored.result.text),
        against=against,
        conflict=conflict,
        unread=unread,
        ready=ready,
        hindrances=[HINDRANCES[each] for each in ready.hindrances()],
        may_read_over=ready.may_read_over(account),
        may_prepare_again=ready.may_prepare_again(account),
        released=releases.find_release(case.id),
        preparing=rules.find_hindrance(StepKind.PREPARED, steps.find_standing(case, account)) is None,
        seen=last.id if last is not None else NO_STEP,
        done=DONE.get(request.args.get("getan", "")),
    )


def find_label_of(review: Review, text: ResultText) -> Label | None:
    """How long the label that was given is valid."""
    return find_validity(text.certified, text.awarded, review.opened.case.audit, review.questionnaire.validity)


def _list_rows(review: Review) -> list[CriterionRow]:
    judged, possible = add_up_criteria(review.compared.values()), _find_possible(review)
    asked = [each.question.criterion for each in review.compared.values()]
    return [
        CriterionRow(each.id, possible[each.id], judged.get(each.id, Sum()), asked.count(each.id))
        for each in review.questionnaire.criteria
    ]


def _find_possible(review: Review) -> Mapping[str, Decimal]:
    return {each.id: each.points.possible for each in review.newest.stand.estimate.criteria}


def _propose(review: Review) -> dict[str, Decimal]:
    """The sums of the own points, for criteria of which every question that brings points has some."""
    scoring = [each for each in review.compared.values() if each.possible > 0]
    without = {each.question.criterion for each in scoring if each.said.points is None}
    return {id: found.chamber for id, found in add_up_criteria(scoring).items() if id not in without}


def _sum(review: Review, text: ResultText) -> Summed:
    points = {id: amount for id, amount in text.points.items() if id != BONUS}
    return sum_up(review.questionnaire, points, _find_possible(review), text.points.get(BONUS, Decimal(0)))


def _save(review: Review, entered: Entered, text: ResultText, writes: Mapping[str, AgreedWrite]) -> list[ConflictShown]:
    """What somebody else was faster with. Whoever sees both values and saves again writes over what they saw: the
    versions of the form are those that stand there then."""
    whole, case_id, seen = entered.whole, review.opened.case.id, read_version(entered.whole.version.data)
    outcome, outcomes = save_result(case_id, seen, text, list(writes.values()), review.opened.advisor, clock.now())
    whole.version.data = str(outcome.version)
    met = [conflicts.show_result(review.questionnaire, text, outcome)] if isinstance(outcome, Conflict) else []
    shown = {goal.key: goal for goal in entered.goals}
    for (key, write), result in zip(writes.items(), outcomes, strict=True):
        shown[key].form.version.data = str(result.version)
        if isinstance(result, Conflict):
            met.append(conflicts.show_goal(review.questionnaire, write, result))
    return met
