"""What each answer gives, as people read it before they answer."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from selfcheck.core.questionnaire.model import (
    CriterionId,
    DepartmentId,
    Kind,
    NumberStep,
    Option,
    OptionId,
    Question,
    QuestionId,
    Source,
)
from selfcheck.core.rules.scoring import score
from selfcheck.reporting.words.question_points import find_step, list_better, list_points

NUMBER = Question(
    id=QuestionId("quote"),
    number="C1",
    criterion=CriterionId("familie"),
    text="Wie hoch ist die Quote?",
    help="",
    kind=Kind.NUMBER,
    department=DepartmentId("kitas"),
    source=Source.OWN,
    unit="%",
    minimum=Decimal(0),
    maximum=Decimal(100),
)


def _steps(*steps: tuple[int, int]) -> tuple[NumberStep, ...]:
    return tuple(NumberStep(Decimal(start), Decimal(points)) for start, points in steps)


def _rows(question: Question) -> list[tuple[str, Decimal]]:
    return [(row.text.replace("\N{NO-BREAK SPACE}", " "), row.points) for row in list_points(question)]


def test_where_more_is_better_each_step_says_from_when_on() -> None:
    question = replace(NUMBER, steps=_steps((30, 2), (40, 5)))
    assert _rows(question) == [("unter 30 %", Decimal(0)), ("ab 30 %", Decimal(2)), ("ab 40 %", Decimal(5))]


def test_a_first_step_at_the_minimum_has_nothing_below_it() -> None:
    question = replace(NUMBER, steps=_steps((0, 1), (40, 5)))
    assert _rows(question) == [("ab 0 %", Decimal(1)), ("ab 40 %", Decimal(5))]


def test_where_less_is_better_each_step_says_below_what() -> None:
    question = replace(NUMBER, unit="Tage", steps=_steps((0, 3), (3, 1), (10, 0)))
    assert _rows(question) == [("unter 3", Decimal(3)), ("unter 10", Decimal(1)), ("ab 10", Decimal(0))]


def test_where_one_number_is_meant_it_is_named() -> None:
    question = replace(NUMBER, steps=_steps((1, 1), (100, 5)))
    assert _rows(question) == [("keine", Decimal(0)), ("ab 1 %", Decimal(1)), ("100 %", Decimal(5))]
    assert _rows(replace(question, decimals=1))[0] == ("unter 1 %", Decimal(0))


@pytest.mark.parametrize("value", ["0", "29.9", "30", "39.9", "40", "100"])
def test_the_rows_say_what_the_rules_count(value: str) -> None:
    question = replace(NUMBER, decimals=1, steps=_steps((30, 2), (40, 5)))
    given = Decimal(value)
    row = 2 if given >= 40 else 1 if given >= 30 else 0
    assert list_points(question)[row].points == score(question, given)


def test_options_stand_in_the_order_of_the_questionnaire() -> None:
    options = (Option(OptionId("a"), "Ja", Decimal("2.5")), Option(OptionId("b"), "Nein", Decimal(0)))
    question = replace(NUMBER, kind=Kind.ONE, options=options)
    assert _rows(question) == [("Ja", Decimal("2.5")), ("Nein", Decimal(0))]


def test_a_text_gives_no_rows() -> None:
    assert list_points(replace(NUMBER, kind=Kind.TEXT)) == ()


@pytest.mark.parametrize(
    ("value", "step", "better"), [(10, "unter 30\u00a0%", 2), (30, "ab 30\u00a0%", 1), (70, "ab 60\u00a0%", 0)]
)
def test_a_number_lies_in_a_step_and_higher_ones_give_more(value: int, step: str, better: int) -> None:
    question = replace(NUMBER, steps=_steps((30, 1), (60, 3)))
    assert find_step(question, Decimal(value)).text == step
    assert len(list_better(question, Decimal(value))) == better


def test_where_less_is_better_the_step_is_found_too() -> None:
    question = replace(NUMBER, steps=_steps((0, 3), (10, 1), (20, 0)))
    assert [find_step(question, Decimal(value)).text for value in (5, 15, 50)] == [
        row.text for row in list_points(question)
    ]
    assert [row.points for row in list_better(question, Decimal(15))] == [Decimal(3)]
