"""The points beside the questions: the whole, this criterion, and when it was last saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from selfcheck.core.questionnaire.model import Criterion, Question, QuestionId
from selfcheck.reporting.charts.charts import Bar, total_row
from selfcheck.reporting.charts.fields import fill_of
from selfcheck.reporting.words.totals import explain_basis, explain_sum
from selfcheck.reporting.words.verdict import disclaim
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.questions.cards import saved_at
from selfcheck.web.questions.tags import tag_question


@dataclass(frozen=True, slots=True)
class Total:
    """The three numbers (points with Sonderpunkte), the mark and the bar; `possible` is what they are shares of.

    `added` says how the claimed points add up, `basis` why fewer are possible; empty where there is nothing to say.
    """

    documented: Decimal
    claimed: Decimal
    upper: Decimal
    possible: Decimal
    mark: Decimal
    bars: tuple[Bar, ...]
    added: str
    basis: str


@dataclass(frozen=True, slots=True)
class CriterionPoints:
    points: Decimal
    possible: Decimal
    answered: int
    asked: int
    missing: int


class IndexEntry(NamedTuple):
    """A question in the index; `kind` is that of its fill, `said` its state in words."""

    id: QuestionId
    number: str
    kind: str
    said: str


@dataclass(frozen=True, slots=True)
class Panel:
    total: Total
    criterion: CriterionPoints
    index: tuple[IndexEntry, ...]
    saved: datetime | None
    disclaimer: str


def build_panel(page: CheckPage, criterion: Criterion, questions: Sequence[Question]) -> Panel:
    """The panel of one criterion's page; its index lists the `questions` that apply or may apply."""
    estimate, result = page.estimate, page.estimate.criterion[criterion.id]
    done, asked = check_page.answered(result)
    return Panel(
        total=Total(
            documented=estimate.reached_documented,
            claimed=estimate.reached,
            upper=estimate.upper,
            possible=estimate.points.possible,
            mark=page.questionnaire.pass_mark,
            bars=total_row(page.questionnaire, estimate).bars,
            added=explain_sum(estimate),
            basis=explain_basis(page.questionnaire, estimate),
        ),
        criterion=CriterionPoints(
            points=result.points.claimed,
            possible=result.points.possible,
            answered=done,
            asked=asked,
            missing=sum(line.points.unproven > 0 for line in result.lines),
        ),
        index=tuple(
            IndexEntry(
                question.id,
                question.number,
                fill_of(question, estimate.line[question.id]),
                tag_question(page, question).text,
            )
            for question in questions
            if not page.hides(question)
        ),
        saved=max((moment for question in questions if (moment := saved_at(page, question))), default=None),
        disclaimer=disclaim(page.questionnaire),
    )
