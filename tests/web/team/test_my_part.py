"""Mein Teil: my questions, open comments, what others changed, and what our script asks for."""

from __future__ import annotations

import pytest
from flask import Flask

from selfcheck.core.permissions import Role
from tests import towns
from tests.web.document import text_of
from tests.web.page import Page, Visitor
from tests.web.team.people import sit_down

CRITERION = towns.questionnaire().criteria[0]
QUESTION = CRITERION.questions[0]


@pytest.fixture
def kai(app: Flask, check: str) -> Visitor:
    """A colleague with a browser of his own."""
    return sit_down(app, check, Role.COLLEAGUE, "Kollegium", "Kai Krause")


def open_mine(visitor: Visitor, check_id: str) -> Page:
    return visitor.open(f"/selbstcheck/{check_id}/mein-teil")


def open_questions(visitor: Visitor, check_id: str) -> Page:
    return visitor.open(f"/selbstcheck/{check_id}/fragen/{CRITERION.id}")


def answer(visitor: Visitor, check_id: str, **changes: str) -> None:
    fields = {f"{QUESTION.id}.{name}": said for name, said in changes.items()}
    visitor.press(open_questions(visitor, check_id), "Speichern und weiter", fields)


def news(found: Page) -> list[str]:
    return [text_of(row) for row in found.all(".//section[@aria-labelledby='neues']//li")]


def test_at_first_it_says_what_to_do(page: Visitor, check: str) -> None:
    found = open_mine(page, check)
    assert found.h1 == "Mein Teil"
    for said in ("Ihnen ist noch keine Frage zugewiesen.", "Niemand wartet auf eine Antwort.", "hat niemand sonst"):
        assert said in found.main


def test_whoever_works_alone_is_told_how_to_invite_others(page: Visitor, check: str, app: Flask) -> None:
    assert "Noch arbeiten Sie hier allein." in open_mine(page, check).main
    kai = sit_down(app, check, Role.COLLEAGUE, "Kollegium", "Kai Krause")
    for person in (page, kai):
        assert "Noch arbeiten Sie hier allein." not in open_mine(person, check).main


def test_it_stands_in_the_navigation(page: Visitor, check: str) -> None:
    found = page.open(f"/selbstcheck/{check}")
    assert any(text_of(link) == "Mein Teil" for link in found.all(".//nav//a"))


def test_a_message_of_an_office_can_be_read_at_once(app: Flask, page: Visitor, check: str) -> None:
    office = sit_down(app, check, Role.OFFICE, "Bauamt", "Udo Bau", question=QUESTION.id)
    own = office.open(f"/selbstcheck/{check}/auftrag")
    office.press(own, "Speichern", {"an_koordination.message": "Der Plan kommt im März."})
    (row,) = [row for row in news(open_mine(page, check)) if "Nachricht an die Koordination" in row]
    assert "Der Plan kommt im März." in row


def test_what_others_changed_is_new_and_links_to_the_question(page: Visitor, kai: Visitor, check: str) -> None:
    answer(kai, check, note="Beschluss von <b>2019</b>")
    found = open_mine(page, check)
    assert [row for row in news(found) if "Erläuterung zu" in row and "Kai Krause (Kollegium)" in row]
    assert "Jetzt: Beschluss von <b>2019</b>" in found.main
    hrefs = [link.get("href") for link in found.all(".//section[@aria-labelledby='neues']//li/a")]
    assert f"/selbstcheck/{check}/fragen/{CRITERION.id}#frage-{QUESTION.id}" in hrefs


def test_my_own_changes_are_no_news(page: Visitor, check: str) -> None:
    answer(page, check, note="Ordner 12")
    assert not news(open_mine(page, check))


def test_one_persons_changes_in_a_row_are_one_line(page: Visitor, kai: Visitor, check: str) -> None:
    for note in ("Ordner 12", "Ordner 13", "Ordner 14"):
        answer(kai, check, note=note)
    assert len(news(open_mine(page, check))) == 1


def test_all_seen_hides_what_was_shown_and_nothing_that_came_in_between(
    page: Visitor, kai: Visitor, check: str
) -> None:
    answer(kai, check, note="Ordner 12")
    shown = open_mine(page, check)
    answer(kai, check, choice="unclear")
    left = news(page.press(shown, "Alles gesehen"))
    assert len(left) == 1
    assert left[0].startswith("Antwort zu")
    assert not news(page.press(open_mine(page, check), "Alles gesehen"))


@pytest.mark.parametrize("shown", ["", "x", "-1", "9" * 30, "0"])
def test_all_seen_with_nonsense_changes_nothing(page: Visitor, kai: Visitor, check: str, shown: str) -> None:
    answer(kai, check, note="Ordner 12")
    assert news(page.press(open_mine(page, check), "Alles gesehen", {"bis": shown}))


def test_each_person_has_their_own_news(page: Visitor, kai: Visitor, check: str) -> None:
    answer(kai, check, note="Ordner 12")
    assert not news(open_mine(kai, check))
    assert news(open_mine(page, check))


def test_questions_of_all_criteria_can_be_filtered_at_once(page: Visitor, check: str) -> None:
    answer(page, check, choice="unclear")
    found = page.open(f"/selbstcheck/{check}/mein-teil?zeige=unklar")
    rows = found.all(".//section[@aria-labelledby='fragen']//li[@class='line-item']")
    assert [text_of(row).partition(":")[0] for row in rows] == [QUESTION.number]
    nothing = page.open(f"/selbstcheck/{check}/mein-teil?zeige=mit-rueckfrage")
    assert "Keine Frage ist „mit Rückfrage“." in nothing.main
