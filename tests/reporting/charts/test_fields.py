"""All questions as small fields: the fills of the bars, one row per criterion, the state in words."""

from __future__ import annotations

from selfcheck.core.questionnaire.model import Kind, NotApplicable
from selfcheck.core.rules.answers import Answer, Extras
from selfcheck.core.rules.estimate import estimate
from selfcheck.reporting.charts.fields import question_fields
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

FILL_OF_TAG = {"done": "documented", "warning": "claimed", "unclear": "open", "open": "open", "lost": "lost"}


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


def test_the_fields_agree_with_the_cards() -> None:
    for town in examples():
        found = estimate_town(town)
        for row in question_fields(published(), found):
            for field in row.fields:
                tag = make_tag(published().question[field.question], found.line[field.question])
                assert field.kind == FILL_OF_TAG[tag.kind], (town.title, field.number)
