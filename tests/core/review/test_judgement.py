"""What counts as judged, sums, differences, and the order of work."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given as tried
from hypothesis import strategies as st

from selfcheck.core.questionnaire.model import Kind, NotApplicable, QuestionId
from selfcheck.core.review.changed import Shared, find_changed
from selfcheck.core.review.comparison import (
    Compared,
    add_up,
    add_up_criteria,
    count_judged,
    lay_beside,
    sort_by_weight,
)
from selfcheck.core.review.judgement import Said, Sufficiency, take_over
from selfcheck.core.review.text_block import fill
from selfcheck.core.review.work import find_next, find_previous, list_left
from selfcheck.core.rules.answers import Answer, Answers, Extras, State
from selfcheck.core.rules.conditions import Applies
from selfcheck.core.rules.estimate import Estimate, Line, Points, estimate
from tests.core.builders import (
    LISTED,
    NOT_APPLICABLE,
    PROFILE,
    RENEWAL_ONLY,
    UNCLEAR,
    given,
    question,
    questionnaire,
    yes_no,
)

QUESTIONS = questionnaire(
    [
        yes_no("belegt", 4, evidence=("Beschluss",)),
        yes_no("unbelegt", 3, evidence=("Beschluss",)),
        yes_no("offen", 2),
        yes_no("unklar", 2),
        yes_no("entfällt", 5, not_applicable=NotApplicable.EXCLUDED),
    ],
    [question("text", Kind.TEXT), yes_no("später", 9, applies_if=RENEWAL_ONLY)],
)
ANSWERS: Answers = {
    QuestionId("belegt"): given("ja", LISTED),
    QuestionId("unbelegt"): given("ja"),
    QuestionId("unklar"): UNCLEAR,
    QuestionId("entfällt"): NOT_APPLICABLE,
    QuestionId("text"): given("Baugebiet Süd"),
}


def estimate_of(answers: Answers) -> Estimate:
    return estimate(QUESTIONS, PROFILE, answers, Extras(), date(2027, 2, 8))


def compare(**points: str) -> dict[str, Compared]:
    said = {id: Said(Decimal(worth)) for id, worth in points.items()}
    return {each.question.id: each for each in lay_beside(QUESTIONS, estimate_of(ANSWERS), said)}


@pytest.mark.parametrize(
    ("said", "judged"),
    [
        (Said(), False),
        (Said(reason="Darum"), False),
        (Said(Decimal(0)), True),
        (Said(verdict=Sufficiency.UNCLEAR), True),
    ],
)
def test_points_or_a_verdict_count_as_judged(said: Said, judged: bool) -> None:
    assert said.judged is judged


def test_a_reason_is_owed_only_where_points_differ() -> None:
    line = compare()["belegt"].line
    assert not Said(Decimal(4)).lacks_reason(line)
    assert not Said(Decimal("4.0")).lacks_reason(line)
    assert Said(Decimal(3)).lacks_reason(line)
    assert not Said(Decimal(3), reason="Nur teilweise").lacks_reason(line)
    assert not Said(verdict=Sufficiency.MISSING).lacks_reason(line)


@pytest.mark.parametrize(
    ("name", "points", "verdict"),
    [
        ("belegt", "4", Sufficiency.ENOUGH),
        ("unbelegt", "3", None),
        ("offen", "0", None),
        ("unklar", "0", None),
        ("entfällt", "0", Sufficiency.ENOUGH),
        ("text", None, Sufficiency.ENOUGH),
    ],
)
def test_like_the_town_says_enough_only_where_all_is_documented(
    name: str, points: str | None, verdict: Sufficiency | None
) -> None:
    each = compare()[name]
    taken = take_over(each.question, each.line)
    assert taken == Said(Decimal(points) if points is not None else None, verdict)
    assert not taken.lacks_reason(each.line)


def test_an_answer_that_brings_nothing_has_nothing_to_be_proved() -> None:
    asked = compare()["belegt"].question
    nothing = Line(asked.id, State.GIVEN, Applies.YES, Points(possible=Decimal(4), lost=Decimal(4)), "")
    assert take_over(asked, nothing) == Said(Decimal(0), None)


def test_what_does_not_apply_is_not_asked() -> None:
    assert estimate_of(ANSWERS).line[QuestionId("später")].applies is Applies.NO
    assert list(compare()) == ["belegt", "unbelegt", "offen", "unklar", "entfällt", "text"]


def test_only_questions_with_own_points_are_added_up() -> None:
    compared = compare(belegt="2.5", unbelegt="3").values()
    total = add_up(compared)
    assert (total.questions, total.possible, total.town, total.chamber) == (2, 7, 7, Decimal("5.5"))
    assert total.difference == Decimal("-1.5")
    criteria = add_up_criteria(compared)
    assert [each.questions for each in criteria.values()] == [2, 0]
    assert count_judged(compared) == 2


def test_points_for_what_the_town_took_out_count_with_their_question() -> None:
    total = add_up(compare(entfällt="5").values())
    assert (total.possible, total.town, total.chamber) == (5, 0, 5)


def test_what_differs_most_in_what_weighs_most_comes_first() -> None:
    compared = compare(belegt="3", unbelegt="1", offen="0", unklar="2")
    assert [each.question.id for each in sort_by_weight(compared.values())] == ["unbelegt", "belegt", "unklar", "offen"]


@tried(st.dictionaries(st.sampled_from(["belegt", "unbelegt", "offen"]), st.integers(0, 2)))
def test_sums_are_those_of_their_rows(points: dict[str, int]) -> None:
    compared = compare(**{name: str(worth) for name, worth in points.items()}).values()
    total = add_up(compared)
    assert total.difference == sum(each.difference or 0 for each in compared)
    assert total.questions == len(points)
    assert total.chamber <= total.possible


def test_what_is_left_has_its_reasons_in_the_order_of_the_questionnaire() -> None:
    compared = compare(belegt="4", unbelegt="3", offen="0", unklar="0", entfällt="0").values()
    left = list_left(compared, changed=["unklar"], asked=["belegt", "unklar"])
    assert [(each.question, each.unjudged, each.changed, each.asked) for each in left] == [
        ("belegt", False, False, True),
        ("unklar", False, True, True),
        ("text", True, False, False),
    ]


def test_the_next_open_item_follows_and_begins_anew_at_the_end() -> None:
    order = [QuestionId(name) for name in "abcd"]
    left = {QuestionId("a"), QuestionId("c")}
    assert find_next(order, left, QuestionId("b")) == "c"
    assert find_next(order, left, QuestionId("c")) == "a"
    assert find_previous(order, left, QuestionId("b")) == "a"
    assert find_previous(order, left, QuestionId("a")) == "c"
    assert find_next(order, {QuestionId("b")}, QuestionId("b")) is None
    assert find_next(order, set(), QuestionId("b")) is None


def shared(number: int, **changes: Answer) -> Shared:
    answers = ANSWERS | {QuestionId(name): answer for name, answer in changes.items()}
    return Shared(number, answers, estimate_of(answers))


def test_changed_is_what_differs_from_the_stand_that_was_judged() -> None:
    first, second = shared(1), shared(2, offen=given("ja"))
    third = shared(3, offen=given("ja"), unklar=given("ja"), belegt=given("ja"))
    earlier = {1: first, 2: second}
    found = find_changed(third, earlier, {QuestionId("belegt"): 2, QuestionId("offen"): 1})
    assert [(each.question, each.since) for each in found.values()] == [("belegt", 2), ("offen", 1), ("unklar", 2)]
    belegt, offen = found[QuestionId("belegt")], found[QuestionId("offen")]
    assert (belegt.choice, belegt.note, belegt.evidence) == (False, False, True)
    assert (offen.choice, offen.note, offen.evidence) == (True, False, False)
    assert [line.points.claimed for line in offen.points] == [0, 2]


def test_nothing_changed_since_a_judgement_of_the_newest_or_without_another_stand() -> None:
    newest = shared(2, offen=Answer(State.OPEN, note="Neu"))
    assert find_changed(newest, {1: shared(1)}, {QuestionId("offen"): 2}) == {}
    assert find_changed(newest, {}, {}) == {}
    assert find_changed(newest, {}, {QuestionId("offen"): 1}) == {}, "a Stand that can be read no more"
    assert find_changed(newest, {1: shared(1)}, {})[QuestionId("offen")].note


def test_placeholders_are_filled_once_and_others_stay() -> None:
    values = {"kommune": "{frage}", "frage": "B9"}
    assert fill("{kommune}: {frage}{", values) == "{frage}: B9{"
    assert fill("{unbekannt} {} {{frage}} {a", values) == "{unbekannt} {} {B9} {a"
    assert fill("", values) == ""


@tried(st.text(alphabet="{}abfrage ", max_size=40))
def test_a_text_without_known_placeholders_stays_as_it_is(text: str) -> None:
    assert fill(text, {"kommune": "x"}) == text
