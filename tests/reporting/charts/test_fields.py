"""All questions as small fields: the fills of the bars, one row per criterion, the state in words."""

from __future__ import annotations

from selfcheck.core.questionnaire.model import Kind, NotApplicable, QuestionId
from selfcheck.core.rules.answers import Answer, Extras
from selfcheck.core.rules.estimate import estimate
from selfcheck.reporting.charts.fields import question_fields
from selfcheck.reporting.words.documents import list_unplaced
from selfcheck.web.questions.tags import make_tag
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
from tests.reporting.builders import DAY, estimate_town, examples
from tests.towns import questionnaire as published


def test_each_state_has_its_fill_and_its_words() -> None:
    asked = questionnaire(
        [
            yes_no("a", 3, evidence=("Beschluss",)),
            yes_no("b", 3, 1.5, evidence=("Beschluss",)),
            yes_no("c", 1),
            yes_no("d", 2),
            yes_no("e", 2, not_applicable=NotApplicable.ZERO),
            question("f", Kind.TEXT),
        ],
        [yes_no("g", 5, applies_if=RENEWAL_ONLY), yes_no("h", 2)],
    )
    answers: dict[str, Answer] = {
        "a": given("ja", LISTED),
        "b": given("teilweise"),
        "c": UNCLEAR,
        "d": given("nein"),
        "e": NOT_APPLICABLE,
    }
    first, second = question_fields(asked, estimate(asked, PROFILE, answers, Extras(), DAY))
    assert [(field.number, field.kind, field.said) for field in first.fields] == [
        ("A1", "documented", "belegt, 3 von 3 Punkten"),
        ("A2", "claimed", "Beleg fehlt, 1,5 von 3 Punkten"),
        ("A3", "open", "noch unklar, bis 1 Punkt"),
        ("A4", "lost", "nicht erreicht, 0 von 2 Punkten"),
        ("A5", "lost", "trifft nicht zu, 0 von 2 Punkten"),
        ("A6", "open", "offen, ohne Punkte"),
    ]
    assert [field.number for field in second.fields] == ["B2"]


def test_the_fields_say_what_the_cards_say() -> None:
    for town in examples():
        found, unplaced = estimate_town(town), list_unplaced(town.answers, DAY)
        for row in question_fields(published(), found, unplaced):
            for field in row.fields:
                id = field.question
                tag = make_tag(published().question[id], found.line[id], unplaced=id in unplaced)
                assert field.said == tag.text, (town.title, field.number)


def test_what_proves_an_answer_and_cannot_be_found_is_not_called_documented() -> None:
    asked = questionnaire([yes_no("a", 3, evidence=("Beschluss",)), yes_no("b", 2, evidence=("Beschluss",))])
    answers: dict[QuestionId, Answer] = {QuestionId("a"): given("ja", LISTED), QuestionId("b"): given("nein", LISTED)}
    found = estimate(asked, PROFILE, answers, Extras(), DAY)
    (row,) = question_fields(asked, found, list_unplaced(answers, DAY))
    assert [(field.kind, field.said) for field in row.fields] == [
        ("documented", "Beleg angegeben, Fundstelle fehlt, 3 von 3 Punkten"),
        ("lost", "nicht erreicht, 0 von 2 Punkten"),
    ]
    line = found.line[QuestionId("a")]
    assert make_tag(asked.question[QuestionId("a")], line, unplaced=True).kind == "warning"
