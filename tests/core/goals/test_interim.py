"""When agreed goals are asked for, and what they are in the next audit."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from selfcheck.core.goals.interim import (
    AGAIN,
    LATEST,
    Interim,
    Reached,
    Times,
    anniversary,
    find_times,
    past_goals_of,
    should_ask,
)
from selfcheck.core.questionnaire.model import Validity

VALIDITY = Validity(3, 5)
DAYS = some.dates(date(2020, 1, 1), date(2060, 12, 31))


def times(awarded: date, today: date, audit: str = "first") -> Times:
    found = find_times(awarded, audit, VALIDITY, today)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("awarded", "today", "year", "due", "is_due"),
    [
        (date(2026, 5, 4), date(2026, 5, 4), 1, date(2027, 5, 4), False),
        (date(2026, 5, 4), date(2027, 5, 3), 1, date(2027, 5, 4), False),
        (date(2026, 5, 4), date(2027, 5, 4), 1, date(2027, 5, 4), True),
        (date(2026, 5, 4), date(2028, 5, 3), 1, date(2027, 5, 4), True),
        (date(2026, 5, 4), date(2028, 5, 4), 2, date(2028, 5, 4), True),
        (date(2026, 12, 31), date(2027, 12, 30), 1, date(2027, 12, 31), False),
        (date(2026, 12, 31), date(2028, 1, 1), 1, date(2027, 12, 31), True),
        (date(2027, 1, 1), date(2027, 12, 31), 1, date(2028, 1, 1), False),
        (date(2027, 1, 1), date(2028, 1, 1), 1, date(2028, 1, 1), True),
        (date(2028, 2, 29), date(2029, 2, 27), 1, date(2029, 2, 28), False),
        (date(2028, 2, 29), date(2029, 2, 28), 1, date(2029, 2, 28), True),
        (date(2028, 2, 28), date(2029, 2, 28), 1, date(2029, 2, 28), True),
    ],
)
def test_it_is_due_on_the_day_of_the_award_a_year_later(
    awarded: date, today: date, year: int, due: date, is_due: bool
) -> None:
    found = times(awarded, today)
    assert (found.year, found.due, found.is_due) == (year, due, is_due)


def test_a_leap_day_comes_back_in_leap_years_only() -> None:
    days = [anniversary(date(2028, 2, 29), years) for years in range(6)]
    ends = [date(2028, 2, 29), date(2029, 2, 28), date(2030, 2, 28), date(2031, 2, 28), date(2032, 2, 29)]
    assert days == [*ends, date(2033, 2, 28)]
    assert anniversary(date(9998, 2, 28), 5) == date.max


@pytest.mark.parametrize(("audit", "years"), [("first", 2), ("renewal", 4)])
def test_the_last_year_of_a_label_is_judged_by_the_next_audit(audit: str, years: int) -> None:
    awarded = date(2026, 5, 4)
    last = times(awarded, anniversary(awarded, years + 1) - timedelta(days=1), audit)
    assert (last.years, last.year, last.over) == (years, years, False)
    after = times(awarded, anniversary(awarded, years + 1), audit)
    assert (after.year, after.over) == (years, True)


def test_nothing_is_asked_before_the_award_nor_of_a_label_of_one_year() -> None:
    assert find_times(None, "first", VALIDITY, date(2027, 1, 1)) is None
    assert find_times(date(2027, 1, 2), "first", VALIDITY, date(2027, 1, 1)) is None
    assert find_times(date(2026, 1, 2), "first", Validity(1, 1), date(2027, 6, 1)) is None


@given(awarded=DAYS, after=some.integers(0, 2500))
def test_the_year_that_is_asked_for_only_goes_on(awarded: date, after: int) -> None:
    today = awarded + timedelta(days=after)
    now, tomorrow = times(awarded, today), times(awarded, today + timedelta(days=1))
    assert now.year <= tomorrow.year <= now.year + 1
    assert 1 <= now.year <= now.years


@given(awarded=DAYS, sleeps=some.sets(some.integers(0, 1200)))
def test_nobody_is_written_to_more_than_twice_a_year_nor_too_soon(awarded: date, sleeps: set[int]) -> None:
    """Days on which the server slept are caught up, or left out."""
    asked: list[date] = []
    for number in range(1200):
        today = awarded + timedelta(days=number)
        found = times(awarded, today)
        if number not in sleeps and should_ask(found, asked[-1] if asked else None):
            assert found.due <= today < found.due + LATEST
            asked.append(today)
    assert all(later - earlier >= AGAIN for earlier, later in pairwise(asked))
    for year in (1, 2):
        due = anniversary(awarded, year)
        assert sum(due <= day < due + LATEST for day in asked) <= 2
    if not sleeps:
        assert asked == [anniversary(awarded, year) + wait for year in (1, 2) for wait in (timedelta(), AGAIN)]


def test_whoever_is_found_late_gets_the_second_mail_four_weeks_after_the_first() -> None:
    awarded = date(2026, 5, 4)
    due = date(2027, 5, 4)
    late = due + timedelta(days=20)
    assert should_ask(times(awarded, late), None)
    assert not should_ask(times(awarded, due + AGAIN), late)
    assert should_ask(times(awarded, late + AGAIN), late)
    assert not should_ask(times(awarded, due + AGAIN + timedelta(days=1)), due + AGAIN)


def test_nobody_is_asked_after_the_label_has_ended() -> None:
    awarded = date(2026, 5, 4)
    assert not should_ask(times(awarded, anniversary(awarded, 3)), None)


def test_goals_that_were_reached_are_achieved_with_their_document_and_the_others_keep_the_sentence() -> None:
    goals = {1: "Radwege", 4: "Sprachkurse", 7: "Kita", 9: "Welcome Center", 11: "Bad"}
    interims = [
        Interim(2, 1, Reached.REACHED, "20 km sind gebaut.", "Jahresbericht 2028", "Register 5"),
        Interim(1, 1, Reached.UNDER_WAY, "12 km sind gebaut."),
        Interim(1, 4, Reached.UNDER_WAY, "Vier Kurse laufen.", "Kursplan", "Ordner VHS"),
        Interim(2, 4, Reached.UNSAID),
        Interim(1, 7, Reached.REACHED, "Eröffnet.", "Presse", ""),
        Interim(2, 7, Reached.GIVEN_UP, "Wieder geschlossen."),
        Interim(1, 99, Reached.REACHED, "Dieses Ziel gibt es nicht mehr."),
        Interim(1, 11, Reached.GIVEN_UP),
    ]
    said = [
        (each.goal, each.title, each.achieved, each.said, each.document, each.location, each.documented)
        for each in past_goals_of(goals, interims)
    ]
    assert said == [
        (1, "Radwege", True, "20 km sind gebaut.", "Jahresbericht 2028", "Register 5", True),
        (4, "Sprachkurse", False, "Vier Kurse laufen.", "Kursplan", "Ordner VHS", True),
        (7, "Kita", False, "Wieder geschlossen.", "Presse", "", True),
        (9, "Welcome Center", False, "", "", "", False),
        (11, "Bad", False, "Aufgegeben.", "", "", False),
    ]


def test_a_year_in_which_nobody_says_how_far_it_is_keeps_what_was_said() -> None:
    interims = [
        Interim(1, 1, Reached.REACHED, "Fertig.", "Bericht", "Ordner"),
        Interim(2, 1, Reached.UNSAID, "Läuft weiter gut."),
    ]
    [judged] = past_goals_of({1: "Radwege"}, interims)
    assert (judged.achieved, judged.said, judged.document) == (True, "Läuft weiter gut.", "Bericht")
