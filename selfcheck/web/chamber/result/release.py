"""Releasing: what the town will see and which mail it gets stand there first; nothing of it goes before."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from selfcheck.core.review.release import Hindrance, Release, ShownGoal, ShownJudgement, ShownResult
from selfcheck.core.review.thread import ThreadState
from selfcheck.reporting.letters.review import write_released
from selfcheck.reporting.review.release_text import describe_release
from selfcheck.reporting.review.result_text import HINDRANCES
from selfcheck.store.chamber.cases import Case
from selfcheck.store.chamber.result import releases
from selfcheck.store.chamber.result.results import BONUS, AgreedText, Recorded, read_result
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail
from selfcheck.web.chamber import frame, pages
from selfcheck.web.chamber.judging.opened import Review, load_review
from selfcheck.web.chamber.result.page import find_label_of
from selfcheck.web.http import clock, guards
from selfcheck.web.http.links import mail_link
from selfcheck.web.layout.fields import PageForm, SentHiddenField

ROOT = "/beratung/<case_id>/freigeben"
LOOK = "ansehen"
"""The button that shows what was chosen, also where that is nothing."""


class ReleaseForm(PageForm):
    """What of it the town is to see; `seen` is the mark of what the page showed of it."""

    judgements = BooleanField("Eigene Punkte, Urteile und Begründungen zu den Fragen")
    result = BooleanField("Ergebnis der Auditierung mit vereinbarten Zielen und nächsten Schritten")
    seen = SentHiddenField()


class Chosen(NamedTuple):
    """What the town is to see; `unrecorded`: the result was chosen, and nobody has saved one."""

    content: Release
    unrecorded: bool


@pages.get(ROOT)
def release(case_id: str) -> str:
    """„Ansehen“ leads here with what was chosen in the address."""
    review = load_review(guards.open_case(case_id))
    chosen = {name: True for name in ("judgements", "result") if request.args.get(name)}
    form = ReleaseForm(chosen)
    return _show(review, form, _choose(review, form) if chosen or LOOK in request.args else None)


@pages.post(ROOT)
def release_now(case_id: str) -> ResponseReturnValue:
    review, form = load_review(guards.open_case(case_id)), ReleaseForm()
    chosen, case, advisor = _choose(review, form), review.opened.case, review.opened.advisor
    content, letters = chosen.content, partial(_write, review)
    if form.seen.data != releases.fingerprint(content):
        return _show(review, form, chosen, changed=True), 409
    begin = content.result.begin if content.result is not None else None
    if chosen.unrecorded or releases.release(case, content, begin, advisor, clock.now(), letters):
        return _show(review, form, chosen), 409
    return redirect(url_for("chamber.case", case_id=case_id, getan="freigegeben"), 303)


def _show(review: Review, form: ReleaseForm, chosen: Chosen | None, *, changed: bool = False) -> str:
    """`changed`: it is not what was shown before."""
    case = review.opened.case
    content = chosen.content if chosen is not None else None
    subject, body = write_released(frame.name_own_chamber(), outbox.safe_name(case.municipality), "…")
    return frame.render(
        "chamber/result/release.html",
        review.opened,
        form=form,
        seen=releases.fingerprint(content) if content is not None else "",
        changed=changed,
        shown=describe_release(review.questionnaire, content)
        if content is not None and content.says_something
        else None,
        hindrances=[HINDRANCES[each] for each in _list_hindrances(case, chosen)],
        waiting=sum(thread.state is ThreadState.OPEN for asked in review.threads.values() for thread in asked),
        subject=subject,
        body=body,
        earlier=releases.find_release(case.id),
    )


def _list_hindrances(case: Case, chosen: Chosen | None) -> list[Hindrance]:
    """Why it cannot be released; whoever chose a result that is not there has chosen something."""
    found = list(releases.find_readiness(case).hindrances(chosen.content if chosen is not None else None))
    if chosen is None or not chosen.unrecorded:
        return found
    return [*(each for each in found if each is not Hindrance.NOTHING), Hindrance.NO_RESULT]


def _write(review: Review, check_id: str, addresses: Sequence[str]) -> list[NewMail]:
    """That something was released, with the way there; nothing of it."""
    town = outbox.safe_name(review.opened.case.municipality)
    letter = write_released(frame.name_own_chamber(), town, mail_link("reply.result", check_id=check_id))
    return [NewMail(review.opened.advisor.account_id, address, *letter) for address in addresses]


def _choose(review: Review, form: ReleaseForm) -> Chosen:
    recorded, wanted = read_result(review.opened.case.id), bool(form.result.data)
    there = bool(recorded.result.version)
    content = Release(
        chamber=frame.name_own_chamber(),
        stand=review.newest.number,
        judgements=_list_judgements(review) if form.judgements.data else None,
        result=_tell_result(review, recorded) if wanted and there else None,
        questionnaire=review.questionnaire.name,
    )
    return Chosen(content, wanted and not there)


def _list_judgements(review: Review) -> dict[str, ShownJudgement]:
    return {
        str(id): ShownJudgement(each.said.points, each.town, str(each.said.verdict or ""), each.said.reason)
        for id, each in review.compared.items()
        if each.said.judged
    }


def _tell_result(review: Review, recorded: Recorded) -> ShownResult:
    text, label = recorded.result.text, find_label_of(review, recorded.result.text)
    return ShownResult(
        points={id: amount for id, amount in text.points.items() if id != BONUS},
        bonus=text.points.get(BONUS, Decimal(0)),
        certified=text.certified,
        awarded=text.awarded,
        until=label.until if label is not None else None,
        begin=label.begin if label is not None else None,
        next_steps=text.next_steps,
        goals=tuple(_tell_goal(goal.text) for goal in recorded.goals),
    )


def _tell_goal(text: AgreedText) -> ShownGoal:
    said = (text.title, text.criterion, text.measure, text.target, text.due)
    return ShownGoal(*said, metric=text.metric, metric_now=text.metric_now)
