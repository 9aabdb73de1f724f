"""Points before and after in German words, for the chart and the table."""

from __future__ import annotations

from decimal import Decimal

import pytest

from selfcheck.core.questionnaire.model import Profile, QuestionId
from selfcheck.core.rules.answers import Answer, Answers, Evidence, Extras, Project, State
from selfcheck.core.rules.difference import Side, compare
from selfcheck.core.rules.estimate import estimate
from selfcheck.reporting.report.difference_text import difference_cells, difference_rows, say_difference
from tests.core.builders import questionnaire, yes_no
from tests.core.strategies import DAY

ASKED = questionnaire([yes_no("leitbild", 4, partly=2, evidence=("Leitbild",))], [yes_no("plan", 2)])
PROFILE = Profile("mittelzentrum", "first", "HE")
LEITBILD = QuestionId("leitbild")
YES = Answer(State.GIVEN, "ja")
PROVEN = Answer(State.GIVEN, "ja", evidence=(Evidence("x", True),))


def side(answers: Answers, projects: int = 0) -> Side:
    extras = Extras(projects=tuple(Project(number, "x", False) for number in range(projects)))
    return Side(answers, estimate(ASKED, PROFILE, answers, extras, DAY), {})


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({}, {LEITBILD: YES}, "4 Punkte mehr"),
        ({LEITBILD: YES}, {LEITBILD: Answer(State.GIVEN, "teilweise")}, "2 Punkte weniger"),
        (
            {LEITBILD: YES},
            {LEITBILD: PROVEN},
            "4 Punkte mehr belegt",
        ),
        ({}, {LEITBILD: Answer(State.GIVEN, "nein")}, "4 Punkte weniger offen"),
        ({}, {}, "unverändert"),
    ],
)
def test_what_happened_to_a_criterion(before: Answers, after: Answers, words: str) -> None:
    sides = side(before), side(after)
    total, first, second = difference_rows(ASKED, *sides, compare(*sides))
    assert (total.words, first.words, second.words) == (words, words, "unverändert")
    assert first.label.startswith("A ")


def test_bonus_counts_in_the_total() -> None:
    sides = side({}), side({}, projects=1)
    rows = difference_rows(ASKED, *sides, compare(*sides))
    bonus = sides[1].estimate.bonus
    assert rows[0].words == say_difference(bonus)
    assert {row.words for row in rows[1:]} == {"unverändert"}
    assert difference_cells(ASKED, *sides, compare(*sides))[-1].title == "Gesamt mit Sonderpunkten"


def test_cells_have_signs() -> None:
    sides = side({LEITBILD: YES}), side({QuestionId("plan"): YES})
    lines = [cell.line for cell in difference_cells(ASKED, *sides, compare(*sides))]
    assert [line[1:4] for line in lines] == [("4", "0", "−4"), ("0", "2", "+2"), ("4", "2", "−2")]
    assert lines[0][6] == "±0"


@pytest.mark.parametrize(
    ("points", "words"), [("0.5", "0,5 Punkte mehr"), ("-1", "1 Punkt weniger"), ("0", "unverändert")]
)
def test_numbers_as_germans_say_them(points: str, words: str) -> None:
    assert say_difference(Decimal(points)) == words
