"""Which steps there are, when they are due and in what order they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from selfcheck.core.questionnaire.model import Effort, Kind, NotApplicable, QuestionIs
from selfcheck.core.rules.answers import Contact, Evidence, Extras, Goal, PastGoal, Project
from selfcheck.core.rules.conditions import Applies
from selfcheck.core.rules.route import latest_start, value_after
from selfcheck.core.rules.situation import Situation
from selfcheck.core.rules.to_do.checklist import GROUPS, Around, Done, Kept, count_done
from tests.core import builders, strategies
from tests.core.builders import DEPARTMENTS, LISTED, NOT_APPLICABLE, PROFILE, UNCLEAR, given, measure

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
    kept=None,
    around=None,
):
    situation = Situation(questionnaire, profile, answers, extras or Extras(), today, interview)
    return situation.checklist(kept, around)


def keys(found, prefix=""):
    return [step.key for step in found if step.key.startswith(prefix)]


def step(found, key):
    return next(step for step in found if step.key == key)


def left(found, prefix=""):
    return [step.key for step in found if not step.done and step.key.startswith(prefix)]


def ticked(*names):
    return {name: Kept(TODAY, ticked=True) for name in names}


# Which steps, and what they say


def test_steps_of_a_town_with_nothing_left_to_answer():
    assert {(step.group, step.key, step.due.isoformat()) for step in steps() if not step.done} == {
        ("Auftrag und Team", "team:contact", "2026-12-15"),
        ("Auftrag und Team", "team:chamber", "2026-12-15"),
        ("Auftrag und Team", "team:council", "2027-01-26"),
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
        return sorted(keys(steps(questionnaire, profile=replace(PROFILE, audit=audit)), "team:department:"))

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
    steps_of = [step for step in found if step.group == "Fragen klären"]
    assert [step.key for step in steps_of if step.by_itself == Done("beantwortet")] == [
        "answer:krippe",
        "answer:bekannt",
    ]
    asked = [(step.key, step.points, step.question) for step in steps_of if not step.done]
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
    for today in (date(2027, 1, 31), date(2027, 2, 4)):
        soon = steps(questionnaire, {"rad": given("nein"), "rest": given("nein")}, today=today)
        assert (step(soon, begin.key).due, step(soon, begin.key).now) == (date(2027, 2, 4), True), "not a week later"


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        ((), "A1 belegen (Wie steht es um kita?), eines davon genügt: Statistik; Liste"),
        (
            (Evidence("Liste der Schulen", available=False),),
            "A1 belegen (Wie steht es um kita?): Liste der Schulen",
        ),
        (
            (Evidence("Liste", available=True, valid_until=date(2026, 12, 31)),),
            "A1 belegen (Wie steht es um kita?), eines davon genügt: Liste (gilt nur bis 31.12.2026); Statistik",
        ),
        (
            (Evidence("Foto", available=False), Evidence("Liste", available=True, valid_until=date(2027, 6, 14))),
            "A1 belegen (Wie steht es um kita?), eines davon genügt: Foto; Liste (gilt nur bis 14.06.2027)",
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
    assert found.text == "A1 belegen (Wie steht es um kita?): Statistik"


def test_no_document_is_asked_for_where_none_adds_anything():
    questionnaire = builders.questionnaire(
        [builders.yes_no(name, 3, evidence=("Statistik",)) for name in ("da", "nein", "offen")]
    )
    answers = {"da": given("ja", LISTED, Evidence("Noch eine", available=False)), "nein": given("nein")}
    found = steps(questionnaire, answers)
    assert keys(found, "evidence:") == ["evidence:da"]
    assert step(found, "evidence:da").by_itself == Done("Beleg liegt vor")
    assert step(found, "evidence:da").text == "A1 belegen: Wie steht es um da?"


def test_projects_and_past_goals_without_evidence():
    extras = Extras(
        (
            PastGoal(1, "Rubrik", achieved=True, documented=False),
            PastGoal(2, "Paket", achieved=False, documented=False),
            PastGoal(3, "Fest", achieved=True, documented=True),
        ),
        (Project(4, "Lotsen", documented=False), Project(7, "Messe", documented=True)),
    )
    assert left(steps(extras=extras), "evidence:") == ["evidence:project:4"]
    renewal = steps(extras=extras, profile=RENEWAL)
    assert left(renewal, "evidence:") == ["evidence:project:4", "evidence:goal:1"]
    done = [one.key for one in renewal if one.by_itself == Done("Beleg liegt vor")]
    assert done == ["evidence:project:7", "evidence:goal:3"]
    assert step(renewal, "evidence:project:4").text == "Projekt belegen: „Lotsen“"
    assert step(renewal, "evidence:goal:1").text == "Erreichtes Ziel belegen: „Rubrik“"
    assert step(renewal, "project:describe").by_itself == Done("beschrieben")


def test_goals_that_are_not_complete():
    goals = (Goal(1, "Rad", "Wege bauen", "Kilometer"), Goal(3, "Kita", " ", ""))
    found = steps(extras=Extras(goals=goals))
    assert step(found, "goal:1").by_itself == Done("mit Maßnahme und Messgröße")
    assert step(found, "goal:1").text == "Entwicklungsziel 1 mit Maßnahme und Messgröße vorschlagen"
    assert [(step.key, step.text) for step in found if step.key.startswith("goal:") and not step.done] == [
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
    for found in (steps(today=first), steps(kept={"chamber:final": Kept(first)})):
        assert (step(found, "chamber:final").due, step(found, "chamber:final").now) == (due, now)


def test_step_keeps_its_date_when_the_week_has_passed():
    found = steps(today=date(2027, 6, 14), kept={"chamber:final": Kept(date(2027, 5, 26))})
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
    assert left(steps(questionnaire, answers, profile=RENEWAL, extras=extras)) == [
        "team:contact",
        "team:chamber",
        "team:council",
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
    found = steps(interview=None, kept=ticked("team:contact", "goal:1"))
    assert keys(found) == [
        "team:chamber",
        "team:council",
        "goal:2",
        "goal:3",
        "project:describe",
        "chamber:share",
        "chamber:final",
        "interview:people",
        "interview:table",
        "interview:binder",
        "team:contact",
        "team:department:hauptamt",
        "answer:leitbild",
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


# When a step is done


def test_a_contact_has_a_name_and_a_way_to_reach_it():
    def done(**said):
        return step(steps(around=Around(contact=Contact(**said))), "team:contact").by_itself

    assert done(name="Eva Keller") is None
    assert done(phone="06100 1", mail="e@stadt.example") is None
    assert done(name="Eva Keller", phone="06100 1") == Done("eingetragen")
    assert done(name="Eva Keller", mail="e@stadt.example") == Done("eingetragen")


@pytest.mark.parametrize(
    ("answer", "done"), [("ja", Done("laut Antwort A1")), ("teilweise", Done("laut Antwort A1")), ("nein", None)]
)
def test_the_council_has_decided_where_the_answer_says_so(answer, done):
    asked = builders.yes_no("leitbild", 4, partly=2)
    said = {"leitbild": given(answer)}
    named = builders.questionnaire([asked], council=QuestionIs("leitbild", ("ja", "teilweise")))
    assert step(steps(named, said), "team:council").by_itself == done
    assert step(steps(named, {"leitbild": UNCLEAR}), "team:council").by_itself is None
    assert step(steps(builders.questionnaire([asked]), said), "team:council").by_itself is None


def test_a_decision_of_which_nobody_is_asked_is_none():
    asked = builders.yes_no("leitbild", 4, applies_if=builders.RENEWAL_ONLY)
    named = builders.questionnaire([asked, builders.yes_no("rad", 1)], council=QuestionIs("leitbild", ("ja",)))
    assert step(steps(named, SAID), "team:council").by_itself is None
    assert step(steps(named, SAID, profile=RENEWAL), "team:council").by_itself == Done("laut Antwort A1")


def test_a_department_is_involved_once_it_is_asked_or_nothing_is_left_to_ask():
    hers = DEPARTMENTS[1].id
    questionnaire = builders.questionnaire(
        [
            builders.yes_no("leitbild", 4),
            builders.yes_no("rad", 1, department=hers),
            builders.question("wort", Kind.TEXT, department=hers),
        ]
    )
    first, second = date(2026, 5, 3), date(2026, 5, 9)

    def done(answers, **around):
        return step(steps(questionnaire, answers, around=Around(**around)), f"team:department:{hers}").by_itself

    assert done({}) is None
    assert done({}, offices={hers: first}) == Done("gefragt", first)
    assert done({}, asked={"rad": first}) is None
    assert done({}, asked={"rad": first, "wort": second}) == Done("gefragt", second)
    assert done({"wort": given("x")}, asked={"rad": first}) == Done("gefragt", first)
    assert done({"rad": given("ja")}) is None
    assert done({"rad": given("ja"), "wort": given("x")}) == Done("Fragen sind beantwortet", needless=True)
    assert done({"rad": given("ja"), "wort": UNCLEAR}) is None
    assert done({"rad": given("ja"), "wort": given("x")}, asked={"rad": first}) == Done("gefragt", first)


def test_a_department_with_answers_that_nothing_proves_says_so():
    hers = DEPARTMENTS[1].id
    asked = builders.yes_no("rad", 1, department=hers, evidence=("Plan",))
    said = {"leitbild": given("ja"), "rad": given("ja")}
    questionnaire = builders.questionnaire([builders.yes_no("leitbild", 4), asked])
    involved = step(steps(questionnaire, said), f"team:department:{hers}").by_itself
    assert involved == Done("Fragen sind beantwortet, Belege fehlen", needless=True)


def test_a_department_stays_involved_when_its_office_gives_one_question_back():
    hers = DEPARTMENTS[1].id
    asked = [builders.yes_no(id, 1, department=hers) for id in ("hort", "kita", "rad")]
    questionnaire = builders.questionnaire([builders.yes_no("leitbild", 4), *asked])
    first = date(2026, 5, 3)

    def done(*ids):
        around = Around(asked=dict.fromkeys(ids, first))
        return step(steps(questionnaire, {}, around=around), f"team:department:{hers}").by_itself

    assert done("hort", "kita", "rad") == Done("gefragt", first)
    assert done("hort", "kita") == Done("gefragt", first)
    assert done("hort") is None


def test_a_department_that_nobody_has_to_ask_counts_neither_way():
    hers = DEPARTMENTS[1].id
    questionnaire = builders.questionnaire([builders.yes_no("leitbild", 4), builders.yes_no("rad", 1, department=hers)])
    before, after = (steps(questionnaire, answers) for answers in ({}, {"rad": given("ja")}))
    involved = step(after, f"team:department:{hers}")
    assert involved.needless
    assert count_done(after).all == count_done(before).all - 1 + len(after) - len(before)
    assert count_done([involved]) == (0, 0)
    assert count_done([replace(involved, ticked=True)]) == (1, 1), "whoever says that they asked did so"


def test_questions_are_clarified_by_any_answer():
    questionnaire = builders.questionnaire(
        [builders.yes_no("rad", 1, not_applicable=NotApplicable.ZERO), builders.yes_no("hort", 2)]
    )
    found = steps(questionnaire, {"rad": NOT_APPLICABLE, "hort": UNCLEAR})
    assert step(found, "answer:rad").by_itself == Done("trifft nicht zu")
    assert step(found, "answer:hort").by_itself is None


def test_a_measure_is_taken_when_it_stood_on_the_route_and_its_value_is_there():
    measures = (measure("bauen", "ja"), measure("planen", "teilweise"))
    rad = builders.yes_no("rad", 4, partly=2, measures=measures)
    questionnaire = builders.questionnaire([rad, builders.yes_no("rest", 1)])
    stood = {f"measure:rad:{name}": Kept(TODAY) for name in ("bauen", "planen")}
    assert left(steps(questionnaire, {"rad": given("nein"), "rest": given("ja")}), "measure:") == ["measure:rad:bauen"]
    taken = steps(questionnaire, {"rad": given("ja"), "rest": given("ja")}, kept=stood)
    assert [(one.key, one.by_itself, one.points) for one in taken if one.key.startswith("measure:")] == [
        ("measure:rad:bauen", Done("umgesetzt"), 0)
    ]
    assert step(taken, "measure:rad:bauen").due == latest_start(measures[0], INTERVIEW)
    assert keys(steps(questionnaire, {"rad": given("ja"), "rest": given("ja")}), "measure:") == []
    for other in (UNCLEAR, NOT_APPLICABLE):
        assert keys(steps(questionnaire, {"rad": other, "rest": given("ja")}, kept=stood), "measure:") == []


def test_measures_of_choices_and_numbers_are_taken_when_they_are_reached():
    paket = builders.question(
        "paket", Kind.MANY, options=builders.options(plan=1, heft=1), measures=(measure("heft", frozenset({"heft"})),)
    )
    quote = builders.number("quote", {30: 1, 60: 2}, measures=(measure("mehr", Decimal(60)),))
    questionnaire = builders.questionnaire([paket, quote])
    stood = {"measure:paket:heft": Kept(TODAY), "measure:quote:mehr": Kept(TODAY)}

    def taken(chosen, number):
        found = steps(questionnaire, {"paket": given(chosen), "quote": given(number)}, kept=stood)
        return [one.key for one in found if one.by_itself == Done("umgesetzt")]

    assert taken({"plan"}, 59) == []
    assert taken({"plan", "heft"}, 59) == ["measure:paket:heft"]
    assert taken({"heft"}, 61) == ["measure:paket:heft", "measure:quote:mehr"]


def test_sharing_is_done_by_itself_and_the_last_report_by_hand():
    found = steps(around=Around(shared_on=date(2026, 5, 28)))
    assert step(found, "chamber:share").by_itself == Done("geteilt", date(2026, 5, 28))
    assert step(found, "chamber:final").done is False
    assert step(steps(kept=ticked("chamber:final")), "chamber:final").done is True


def test_what_the_chamber_asks_is_a_step_until_it_is_answered():
    questionnaire = builders.questionnaire([builders.yes_no("rad", 1), builders.yes_no("hort", 2)])
    found = steps(questionnaire, around=Around(chamber={"hort": False, "rad": True, "gestrichen": False}))
    assert keys(found, "chamber:question:") == ["chamber:question:hort", "chamber:question:rad"]
    open_one, other = step(found, "chamber:question:hort"), step(found, "chamber:question:rad")
    assert open_one.text == f"Rückfrage der IHK zu {questionnaire.question['hort'].number} beantworten"
    assert (open_one.done, open_one.due, other.by_itself) == (False, None, Done("nicht mehr offen"))


def test_done_steps_go_on_counting():
    questionnaire = builders.questionnaire([builders.yes_no("rad", 1), builders.yes_no("hort", 2)])
    before, after = (steps(questionnaire, said) for said in ({}, {"rad": given("ja")}))
    assert count_done(before) == (0, len(before))
    assert count_done(after) == (1, len(before))


def test_a_chosen_day_stands_for_the_derived_one_even_without_an_interview():
    chosen = {"team:council": Kept(TODAY, due=date(2026, 6, 2))}
    for interview in (INTERVIEW, None):
        council = step(steps(kept=chosen, interview=interview), "team:council")
        assert (council.due, council.own_day, council.now) == (date(2026, 6, 2), True, False)
    assert keys(steps(kept=chosen))[0] == "team:council"


@for_all(
    strategies.towns(),
    st.none() | st.integers(-30, 400).map(lambda days: strategies.DAY + timedelta(days=days)),
    st.data(),
)
def test_for_every_town(town, interview, data):
    questionnaire, *_ = town
    today = strategies.DAY
    situation = Situation(*town, today, interview)
    known = [one.key for one in situation.checklist()]
    days = st.dates(date(2026, 1, 1), today)
    kept = data.draw(
        st.dictionaries(st.sampled_from(known), st.builds(Kept, days, st.booleans(), st.none() | days), max_size=5)
    )
    around = data.draw(strategies.surroundings(questionnaire))
    listed = situation.checklist(kept, around)

    assert sorted(keys(listed)) == sorted(known)
    ranks = [(one.done, one.due or date.max, GROUPS.index(one.group), -one.points) for one in listed]
    assert ranks == sorted(ranks)
    for one in listed:
        mine = kept.get(one.key, Kept(today))
        assert one.text.strip() == one.text != ""
        assert one.points >= 0
        assert one.done == (mine.ticked or one.by_itself is not None)
        assert one.own_day == (mine.due is not None)
        assert not one.own_day or one.due == mine.due
        assert one.own_day or (one.due is None) == (interview is None)
        if interview and not one.own_day:
            assert one.due <= interview
            notice = timedelta(days=0 if one.key.startswith("measure:") else 7)
            assert one.due >= min(mine.first_seen + notice, interview)
        if one.question:
            assert situation.estimate.line[one.question].applies is not Applies.NO
            assert one.department == questionnaire.question[one.question].department
    for one in situation.route.measures:
        begin = step(listed, f"measure:{one.question}:{one.measure.id}")
        first = kept.get(begin.key, Kept(today)).first_seen
        latest = latest_start(one.measure, interview)
        assert begin.own_day or begin.due == (latest and min(max(latest, first), interview))


@for_all(strategies.towns())
def test_what_is_achieved_never_leaves_the_list(town):
    before = Situation(*town, strategies.DAY, None)
    shown = {one.key: Kept(strategies.DAY) for one in before.checklist()}
    taken = {one.question: one.measure for one in before.route.measures}
    after = before.with_values({id: value_after(before.answers[id], done) for id, done in taken.items()})
    then = {one.key: one for one in after.checklist(shown)}
    for id, done in taken.items():
        if after.estimate.line[id].applies is Applies.YES:
            assert then[f"measure:{id}:{done.id}"].by_itself == Done("umgesetzt")
            assert then[f"answer:{id}"].done


@for_all(strategies.towns())
def test_open_questions_are_the_questions_left_to_clarify(town):
    situation = Situation(*town, strategies.DAY, None)
    waiting = [one.question for one in situation.checklist() if one.key.startswith("answer:") and not one.done]
    assert sorted(waiting) == sorted(situation.open_questions)
