"""Goals that came from a question: a number stands alone where the metric says what it counts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from selfcheck.core.questionnaire.model import Kind, Question
from selfcheck.core.rules.answers import Answer, State
from selfcheck.reporting.report.goal_text import GoalWords, Moved, find_moved, say_standing, say_start
from tests.towns import questionnaire

LONGEST = 200


def _counted(begin: str) -> Question:
    numbers = (each for each in questionnaire().questions if each.kind is Kind.NUMBER)
    return next(each for each in numbers if each.unit.startswith(begin))


EVENTS, SHARE = _counted("Veranstaltungen"), _counted("% der Haushalte")


def _given(value: int) -> Answer:
    return Answer(State.GIVEN, Decimal(value))


def test_a_number_stands_without_what_it_counts_unless_that_stands_behind_it() -> None:
    assert say_standing(EVENTS, Decimal(1), LONGEST) == "1"
    assert say_start(EVENTS, _given(1)) == f"{EVENTS.number} {EVENTS.text} Bisher: 1."
    assert say_standing(SHARE, Decimal(71), LONGEST) == "71 % der Haushalte"


@pytest.mark.parametrize("before", ["1", "Veranstaltungen im Jahr: 1"])
def test_a_goal_follows_its_question_however_its_number_was_said(before: str) -> None:
    start = f"{EVENTS.number} {EVENTS.text} Bisher: {before}."
    goal = GoalWords(start, EVENTS.measures[0].text, before, "20")
    assert _find(goal, 1) is None
    moved = _find(goal, 2)
    assert moved is not None
    assert (moved.before, moved.now, moved.start) == (before, "2", f"{EVENTS.number} {EVENTS.text} Bisher: 2.")


@pytest.mark.parametrize("space", [" ", "\N{NO-BREAK SPACE}"])
def test_a_share_is_the_same_with_whatever_space_it_is_stored(space: str) -> None:
    said = f"71{space}% der Haushalte"
    goal = GoalWords(
        f"{SHARE.number} {SHARE.text} Bisher: {said}.", SHARE.measures[0].text, said, "100 % der Haushalte"
    )
    assert find_moved(questionnaire(), {SHARE.id: _given(71)}, goal, LONGEST) is None
    moved = find_moved(questionnaire(), {SHARE.id: _given(80)}, goal, LONGEST)
    assert moved is not None
    assert (moved.now, moved.start) == ("80 % der Haushalte", say_start(SHARE, _given(80)))


def test_words_of_somebodys_own_are_left_alone() -> None:
    assert _find(GoalWords("", EVENTS.measures[0].text, "eine, im Herbst", "2"), 2) is None


def _find(goal: GoalWords, events: int) -> Moved | None:
    return find_moved(questionnaire(), {EVENTS.id: _given(events)}, goal, LONGEST)
