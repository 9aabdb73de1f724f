"""One value for everything the rules say: each part worked out once, and from what it says itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from selfcheck.core.rules.answers import Extras
from selfcheck.core.rules.situation import Situation
from tests.core import builders, strategies
from tests.core.builders import LISTED, PROFILE, given

TODAY = date(2027, 1, 10)
SAID = {"leitbild": given("nein"), "kita": given("nein", LISTED)}


def situation() -> Situation:
    questions = [builders.yes_no(name, 4, evidence=("Beschluss",)) for name in ("leitbild", "kita", "hort")]
    return Situation(builders.questionnaire(questions), PROFILE, SAID, Extras(), TODAY)


@pytest.mark.parametrize("part", ["estimate", "open_questions", "decisive", "missing_documents", "route", "probes"])
def test_each_part_is_worked_out_once(part: str) -> None:
    town = situation()
    assert getattr(town, part) is getattr(town, part)


def test_the_day_that_counts_is_the_interview_if_it_is_set() -> None:
    town = situation()
    assert town.day == TODAY
    assert replace(town, interview=date(2027, 6, 15)).day == date(2027, 6, 15)


def test_other_values_change_a_copy_and_keep_the_evidence() -> None:
    town = situation()
    then = town.with_values({"kita": "ja", "hort": "ja"})
    assert (town.answers, town.estimate.points.claimed) == (SAID, 0)
    assert (then.estimate.points.claimed, then.estimate.points.documented) == (8, 4)
    assert then.answers["leitbild"] is town.answers["leitbild"]


@for_all(strategies.towns(), st.none() | st.integers(-30, 400))
def test_the_route_leads_where_its_measures_lead(town, days) -> None:
    interview = None if days is None else TODAY + timedelta(days=days)
    now = Situation(*town, TODAY, interview)
    keys = [step.key for step in now.checklist()]
    for one in now.route.measures:
        assert f"measure:{one.question}:{one.measure.id}" in keys
    if not now.route.measures:
        assert now.route.after is now.estimate
