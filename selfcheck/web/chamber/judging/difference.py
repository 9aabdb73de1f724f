"""Differenz: the chamber's points beside those of the town, as a picture and as a table."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from selfcheck.core.questionnaire.model import ZERO
from selfcheck.core.review.comparison import Compared, add_up, add_up_criteria, sort_by_weight
from selfcheck.reporting.charts.pair import Pair, build_pair
from selfcheck.reporting.review.judgement_text import VERDICTS
from selfcheck.reporting.words import german
from selfcheck.web.chamber import pages
from selfcheck.web.chamber.frame import render
from selfcheck.web.chamber.judging.opened import Review, open_review
from selfcheck.web.layout.tables import Cells


@dataclass(frozen=True, slots=True)
class Row:
    """One question or criterion; `href` leads to the question."""

    number: str
    title: str
    href: str
    pair: Pair


@pages.get("/beratung/<case_id>/differenz")
def difference(case_id: str) -> str:
    review = open_review(case_id)
    counted = sort_by_weight(review.compared.values())
    total = add_up(counted)
    title = german.count(total.questions, "eingeschätzte Frage", "eingeschätzte Fragen")
    return render(
        "chamber/judging/difference.html",
        review.opened,
        review=review,
        total=build_pair(title, total.town, total.chamber, total.possible) if total.questions else None,
        criteria=_list_criteria(review),
        questions=[_draw(review, each) for each in counted],
        cells=[_tell(review, each) for each in counted],
        foot=(
            "Summe",
            "",
            german.points(total.possible),
            german.points(total.town),
            german.points(total.chamber),
            german.signed(total.difference),
        ),
    )


def _list_criteria(review: Review) -> list[Row]:
    sums = add_up_criteria(review.compared.values())
    rows = []
    for criterion in review.questionnaire.criteria:
        found = sums.get(criterion.id)
        if found is not None and found.questions:
            asked = german.count(found.questions, "Frage", "Fragen")
            pair = build_pair(asked, found.town, found.chamber, found.possible)
            rows.append(Row(criterion.letter, criterion.title, "", pair))
    return rows


def _draw(review: Review, each: Compared) -> Row:
    pair = build_pair(each.question.name, each.town, each.said.points or ZERO, each.possible)
    return Row(each.question.number, each.question.name, _address(review, each), pair)


def _tell(review: Review, each: Compared) -> Cells:
    """The same numbers for the table."""
    return (
        {"number": each.question.number, "text": each.question.name, "href": _address(review, each)},
        VERDICTS[each.said.verdict] if each.said.verdict else "–",
        german.points(each.possible),
        german.points(each.town),
        german.points(each.said.points or ZERO),
        german.signed(each.difference or ZERO),
    )


def _address(review: Review, each: Compared) -> str:
    return url_for("chamber.question", case_id=review.case_id, question_id=each.question.id, weiter=1)
