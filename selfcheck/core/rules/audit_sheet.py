"""The chamber's Prüfbogen laid beside our questions: the same answers with the points that stand there.

What is not entered stays out of it, and how much was entered is counted: a second estimate, never in place of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from selfcheck.core.questionnaire.model import ZERO, QuestionId, Questionnaire
from selfcheck.core.rules.conditions import Applies
from selfcheck.core.rules.estimate import NOTHING, CriterionEstimate, Estimate, Line, Points, find_mark, judge

FINEST = Decimal("0.000000001")
"""Two thirds of a point have no end; everything else is exact."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What somebody read in the Prüfbogen. A question of ours without an entry in `points` was not found yet; 0 says
    that it does not stand there. `only_there` are all points of what only the Prüfbogen asks, `pass_mark` is a
    percentage.
    """

    points: Mapping[QuestionId, Decimal]
    only_there: Decimal
    pass_mark: Decimal


@dataclass(frozen=True, slots=True)
class Beside:
    """The second estimate with what it rests on: `placed` of `asked` questions were found in the Prüfbogen or are said
    not to stand there. `own_mark`: the Prüfbogen's pass mark was not entered, so `pass_mark` is ours.
    """

    estimate: Estimate
    placed: int
    asked: int
    only_there: Decimal
    pass_mark: Decimal
    own_mark: bool


def lay_beside(
    questionnaire: Questionnaire,
    estimate: Estimate,
    points: Mapping[QuestionId, Decimal],
    only_there: Iterable[Decimal],
    pass_mark: Decimal | None,
) -> Beside | None:
    """The second estimate; None as long as no question has points there. `points` are those of a `Sheet`, `only_there`
    those of each thing that only the Prüfbogen asks, `pass_mark` is None where nobody entered it.
    """
    known = {id: worth for id, worth in points.items() if id in questionnaire.question}
    if not any(known.values()):
        return None
    mark = questionnaire.pass_mark if pass_mark is None else pass_mark
    sheet = Sheet(known, sum(only_there, ZERO), mark)
    asked = len(questionnaire.questions)
    return Beside(scale(estimate, sheet), len(known), asked, sheet.only_there, mark, pass_mark is None)


def scale(estimate: Estimate, sheet: Sheet) -> Estimate:
    """`estimate` with the points of `sheet`: those of each question in proportion, none for one without an entry. What
    only the Prüfbogen asks is open, in the total and in no criterion. Sonderpunkte stay.
    """
    criteria = tuple(_scale_criterion(criterion, estimate, sheet) for criterion in estimate.criteria)
    only_there = Points(possible=sheet.only_there, open=sheet.only_there)
    points = Points.total((*(criterion.points for criterion in criteria), only_there))
    placed = [line for criterion in criteria for line in criterion.lines if line.question in sheet.points]
    mark = find_mark(sheet.pass_mark, points)
    return replace(
        estimate,
        points=points,
        mark=mark,
        verdict=judge(placed, points, estimate.bonus, estimate.documented_bonus, mark),
        criteria=criteria,
        excluded=tuple(id for id in estimate.excluded if id in sheet.points),
    )


def _scale_criterion(criterion: CriterionEstimate, estimate: Estimate, sheet: Sheet) -> CriterionEstimate:
    lines = tuple(
        line._replace(points=_scale_points(line, sheet.points.get(line.question), line.question in estimate.excluded))
        for line in criterion.lines
    )
    return CriterionEstimate(criterion.id, Points.total(line.points for line in lines), lines)


def _scale_points(line: Line, there: Decimal | None, excluded: bool) -> Points:
    """What gives no points here, but there, says nothing about how many: all of them are open."""
    if not there or line.applies is Applies.NO or excluded:
        return NOTHING
    ours = line.points
    if not ours.possible:
        return Points(possible=there, open=there)
    claimed, documented, still_open = (
        _share(part, there, ours.possible) for part in (ours.claimed, ours.documented, ours.open)
    )
    return Points(there, claimed, documented, still_open, there - claimed - still_open)


def _share(part: Decimal, there: Decimal, possible: Decimal) -> Decimal:
    found = part * there / possible
    rounded = found.quantize(FINEST)
    return found if found == rounded else rounded
