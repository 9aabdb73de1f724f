"""Rückfragen go to and fro: only advisors open and close them, and the turn is the town's as long as one is open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcheck.core.review.case import Ball, CaseState
from selfcheck.core.review.thread import (
    FINISHED,
    MessageKind,
    Side,
    ThreadState,
    can_say,
    can_take,
    case_after,
    next_state,
    side_of,
)

OPEN, ANSWERED, DONE = ThreadState
KINDS, STATES = st.sampled_from(MessageKind), st.sampled_from(ThreadState)


def test_a_thread_begins_with_a_question_of_the_chamber() -> None:
    begun = {kind: next_state(None, kind) for kind in MessageKind}
    assert begun.pop(MessageKind.QUESTION) is OPEN
    assert set(begun.values()) == {None}


@pytest.mark.parametrize(
    ("state", "side", "possible"),
    [
        (OPEN, Side.TOWN, (MessageKind.ANSWER,)),
        (OPEN, Side.CHAMBER, (MessageKind.DONE,)),
        (ANSWERED, Side.TOWN, (MessageKind.ANSWER,)),
        (ANSWERED, Side.CHAMBER, (MessageKind.RETURNED, MessageKind.DONE)),
        (DONE, Side.TOWN, ()),
        (DONE, Side.CHAMBER, (MessageKind.RETURNED,)),
    ],
)
def test_what_each_side_can_say(state: ThreadState, side: Side, possible: tuple[MessageKind, ...]) -> None:
    assert can_say(state, side) == possible


def test_an_answer_that_is_not_enough_opens_the_thread_again() -> None:
    assert next_state(OPEN, MessageKind.ANSWER) is ANSWERED
    assert next_state(ANSWERED, MessageKind.RETURNED) is OPEN


@given(st.lists(KINDS, max_size=8))
def test_towns_never_open_or_close(said: list[MessageKind]) -> None:
    state: ThreadState | None = None
    for kind in said:
        after = next_state(state, kind)
        if after is not None and side_of(kind) is Side.TOWN:
            assert after is ANSWERED
        state = after or state


@given(st.sampled_from(CaseState), st.sampled_from(Ball), KINDS, st.lists(STATES, min_size=1, max_size=4))
def test_what_is_over_stays_over(state: CaseState, ball: Ball, kind: MessageKind, threads: list[ThreadState]) -> None:
    after = case_after(state, ball, kind, threads)
    assert (after == (state, ball)) if state in FINISHED else after[0] not in FINISHED


def test_what_is_released_lets_an_open_thread_be_done_for_it_could_not_be_closed_else() -> None:
    assert [kind for kind in MessageKind if can_take(CaseState.RELEASED, kind)] == [MessageKind.DONE]
    assert not any(can_take(CaseState.CLOSED, kind) for kind in MessageKind)
    assert all(can_take(CaseState.PREPARED, kind) for kind in MessageKind)


def test_the_turn_comes_back_with_the_last_answer() -> None:
    queries = CaseState.QUERIES, Ball.TOWN
    assert case_after(CaseState.REVIEWING, Ball.CHAMBER, MessageKind.QUESTION, [OPEN]) == queries
    assert case_after(*queries, MessageKind.ANSWER, [OPEN, ANSWERED]) == queries
    back = CaseState.REVIEWING, Ball.CHAMBER
    assert case_after(*queries, MessageKind.ANSWER, [DONE, ANSWERED]) == back
    assert case_after(*queries, MessageKind.DONE, [DONE]) == back, "nothing is left to answer"
    assert case_after(*back, MessageKind.RETURNED, [OPEN]) == queries
