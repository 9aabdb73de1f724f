"""Geänderte Fragen: what a new Stand says differently than the one that was judged, as a pass of its own."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.questionnaire.model import Question, QuestionId
from selfcheck.reporting.review.changed_text import ChangedText
from selfcheck.reporting.review.judgement_text import say_said
from selfcheck.store.chamber import stands
from selfcheck.store.chamber.judging import judgements
from selfcheck.store.chamber.judging.judgements import JudgementWrite, StoredJudgement
from selfcheck.store.parts.writes import Conflict
from selfcheck.web.chamber import pages
from selfcheck.web.chamber.frame import render
from selfcheck.web.chamber.judging.opened import Review, open_review, with_judgements
from selfcheck.web.chamber.judging.question import describe_change
from selfcheck.web.http import clock
from selfcheck.web.parts.submitted import read_version

ROOT = "/beratung/<case_id>/aenderungen"


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A question that changed. `judged` is the judgement of the Stand before, in words; empty where there is none.
    `lacks_reason`: the town's points moved, so that judgement needs a reason before it can be said again."""

    question: Question
    href: str
    text: ChangedText
    judgement: StoredJudgement | None
    judged: str
    lacks_reason: bool


@pages.get(ROOT)
def changes(case_id: str) -> str:
    review = open_review(case_id)
    shown = _show(review)
    stands.note_look(review.opened.case, review.opened.advisor, clock.now(), review.newest.number)
    return shown


@pages.post(f"{ROOT}/<question_id>")
def still_holds(case_id: str, question_id: str) -> ResponseReturnValue:
    """„gilt weiter“: the same judgement, said of the newest Stand that its page showed."""
    review = open_review(case_id)
    asked = review.compared.get(QuestionId(question_id))
    stored = review.judgements.get(question_id)
    if asked is None or stored is None:
        abort(404)
    version, number = (read_version(request.form.get(name)) for name in ("version", "stand"))
    if number != review.newest.number or stored.said.lacks_reason(asked.line):
        return redirect(url_for("chamber.question", case_id=case_id, question_id=question_id), 303)
    write, by = JudgementWrite(question_id, version, stored.said, number, asked.town), review.opened.advisor
    twice = (stored.stand, stored.by) == (number, by.author)
    if not twice and version != stored.version:  # it is another judgement by now than the page showed
        return _show(review, asked.question), 409
    if isinstance(judgements.save(review.opened.case.id, [write], by, clock.now())[0], Conflict):
        return _show(with_judgements(review), asked.question), 409
    return redirect(url_for("chamber.changes", case_id=case_id, gilt=asked.question.number), 303)


def _show(review: Review, overtaken: Question | None = None) -> str:
    """The page; `overtaken` is a question whose judgement somebody else changed meanwhile."""
    rows = [row for id in review.changed if (row := _row(review, id)) is not None]
    return render(
        "chamber/judging/changes.html",
        review.opened,
        review=review,
        rows=rows,
        confirmed=_list_confirmed(review),
        overtaken=overtaken,
    )


def _list_confirmed(review: Review) -> list[str]:
    """The numbers of questions that were judged on the newest Stand, where there was one before."""
    if not review.earlier:
        return []
    newest = (id for id, each in review.judgements.items() if each.stand == review.newest.number and each.said.judged)
    judged = set(newest)
    return [question.number for question in review.questionnaire.questions if question.id in judged]


def _row(review: Review, id: QuestionId) -> ChangedRow | None:
    text = describe_change(review, id)
    if text is None:
        return None
    stored, asked = review.judgements.get(id), review.compared[id]
    judged = stored is not None and stored.said.judged
    return ChangedRow(
        question=asked.question,
        href=url_for("chamber.question", case_id=review.case_id, question_id=id, weiter=1),
        text=text,
        judgement=stored if judged else None,
        judged=say_said(stored.said) if stored is not None and judged else "",
        lacks_reason=stored is not None and stored.said.lacks_reason(asked.line),
    )
