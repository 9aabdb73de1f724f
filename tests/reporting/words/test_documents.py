"""What is said of documents: their place, and how many have none."""

from __future__ import annotations

from datetime import date

import pytest

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.rules.answers import Answer, Evidence
from selfcheck.reporting.words.answer_text import say_evidence
from selfcheck.reporting.words.documents import count_unplaced, say_quality, say_usual

A, B = QuestionId("a"), QuestionId("b")
PLACED = Evidence("Satzung", available=True, file_number="10-4")
UNPLACED = Evidence("Foto", available=True, page="3")
DAY = date(2027, 6, 15)
MISSING = Evidence("Konzept", available=False)


@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        ((), ""),
        ((MISSING,), ""),
        ((UNPLACED,), "1 von 1 vorliegenden Beleg ohne Fundstelle"),
        ((PLACED,), "Der vorliegende Beleg hat eine Fundstelle"),
        ((PLACED, PLACED), "Alle 2 vorliegenden Belege haben eine Fundstelle"),
        ((PLACED, UNPLACED, MISSING), "1 von 2 vorliegenden Belegen ohne Fundstelle"),
        ((PLACED, UNPLACED._replace(valid_until=date(2026, 12, 31))), "Der vorliegende Beleg hat eine Fundstelle"),
    ],
)
def test_the_quality_of_documents_is_one_sentence(pieces: tuple[Evidence, ...], said: str) -> None:
    assert say_quality({A: Answer(evidence=pieces)}, DAY) == said


def test_a_document_of_two_questions_counts_once() -> None:
    shared = UNPLACED._replace(questions=(A, B))
    assert count_unplaced({A: Answer(evidence=(shared,)), B: Answer(evidence=(shared, PLACED))}, DAY) == (2, 1)


def test_the_report_says_whose_word_it_is() -> None:
    day = date(2027, 6, 15)
    assert say_evidence(UNPLACED, day).status == "laut Kommune vorhanden, Fundstelle nicht angegeben"
    assert say_evidence(PLACED, day).status == "liegt vor"
    assert say_evidence(MISSING, day).status == "fehlt noch"


def test_one_of_several_is_enough() -> None:
    assert say_usual(("Beschluss", "Konzept")) == "Beschluss; Konzept (eines davon genügt)"
    assert say_usual(("Beschluss",)) == "Beschluss"
