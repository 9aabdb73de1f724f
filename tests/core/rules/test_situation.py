"""One value for everything the rules say: each part worked out once, and from what it says itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from selfcheck.core.rules.answers import Answer, Extras
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


def test_other_values_change_a_copy_and_the_evidence_proves_no_more_than_today() -> None:
    town = situation()
    then = town.with_values({"kita": "ja", "hort": "ja"})
    assert (town.answers, town.estimate.points.claimed) == (SAID, 0)
    assert (then.estimate.points.claimed, then.estimate.points.documented) == (8, 0)
    assert then.answers["leitbild"] is town.answers["leitbild"]
    assert then.answers["kita"].evidence == town.answers["kita"].evidence


@pytest.mark.parametrize(
    ("today", "tried", "documented"), [("partly", "ja", 1), ("ja", "partly", 1), ("ja", "nein", 0), ("open", "ja", 4)]
)
def test_what_is_tried_out_is_documented_as_far_as_today_is(today: str, tried: str, documented: int) -> None:
    question = builders.yes_no("leitbild", 4, partly=1, evidence=("Beschluss",))
    value = {"partly": "teilweise"}
    answer = Answer(evidence=(LISTED,)) if today == "open" else given(value.get(today, today), LISTED)
    town = Situation(builders.questionnaire([question]), PROFILE, {"leitbild": answer}, Extras(), TODAY)
    then = town.with_values({"leitbild": value.get(tried, tried)}).estimate
    assert then.points.documented == documented


@for_all(strategies.towns())
def test_no_measure_is_proven_before_it_is_done(town) -> None:
    now = Situation(*town, TODAY)
    for one in now.route.measures:
        needed = now.questionnaire.question[one.question].needs_evidence
        before, after = (each.line[one.question].points for each in (now.estimate, now.route.after))
        assert after.documented <= before.documented or not needed


@for_all(strategies.towns(), st.none() | st.integers(-30, 400))
def test_the_route_leads_where_its_measures_lead(town, days) -> None:
    interview = None if days is None else TODAY + timedelta(days=days)
    now = Situation(*town, TODAY, interview)
    keys = [step.key for step in now.checklist()]
    for one in now.route.measures:
        assert f"measure:{one.question}:{one.measure.id}" in keys
    if not now.route.measures:
        assert now.route.after is now.estimate
