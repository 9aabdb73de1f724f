"""Points, bonus, mark and verdict, each worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from selfcheck.core.questionnaire.model import Kind, NotApplicable, QuestionIs
from selfcheck.core.rules.answers import OPEN, Answer, Evidence, Extras, PastGoal, Project, State
from selfcheck.core.rules.estimate import Points, Verdict, estimate
from tests.core import builders
from tests.core.builders import LISTED, NOT_APPLICABLE, PROFILE, UNCLEAR, given

DAY = date(2027, 6, 15)
NOTHING_ELSE = Extras()

NEEDS_NOTHING = builders.yes_no("leitbild", 4, partly=2.5)
PACKAGE = builders.question(
    "paket", Kind.ONE, options=builders.options(alle=4, nachfrage=1.5, keiner=0), evidence=("Paket",)
)
CONTENT = builders.question(
    "inhalt",
    Kind.MANY,
    options=builders.options(gutscheine=1, fahrplan=0.5, broschuere=2),
    at_most=Decimal(3),
    evidence=("Foto",),
)
QUOTA = builders.number("quote", {30: 1, 35: 3, 50: 4}, evidence=("Statistik",), not_applicable=NotApplicable.ZERO)
WAIT = builders.number("wartezeit", {0: 3, 5: 1.5, 10: 0}, unit="Tage", decimals=0)
LEFT_OUT = builders.yes_no("hafen", 6, not_applicable=NotApplicable.EXCLUDED)
WORDS = builders.question("besonderes", Kind.TEXT)


def points_of(question, answer):
    found = estimate(builders.questionnaire([question]), PROFILE, {question.id: answer}, NOTHING_ELSE, DAY)
    points = found.line[question.id].points
    return tuple(map(str, (points.possible, points.claimed, points.documented, points.open, points.lost)))


@pytest.mark.parametrize(
    ("question", "answer", "possible", "claimed", "documented", "still_open", "lost"),
    [
        (NEEDS_NOTHING, given("ja"), "4", "4", "4", "0", "0"),
        (NEEDS_NOTHING, given("teilweise"), "4", "2.5", "2.5", "0", "1.5"),
        (NEEDS_NOTHING, given("nein"), "4", "0", "0", "0", "4"),
        (NEEDS_NOTHING, OPEN, "4", "0", "0", "4", "0"),
        (NEEDS_NOTHING, UNCLEAR, "4", "0", "0", "4", "0"),
        (PACKAGE, given("nachfrage"), "4", "1.5", "0", "0", "2.5"),
        (PACKAGE, given("nachfrage", LISTED), "4", "1.5", "1.5", "0", "2.5"),
        (PACKAGE, UNCLEAR._replace(evidence=(LISTED,)), "4", "0", "0", "4", "0"),
        (CONTENT, given({"gutscheine", "fahrplan"}), "3", "1.5", "0", "0", "1.5"),
        (CONTENT, given({"gutscheine", "fahrplan", "broschuere"}, LISTED), "3", "3", "3", "0", "0"),
        (CONTENT, given(set()), "3", "0", "0", "0", "3"),
        (QUOTA, given(29.9), "4", "0", "0", "0", "4"),
        (QUOTA, given(30), "4", "1", "0", "0", "3"),
        (QUOTA, given(38.5, LISTED), "4", "3", "3", "0", "1"),
        (QUOTA, given(100), "4", "4", "0", "0", "0"),
        (QUOTA, NOT_APPLICABLE, "4", "0", "0", "0", "4"),
        (WAIT, given(4), "3", "3", "3", "0", "0"),
        (WAIT, given(5), "3", "1.5", "1.5", "0", "1.5"),
        (WAIT, given(11), "3", "0", "0", "0", "3"),
        (LEFT_OUT, NOT_APPLICABLE, "0", "0", "0", "0", "0"),
        (LEFT_OUT, given("nein"), "6", "0", "0", "0", "6"),
        (WORDS, given("Ein Hafen"), "0", "0", "0", "0", "0"),
        (WORDS, OPEN, "0", "0", "0", "0", "0"),
    ],
)
def test_points_of_one_question(question, answer, possible, claimed, documented, still_open, lost):
    found = [Decimal(number) for number in points_of(question, answer)]
    assert found == [Decimal(number) for number in (possible, claimed, documented, still_open, lost)]


@pytest.mark.parametrize(
    ("valid_until", "documented"), [(None, 4), (DAY, 4), (DAY + timedelta(days=1), 4), (DAY - timedelta(days=1), 0)]
)
def test_document_counts_up_to_its_last_day(valid_until, documented):
    piece = LISTED._replace(valid_until=valid_until)
    found = estimate(builders.questionnaire([PACKAGE]), PROFILE, {"paket": given("alle", piece)}, NOTHING_ELSE, DAY)
    assert found.points.documented == documented


def test_missing_document_counts_for_nothing_and_one_of_several_is_enough():
    missing = Evidence("Fehlt", available=False)
    questionnaire = builders.questionnaire([PACKAGE])
    without = estimate(questionnaire, PROFILE, {"paket": given("alle", missing)}, NOTHING_ELSE, DAY)
    beside = estimate(questionnaire, PROFILE, {"paket": given("alle", missing, LISTED)}, NOTHING_ELSE, DAY)
    assert (without.points.documented, beside.points.documented) == (0, 4)


@pytest.mark.parametrize(
    ("question", "answer", "reason"),
    [
        (NEEDS_NOTHING, given("teilweise"), "Teilweise: 2,5 von 4 Punkten"),
        (NEEDS_NOTHING, OPEN, "offen, bis 4 Punkte"),
        (builders.yes_no("klein", 1), given("ja"), "Ja: 1 von 1 Punkt"),
        (builders.yes_no("klein", 1), UNCLEAR, "noch unklar, bis 1 Punkt"),
        (CONTENT, given({"broschuere", "gutscheine"}), "Gutscheine; Broschuere: 3 von 3 Punkten"),
        (
            CONTENT,
            given({"gutscheine", "fahrplan", "broschuere"}),
            "Gutscheine; Fahrplan; Broschuere (mehr als 3 Punkte zählen nicht): 3 von 3 Punkten",
        ),
        (CONTENT, given(set()), "nichts davon: 0 von 3 Punkten"),
        (QUOTA, given(38.5), "38,5 %. Ab 35 % gibt es 3 von 4 Punkten."),
        (QUOTA, given(12), "12 %. Unter 30 % gibt es keine Punkte."),
        (QUOTA, given(50), "50 %. Ab 50 % gibt es 4 von 4 Punkten."),
        (QUOTA, NOT_APPLICABLE, "trifft nicht zu: 0 von 4 Punkten"),
        (WAIT, given(4), "4 Tage. Unter 5 gibt es 3 von 3 Punkten."),
        (WAIT, given(1), "Tage: 1. Unter 5 gibt es 3 von 3 Punkten."),
        (WAIT, given(12), "12 Tage. Ab 10 gibt es keine Punkte."),
        (LEFT_OUT, NOT_APPLICABLE, "trifft nicht zu, zählt nicht mit"),
        (WORDS, given("Ein Hafen"), "beantwortet, ohne Punkte"),
        (WORDS, OPEN, "offen, ohne Punkte"),
        (
            builders.number("betten", {1000: 2}, unit="", maximum=Decimal(9999), decimals=0),
            given(1200),
            "1.200. Ab 1.000 gibt es 2 von 2 Punkten.",
        ),
    ],
)
def test_reason_says_what_gave_the_points(question, answer, reason):
    found = estimate(builders.questionnaire([question]), PROFILE, {question.id: answer}, NOTHING_ELSE, DAY)
    assert found.line[question.id].reason == reason


def test_question_that_does_not_apply_counts_nowhere_and_undecided_counts_as_open():
    questionnaire = builders.questionnaire(
        [builders.yes_no("kita", 4), builders.yes_no("krippe", 2, applies_if=QuestionIs("kita", ("ja",)))]
    )

    def points(**answers: Answer) -> Points:
        return estimate(questionnaire, PROFILE, answers, NOTHING_ELSE, DAY).points

    four, six = Decimal(4), Decimal(6)
    assert points(krippe=given("ja")) == Points(possible=six, open=six)
    assert points(kita=given("nein"), krippe=given("ja")) == Points(possible=four, lost=four)
    assert points(kita=given("ja"), krippe=given("ja")) == Points(possible=six, claimed=six, documented=six)

    undecided = estimate(questionnaire, PROFILE, {"krippe": given("ja")}, NOTHING_ELSE, DAY).line["krippe"]
    assert undecided.reason == "noch nicht entschieden, ob die Frage zählt, bis 2 Punkte"
    assert undecided.state is State.GIVEN
    gone = estimate(questionnaire, PROFILE, {"kita": given("nein")}, NOTHING_ELSE, DAY).line["krippe"]
    assert gone.reason == "trifft nach den übrigen Angaben nicht zu, zählt nicht mit"


def test_base_without_what_is_excluded():
    questionnaire = builders.questionnaire([NEEDS_NOTHING, LEFT_OUT], [builders.yes_no("rad", 8)])
    found = estimate(questionnaire, PROFILE, {"hafen": NOT_APPLICABLE}, NOTHING_ELSE, DAY)
    assert (found.excluded, found.points.possible) == (("hafen",), 12)
    assert found.mark == Decimal("8.4")
    assert found.criterion["kriterium-a"].points.possible == 4


def test_mark_is_exact():
    questionnaire = builders.questionnaire([builders.yes_no(f"frage-{n}", 2) for n in range(59)])
    assert estimate(questionnaire, PROFILE, {}, NOTHING_ELSE, DAY).mark == Decimal("82.6")


PAST_GOALS = (
    PastGoal(1, "Rubrik", achieved=True, documented=True),
    PastGoal(2, "Paket", achieved=True, documented=False),
    PastGoal(3, "Fest", achieved=False, documented=True),
)
PROJECTS = (Project(1, "Lotsen", documented=True), Project(2, "Messe", documented=False))


@pytest.mark.parametrize(
    ("audit", "at_most", "bonus", "documented"), [("first", 6, 3, 1.5), ("renewal", 6, 5, 2.5), ("renewal", 2, 2, 2)]
)
def test_bonus_counts_projects_and_in_a_renewal_achieved_goals(audit, at_most, bonus, documented):
    rule = replace(builders.questionnaire([]).bonus, at_most=Decimal(at_most), per_project=Decimal("1.5"))
    questionnaire = builders.questionnaire([NEEDS_NOTHING], bonus=rule)
    found = estimate(questionnaire, replace(PROFILE, audit=audit), {}, Extras(PAST_GOALS, PROJECTS), DAY)
    assert (found.bonus, found.documented_bonus) == (bonus, documented)
    assert found.points.possible == 4


@pytest.mark.parametrize("title", ["", " ", "\u200b", "\u3164\u00ad"])
def test_what_has_no_title_to_see_earns_and_proves_nothing(title):
    goals, projects = (PastGoal(1, title, achieved=True, documented=True),), (Project(1, title, documented=True),)
    questionnaire = builders.questionnaire([NEEDS_NOTHING])
    found = estimate(questionnaire, replace(PROFILE, audit="renewal"), {}, Extras(goals, projects), DAY)
    assert (found.bonus, found.documented_bonus) == (0, 0)
    assert points_of(PACKAGE, given("nachfrage", LISTED._replace(title=title)))[2] == "0"


HUNDRED = builders.questionnaire(
    [
        builders.yes_no("bekannt", 60, evidence=("Beschluss",)),
        builders.yes_no("neu", 10, evidence=("Beschluss",)),
        builders.yes_no("fern", 30),
    ]
)


@pytest.mark.parametrize(
    ("answers", "projects", "verdict"),
    [
        ({}, 0, Verdict.EMPTY),
        ({}, 2, Verdict.EMPTY),
        ({"fern": UNCLEAR}, 0, Verdict.POSSIBLE),
        ({"bekannt": given("ja", LISTED), "neu": given("ja", LISTED), "fern": given("nein")}, 0, Verdict.DOCUMENTED),
        ({"bekannt": given("ja", LISTED), "neu": given("ja"), "fern": given("nein")}, 0, Verdict.CLAIMED),
        ({"bekannt": given("ja", LISTED), "fern": given("nein")}, 0, Verdict.POSSIBLE),
        ({"neu": given("nein"), "fern": given("nein")}, 0, Verdict.SHORT),
        ({"neu": given("nein"), "fern": given("nein")}, 6, Verdict.SHORT),
        ({"neu": given("nein"), "fern": given("ja"), "bekannt": given("nein")}, 6, Verdict.SHORT),
    ],
)
def test_verdict(answers, projects, verdict):
    extras = Extras(projects=tuple(Project(n, f"Projekt {n}", documented=False) for n in range(projects)))
    assert estimate(HUNDRED, PROFILE, answers, extras, DAY).verdict is verdict


def test_bonus_counts_towards_the_mark():
    questionnaire = replace(HUNDRED, bonus=replace(HUNDRED.bonus, at_most=Decimal(10), per_project=Decimal(5)))
    answers = {"bekannt": given("ja", LISTED), "neu": given("nein"), "fern": given("nein")}
    proven = tuple(Project(n, f"Projekt {n}", documented=True) for n in (1, 2))
    only_told = (proven[0], replace(proven[1], documented=False))
    assert estimate(questionnaire, PROFILE, answers, Extras(projects=proven), DAY).verdict is Verdict.DOCUMENTED
    assert estimate(questionnaire, PROFILE, answers, Extras(projects=only_told), DAY).verdict is Verdict.CLAIMED
    assert estimate(questionnaire, PROFILE, answers, Extras(projects=proven[:1]), DAY).verdict is Verdict.SHORT


def test_a_text_alone_is_something_said():
    questionnaire = builders.questionnaire([NEEDS_NOTHING, WORDS])
    found = estimate(questionnaire, PROFILE, {"besonderes": given("Ein Hafen")}, NOTHING_ELSE, DAY)
    assert found.verdict is Verdict.POSSIBLE


def test_nothing_possible_is_empty():
    found = estimate(builders.questionnaire([WORDS]), PROFILE, {"besonderes": given("Ein Hafen")}, NOTHING_ELSE, DAY)
    assert found.verdict is Verdict.EMPTY
    assert found.mark == 0


def test_only_a_question_that_does_not_apply_is_answered():
    questionnaire = builders.questionnaire(
        [
            builders.yes_no("kita", 4, applies_if=builders.RENEWAL_ONLY),
            builders.yes_no("leitbild", 4),
        ]
    )
    assert estimate(questionnaire, PROFILE, {"kita": given("ja")}, NOTHING_ELSE, DAY).verdict is Verdict.EMPTY
