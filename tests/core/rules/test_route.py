"""Decisive questions, missing documents, deadlines, and the route against every set there is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from selfcheck.core.questionnaire.model import Effort, Kind, NotApplicable, QuestionIs
from selfcheck.core.rules.answers import Answer, Extras, State
from selfcheck.core.rules.conditions import Applies
from selfcheck.core.rules.estimate import Verdict, estimate
from selfcheck.core.rules.route import (
    add_months,
    decisive,
    evidence_day,
    latest_start,
    list_improvements,
    missing_documents,
    months_left,
    weeks_before,
)
from selfcheck.core.rules.route_search import Choice, choose
from selfcheck.core.rules.scoring import score
from selfcheck.core.rules.situation import Situation
from tests.core import builders, strategies
from tests.core.builders import LISTED, NOT_APPLICABLE, PROFILE, UNCLEAR, given, measure

TODAY = date(2027, 1, 10)
INTERVIEW = date(2027, 6, 15)


def route_for(questionnaire, answers, interview=None, today=TODAY):
    return Situation(questionnaire, PROFILE, answers, Extras(), today, interview).route


def taken(route):
    return [f"{one.question}:{one.measure.id}" for one in route.measures]


# Decisive questions and missing documents


def test_decisive_questions_carry_what_hangs_on_them():
    depends = QuestionIs("kita", ("ja",))
    questionnaire = builders.questionnaire(
        [
            builders.yes_no("leitbild", 3),
            builders.yes_no("kita", 2),
            builders.yes_no("krippe", 4, applies_if=depends),
            builders.yes_no("hort", 1, applies_if=depends),
            builders.yes_no("rad", 3),
            builders.yes_no("bekannt", 9),
            builders.yes_no("wertlos", 0),
            builders.question("wort", Kind.TEXT),
        ]
    )
    answers = {"rad": UNCLEAR, "bekannt": given("nein"), "krippe": given("ja")}
    found = decisive(questionnaire, estimate(questionnaire, PROFILE, answers, Extras(), TODAY))
    assert [(one.question, one.points) for one in found] == [("kita", 7), ("leitbild", 3), ("rad", 3)]


def test_question_without_points_is_decisive_if_points_hang_on_it():
    questionnaire = builders.questionnaire(
        [builders.yes_no("gate", 0), builders.yes_no("kita", 2, applies_if=QuestionIs("gate", ("ja",)))]
    )
    found = decisive(questionnaire, estimate(questionnaire, PROFILE, {}, Extras(), TODAY))
    assert [(one.question, one.points) for one in found] == [("gate", 2)]


def test_missing_documents_largest_first():
    proof = {"evidence": ("Beschluss",)}
    names = {"klein": 1, "gross": 4, "mittel": 3, "auch-mittel": 3, "belegt": 5}
    questionnaire = builders.questionnaire(
        [*(builders.yes_no(name, points, **proof) for name, points in names.items()), builders.yes_no("frei", 8)]
    )
    answers = {name: given("ja") for name in (*names, "frei")} | {"belegt": given("ja", LISTED)}
    found = missing_documents(estimate(questionnaire, PROFILE, answers, Extras(), TODAY))
    assert [(one.question, one.points) for one in found] == [
        ("gross", 4),
        ("mittel", 3),
        ("auch-mittel", 3),
        ("klein", 1),
    ]


# Deadlines


def test_evidence_is_due_six_weeks_before_the_interview():
    assert evidence_day(date(2027, 6, 15)) == date(2027, 5, 4)
    assert evidence_day(date(2028, 4, 11)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 1, 31), 2, date(2027, 3, 31)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
        (date(2028, 2, 29), -12, date(2027, 2, 28)),
        (date(2027, 1, 15), -1, date(2026, 12, 15)),
        (date(1, 1, 31), -1, date.min),
        (date(9999, 12, 1), 1, date.max),
    ],
)
def test_months_end_on_the_last_day_where_the_day_is_missing(start, months, end):
    assert add_months(start, months) == end


@pytest.mark.parametrize(
    ("today", "interview", "months"),
    [
        (date(2027, 1, 10), None, None),
        (date(2027, 1, 4), date(2027, 6, 15), 4),  # evidence by 4 May
        (date(2027, 1, 5), date(2027, 6, 15), 3),
        (date(2027, 5, 4), date(2027, 6, 15), 0),
        (date(2027, 5, 5), date(2027, 6, 15), -1),
        (date(2027, 7, 1), date(2027, 6, 15), -1),
        (date(2027, 1, 31), date(2027, 4, 11), 1),  # evidence by 28 February
        (date(2028, 1, 31), date(2028, 4, 11), 1),  # evidence by 29 February
        (date(2028, 1, 31), date(2028, 4, 10), 0),  # evidence by 28 February of a leap year
        (date(2026, 12, 31), date(2028, 4, 11), 14),
        (date(2027, 1, 1), date(1, 1, 2), -1),
    ],
)
def test_months_left(today, interview, months):
    assert months_left(today, interview) == months


@for_all(st.dates(), st.dates())
def test_months_left_is_the_largest_number_that_ends_in_time(today, interview):
    months, due = months_left(today, interview), evidence_day(interview)
    if months == -1:
        assert today > due
    else:
        assert add_months(today, months) <= due
        assert add_months(today, months + 1) > due or due == date.max


def test_weeks_before_stops_at_the_first_day():
    assert weeks_before(date(1, 1, 8), 1) == date.min
    assert weeks_before(date(1, 1, 7), 1) == date.min
    assert weeks_before(date(2028, 3, 7), 1) == date(2028, 2, 29)


def test_latest_start():
    assert latest_start(measure("m", "ja", months=3), INTERVIEW) == date(2027, 2, 4)
    assert latest_start(measure("m", "ja", months=5), INTERVIEW) == date(2026, 12, 4)
    assert latest_start(measure("m", "ja", months=5), date(2027, 9, 11)) == date(2027, 2, 28)
    assert latest_start(measure("m", "ja", months=0), INTERVIEW) == date(2027, 5, 4)
    assert latest_start(measure("m", "ja", months=3), None) is None


# The route


def choices(question, points, *measures):
    """A question about one of four levels, answered with the lowest."""
    level = builders.options(null=0, halb=points / 2, ganz=points)
    return builders.question(question, Kind.ONE, options=level, measures=measures)


def test_cheapest_set_and_not_the_greediest():
    """One large measure gains most per effort, but the mark is cheaper with two small ones."""
    questionnaire = builders.questionnaire(
        [
            choices("gross", 9, measure("m", "ganz", Effort.LARGE)),
            choices("klein", 1.5, measure("m", "ganz", Effort.SMALL)),
            choices("auch", 1.5, measure("m", "ganz", Effort.SMALL)),
            builders.yes_no("rest", 8),
        ],
        pass_mark=Decimal(55),
    )
    answers = {"gross": given("null"), "klein": given("null"), "auch": given("null"), "rest": given("ja")}
    route = route_for(questionnaire, answers)
    assert taken(route) == ["klein:m", "auch:m"]
    assert (route.gain, route.effort, route.missing, route.provisional) == (3, 2, 0, False)
    assert route.after.points.claimed == 11
    assert route.after.verdict is Verdict.DOCUMENTED


def test_route_is_empty_when_mark_and_margin_are_reached():
    questionnaire = builders.questionnaire(
        [choices("rad", 4, measure("m", "ganz")), builders.yes_no("rest", 6)],
        pass_mark=Decimal(50),
        goal_margin=Decimal(1),
    )
    route = route_for(questionnaire, {"rad": given("null"), "rest": given("ja")})
    assert (route.measures, route.gain, route.effort, route.missing) == ((), 0, 0, 0)
    assert route.after.points.claimed == 6


def test_margin_is_aimed_for_then_the_mark_then_as_much_as_there_is():
    answers = {"a": given("null"), "b": given("null"), "rest": given("ja")}

    def route(margin, mark):
        questionnaire = builders.questionnaire(
            [choices("a", 2, measure("m", "ganz")), choices("b", 2, measure("m", "ganz")), builders.yes_no("rest", 6)],
            pass_mark=Decimal(mark),
            goal_margin=Decimal(margin),
        )
        return route_for(questionnaire, answers)

    assert len(route(0, 80).measures) == 1
    assert len(route(2, 80).measures) == 2
    assert len(route(3, 80).measures) == 1  # mark and margin are out of reach: the mark alone is enough
    assert len(route(3, 60).measures) == 2  # 6 reached, mark 6, margin 9 of 10
    assert len(route(5, 60).measures) == 0  # mark is reached, the margin cannot be


def test_what_is_missing_when_nothing_reaches_the_mark():
    questionnaire = builders.questionnaire([choices("a", 2, measure("m", "halb")), builders.yes_no("rest", 8)])
    route = route_for(questionnaire, {"a": given("null"), "rest": given("nein")})
    assert (taken(route), route.gain, route.missing) == (["a:m"], 1, 6)


def test_only_measures_that_can_be_done_in_time():
    questionnaire = builders.questionnaire(
        [
            choices(
                "a", 2, measure("lang", "ganz", Effort.SMALL, months=4), measure("kurz", "halb", Effort.LARGE, months=3)
            )
        ]
    )
    answers = {"a": given("null")}
    assert taken(route_for(questionnaire, answers)) == ["a:lang"]
    assert taken(route_for(questionnaire, answers, INTERVIEW, today=date(2027, 1, 4))) == ["a:lang"]
    assert taken(route_for(questionnaire, answers, INTERVIEW, today=date(2027, 1, 5))) == ["a:kurz"]
    assert taken(route_for(questionnaire, answers, INTERVIEW, today=date(2027, 5, 5))) == []


@pytest.mark.parametrize(
    ("answer", "offer", "expected"),
    [
        (given("nein"), None, ["a:m"]),
        (given("ja"), None, []),
        (UNCLEAR, None, []),
        (Answer(), None, []),
        (NOT_APPLICABLE, NotApplicable.ZERO, ["a:m"]),
        (NOT_APPLICABLE, NotApplicable.EXCLUDED, []),
    ],
)
def test_measures_are_for_answers_that_can_get_better(answer, offer, expected):
    question = builders.yes_no("a", 4, not_applicable=offer, measures=(measure("m", "ja"),))
    questionnaire = builders.questionnaire([question, builders.yes_no("rest", 1)])
    assert taken(route_for(questionnaire, {"a": answer, "rest": given("nein")})) == expected


def test_measures_of_questions_that_do_not_apply_are_not_offered():
    question = builders.yes_no("a", 4, applies_if=builders.RENEWAL_ONLY, measures=(measure("m", "ja"),))
    questionnaire = builders.questionnaire([question, builders.yes_no("rest", 1)])
    assert taken(route_for(questionnaire, {"a": given("nein"), "rest": given("nein")})) == []


def test_measure_of_many_adds_to_what_is_chosen():
    content = builders.options(gutscheine=1, fahrplan=1, broschuere=2)
    added = measure("m", frozenset({"fahrplan", "gutscheine"}))
    question = builders.question("inhalt", Kind.MANY, options=content, at_most=Decimal(3), measures=(added,))
    route = route_for(builders.questionnaire([question]), {"inhalt": given({"broschuere"})})
    assert route.gain == 1
    assert route.after.line["inhalt"].reason.startswith("Gutscheine; Fahrplan; Broschuere")


def test_after_counts_what_the_measures_bring_into_play():
    questionnaire = builders.questionnaire(
        [
            builders.yes_no("kita", 4, measures=(measure("m", "ja"),)),
            builders.yes_no("krippe", 6, applies_if=QuestionIs("kita", ("ja",))),
        ]
    )
    route = route_for(questionnaire, {"kita": given("nein"), "krippe": given("nein")})
    assert (route.gain, route.after.points.claimed, route.after.points.possible) == (4, 4, 10)
    assert (route.after.mark, route.missing) == (7, 3)


def test_route_is_listed_by_gain_per_effort_then_questionnaire_order():
    questionnaire = builders.questionnaire(
        [
            choices("a", 2, measure("m", "ganz", Effort.MEDIUM)),
            choices("b", 8, measure("m", "ganz", Effort.LARGE)),
            choices("c", 1, measure("m", "ganz", Effort.SMALL)),
            choices("d", 3, measure("m", "ganz", Effort.SMALL)),
        ],
        pass_mark=Decimal(100),
    )
    route = route_for(questionnaire, {name: given("null") for name in "abcd"})
    assert taken(route) == ["d:m", "b:m", "a:m", "c:m"]


def test_route_is_provisional_while_more_than_a_quarter_is_open():
    questionnaire = builders.questionnaire([builders.yes_no(name, 1) for name in "abcd"])
    said = {name: given("nein") for name in "abcd"}
    assert not route_for(questionnaire, said | {"a": UNCLEAR}).provisional
    assert route_for(questionnaire, said | {"a": UNCLEAR, "b": UNCLEAR}).provisional


# The route against every set there is

gains = st.integers(1, 8).map(lambda halves: Decimal(halves) / 2)
needs = st.lists(st.integers(-4, 40).map(lambda halves: Decimal(halves) / 2), max_size=2)


def groups_of(efforts, gains, most):
    return st.lists(st.lists(st.tuples(st.sampled_from(efforts), gains), max_size=3), max_size=most)


def best_of_all(groups, needs):
    """Tries every set; the rule of the route, word for word."""
    sets = [[one for one in chosen if one] for chosen in product(*([None, *group] for group in groups))]
    reachable = [need for need in needs if any(sum(one.gain for one in chosen) >= need for chosen in sets)]
    need = reachable[0] if reachable else max(sum(one.gain for one in chosen) for chosen in sets)
    return min((chosen for chosen in sets if sum(one.gain for one in chosen) >= need), key=rank)


def rank(chosen):
    effort, gain = sum(one.effort for one in chosen), sum(one.gain for one in chosen)
    return effort, len(chosen), -gain, sorted(one.key for one in chosen)


@settings(max_examples=300)
@for_all(groups_of((1, 2, 4), gains, 5), needs)
def test_search_finds_the_best_of_all_sets(groups, needs):
    assert_best(groups, needs)


@settings(max_examples=300)
@for_all(groups_of((1, 2), st.sampled_from((Decimal(1), Decimal(2))), 4), needs)
def test_search_finds_the_first_of_many_equal_sets(groups, needs):
    assert_best(groups, needs)


def test_of_equal_sets_the_one_whose_measures_come_first():
    """Dear and cheap cost and gain the same as cheap and dear; the dear one of the first question stands first."""
    assert_best([[(2, Decimal(2)), (1, Decimal(1))], [(1, Decimal(1)), (2, Decimal(2))]], [Decimal(3)])


def assert_best(groups, needs):
    keys = iter(range(100))
    numbered = [[Choice(next(keys), effort, gain) for effort, gain in group] for group in groups]
    needs = sorted(needs, reverse=True)
    assert choose(numbered, needs) == best_of_all(numbered, needs)


@settings(max_examples=200)
@for_all(
    strategies.towns(most=5),
    st.none() | st.integers(-30, 400).map(lambda days: date.fromordinal(TODAY.toordinal() + days)),
)
def test_route_is_the_best_of_all_sets_of_measures(town, interview):
    questionnaire, profile, answers, extras = town
    day = interview or TODAY
    found = estimate(*town, day)
    months = months_left(TODAY, interview)
    groups, keys = [], iter(range(100))
    for question in questionnaire.questions:
        line, answer = found.line[question.id], answers.get(question.id, Answer())
        zero = answer.state is State.NOT_APPLICABLE and question.not_applicable is NotApplicable.ZERO
        fits = line.applies is Applies.YES and (answer.state is State.GIVEN or zero)
        group = []
        for one in question.measures if fits else ():
            value = one.leads_to
            if question.kind is Kind.MANY and not zero:
                value |= answer.value
            gain = score(question, value) - line.points.claimed
            if gain > 0 and (months is None or one.months <= months):
                group.append((Choice(next(keys), one.effort.weight, gain), question.id, one, value))
        groups.append(group)
    lacking = found.mark - found.reached
    needs = [lacking + questionnaire.goal_margin, lacking]
    best = best_of_all([[entry[0] for entry in group] for group in groups], needs)
    expected = [entry for group in groups for entry in group if entry[0] in best]

    route = Situation(*town, TODAY, interview).route
    by_worth = sorted(expected, key=lambda entry: -entry[0].gain / entry[0].effort)
    assert [(one.question, one.measure) for one in route.measures] == [entry[1:3] for entry in by_worth]
    assert route.gain == sum(one.gain for one in best)
    assert route.effort == sum(one.effort for one in best)

    changed = dict(answers)
    for _, question, _, value in expected:
        proves = found.line[question].points.documented if questionnaire.question[question].needs_evidence else None
        changed[question] = answers[question]._replace(state=State.GIVEN, value=value, reason="", proves=proves)
    assert route.after == estimate(questionnaire, profile, changed, extras, day)
    assert route.missing == max(0, route.after.mark - route.after.reached)


def test_improvements_are_all_that_gains_something_however_long_it_takes():
    questionnaire = builders.questionnaire(
        [
            builders.yes_no("a", 2, measures=(measure("a1", "ja", months=40),)),
            builders.yes_no("b", 3, 1, measures=(measure("b1", "teilweise"), measure("b2", "ja", months=2))),
            builders.yes_no("c", 9, measures=(measure("c1", "ja"),)),
            builders.yes_no("d", 9, measures=(measure("d1", "ja"),)),
        ]
    )
    answers = {"a": given("nein"), "b": given("nein"), "c": given("ja")}
    facts = Situation(questionnaire, PROFILE, answers, Extras(), TODAY, INTERVIEW)
    assert [one.measure.id for one in list_improvements(facts)] == ["b2", "a1", "b1"]
