"""Which steps are possible in a case, and where they lead."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcheck.core.review.case import Ball, CaseState, Sender, Standing, StepKind, state_after_sharing
from selfcheck.core.review.steps import (
    RULES,
    STAYS,
    Happened,
    Hindrance,
    ball_after_deciding,
    can_undo,
    find_hindrance,
    list_hindered,
    list_possible,
    papers_before,
    take_step,
)

NEW = Standing(CaseState.RECEIVED, Ball.CHAMBER, Sender.OPEN, taken=False, mine=False, withdrawn=False)
MINE = replace(NEW, state=CaseState.REVIEWING, taken=True, mine=True)
COLLEAGUES = replace(MINE, mine=False)
WAITING = replace(MINE, state=CaseState.QUERIES, ball=Ball.TOWN, threads=1)
CLOSED = replace(MINE, state=CaseState.CLOSED, ball=Ball.NOBODY)


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    """Any that a case can have: whoever looks after it has taken it, and nobody has what was just received."""
    state = draw(st.sampled_from(CaseState))
    taken = state is not CaseState.RECEIVED and draw(st.booleans())
    return Standing(
        state=state,
        ball=draw(st.sampled_from(Ball)),
        sender=draw(st.sampled_from(Sender)),
        taken=taken,
        mine=taken and draw(st.booleans()),
        withdrawn=draw(st.booleans()),
        papers_missing=draw(st.booleans()),
        threads=draw(st.integers(0, 3)),
    )


def test_a_new_case_can_be_taken_or_to_colleague_somebody() -> None:
    assert list_possible(NEW) == (StepKind.TAKEN, StepKind.HANDED_OVER)
    taken = take_step(StepKind.TAKEN, NEW)
    assert (taken.state, taken.ball, taken.mine) == (CaseState.REVIEWING, Ball.CHAMBER, True)


def test_queries_go_to_the_town_and_come_back() -> None:
    asked = take_step(StepKind.ASKED, replace(MINE, threads=2))
    assert (asked.state, asked.ball) == (CaseState.QUERIES, Ball.TOWN)
    back = take_step(StepKind.ANSWERED, asked)
    assert (back.state, back.ball) == (CaseState.REVIEWING, Ball.CHAMBER)


def test_nobody_waits_for_answers_to_nothing() -> None:
    assert find_hindrance(StepKind.ASKED, MINE) is Hindrance.NO_THREADS


def test_missing_papers_are_a_mark_and_the_town_s_turn() -> None:
    marked = take_step(StepKind.PAPERS_MISSING, MINE)
    assert (marked.state, marked.ball, marked.papers_missing) == (CaseState.REVIEWING, Ball.TOWN, True)
    assert find_hindrance(StepKind.PAPERS_MISSING, marked) is Hindrance.PAPERS_MISSING
    whole = take_step(StepKind.PAPERS_COMPLETE, marked)
    assert (whole.ball, whole.papers_missing) == (Ball.CHAMBER, False)


def test_complete_papers_leave_the_turn_with_a_town_that_is_asked() -> None:
    whole = take_step(StepKind.PAPERS_COMPLETE, replace(WAITING, papers_missing=True))
    assert whole.ball is Ball.TOWN


def test_nothing_open_is_closed_and_what_is_closed_opens_again() -> None:
    assert find_hindrance(StepKind.CLOSED, WAITING) is Hindrance.OPEN_THREADS
    assert find_hindrance(StepKind.CLOSED, replace(MINE, papers_missing=True)) is Hindrance.PAPERS_MISSING
    closed = take_step(StepKind.CLOSED, MINE)
    assert (closed.state, closed.ball) == (CaseState.CLOSED, Ball.NOBODY)
    assert list_possible(closed) == (StepKind.REOPENED,)
    again = take_step(StepKind.REOPENED, closed)
    assert (again.state, again.ball) == (CaseState.REVIEWING, Ball.CHAMBER)


@pytest.mark.parametrize(
    ("kind", "standing", "why"),
    [
        (StepKind.TAKEN, MINE, Hindrance.ALREADY_MINE),
        (StepKind.TAKEN, CLOSED, Hindrance.OTHER_STATE),
        (StepKind.HANDED_OVER, COLLEAGUES, Hindrance.NOT_MINE),
        (StepKind.ASKED, NEW, Hindrance.OTHER_STATE),
        (StepKind.ASKED, COLLEAGUES, Hindrance.NOT_MINE),
        (StepKind.ANSWERED, MINE, Hindrance.OTHER_STATE),
        (StepKind.CLOSED, replace(MINE, taken=False, mine=False), Hindrance.NOT_TAKEN),
        (StepKind.PAPERS_COMPLETE, MINE, Hindrance.PAPERS_COMPLETE),
        (StepKind.REOPENED, MINE, Hindrance.OTHER_STATE),
        (StepKind.REOPENED, replace(CLOSED, withdrawn=True), Hindrance.WITHDRAWN),
    ],
)
def test_what_is_not_possible_says_why(kind: StepKind, standing: Standing, why: Hindrance) -> None:
    assert find_hindrance(kind, standing) is why


def test_a_case_is_to_colleague_a_colleague_or_to_nobody() -> None:
    given_on = take_step(StepKind.HANDED_OVER, MINE, to_colleague=True)
    assert (given_on.taken, given_on.mine, given_on.state) == (True, False, CaseState.REVIEWING)
    assert take_step(StepKind.HANDED_OVER, NEW, to_colleague=True).state is CaseState.REVIEWING
    assert not take_step(StepKind.HANDED_OVER, MINE, to_colleague=False).taken


def test_what_is_shared_again_comes_back_to_the_review() -> None:
    assert state_after_sharing(CaseState.RECEIVED) is CaseState.RECEIVED
    others = set(CaseState) - {CaseState.RECEIVED}
    assert {state_after_sharing(state) for state in others} == {CaseState.REVIEWING}


@given(standings())
def test_every_step_is_possible_or_says_why(standing: Standing) -> None:
    possible, hindered = list_possible(standing), dict(list_hindered(standing))
    assert {*possible, *hindered} == set(RULES)
    assert not set(possible) & set(hindered)


@given(standings())
def test_nothing_is_possible_in_what_was_withdrawn(standing: Standing) -> None:
    assert list_possible(replace(standing, withdrawn=True)) == ()


def test_a_result_is_prepared_by_whoever_has_the_case_and_released_to_somebody_known() -> None:
    assert find_hindrance(StepKind.PREPARED, replace(MINE, taken=False, mine=False)) is Hindrance.NOT_TAKEN
    prepared = take_step(StepKind.PREPARED, MINE)
    assert (prepared.state, prepared.ball) == (CaseState.PREPARED, Ball.CHAMBER)
    assert find_hindrance(StepKind.PREPARED, prepared) is Hindrance.OTHER_STATE
    assert find_hindrance(StepKind.RELEASED, replace(prepared, sender=Sender.OPEN)) is Hindrance.SENDER
    released = take_step(StepKind.RELEASED, replace(prepared, sender=Sender.CONFIRMED))
    assert (released.state, released.ball) == (CaseState.RELEASED, Ball.CHAMBER)
    assert find_hindrance(StepKind.PREPARED, released) is None, "what is released can be prepared anew"


@given(standings())
def test_the_turn_belongs_to_the_town_while_it_is_asked(standing: Standing) -> None:
    for kind in list_possible(standing):
        after = take_step(kind, standing, to_colleague=True)
        assert after.state is not CaseState.QUERIES or after.ball is Ball.TOWN


@given(standings())
def test_no_step_leads_back_to_what_nobody_has_taken(standing: Standing) -> None:
    for kind in list_possible(standing):
        assert take_step(kind, standing, to_colleague=True).state is not CaseState.RECEIVED


@given(standings())
def test_whoever_has_a_case_can_always_hand_it_over_until_it_is_closed(standing: Standing) -> None:
    if standing.mine and not standing.withdrawn and standing.state is not CaseState.CLOSED:
        assert StepKind.HANDED_OVER in list_possible(standing)


def test_the_last_step_is_undone_by_whoever_did_it_or_has_the_case() -> None:
    taken, other = Happened(StepKind.TAKEN, True, False), Happened(StepKind.TAKEN, False, False)
    assert can_undo([taken], COLLEAGUES)
    assert can_undo([other], MINE)
    assert not can_undo([other], COLLEAGUES)
    assert not can_undo([], MINE)


def test_what_lies_before_the_last_step_stays() -> None:
    undone, before = Happened(StepKind.CLOSED, True, True), Happened(StepKind.TAKEN, True, False)
    assert not can_undo([undone, before], MINE)


@pytest.mark.parametrize("kind", sorted(STAYS))
def test_what_the_town_did_is_not_undone(kind: StepKind) -> None:
    assert not can_undo([Happened(kind, True, False)], MINE)


def test_the_mark_of_papers_goes_back_with_its_step() -> None:
    assert not papers_before(StepKind.PAPERS_MISSING, True)
    assert papers_before(StepKind.PAPERS_COMPLETE, False)
    assert papers_before(StepKind.TAKEN, True)
    assert not papers_before(StepKind.CONFIRMED, False)


def test_a_refused_sender_gives_the_turn_to_the_town_and_another_decision_brings_it_back() -> None:
    assert ball_after_deciding(Sender.REFUSED, NEW) is Ball.TOWN
    for before in (NEW, WAITING, CLOSED):
        assert ball_after_deciding(Sender.CONFIRMED, before) is before.ball, "nothing was refused"
    refused = [replace(each, sender=Sender.REFUSED, ball=Ball.TOWN) for each in (NEW, MINE, WAITING, CLOSED)]
    turns = [ball_after_deciding(Sender.CONFIRMED, each) for each in refused]
    assert turns == [Ball.CHAMBER, Ball.CHAMBER, Ball.TOWN, Ball.NOBODY]
    missing = replace(MINE, sender=Sender.REFUSED, papers_missing=True)
    assert ball_after_deciding(Sender.CONFIRMED, missing) is Ball.TOWN


def test_waiting_for_answers_has_a_way_back_of_its_own() -> None:
    assert not can_undo([Happened(StepKind.ASKED, own=True, undone=False)], WAITING)
    assert StepKind.ANSWERED in list_possible(WAITING)
