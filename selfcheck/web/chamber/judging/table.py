"""All questions as one table to fill in, for whoever has judged them on paper: one button, each row its own version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.questionnaire.model import Criterion
from selfcheck.core.review.comparison import Compared
from selfcheck.core.review.judgement import take_over
from selfcheck.reporting.review.judgement_text import say_judged
from selfcheck.store.chamber.judging import judgements
from selfcheck.store.chamber.judging.judgements import JudgementWrite
from selfcheck.store.parts.writes import Conflict
from selfcheck.web.chamber import pages
from selfcheck.web.chamber.frame import render
from selfcheck.web.chamber.judging.forms import RowShown, read_row, show_judgement_conflict, show_row
from selfcheck.web.chamber.judging.opened import Review, open_review, with_judgements
from selfcheck.web.chamber.newest import ReadStand
from selfcheck.web.http import clock
from selfcheck.web.parts.conflicts import ConflictShown
from selfcheck.web.parts.submitted import Submission, read_version

ROOT = "/beratung/<case_id>/tabelle"


@dataclass(frozen=True, slots=True)
class Section:
    criterion: Criterion
    rows: tuple[RowShown, ...]


@pages.get(ROOT)
def table(case_id: str) -> str:
    return _show(open_review(case_id))


@pages.post(ROOT)
def save_table(case_id: str) -> ResponseReturnValue:
    """Saves every row that differs from what the page showed; „wie Kommune“ all that nobody has judged."""
    number = read_version(request.form.get("stand"))
    review = open_review(case_id, number)
    read = review.at(number)
    submission = Submission(request.form)
    rows = [read_row(submission, _ask(read, asked)) for id, asked in review.compared.items() if id in submission]
    typed = [row for row in rows if row.differs]
    wrong = [row for row in typed if not row.form.validate()]
    if wrong:
        return _show(review, typed), 422
    writes = [JudgementWrite(row.name, row.version, row.form.said, read.number, row.compared.town) for row in typed]
    if request.form.get("do") == "take":
        writes += _take_all(review, read, {row.name for row in typed})
    conflicts = _save(review, writes, {row.name: row for row in typed})
    if conflicts:
        met = [row for row in typed if row.name in conflicts]
        return _show(with_judgements(review), met, conflicts), 409
    return redirect(url_for("chamber.table", case_id=case_id, gespeichert=1), 303)


def _save(review: Review, writes: Sequence[JudgementWrite], rows: Mapping[str, RowShown]) -> dict[str, ConflictShown]:
    """The conflicts of rows that somebody filled in; of what was only taken over, whoever was faster is right."""
    outcomes = judgements.save(review.opened.case.id, writes, review.opened.advisor, clock.now())
    return {
        write.question: show_judgement_conflict(rows[write.question], met)
        for write, met in zip(writes, outcomes, strict=True)
        if isinstance(met, Conflict) and write.question in rows
    }


def _take_all(review: Review, read: ReadStand, typed: set[str]) -> list[JudgementWrite]:
    """„wie Kommune“ for all that is not judged and not filled in just now, as the page showed it."""
    return [
        JudgementWrite(
            asked.question.id,
            _version(review, asked),
            take_over(asked.question, asked.line),
            read.number,
            asked.town,
        )
        for asked in list_untouched(review, read)
        if asked.question.id not in typed
    ]


def list_untouched(review: Review, read: ReadStand) -> list[Compared]:
    """What nobody has judged and „wie Kommune“ can judge: the town has said something in this Stand."""
    untouched = (asked for asked in review.compared.values() if not asked.said.judged and not asked.said.reason)
    then = (_ask(read, asked) for asked in untouched)
    return [asked for asked in then if take_over(asked.question, asked.line).judged]


def _version(review: Review, asked: Compared) -> int:
    stored = review.judgements.get(asked.question.id)
    return stored.version if stored is not None else 0


def _ask(read: ReadStand, asked: Compared) -> Compared:
    """The question as another Stand has it."""
    line = read.stand.estimate.line.get(asked.question.id, asked.line)
    return Compared(asked.question, line, asked.said)


def _show(review: Review, typed: Sequence[RowShown] = (), conflicts: Mapping[str, ConflictShown] | None = None) -> str:
    """The table; what of `typed` could not be saved stays as it was typed."""
    mine = {row.name: row for row in typed}
    errors = [
        (field.id, f"{row.compared.question.number} {field.label.text}: {field.errors[0]}")
        for row in typed
        for field in row.form
        if field.errors
    ]
    return render(
        "chamber/judging/table.html",
        review.opened,
        review=review,
        sections=[
            Section(criterion, rows)
            for criterion in review.questionnaire.criteria
            if (rows := _rows(review, criterion, mine))
        ],
        errors=errors,
        conflicts=conflicts or {},
        judged=say_judged(review.judged, len(review.compared)),
        untouched=len(list_untouched(review, review.newest)),
    )


def _rows(review: Review, criterion: Criterion, mine: Mapping[str, RowShown]) -> tuple[RowShown, ...]:
    return tuple(
        mine.get(question.id) or show_row(review.compared[question.id], review.judgements.get(question.id))
        for question in criterion.questions
        if question.id in review.compared
    )
