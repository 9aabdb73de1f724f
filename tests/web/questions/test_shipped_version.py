"""What new self-checks get where nobody says otherwise, from its questions to its report; older ones go on."""

from __future__ import annotations

import pytest
from flask import Flask

from selfcheck.reporting.words.origins import trace
from tests import towns
from tests.conftest import MakeApp
from tests.web.document import text_of
from tests.web.page import Page, Visitor, begin

OLD_CRITERION = "strategische-zielsetzung"


@pytest.fixture
def now(make_app: MakeApp) -> Flask:
    return make_app(SELFCHECK_QUESTIONNAIRES=str(towns.SHIPPED))


@pytest.fixture
def somebody(now: Flask) -> Visitor:
    return Visitor(now.test_client())


def enter_sample(visitor: Visitor, check: str) -> Page:
    """Enters the sample's answers criterion by criterion; the page it ends at."""
    found = visitor.open(f"/selbstcheck/{check}")
    for criterion in towns.shipped().criteria:
        fields: dict[str, list[str]] = {}
        for name, value in towns.enter_criterion(criterion, towns.shipped_sample().answers):
            fields.setdefault(name, []).append(value)
        found = visitor.press(
            visitor.open(f"/selbstcheck/{check}/fragen/{criterion.id}"), "Speichern und weiter", fields
        )
    return found


def test_a_new_self_check_is_answered_and_gives_the_points_of_the_example(somebody: Visitor) -> None:
    check = begin(somebody)
    enter_sample(somebody, check)
    result = somebody.open(f"/selbstcheck/{check}/ergebnis")
    assert "76,5" in result.main
    assert "Personalrat" in result.main
    for page in ("checkliste", "nachweise", "ziele", "verlauf", "team", "teilen", "ergebnis/was-waere-wenn"):
        somebody.open(f"/selbstcheck/{check}/{page}")


def test_a_question_shows_its_good_example_and_links_to_its_sources(somebody: Visitor) -> None:
    check = begin(somebody)
    questionnaire = towns.shipped()
    for criterion in questionnaire.criteria:
        found = somebody.open(f"/selbstcheck/{check}/fragen/{criterion.id}")
        for question in criterion.questions:
            help = text_of(found.one(f".//*[@id='frage-{question.id}']//details[@class='help']"))
            origins = trace(questionnaire, question)
            assert (origins.example is not None) is ("Gutes Beispiel (" in help), question.id
            links = found.all(f".//*[@id='frage-{question.id}']//details[@class='help']//ul[@class='sources']//a")
            assert [(link.get("href"), text_of(link)) for link in links] == [
                (source.url, source.title) for source in origins.sources
            ]


def test_all_questions_can_be_read_with_where_they_are_from(somebody: Visitor) -> None:
    found = somebody.open("/fragen")
    read = text_of(found.one(".//*[@id='verankerung']"))
    assert "Gutes Beispiel (2018): Darmstadt hatte eine Arbeitsgruppe" in read
    assert "IHK Darmstadt: Darmstadt, Re-Auditierung, 2018" in read
    assert somebody.open("/fragen?suche=Viernheim").all(".//*[@id='fremdsprachen-ansprechpersonen']")


def test_the_sample_town_answers_the_new_version(somebody: Visitor) -> None:
    found = somebody.open("/beispiel")
    assert found.h1 == "Musterstadt am Main"
    assert "Version 2026-2, 38 Fragen" in found.main
    for question in towns.shipped().questions:
        assert f"{question.number} {question.text}" in found.main


def test_a_self_check_of_before_goes_on_with_its_questions(page: Visitor, check: str, now: Flask) -> None:
    there = Visitor(now.test_client())
    cookie = page.client.get_cookie("selfcheck")
    assert cookie is not None
    there.client.set_cookie("selfcheck", cookie.value)
    found = there.open(f"/selbstcheck/{check}/fragen/{OLD_CRITERION}")
    assert found.all(".//*[@id='frage-leitbild']")
    there.press(found, "Speichern und weiter", {"leitbild.choice": "option:ja"})
    again = there.open(f"/selbstcheck/{check}/fragen/{OLD_CRITERION}")
    assert "Ja" in text_of(again.one(".//*[@id='frage-leitbild']"))
    assert there.open(f"/selbstcheck/{begin(there)}/fragen/{OLD_CRITERION}").all(".//*[@id='frage-verankerung']")
