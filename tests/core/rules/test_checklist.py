"""Which steps there are, when they are due and in what order they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from selfcheck.core.questionnaire.model import Effort, Kind, QuestionIs
from selfcheck.core.rules.answers import Evidence, Extras, Goal, PastGoal, Project
from selfcheck.core.rules.checklist import GROUPS
from selfcheck.core.rules.conditions import Applies
from selfcheck.core.rules.route import latest_start
from selfcheck.core.rules.situation import Situation
from tests.core import builders, strategies
from tests.core.builders import DEPARTMENTS, LISTED, PROFILE, UNCLEAR, given, measure

TODAY = date(2026, 6, 1)
INTERVIEW = date(2027, 6, 15)
RENEWAL = replace(PROFILE, audit="renewal")
SPARE = builders.questionnaire([builders.yes_no("leitbild", 4)])
SAID = {"leitbild": given("ja")}


def steps(
    questionnaire=SPARE,
    answers=SAID,
    *,
    profile=PROFILE,
    extras=None,
    today=TODAY,
    interview=INTERVIEW,
    first_seen=None,
    done=(),
):
    situation = Situation(questionnaire, profile, answers, extras or Extras(), today, interview)
    return situation.checklist(first_seen or {}, frozenset(done))


def keys(found, prefix=""):
    return [step.key for step in found if step.key.startswith(prefix)]


def step(found, key):
    return next(step for step in found if step.key == key)


# Which steps, and what they say


def test_steps_of_a_town_with_nothing_left_to_answer():
    assert {(step.group, step.key, step.due.isoformat()) for step in steps()} == {
        ("Auftrag und Team", "team:contact", "2026-12-15"),
        ("Auftrag und Team", "team:chamber", "2026-12-15"),
        ("Auftrag und Team", "team:council", "2027-01-26"),
        ("Auftrag und Team", "team:department:hauptamt", "2027-02-23"),
        ("Ziele und Sonderpunkte", "goal:1", "2027-05-04"),
        ("Ziele und Sonderpunkte", "goal:2", "2027-05-04"),
        ("Ziele und Sonderpunkte", "goal:3", "2027-05-04"),
        ("Ziele und Sonderpunkte", "project:describe", "2027-05-04"),
        ("IHK", "chamber:share", "2027-04-20"),
        ("IHK", "chamber:final", "2027-06-01"),
        ("Prüfgespräch", "interview:people", "2027-04-20"),
        ("Prüfgespräch", "interview:table", "2027-05-18"),
        ("Prüfgespräch", "interview:binder", "2027-05-18"),
    }


def test_departments_with_a_question_that_may_apply():
    hers = DEPARTMENTS[1].id

    def involved(audit, **asked):
        questionnaire = builders.questionnaire(
            [builders.yes_no("leitbild", 4), builders.question("wort", Kind.TEXT, department=hers, **asked)]
        )
        return keys(steps(questionnaire, profile=replace(PROFILE, audit=audit)), "team:department:")

    both = ["team:department:hauptamt", "team:department:jugend"]
    assert involved("first") == both
    assert involved("first", applies_if=builders.RENEWAL_ONLY) == both[:1]
    assert involved("renewal", applies_if=builders.RENEWAL_ONLY) == both
    assert involved("first", applies_if=QuestionIs("leitbild", ("nein",))) == both[:1]


def test_questions_to_clarify_with_what_hangs_on_them():
    depends = QuestionIs("kita", ("ja",))
    questionnaire = builders.questionnaire(
        [builders.yes_no("kita", 2), builders.yes_no("krippe", 4, applies_if=depends)],
        [
            builders.yes_no("hort", 1, applies_if=depends),
            builders.yes_no("rad", 3, department=DEPARTMENTS[1].id),
            builders.yes_no("alt", 9, applies_if=builders.RENEWAL_ONLY),
            builders.yes_no("bekannt", 9),
            builders.question("wort", Kind.TEXT),
        ],
    )
    found = steps(questionnaire, {"rad": UNCLEAR, "bekannt": given("ja"), "krippe": given("ja")})
    asked = [(step.key, step.points, step.question) for step in found if step.group == "Fragen klären"]
    assert asked == [("answer:kita", 7, "kita"), ("answer:rad", 3, "rad"), ("answer:hort", 1, "hort")]
    rad = step(found, "answer:rad")
    assert rad.text == "B2 klären: Wie steht es um rad?"
    assert (rad.due, rad.department) == (date(2027, 3, 23), "jugend")


def test_measures_begin_their_months_before_evidence_is_due():
    measures = (measure("dauert", "ja", Effort.SMALL, months=3),)
    questionnaire = builders.questionnaire([builders.yes_no("rad", 4, measures=measures), builders.yes_no("rest", 1)])
    found = steps(questionnaire, {"rad": given("nein"), "rest": given("nein")})
    begin = step(found, "measure:rad:dauert")
    assert (begin.group, begin.due, begin.points) == ("Maßnahmen", date(2027, 2, 4), 4)
    assert begin.text == "Beginnen: Maßnahme dauert"


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        ((), "A1 belegen, eines davon genügt: Statistik; Liste"),
        (
            (Evidence("Liste der Schulen", available=False),),
            "A1 belegen: Liste der Schulen",
        ),
        (
            (Evidence("Liste", available=True, valid_until=date(2026, 12, 31)),),
            "A1 belegen, eines davon genügt: Liste (gilt nur bis 31.12.2026); Statistik",
        ),
        (
            (Evidence("Foto", available=False), Evidence("Liste", available=True, valid_until=date(2027, 6, 14))),
            "A1 belegen, eines davon genügt: Foto; Liste (gilt nur bis 14.06.2027)",
        ),
    ],
)
def test_missing_documents_are_named(pieces, text):
    questionnaire = builders.questionnaire([builders.yes_no("kita", 3, evidence=("Statistik", "Liste"))])
    found = step(steps(questionnaire, {"kita": given("ja", *pieces)}), "evidence:kita")
    assert (found.group, found.text, found.points, found.due) == ("Belege", text, 3, date(2027, 5, 4))


def test_the_only_document_there_is_stands_alone():
    questionnaire = builders.questionnaire([builders.yes_no("kita", 3, evidence=("Statistik",))])
    found = step(steps(questionnaire, {"kita": given("ja")}), "evidence:kita")
    assert found.text == "A1 belegen: Statistik"


def test_no_document_is_asked_for_where_none_adds_anything():
    questionnaire = builders.questionnaire(
        [builders.yes_no(name, 3, evidence=("Statistik",)) for name in ("da", "nein", "offen")]
    )
    answers = {"da": given("ja", LISTED, Evidence("Noch eine", available=False)), "nein": given("nein")}
    assert keys(steps(questionnaire, answers), "evidence:") == []


def test_projects_and_past_goals_without_evidence():
    extras = Extras(
        (
            PastGoal(1, "Rubrik", achieved=True, documented=False),
            PastGoal(2, "Paket", achieved=False, documented=False),
            PastGoal(3, "Fest", achieved=True, documented=True),
        ),
        (Project(4, "Lotsen", documented=False), Project(7, "Messe", documented=True)),
    )
    assert keys(steps(extras=extras), "evidence:") == ["evidence:project:4"]
    renewal = steps(extras=extras, profile=RENEWAL)
    assert keys(renewal, "evidence:") == ["evidence:project:4", "evidence:goal:1"]
    assert step(renewal, "evidence:project:4").text == "Projekt belegen: „Lotsen“"
    assert step(renewal, "evidence:goal:1").text == "Erreichtes Ziel belegen: „Rubrik“"
    assert keys(renewal, "project:describe") == []


def test_goals_that_are_not_complete():
    goals = (Goal(1, "Rad", "Wege bauen", "Kilometer"), Goal(3, "Kita", " ", ""))
    found = steps(extras=Extras(goals=goals))
    assert [(step.key, step.text) for step in found if step.key.startswith("goal:")] == [
        ("goal:2", "Entwicklungsziel 2 mit Maßnahme und Messgröße vorschlagen"),
        ("goal:3", "Entwicklungsziel 3 ergänzen: Maßnahme und Messgröße"),
    ]
    assert keys(steps(replace(SPARE, goals=0)), "goal:") == []


# When


@pytest.mark.parametrize(
    ("interview", "due"),
    [
        (date(2028, 3, 14), date(2028, 2, 29)),
        (date(2027, 3, 14), date(2027, 2, 28)),
        (date(2027, 1, 7), date(2026, 12, 24)),
    ],
)
def test_two_weeks_before_over_month_and_year_ends(interview, due):
    assert step(steps(interview=interview), "chamber:final").due == due


def test_without_interview_nothing_is_due():
    assert {(step.due, step.now) for step in steps(interview=None)} == {(None, False)}


@pytest.mark.parametrize(
    ("first", "due", "now"),
    [
        (date(2027, 5, 25), date(2027, 6, 1), False),  # just the seven days
        (date(2027, 5, 26), date(2027, 6, 2), True),
        (date(2027, 6, 7), date(2027, 6, 14), True),
        (date(2027, 6, 8), date(2027, 6, 15), True),
        (date(2027, 6, 9), date(2027, 6, 15), True),  # at most the interview
        (date(2027, 7, 1), date(2027, 6, 15), True),
    ],
)
def test_late_step_gets_a_week_from_the_day_it_first_appeared(first, due, now):
    for found in (steps(today=first), steps(first_seen={"chamber:final": first})):
        assert (step(found, "chamber:final").due, step(found, "chamber:final").now) == (due, now)


def test_step_keeps_its_date_when_the_week_has_passed():
    found = steps(today=date(2027, 6, 14), first_seen={"chamber:final": date(2027, 5, 26)})
    assert step(found, "chamber:final").due == date(2027, 6, 2)


def test_last_days_of_the_calendar():
    found = steps(today=date.max, interview=date.max)
    assert {step.due for step in found} == {date.max}
    assert {step.due for step in steps(today=date.min, interview=date(1, 1, 3))} == {date(1, 1, 3)}


# In what order


def test_order_by_due_date_then_group_then_points():
    questionnaire = builders.questionnaire(
        [
            builders.yes_no("klein", 1, evidence=("Liste",)),
            builders.yes_no("gross", 3, evidence=("Liste",)),
            builders.yes_no("auch", 3, evidence=("Liste",), department=DEPARTMENTS[1].id),
        ]
    )
    extras = Extras(
        (PastGoal(1, "Rubrik", True, False),), (Project(1, "Lotsen", False),), (Goal(1, "Rad", "Bau", "km"),)
    )
    answers = {name: given("ja") for name in ("klein", "gross", "auch")}
    assert keys(steps(questionnaire, answers, profile=RENEWAL, extras=extras)) == [
        "team:contact",
        "team:chamber",
        "team:council",
        "team:department:hauptamt",
        "team:department:jugend",
        "chamber:share",
        "interview:people",
        "evidence:gross",
        "evidence:auch",
        "evidence:klein",
        "evidence:project:1",
        "evidence:goal:1",
        "goal:2",
        "goal:3",
        "interview:table",
        "interview:binder",
        "chamber:final",
    ]


def test_done_steps_come_last_and_groups_follow_each_other_without_dates():
    found = steps(interview=None, done=("team:contact", "goal:1"))
    assert keys(found) == [
        "team:chamber",
        "team:council",
        "team:department:hauptamt",
        "goal:2",
        "goal:3",
        "project:describe",
        "chamber:share",
        "chamber:final",
        "interview:people",
        "interview:table",
        "interview:binder",
        "team:contact",
        "goal:1",
    ]


def test_measures_of_equal_gain_keep_the_order_of_the_route():
    def question(name, effort):
        return builders.yes_no(name, 4, measures=(measure("m", "ja", effort),))

    questionnaire = builders.questionnaire(
        [question("a", Effort.LARGE), question("b", Effort.SMALL)], pass_mark=Decimal(100)
    )
    found = steps(questionnaire, {"a": given("nein"), "b": given("nein")}, interview=None)
    assert keys(found, "measure:") == ["measure:b:m", "measure:a:m"]


@for_all(
    strategies.towns(),
    st.none() | st.integers(-30, 400).map(lambda days: strategies.DAY + timedelta(days=days)),
    st.data(),
)
def test_for_every_town(town, interview, data):
    questionnaire, *_ = town
    today = strategies.DAY
    situation = Situation(*town, today, interview)
    first_seen = data.draw(
        st.dictionaries(st.sampled_from(("team:contact", "goal:1")), st.dates(date(2026, 1, 1), today))
    )
    done = data.draw(st.frozensets(st.sampled_from(("team:contact", "chamber:share", "goal:1"))))
    listed = situation.checklist(first_seen, done)

    assert len(set(keys(listed))) == len(listed)
    ranks = [(step.key in done, step.due or date.max, GROUPS.index(step.group), -step.points) for step in listed]
    assert ranks == sorted(ranks)
    for one in listed:
        assert one.text.strip() == one.text != ""
        assert one.points >= 0
        assert (one.due is None) == (interview is None)
        if interview:
            first = first_seen.get(one.key, today)
            assert one.due <= interview
            assert one.due >= min(first + timedelta(days=7), interview)
        if one.question:
            assert situation.estimate.line[one.question].applies is not Applies.NO
            assert one.department == questionnaire.question[one.question].department
    for one in situation.route.measures:
        begin = step(listed, f"measure:{one.question}:{one.measure.id}")
        assert begin.now or begin.due == latest_start(one.measure, interview)
