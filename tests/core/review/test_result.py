"""What the points of a result say against the mark, and how long a label is valid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcheck.core.questionnaire.model import Validity
from selfcheck.core.review.release import Hindrance, Release, find_hindrances
from selfcheck.core.review.result import Certified, contradicts, find_validity, sum_up
from tests import towns

QUESTIONNAIRE = towns.questionnaire()
CRITERIA = [criterion.id for criterion in QUESTIONNAIRE.criteria]
POSSIBLE = {id: Decimal(20) for id in CRITERIA}
NONE = Decimal(0)


def test_all_criteria_together_are_held_against_the_mark() -> None:
    summed = sum_up(QUESTIONNAIRE, {id: Decimal(14) for id in CRITERIA}, POSSIBLE, NONE)
    assert (summed.points, summed.possible, summed.share, summed.passes) == (70, 100, 70, True)
    less = sum_up(QUESTIONNAIRE, {id: Decimal("13.9") for id in CRITERIA}, POSSIBLE, NONE)
    assert less.passes is False
    assert sum_up(QUESTIONNAIRE, {id: Decimal("13.9") for id in CRITERIA}, POSSIBLE, Decimal("0.5")).passes is True


def test_nothing_is_said_of_the_mark_while_a_criterion_is_missing() -> None:
    first, *rest = CRITERIA
    summed = sum_up(QUESTIONNAIRE, {id: Decimal(20) for id in rest}, POSSIBLE, NONE)
    assert (summed.missing, summed.share, summed.passes) == ((first,), None, None)
    assert summed.points == 20 * len(rest)
    assert not contradicts(summed, Certified.NO)


def test_where_nothing_can_be_had_there_is_no_share() -> None:
    summed = sum_up(QUESTIONNAIRE, dict.fromkeys(CRITERIA, NONE), dict.fromkeys(CRITERIA, NONE), NONE)
    assert summed.passes is None


@given(st.lists(st.decimals(0, 20, places=2), min_size=5, max_size=5), st.decimals(0, 10, places=1))
def test_the_share_is_that_of_the_sum(points: list[Decimal], bonus: Decimal) -> None:
    summed = sum_up(QUESTIONNAIRE, dict(zip(CRITERIA, points, strict=True)), POSSIBLE, bonus)
    assert summed.points == sum(points) + bonus
    assert summed.passes == (sum(points) + bonus >= 70)


@pytest.mark.parametrize(
    ("each", "certified", "expected"),
    [
        (20, Certified.YES, False),
        (20, Certified.NO, True),
        (5, Certified.YES, True),
        (5, Certified.NO, False),
        (5, Certified.UNSAID, False),
    ],
)
def test_a_decision_against_the_points_is_noticed(each: int, certified: Certified, expected: bool) -> None:
    summed = sum_up(QUESTIONNAIRE, dict.fromkeys(CRITERIA, Decimal(each)), POSSIBLE, NONE)
    assert contradicts(summed, certified) is expected


def test_a_label_is_valid_three_years_and_five_after_a_renewal() -> None:
    given, validity = date(2027, 6, 15), Validity(3, 5)
    first = find_validity(Certified.YES, given, "first", validity)
    assert first is not None
    assert (first.until, first.begin) == (date(2030, 6, 15), date(2029, 9, 15))
    renewal = find_validity(Certified.YES, given, "renewal", validity)
    assert renewal is not None
    assert renewal.until == date(2032, 6, 15)
    assert find_validity(Certified.NO, given, "first", validity) is None
    assert find_validity(Certified.YES, None, "first", validity) is None


def hindrances(release: Release | None = None, **changes: bool) -> tuple[Hindrance, ...]:
    fine = {"prepared": True, "sender_confirmed": True, "wants_reader": False, "read_over": False}
    return find_hindrances(**{**fine, **changes}, release=release)


def test_what_stands_against_a_release_is_listed() -> None:
    assert hindrances() == ()
    assert hindrances(prepared=False, sender_confirmed=False) == (Hindrance.NOT_PREPARED, Hindrance.SENDER)
    assert hindrances(wants_reader=True) == (Hindrance.READER,)
    assert hindrances(wants_reader=True, read_over=True) == ()
    assert hindrances(Release("IHK Darmstadt", 1, None, None)) == (Hindrance.NOTHING,)
    assert hindrances(Release("IHK Darmstadt", 1, {}, None)) == (Hindrance.NOTHING,)
