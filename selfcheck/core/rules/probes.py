"""How much hangs on our weights: the same answers, weighed otherwise. Sonderpunkte are left out."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from selfcheck.core.questionnaire.model import ZERO, Questionnaire, Source
from selfcheck.core.rules.conditions import Applies
from selfcheck.core.rules.estimate import Estimate

WHOLE = Decimal(100)


class Probes(NamedTuple):
    """Shares of what would be possible, None where nothing is.

    `equal`: every question counts the same; `named`: only those count that a public source names.
    """

    equal: Decimal | None
    named: Decimal | None


def probe(questionnaire: Questionnaire, estimate: Estimate) -> Probes:
    """Both probes of an estimate of this questionnaire; open and undecided questions count as not reached."""
    lines = [line for line in estimate.line.values() if line.applies is not Applies.NO and line.points.possible]
    shares = [line.points.claimed / line.points.possible for line in lines]
    named = [line.points for line in lines if questionnaire.question[line.question].source is Source.NAMED]
    possible = sum((points.possible for points in named), ZERO)
    return Probes(
        equal=sum(shares, ZERO) / len(shares) if shares else None,
        named=sum((points.claimed for points in named), ZERO) / possible if possible else None,
    )


def is_across(questionnaire: Questionnaire, estimate: Estimate, share: Decimal | None) -> bool:
    """Whether a probe lies on the other side of the mark than what is claimed with Sonderpunkte."""
    if share is None:
        return False
    return (share * WHOLE >= questionnaire.pass_mark) != (estimate.reached >= estimate.mark)
