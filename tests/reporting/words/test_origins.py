"""What a question rests on, as people read it."""

from __future__ import annotations

from datetime import date

from selfcheck.core.questionnaire.model import QuestionId, Reference
from selfcheck.reporting.words.origins import Cited, say_when, trace
from tests import towns


def test_a_source_says_what_year_it_is_from_or_when_it_was_read() -> None:
    page = Reference("Seite", "https://a.example", date(2026, 11, 22))
    assert say_when(page) == "abgerufen 2026"
    assert say_when(Reference(page.title, page.url, date(2024, 5, 2), retrieved=date(2026, 11, 22))) == "2024"
    assert say_when(Reference(page.title, page.url, page.date, year=2018)) == "2018"


def test_the_example_stands_with_its_year_and_the_sources_in_their_order() -> None:
    questionnaire = towns.shipped()
    found = trace(questionnaire, questionnaire.question[QuestionId("quote-u3")])
    assert (found.example, [source.when for source in found.sources]) == (None, ["2014", "abgerufen 2026", "2015"])
    found = trace(questionnaire, questionnaire.question[QuestionId("verankerung")])
    assert found.example is not None
    assert (found.example.year, found.example.source) == ("2018", found.sources[0])
    assert isinstance(found.sources[0], Cited)


def test_a_question_without_either_has_nothing_to_show() -> None:
    questionnaire = towns.questionnaire()
    assert not any(trace(questionnaire, question) for question in questionnaire.questions)
