"""The questionnaire that new self-checks get: its frame, what its assumptions say of it, what it owes a town hall."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from selfcheck.core.quality.flaws import FlawKind, find_flaws
from selfcheck.core.questionnaire.model import (
    Kind,
    Need,
    OptionId,
    Profile,
    ProfileIs,
    Question,
    QuestionId,
    Source,
    Value,
)
from selfcheck.core.reading.answers import NO_DAY
from selfcheck.core.rules.answers import Answer, Extras, State
from selfcheck.core.rules.conditions import comparisons
from selfcheck.core.rules.situation import Situation
from tests import towns
from tests.towns import SHIPPED, catalogue

SHORTEST_WITH_MONEY = 4
SHORTEST_WITH_TENDER = 6
CHANGED_OPTIONS = {"online-leistungen": {"kita"}, "nahversorgung": {"kinderarzt"}}
"""Options of before that an answer cannot take along: asked elsewhere now, or with another meaning."""
QUESTIONNAIRE = towns.shipped()
FIELD = Profile("mittelzentrum", "first", "HE")


def points_of(source: Source) -> Decimal:
    return sum((each.possible for each in QUESTIONNAIRE.questions if each.source is source), Decimal(0))


def count_of(source: Source) -> int:
    return sum(each.source is source for each in QUESTIONNAIRE.questions)


def distance(answers: dict[QuestionId, Value]) -> Decimal:
    """What is missing to the mark, in points, where the others stay open."""
    given = {question: Answer(State.GIVEN, value) for question, value in answers.items()}
    estimate = Situation(QUESTIONNAIRE, FIELD, given, Extras(), NO_DAY, None).estimate
    return estimate.mark - estimate.points.claimed


def test_the_frame_is_that_of_the_last_version_that_is_known() -> None:
    assert QUESTIONNAIRE.name == "ausgezeichneter-wohnort/2026-2"
    assert (len(QUESTIONNAIRE.criteria), len(QUESTIONNAIRE.questions), QUESTIONNAIRE.possible) == (5, 38, 118)
    assert (QUESTIONNAIRE.pass_mark, len(QUESTIONNAIRE.departments)) == (70, 9)
    used = {question.department for question in QUESTIONNAIRE.questions}
    assert used == {department.id for department in QUESTIONNAIRE.departments}


def test_the_assumptions_count_right() -> None:
    said = QUESTIONNAIRE.assumptions
    named, reported, own = (points_of(source) for source in Source)
    assert f"{named} von {QUESTIONNAIRE.possible:f} Punkten hängen".replace(".0", "") in said
    assert f"{reported} an Themen, die nur gewürdigt wurden, {own} an".replace(".0", "") in said
    assert f"{count_of(Source.NAMED)} Fragen beruhen darauf" in said
    assert f"{count_of(Source.REPORTED)} darauf, dass eine Quelle über eine Bewertung" in said
    (alone,) = (question for question in QUESTIONNAIRE.questions if question.source is Source.OWN)
    assert f"({alone.number})" in said


def test_no_question_hangs_on_another_so_a_poor_offer_is_never_worse_than_none() -> None:
    assert [question.id for question in QUESTIONNAIRE.questions if question.applies_if] == []
    package = QuestionId("paket-zur-anmeldung")
    options = QUESTIONNAIRE.question[package].options
    none = distance({package: frozenset()})
    assert all(distance({package: frozenset([option.id])}) < none for option in options)


@pytest.mark.parametrize("question", QUESTIONNAIRE.questions, ids=lambda question: question.id)
def test_lead_times_are_honest(question: Question) -> None:
    for measure in question.measures:
        assert Need.BUDGET not in measure.needs or measure.months >= SHORTEST_WITH_MONEY, measure.id
        assert Need.TENDER not in measure.needs or measure.months >= SHORTEST_WITH_TENDER, measure.id
        assert Need.COUNCIL not in measure.needs or measure.months, measure.id


def test_measures_can_need_the_staff_council() -> None:
    needs = {need for question in QUESTIONNAIRE.questions for measure in question.measures for need in measure.needs}
    assert needs == set(Need)


def test_questions_that_kept_their_name_kept_their_meaning() -> None:
    before = catalogue().questionnaire("ausgezeichneter-wohnort/2026-1")
    kept = [question for question in before.questions if question.id in QUESTIONNAIRE.question]
    assert len(kept) == 26
    for old in kept:
        new = QUESTIONNAIRE.question[old.id]
        assert (new.kind, new.minimum) == (old.kind, old.minimum)
        assert old.maximum is None or (new.maximum is not None and new.maximum >= old.maximum), "an answer still fits"
        assert old.option.keys() - new.option.keys() == CHANGED_OPTIONS.get(old.id, set()), old.id


@pytest.mark.parametrize(
    ("id", "less", "between", "more"),
    [
        ("betreuung-beratung", "nein", "teilweise", "ja"),
        ("internet-englisch", "automatisch", "zum-teil", "redaktionell"),
        ("ortskern", "in-arbeit", "nicht-beschlossen", "beschlossen"),
    ],
)
def test_what_lies_between_has_a_place(id: str, less: str, between: str, more: str) -> None:
    points = {option.id: option.points for option in QUESTIONNAIRE.question[QuestionId(id)].options}
    assert points[OptionId(less)] < points[OptionId(between)] < points[OptionId(more)]


@pytest.mark.parametrize(("id", "option"), [("servicezeiten", "mobil"), ("online-leistungen", "parken")])
def test_full_points_do_without_what_a_small_town_cannot_have(id: str, option: str) -> None:
    question = QUESTIONNAIRE.question[QuestionId(id)]
    assert sum(each.points for each in question.options if each.id != option) >= question.possible


def test_places_for_children_from_outside_fit_into_the_answer() -> None:
    question = QUESTIONNAIRE.question[QuestionId("quote-u3")]
    assert question.maximum is not None
    assert question.maximum > 100


def test_every_question_can_be_looked_up() -> None:
    for question in QUESTIONNAIRE.questions:
        assert question.short
        assert question.source is Source.OWN or question.references
        assert question.example is None or question.example.year
        assert question.kind is not Kind.TEXT


def test_all_towns_of_its_examples_could_exist() -> None:
    """Rheinland-Pfalz knows no Unter- and no Kleinzentren, Verwaltungsgemeinschaften are Bavarian."""
    text = (SHIPPED / QUESTIONNAIRE.name / "examples.yaml").read_text(encoding="utf-8")
    profiles = [line for line in text.splitlines() if line.startswith("  profile: ")]
    assert len(profiles) >= 10
    assert not [line for line in profiles if "RP" in line and ("unterzentrum" in line or "kleinzentrum" in line)]
    assert not [line for line in profiles if "verwaltungsgemeinschaft" in line and "BY" not in line]


def test_a_contradiction_names_the_questions_it_is_about() -> None:
    assert QUESTIONNAIRE.contradictions
    for contradiction in QUESTIONNAIRE.contradictions:
        named = [each.question for each in comparisons(contradiction.when) if not isinstance(each, ProfileIs)]
        assert {QUESTIONNAIRE.question[id].number for id in named} == set(
            re.findall(r"\b[A-E]\d+\b", contradiction.text)
        )


def test_its_sample_contradicts_itself_nowhere() -> None:
    town = towns.shipped_sample()
    facts = Situation(QUESTIONNAIRE, FIELD, town.answers, town.extras, NO_DAY, None)
    assert FlawKind.CONTRADICTION not in {flaw.kind for flaw in find_flaws(facts)}
