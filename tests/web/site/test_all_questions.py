"""All questions to read: whole, searched, by department."""

from __future__ import annotations

import re

import pytest

from selfcheck.core.questionnaire.model import Kind, Question
from selfcheck.reporting.words import german
from selfcheck.reporting.words.question_points import list_points
from tests.towns import questionnaire
from tests.web.document import text_of
from tests.web.page import Page, Visitor

QUESTIONS = questionnaire().questions


def part(found: Page, id: str) -> str:
    return text_of(found.one(f".//*[@id='{id}']")).replace("\N{NO-BREAK SPACE}", " ")


def shown(found: Page) -> list[str]:
    return [str(article.get("id")) for article in found.all(".//article")]


def test_every_question_can_be_read(page: Visitor) -> None:
    titles = [text_of(title) for title in page.open("/fragen").all(".//article/h3")]
    assert titles == [question.text for question in QUESTIONS]


def test_printed_questions_say_that_they_are_not_official(page: Visitor) -> None:
    wanted = f"{questionnaire().notice} Fragebogen Version {questionnaire().version}."
    assert wanted in page.open("/fragen").main.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.number)
def test_a_question_says_points_evidence_and_who_knows(page: Visitor, question: Question) -> None:
    article = part(page.open(f"/fragen?suche={question.number}"), question.id)
    assert f"{question.number} · meist zuständig: {questionnaire().department[question.department].title}" in article
    colon = ":" if question.kind is Kind.NUMBER else ""
    for row in list_points(question):
        assert f"{row.text}{colon} {german.points_count(row.points)}".replace("\N{NO-BREAK SPACE}", " ") in article
    assert all(" ".join(piece.split()) in article for piece in question.evidence)


def test_questions_with_a_condition_say_which(page: Visitor) -> None:
    found = page.open("/fragen")
    conditional = [
        question
        for question in QUESTIONS
        if re.search(r"(Zählt nur|Wird nur gefragt), wenn .*\.", part(found, question.id))
    ]
    assert conditional == [question for question in QUESTIONS if question.applies_if is not None]
    assert len(conditional) >= 3


@pytest.mark.parametrize("typed", ["Gigabit Anschluss", "GIGABIT anschluss", "anschluss  gigabit", "Gigabit"])
def test_words_are_found_however_they_are_typed(page: Visitor, typed: str) -> None:
    found = page.press(page.open("/fragen"), "Fragen anzeigen", {"suche": typed})
    assert "gigabit" in shown(found)
    assert len(shown(found)) < len(QUESTIONS) / 2
    assert f"{len(shown(found))} von 38 Fragen" in found.main
    assert found.link("Alle Fragen zeigen") == "/fragen"


def test_accents_do_not_matter(page: Visitor) -> None:
    with_umlaut, without = (shown(page.open(f"/fragen?suche={word}")) for word in ("BEGRÜSSUNG", "begrussung"))
    assert with_umlaut == without
    assert shown(page.open("/fragen?suche=neub%C3%BCrger")) == shown(page.open("/fragen?suche=NEUBURGER")) != []


def test_a_department_sees_its_questions(page: Visitor) -> None:
    found = page.press(page.open("/fragen"), "Fragen anzeigen", {"fachbereich": "kita"})
    assert shown(found) == [question.id for question in QUESTIONS if question.department == "kita"]
    assert "6 von 38 Fragen für den Fachbereich Kita-Verwaltung" in found.main
    assert found.value("fachbereich") == "kita"
    assert "Kita-Verwaltung" in found.root.get("data-paper", "")


def test_what_is_not_found_is_said(page: Visitor) -> None:
    found = page.open("/fragen?suche=Raumfahrt")
    assert shown(found) == []
    assert "Keine Frage gefunden." in found.main


@pytest.mark.parametrize("asked", ["suche=...", "suche=%00", "fachbereich=gibt-es-nicht", "suche=&fachbereich="])
def test_what_asks_for_nothing_shows_everything(page: Visitor, asked: str) -> None:
    assert len(shown(page.open(f"/fragen?{asked}"))) == len(QUESTIONS)


@pytest.mark.parametrize("path", ["/fragen", "/hilfe"])
def test_an_endless_search_is_refused_kindly(page: Visitor, path: str) -> None:
    found = page.open(f"{path}?suche={'x' * 101}", 422)
    assert "Bitte kürzen Sie die Suche auf höchstens 100 Zeichen." in found.main
    assert found.value("suche") == "x" * 101
