"""The points beside the questions: the whole, this criterion, and when it was last saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from selfcheck.core.questionnaire.model import Criterion, Question, QuestionId
from selfcheck.reporting.charts.charts import Bar, total_row
from selfcheck.reporting.words import german
from selfcheck.reporting.words.verdict import disclaim
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.pattern import draw
from selfcheck.web.questions.cards import make_tag, saved_at

TEMPLATE = "questions/card.html"


class TotalOutline(NamedTuple):
    """`kinds` are those of the bars, from left to right."""

    mark: Decimal
    mark_text: str
    kinds: tuple[str, ...]

    def place(self, texts: Mapping[str, str]) -> tuple[Bar, ...]:
        return tuple((kind, texts[f"start_{kind}"], texts[f"width_{kind}"]) for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class Total:
    """The three numbers (points with Sonderpunkte), the mark and the bar; `possible` is what they are shares of."""

    documented: Decimal
    claimed: Decimal
    upper: Decimal
    possible: Decimal
    mark: Decimal
    bars: tuple[Bar, ...]

    def __html__(self) -> str:
        outline = TotalOutline(self.mark, german.mark_percent(self.mark), tuple(kind for kind, _, _ in self.bars))
        return draw(TEMPLATE, "total_points", outline, self._list_texts())

    def _list_texts(self) -> dict[str, str]:
        texts = {
            "points": german.points(self.claimed),
            "possible": german.points(self.possible),
            "documented": german.percent(german.share(self.documented, self.possible)),
            "claimed": german.percent(german.share(self.claimed, self.possible)),
            "upper": german.percent(german.share(self.upper, self.possible)),
        }
        for kind, start, width in self.bars:
            texts |= {f"start_{kind}": start, f"width_{kind}": width}
        return texts


@dataclass(frozen=True, slots=True)
class CriterionPoints:
    points: Decimal
    possible: Decimal
    answered: int
    asked: int
    missing: int


class IndexEntry(NamedTuple):
    """A question in the index; `kind` is that of its tag."""

    id: QuestionId
    number: str
    kind: str


class Index(NamedTuple):
    entries: tuple[IndexEntry, ...]

    def __html__(self) -> str:
        drawn = "".join([draw(TEMPLATE, "index_entry", entry, {}) for entry in self.entries])
        return draw(TEMPLATE, "index", None, {}, {"entries": drawn})


@dataclass(frozen=True, slots=True)
class Panel:
    total: Total
    criterion: CriterionPoints
    index: Index
    saved: datetime | None
    disclaimer: str


def build_panel(page: CheckPage, criterion: Criterion, questions: Sequence[Question]) -> Panel:
    """The panel of one criterion's page; its index lists the `questions` that apply or may apply."""
    return Panel(
        total=_total(page),
        criterion=_count(page, criterion),
        index=Index(tuple(_enter(page, question) for question in questions if not page.hides(question))),
        saved=max((moment for question in questions if (moment := saved_at(page, question))), default=None),
        disclaimer=disclaim(page.questionnaire),
    )


def _enter(page: CheckPage, question: Question) -> IndexEntry:
    return IndexEntry(question.id, question.number, make_tag(question, page.estimate.line[question.id]).kind)


def _total(page: CheckPage) -> Total:
    estimate = page.estimate
    return Total(
        documented=estimate.reached_documented,
        claimed=estimate.reached,
        upper=estimate.upper,
        possible=estimate.points.possible,
        mark=page.questionnaire.pass_mark,
        bars=total_row(page.questionnaire, estimate).bars,
    )


def _count(page: CheckPage, criterion: Criterion) -> CriterionPoints:
    result = page.estimate.criterion[criterion.id]
    done, asked = check_page.answered(result)
    return CriterionPoints(
        points=result.points.claimed,
        possible=result.points.possible,
        answered=done,
        asked=asked,
        missing=sum(line.points.claimed > line.points.documented for line in result.lines),
    )
