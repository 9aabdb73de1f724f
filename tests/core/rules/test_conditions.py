"""The truth table of conditions."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given

from selfcheck.core.questionnaire.model import (
    PROFILE_KEYS,
    All,
    Any,
    Condition,
    Kind,
    Not,
    NotApplicable,
    NumberWithin,
    Profile,
    ProfileIs,
    QuestionIs,
)
from selfcheck.core.rules.answers import OPEN, Answer, State
from selfcheck.core.rules.conditions import APPLIES, Applies, decide, decide_all, named_questions
from tests.core import builders, strategies
from tests.core.builders import NOT_APPLICABLE, PROFILE, UNCLEAR

KITA = QuestionIs("kita", ("ja", "teilweise"))
CONTENT = QuestionIs("inhalt", ("fahrplan", "gutscheine"))
QUOTA = NumberWithin("quote", Decimal(30), Decimal(50))
TRUE, FALSE, UNDECIDED = (ProfileIs("audit", ("first",)), ProfileIs("audit", ("renewal",)), ProfileIs("land", ("HE",)))
TOWN = Profile("mittelzentrum", "first", "unknown")
OUTCOMES = {True: TRUE, False: FALSE, None: UNDECIDED}


def questionnaire(**further: Condition):
    """The three questions that the conditions here ask about, then one question per keyword."""
    content = builders.options(gutscheine=1, fahrplan=1, broschuere=1)
    return builders.questionnaire(
        [
            builders.yes_no("kita", 4, partly=2, not_applicable=NotApplicable.ZERO),
            builders.question("inhalt", Kind.MANY, options=content),
            builders.number("quote", {30: 2}),
            *(builders.yes_no(name, 1, applies_if=condition) for name, condition in further.items()),
        ]
    )


def outcome(condition: Condition, answers: dict[str, Answer], profile: Profile = PROFILE) -> bool | None:
    applies = dict.fromkeys(("kita", "inhalt", "quote"), Applies.YES)
    return decide(condition, profile, answers, applies)


@pytest.mark.parametrize(
    ("condition", "answer", "expected"),
    [
        (KITA, builders.given("ja"), True),
        (KITA, builders.given("teilweise"), True),
        (KITA, builders.given("nein"), False),
        (KITA, OPEN, None),
        (KITA, UNCLEAR, None),
        (KITA, NOT_APPLICABLE, False),
        (CONTENT, builders.given({"fahrplan", "broschuere"}), True),
        (CONTENT, builders.given({"broschuere"}), False),
        (CONTENT, builders.given(set()), False),
        (CONTENT, UNCLEAR, None),
        (QUOTA, builders.given(30), True),
        (QUOTA, builders.given(50), True),
        (QUOTA, builders.given(29.9), False),
        (QUOTA, builders.given(50.1), False),
        (QUOTA, OPEN, None),
        (NumberWithin("quote", Decimal(30), None), builders.given(99), True),
        (NumberWithin("quote", None, Decimal(30)), builders.given(99), False),
    ],
)
def test_comparison_with_an_answer(condition, answer, expected):
    assert outcome(condition, {condition.question: answer}) is expected


def test_question_without_entry_is_open():
    assert outcome(KITA, {}) is None


@pytest.mark.parametrize("answer", [builders.given("ja"), builders.given("nein"), OPEN, UNCLEAR, NOT_APPLICABLE])
def test_question_that_does_not_apply_makes_comparisons_false(answer):
    applies = {"kita": Applies.NO}
    assert decide(KITA, PROFILE, {"kita": answer}, applies) is False


@pytest.mark.parametrize("answer", [builders.given("ja"), builders.given("nein"), OPEN, UNCLEAR, NOT_APPLICABLE])
def test_undecided_question_leaves_comparisons_undecided_whatever_its_answer(answer):
    applies = {"kita": Applies.UNDECIDED}
    assert decide(KITA, PROFILE, {"kita": answer}, applies) is None


def test_profile():
    assert outcome(ProfileIs("place", ("oberzentrum", "mittelzentrum")), {}) is True
    assert outcome(ProfileIs("land", ("BY",)), {}) is False
    assert outcome(ProfileIs("land", ("BY", "HE")), {}, TOWN) is None


@pytest.mark.parametrize("parts", list(product(OUTCOMES, repeat=3)))
def test_all_any_and_not_over_every_combination(parts):
    conditions = tuple(OUTCOMES[part] for part in parts)
    every = False if False in parts else (None if None in parts else True)
    some = True if True in parts else (None if None in parts else False)
    assert outcome(All(conditions), {}, TOWN) is every
    assert outcome(Any(conditions), {}, TOWN) is some
    assert outcome(Not(All(conditions)), {}, TOWN) is (None if every is None else not every)


def test_undecided_goes_on_to_what_depends_on_it():
    chain = questionnaire(krippe=KITA, hort=QuestionIs("krippe", ("ja",)), rest=Not(QuestionIs("hort", ("ja",))))
    answers = {"krippe": builders.given("ja"), "hort": builders.given("ja")}

    undecided = decide_all(chain, PROFILE, answers)
    assert {undecided["krippe"], undecided["hort"], undecided["rest"]} == {Applies.UNDECIDED}

    without = decide_all(chain, PROFILE, answers | {"kita": builders.given("nein")})
    assert (without["krippe"], without["hort"], without["rest"]) == (Applies.NO, Applies.NO, Applies.YES)

    with_kita = decide_all(chain, PROFILE, answers | {"kita": builders.given("ja")})
    assert (with_kita["krippe"], with_kita["hort"], with_kita["rest"]) == (Applies.YES, Applies.YES, Applies.NO)


def test_named_questions_are_found_at_any_depth():
    assert named_questions(All((KITA, Not(Any((QUOTA, TRUE)))))) == {"kita", "quote"}


def kleene(condition, answers, profile, applies):
    """The table once more, written the other way round: false, undecided and true as 0, ½ and 1."""
    match condition:
        case Not(part):
            return 1 - kleene(part, answers, profile, applies)
        case All(parts):
            return min(kleene(part, answers, profile, applies) for part in parts)
        case Any(parts):
            return max(kleene(part, answers, profile, applies) for part in parts)
        case ProfileIs(field, any_of):
            value = getattr(profile, PROFILE_KEYS[field])
            return {"unknown": 0.5}.get(value, float(value in any_of))
        case _:
            return compare(condition, answers.get(condition.question, OPEN), applies[condition.question])


def compare(condition, answer, applies):
    if applies is Applies.NO:
        return 0.0
    if applies is Applies.UNDECIDED or answer.state in (State.OPEN, State.UNCLEAR):
        return 0.5
    if answer.state is State.NOT_APPLICABLE:
        return 0.0
    if isinstance(condition, NumberWithin):
        low, high = condition.at_least, condition.at_most
        return float((low is None or low <= answer.value) and (high is None or answer.value <= high))
    chosen = answer.value if isinstance(answer.value, frozenset) else {answer.value}
    return float(bool(chosen & set(condition.any_of)))


@given(strategies.towns())
def test_what_applies_follows_the_table(town):
    questionnaire, profile, answers, _ = town
    applies = decide_all(questionnaire, profile, answers)
    for question in questionnaire.questions:
        if question.applies_if is None:
            assert applies[question.id] is Applies.YES
        else:
            value = kleene(question.applies_if, answers, profile, applies)
            assert applies[question.id] is APPLIES[{0: False, 0.5: None, 1: True}[value]]
