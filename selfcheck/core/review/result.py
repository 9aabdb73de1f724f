"""The result that a chamber records after the interview: points per criterion, and what they say against the mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from selfcheck.core.questionnaire.model import CriterionId, Questionnaire, Validity
from selfcheck.core.renewal.dates import Label, find_label

HUNDRED = Decimal(100)


class Certified(StrEnum):
    """Whether the label is given; nothing as long as nobody has said so."""

    UNSAID = ""
    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Summed:
    """Points of all criteria that have some, with Sonderpunkte, against the points that these criteria can bring.

    `missing` have no points yet. `share` is a percentage, None as long as a criterion is missing or nothing can be had;
    `passes` then says whether it reaches the mark.
    """

    points: Decimal
    possible: Decimal
    missing: tuple[CriterionId, ...]
    share: Decimal | None
    passes: bool | None


def sum_up(
    questionnaire: Questionnaire, points: Mapping[str, Decimal], possible: Mapping[str, Decimal], bonus: Decimal
) -> Summed:
    """What the points of the criteria and the Sonderpunkte (`bonus`) come to; `possible` are the points that each
    criterion can bring in the audited Stand. The mark is the questionnaire's, on the whole.
    """
    told = [criterion.id for criterion in questionnaire.criteria if criterion.id in points]
    missing = tuple(criterion.id for criterion in questionnaire.criteria if criterion.id not in points)
    total = sum((points[id] for id in told), bonus)
    whole = sum((possible.get(id, Decimal(0)) for id in told), Decimal(0))
    share = total * HUNDRED / whole if whole and not missing else None
    passes = total * HUNDRED >= questionnaire.pass_mark * whole if share is not None else None
    return Summed(total, whole, missing, share, passes)


def contradicts(summed: Summed, certified: Certified) -> bool:
    """Whether what was decided is not what the points say; a chamber may have its reasons, a page asks once."""
    return (
        summed.passes is not None
        and certified is not Certified.UNSAID
        and summed.passes != (certified is Certified.YES)
    )


def find_validity(certified: Certified, awarded: date | None, audit: str, validity: Validity) -> Label | None:
    """How long the label that was given is valid, and when to begin with the next audit; None where none was given."""
    return find_label(awarded, audit, validity) if certified is Certified.YES and awarded is not None else None
