"""How recommendations are numbered and offered, and what either side may do with one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcheck.core.questionnaire.model import CriterionId, Profile
from selfcheck.core.review.recommendations import (
    ANSWERING,
    OFFERED,
    Decision,
    Priority,
    RecommendationState,
    Reply,
    Turn,
    find_lacking,
    find_priority,
    find_weak,
    is_settled,
    list_offers,
    may_turn,
    name_next,
    name_subject,
    seen_by_chamber,
    state_after_reply,
)
from selfcheck.core.rules.answers import Extras
from selfcheck.core.rules.estimate import Estimate, estimate
from tests import towns

DAY = date(2027, 1, 10)
PROFILE = Profile("mittelzentrum", "first", "HE")
YES = Reply(Decision.DOING, person="Frau Muster", due=DAY)
NO = Reply(Decision.NOT_DOING, reason="Das macht der Kreis.")


def weigh(town: str = "") -> Estimate:
    answers = towns.town(town).answers if town else {}
    return estimate(towns.questionnaire(), PROFILE, answers, Extras(), DAY)


@given(st.lists(st.sampled_from(["C6-1", "C6-2", "C6-9", "C-3", "C61-4", "C6-x", "", "C6-"])))
def test_no_number_is_given_twice(labels: list[str]) -> None:
    assert name_next("C6", labels) not in labels


def test_numbers_are_counted_for_each_subject() -> None:
    assert name_next("C6", []) == "C6-1"
    assert name_next("C6", ["C6-1", "C6-4", "C-9", "C61-7"]) == "C6-5"
    assert name_next("C", ["C6-1"]) == "C-1"


def test_a_subject_is_called_as_in_the_questionnaire() -> None:
    questionnaire = towns.questionnaire()
    criterion = questionnaire.criteria[1]
    assert name_subject(questionnaire, criterion.id, "") == criterion.letter
    assert name_subject(questionnaire, criterion.id, criterion.questions[0].id) == criterion.questions[0].number


def test_nothing_is_offered_where_nothing_is_missing() -> None:
    found = weigh()
    whole = replace(
        found,
        criteria=tuple(
            replace(each, points=each.points._replace(claimed=each.points.possible)) for each in found.criteria
        ),
        points=found.points._replace(claimed=found.points.possible),
    )
    assert not find_weak(towns.questionnaire(), whole)
    assert not list_offers(towns.questionnaire(), whole, ())


def test_most_missing_points_come_first() -> None:
    offered = list_offers(towns.questionnaire(), weigh(), ())
    assert len(offered) == len(towns.questionnaire().criteria)
    for each in offered:
        missing = [offer.missing for offer in each.offers]
        assert missing == sorted(missing, reverse=True)
        assert 0 < len(missing) <= OFFERED
        assert all(offer.question.criterion == each.criterion.id for offer in each.offers)


def test_a_question_with_a_recommendation_is_not_offered_again() -> None:
    first = list_offers(towns.questionnaire(), weigh(), ())[0].offers[0]
    again = list_offers(towns.questionnaire(), weigh(), [first.question.id])
    assert first.question.id not in {offer.question.id for each in again for offer in each.offers}


def test_a_weak_criterion_has_priority() -> None:
    weak = find_weak(towns.questionnaire(), weigh())
    assert find_priority(weak, towns.questionnaire().criteria[0].id) is Priority.HIGH
    assert find_priority((), CriterionId("a")) is Priority.NORMAL


@pytest.mark.parametrize(
    ("reply", "lacking"),
    [
        (Reply(), "decision"),
        (replace(NO, reason=" \u200b"), "reason"),
        (NO, ""),
        (replace(YES, person=""), "person"),
        (replace(YES, due=None), "due"),
        (YES, ""),
    ],
)
def test_an_answer_is_sent_whole(reply: Reply, lacking: str) -> None:
    assert find_lacking(reply) == lacking


def test_an_answer_decides_the_state() -> None:
    assert state_after_reply(YES) is RecommendationState.PLANNED
    assert state_after_reply(NO) is RecommendationState.NOT_PLANNED
    assert state_after_reply(Reply()) is RecommendationState.NEW


@pytest.mark.parametrize("returned", [True, False])
@pytest.mark.parametrize("state", list(RecommendationState))
def test_the_chamber_knows_nothing_of_what_was_not_sent(state: RecommendationState, returned: bool) -> None:
    seen = seen_by_chamber(state, returned=returned)
    assert seen not in (RecommendationState.PLANNED, RecommendationState.NOT_PLANNED)
    assert {turn for turn in Turn if may_turn(seen, turn)} == {turn for turn in Turn if may_turn(state, turn)}


def test_only_an_answer_that_was_sent_is_decided_on() -> None:
    for state in RecommendationState:
        assert may_turn(state, Turn.ACCEPT) == may_turn(state, Turn.RETURN) == (state is RecommendationState.SUBMITTED)
        assert may_turn(state, Turn.DONE) == (state is RecommendationState.ACCEPTED)
    assert not any(may_turn(RecommendationState.WITHDRAWN, turn) for turn in Turn)
    assert not any(may_turn(RecommendationState.DONE, turn) for turn in Turn)


def test_what_is_settled() -> None:
    assert is_settled(RecommendationState.ACCEPTED, NO)
    assert not is_settled(RecommendationState.ACCEPTED, replace(YES, progress=99))
    assert is_settled(RecommendationState.ACCEPTED, replace(YES, progress=100))
    assert is_settled(RecommendationState.DONE, YES)
    assert not any(is_settled(state, replace(YES, progress=100)) for state in ANSWERING)
