"""How many SQL statements pages and saves take: as many for one answer as for all of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests import towns
from tests.web.page import Visitor, begin, fill
from tests.web.statements import listen

CRITERION = towns.questionnaire().criteria[1]
QUESTION = CRITERION.questions[0]
NOTE = f"{QUESTION.id}.note"
ANSWER = f"{QUESTION.id}.choice"
MOST_FOR_QUESTIONS, MOST_FOR_SAVE = 7, 10
PAGES = (
    "",
    f"/fragen/{CRITERION.id}",
    "/ergebnis",
    "/ergebnis/was-waere-wenn",
    "/checkliste",
    "/nachweise",
    f"/nachweise/{QUESTION.id}/neu",
    "/ziele",
    "/pruefbogen",
    "/verlauf",
    "/verlauf/vergleich?von=anfang&bis=jetzt",
    "/mein-teil",
    "/team",
    "/team/fachbereich/neu?fachbereich=kita",
    "/teilen",
    "/teilen/vorschau",
    "/angaben",
    "/erinnerungen",
)


@pytest.fixture
def little(visitor: Callable[[], Visitor]) -> tuple[Visitor, str]:
    """A self-check of which one question was touched."""
    person = visitor()
    check_id = begin(person)
    page = person.open(f"/selbstcheck/{check_id}/fragen/{CRITERION.id}")
    person.press(page, "Speichern und weiter", {NOTE: "Ordner 1"})
    return person, check_id


@pytest.fixture
def full(visitor: Callable[[], Visitor]) -> tuple[Visitor, str]:
    """A self-check with an answer to every question."""
    person = visitor()
    check_id = begin(person)
    fill(person, check_id, towns.sample().answers)
    return person, check_id


def count_page(app: Flask, person: Visitor, address: str) -> int:
    """The first look at the checklist's steps also writes down that they appeared; it is the second that counts."""
    person.open(address)
    with listen(app) as sent:
        person.open(address)
    return len(sent)


def count_save(app: Flask, person: Visitor, check_id: str, changes: dict[str, str | None]) -> int:
    """Statements of one save as our script sends it, from a card that is open."""
    page = person.open(f"/selbstcheck/{check_id}/fragen/{CRITERION.id}?offen={QUESTION.id}")
    sent_along = tuple(["csrf_token", *changes])  # our script sends the parts that changed, with version and base
    fields = {name: value for name, value in page.form("Speichern und weiter").fields if name.startswith(sent_along)}
    fields |= changes
    with listen(app) as sent:
        answer = person.post(page.address, fields, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    return len(sent)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_takes_as_many_statements_for_all_answers_as_for_one(
    app: Flask, little: tuple[Visitor, str], full: tuple[Visitor, str], page: str
) -> None:
    few, many = (count_page(app, person, f"/selbstcheck/{check_id}{page}") for person, check_id in (little, full))
    assert few == many


def test_a_question_page_takes_few_statements(app: Flask, full: tuple[Visitor, str]) -> None:
    person, check_id = full
    assert count_page(app, person, f"/selbstcheck/{check_id}/fragen/{CRITERION.id}") <= MOST_FOR_QUESTIONS


OWN_PIECE = f"{QUESTION.id}.e.n{7:032x}"
CHANGES: tuple[dict[str, str | None], ...] = (
    {NOTE: "Ordner 7"},
    {ANSWER: "unclear"},
    {NOTE: "Ordner 7", ANSWER: "unclear", f"{OWN_PIECE}.title": "Beschluss", f"{OWN_PIECE}.version": "0"},
)


@pytest.mark.parametrize("changes", CHANGES)
def test_a_save_takes_as_many_statements_with_all_answers_as_with_one(
    app: Flask, little: tuple[Visitor, str], full: tuple[Visitor, str], changes: dict[str, str | None]
) -> None:
    few, many = (count_save(app, person, check_id, changes) for person, check_id in (little, full))
    assert few == many <= MOST_FOR_SAVE


def test_saving_every_question_of_a_form_takes_as_many_statements_as_saving_one(
    app: Flask, little: tuple[Visitor, str], full: tuple[Visitor, str]
) -> None:
    everything: dict[str, str | None] = {f"{question.id}.note": "Ordner 7" for question in CRITERION.questions}
    few = count_save(app, *little, {NOTE: "Ordner 7"})
    many = count_save(app, *full, everything)
    assert few == many


def test_a_team_takes_as_many_statements_with_ten_offices_as_with_one(
    app: Flask, little: tuple[Visitor, str], full: tuple[Visitor, str]
) -> None:
    for (person, check_id), offices in ((little, 1), (full, 10)):
        form = person.open(f"/selbstcheck/{check_id}/team/fachbereich/neu?fachbereich=kita")
        for number in range(offices):
            fields = {"label": f"Amt {number}", "key": f"{number:032x}"}
            person.press(form, "Link erstellen", fields)
    few, many = (count_page(app, person, f"/selbstcheck/{check_id}/team") for person, check_id in (little, full))
    assert few == many <= MOST_FOR_QUESTIONS
