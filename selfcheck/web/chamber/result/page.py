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
from selfcheck.store.chamber.result.results import BONUS, AgreedWrite, Recorded, ResultText, read_result, save_result
from selfcheck.store.chamber.steps import NO_STEP
from selfcheck.store.parts.writes import Conflict
from selfcheck.web.chamber import frame, pages
from selfcheck.web.chamber.judging.opened import Review, load_review
from selfcheck.web.chamber.result import conflicts, forms
from selfcheck.web.chamber.result.forms import Entered
from selfcheck.web.http import clock, guards
from selfcheck.web.parts.conflicts import ConflictShown
from selfcheck.web.parts.submitted import MINE, read_resolution, read_version

ROOT = "/beratung/<case_id>/ergebnis"
CONTRADICTION = "Bitte prüfen Sie die Entscheidung: Die Punkte sagen etwas anderes."
NOTHING_DONE = "nichts"
DONE = {
    "gespeichert": ("Gespeichert", "Die Kommune sieht davon nichts, bis Sie es freigeben."),
    "gegengelesen": ("Gegengelesen", "Das steht jetzt bei diesem Vorgang."),
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


@pages.get(ROOT)
def result(case_id: str) -> str:
    review = load_review(guards.open_case(case_id))
    stored = read_result(review.opened.case.id)
    return _show(review, stored, forms.show(review.questionnaire, stored, _propose(review)))


@pages.post(ROOT)
def save_result_of(case_id: str) -> ResponseReturnValue:
    review = load_review(guards.open_case(case_id))
    entered = forms.read(review.questionnaire)
    stored = read_result(review.opened.case.id)
    fine, text = entered.validate(stored, review.opened.case.interview), entered.text()
    against = contradicts(_sum(review, text), text.certified) and not entered.whole.sure.data
    if not fine or against:
        if against:
            entered.listed_errors.append(("sure", CONTRADICTION))
        return _show(review, stored, entered, against=against), 422
    writes = entered.writes(review.questionnaire)
    met = _save(review, entered, text, writes)
    if not met:
        return redirect(url_for("chamber.result", case_id=case_id, getan="gespeichert"), 303)
    return _show(review, read_result(review.opened.case.id), entered, conflict=conflicts.join(met)), 409


@pages.post(f"{ROOT}/gegengelesen")
def read_result_over(case_id: str) -> ResponseReturnValue:
    opened = guards.open_case(case_id)
    done = releases.read_over(opened.case, opened.advisor, clock.now())
    return redirect(url_for("chamber.result", case_id=case_id, getan="gegengelesen" if done else NOTHING_DONE), 303)


def _show(
    review: Review, stored: Recorded, entered: Entered, *, against: bool = False, conflict: ConflictShown | None = None
) -> str:
    case, account = review.opened.case, review.opened.advisor.account_id
    ready, last = releases.find_readiness(case), steps.find_last(case.id, account)
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
        ready=ready,
        hindrances=[HINDRANCES[each] for each in ready.hindrances()],
        may_read_over=ready.may_read_over(account),
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


def _save(review: Review, entered: Entered, text: ResultText, writes: list[AgreedWrite]) -> list[ConflictShown]:
    """What somebody else was faster with. Whoever sees both values and saves again writes over what they saw: the
    versions of the form are those of the other values then."""
    whole = entered.whole
    resolution = read_resolution(request.form)
    decided = resolution is not None and (resolution.part, resolution.decision) == ("", MINE)
    seen = resolution.version if resolution is not None and decided else read_version(whole.version.data)
    outcome, outcomes = save_result(review.opened.case.id, seen, text, writes, review.opened.advisor, clock.now())
    met = []
    if isinstance(outcome, Conflict):
        whole.version.data = str(outcome.version)
        met.append(conflicts.show_result(review.questionnaire, text, outcome))
    shown = {goal.number: goal for goal in entered.goals}
    for write, result in zip(writes, outcomes, strict=True):
        if isinstance(result, Conflict):
            shown[write.number].form.version.data = str(result.version)
            met.append(conflicts.show_goal(review.questionnaire, write, result))
    return met
