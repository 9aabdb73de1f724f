"""An estimate to and from plain data, for a frozen Stand: numbers as text, nothing lost."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from selfcheck.core.questionnaire.model import CriterionId, QuestionId
from selfcheck.core.rules.answers import State
from selfcheck.core.rules.conditions import Applies
from selfcheck.core.rules.estimate import (
    CriterionEstimate,
    Estimate,
    Line,
    Points,
    Verdict,
)

Plain = dict[str, Any]

FIVE_SUMS = Points._fields


def estimate_to_plain(estimate: Estimate) -> Plain:
    """Only dicts, lists and texts."""
    return {
        "questionnaire": estimate.questionnaire,
        "points": _points_to_plain(estimate.points),
        "bonus": _number(estimate.bonus),
        "documented_bonus": _number(estimate.documented_bonus),
        "mark": _number(estimate.mark),
        "verdict": estimate.verdict.value,
        "criteria": [_criterion_to_plain(criterion) for criterion in estimate.criteria],
        "excluded": list(estimate.excluded),
        "full_possible": _number(estimate.full_possible),
    }


def estimate_from_plain(plain: Mapping[str, Any]) -> Estimate:
    """The reverse of `estimate_to_plain`; raises KeyError or ValueError for anything else."""
    return Estimate(
        questionnaire=plain["questionnaire"],
        points=_points_from_plain(plain["points"]),
        bonus=Decimal(plain["bonus"]),
        documented_bonus=Decimal(plain["documented_bonus"]),
        mark=Decimal(plain["mark"]),
        verdict=Verdict(plain["verdict"]),
        criteria=tuple(_criterion_from_plain(criterion) for criterion in plain["criteria"]),
        excluded=tuple(QuestionId(question) for question in plain["excluded"]),
        full_possible=Decimal(plain["full_possible"]),
    )


def _criterion_to_plain(criterion: CriterionEstimate) -> Plain:
    return {
        "id": criterion.id,
        "points": _points_to_plain(criterion.points),
        "lines": [
            {
                "question": line.question,
                "state": line.state.value,
                "applies": line.applies.value,
                "points": _points_to_plain(line.points),
                "reason": line.reason,
            }
            for line in criterion.lines
        ],
    }


def _criterion_from_plain(plain: Mapping[str, Any]) -> CriterionEstimate:
    return CriterionEstimate(
        CriterionId(plain["id"]),
        _points_from_plain(plain["points"]),
        tuple(
            Line(
                QuestionId(line["question"]),
                State(line["state"]),
                Applies(line["applies"]),
                _points_from_plain(line["points"]),
                line["reason"],
            )
            for line in plain["lines"]
        ),
    )


def _points_to_plain(points: Points) -> dict[str, str]:
    return {name: _number(getattr(points, name)) for name in FIVE_SUMS}


def _points_from_plain(plain: Mapping[str, str]) -> Points:
    return Points(**{name: Decimal(plain[name]) for name in FIVE_SUMS})


def _number(value: Decimal) -> str:
    return format(value, "f")
