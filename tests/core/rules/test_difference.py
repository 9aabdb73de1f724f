"""What differs between two states: nothing between a state and itself, and the same both ways round."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcheck.core.questionnaire.model import CriterionId, Profile, QuestionId, Questionnaire
from selfcheck.core.removed import STAND_IN, Removed, fill_marks, make_mark, read_mark
from selfcheck.core.rules.answers import Answer, Answers, Evidence, Extras, State
from selfcheck.core.rules.difference import Difference, Happened, Piece, Side, compare
from selfcheck.core.rules.estimate import estimate
from tests.core import builders, strategies

DAY = strategies.DAY
PROFILE = Profile("mittelzentrum", "first", "HE")
SMALL = builders.questionnaire([builders.yes_no("leitbild", 4, partly=2)], [builders.yes_no("plan", 2)])
LEITBILD = QuestionId("leitbild")


def side(
    questionnaire: Questionnaire, answers: Answers, profile: Profile = PROFILE, extras: Extras | None = None
) -> Side:
    pieces = {
        f"{id}.{place}": Piece(id, piece)
        for id, answer in answers.items()
        for place, piece in enumerate(answer.evidence)
    }
    return Side(answers, estimate(questionnaire, profile, answers, extras or Extras(), DAY), pieces)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Side, Side]:
    """Two states of one town."""
    questionnaire, profile, first, extras = draw(strategies.towns())
    second = draw(strategies.answers(questionnaire))
    return side(questionnaire, first, profile, extras), side(questionnaire, second, profile, draw(strategies.extras()))


@given(pairs())
def test_a_state_does_not_differ_from_itself(pair: tuple[Side, Side]) -> None:
    found = compare(pair[0], pair[0])
    assert found.empty
    assert all(before == after for before, after in found.criteria.values())


@given(pairs())
def test_the_other_way_round_everything_is_the_other_way_round(pair: tuple[Side, Side]) -> None:
    there, back = compare(*pair), compare(pair[1], pair[0])
    assert {(each.question, each.before, each.after) for each in there.answers} == {
        (each.question, each.after, each.before) for each in back.answers
    }
    assert {(each.key, each.before, each.after) for each in there.evidence} == {
        (each.key, each.after, each.before) for each in back.evidence
    }
    assert {id: points[::-1] for id, points in there.criteria.items()} == back.criteria
    assert there.reached == back.reached[::-1]
    assert there.empty == back.empty


@given(pairs())
def test_what_is_not_named_is_equal(pair: tuple[Side, Side]) -> None:
    before, after = pair
    found = compare(before, after)
    named = {each.question for each in found.answers}
    for id in before.estimate.line:
        if id not in named:
            one, other = before.answers.get(id, Answer()), after.answers.get(id, Answer())
            assert (one.state, one.value, one.reason, one.note) == (other.state, other.value, other.reason, other.note)
    for side, total in enumerate(found.total):
        assert sum(points[side].claimed for points in found.criteria.values()) == total.claimed


def differ(before: Answers, after: Answers) -> Difference:
    return compare(side(SMALL, before), side(SMALL, after))


def test_a_choice_and_its_points() -> None:
    (found,) = (difference := differ({}, {LEITBILD: Answer(State.GIVEN, "ja")})).answers
    assert (found.choice, found.note) == (True, False)
    assert [after.claimed - before.claimed for before, after in difference.criteria.values()] == [4, 0]
    assert difference.reached == (Decimal(0), Decimal(4))


def test_a_note_alone() -> None:
    (found,) = differ({LEITBILD: Answer(note="alt")}, {LEITBILD: Answer(note="neu")}).answers
    assert (found.choice, found.note) == (False, True)


@pytest.mark.parametrize(
    ("before", "after", "happened"),
    [
        ((), (Evidence("Plan", True),), Happened.CAME),
        ((Evidence("Plan", True),), (), Happened.WENT),
        ((Evidence("Plan", False),), (Evidence("Plan", True),), Happened.CHANGED),
    ],
)
def test_evidence_comes_goes_and_changes(
    before: tuple[Evidence, ...], after: tuple[Evidence, ...], happened: Happened
) -> None:
    (found,) = differ({LEITBILD: Answer(evidence=before)}, {LEITBILD: Answer(evidence=after)}).evidence
    assert (found.happened, found.question) == (happened, LEITBILD)


def test_questions_that_are_no_longer_asked_differ_too() -> None:
    gone = QuestionId("frueher")
    (found,) = differ({gone: Answer(note="alt")}, {}).answers
    assert found.question == gone
    assert CriterionId("frueher") not in differ({gone: Answer()}, {}).criteria


def test_a_mark_can_be_read_again_and_counts_as_empty() -> None:
    removed = Removed(date(2027, 1, 12), "Koordination")
    mark = make_mark(removed)
    assert read_mark(mark) == removed
    assert fill_marks(mark) == ""
    assert fill_marks({"title": mark, "link": mark, "page": "4"}) == {"title": STAND_IN, "link": "", "page": "4"}


@pytest.mark.parametrize(
    "plain", [None, "x", 1, {}, {"removed": 1}, {"removed": {"on": "bald"}}, {"removed": {}, "a": 1}]
)
def test_anything_else_is_no_mark(plain: object) -> None:
    assert read_mark(plain) is None
    assert fill_marks(plain) == plain
