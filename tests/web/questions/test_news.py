"""What our script is told: which questions somebody else has changed, and nothing that one may not know."""

from __future__ import annotations

import pytest
from flask import Flask

from selfcheck.core.permissions import Role
from selfcheck.web.questions import news
from tests import towns
from tests.web.page import Visitor
from tests.web.statements import listen
from tests.web.team.people import sit_down

CRITERION = towns.questionnaire().criteria[0]
QUESTION, OTHER = CRITERION.questions[:2]


@pytest.fixture
def kai(app: Flask, check: str) -> Visitor:
    """A colleague with a browser of his own."""
    return sit_down(app, check, Role.COLLEAGUE, "Kollegium", "Kai Krause")


@pytest.fixture
def office(app: Flask, check: str) -> Visitor:
    """An office that is asked the first question."""
    return sit_down(app, check, Role.OFFICE, "Bauamt", "Erika Muster", QUESTION.id)


def look(visitor: Visitor, check_id: str) -> str:
    """Opens the questions; the change after which there is news."""
    found = visitor.open(f"/selbstcheck/{check_id}/fragen/{CRITERION.id}")
    return str(found.one(".//form[@data-news-from]").get("data-news-since"))


def write(visitor: Visitor, check_id: str, **fields: str) -> None:
    found = visitor.open(f"/selbstcheck/{check_id}/fragen/{CRITERION.id}")
    visitor.press(found, "Speichern und weiter", {name.replace("__", "."): said for name, said in fields.items()})


def ask(visitor: Visitor, check_id: str, since: str, place: str = "neues") -> dict[str, str]:
    """What is told, by question."""
    answer = visitor.client.get(f"/selbstcheck/{check_id}/{place}?seit={since}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    told: dict[str, str] = answer.json["questions"]
    return told


def test_what_others_changed_after_the_page_was_drawn_is_told_once(page: Visitor, kai: Visitor, check: str) -> None:
    since = look(page, check)
    assert ask(page, check, since) == {}
    write(kai, check, **{f"{QUESTION.id}__note": "Ordner 12"})
    told = ask(page, check, since)
    assert list(told) == [QUESTION.id]
    assert told[QUESTION.id].startswith("Um ")
    assert told[QUESTION.id].endswith(" Uhr von Kai Krause (Kollegium) geändert")
    newest = page.client.get(f"/selbstcheck/{check}/neues?seit={since}").json["newest"]
    assert ask(page, check, newest) == {}


def test_my_own_changes_are_not_told(page: Visitor, kai: Visitor, check: str) -> None:
    since = look(page, check)
    write(page, check, **{f"{QUESTION.id}__note": "Ordner 12"})
    assert ask(page, check, since) == {}


def test_evidence_comments_and_who_is_to_answer_are_told_at_their_question(
    page: Visitor, kai: Visitor, check: str
) -> None:
    since = look(page, check)
    write(kai, check, **{f"{QUESTION.id}__e__u0__state": "available", f"{OTHER.id}__comment": "Wer weiß das?"})
    assert set(ask(page, check, since)) == {QUESTION.id, OTHER.id}


def test_an_office_is_told_of_answers_to_its_questions_only(
    page: Visitor, office: Visitor, kai: Visitor, check: str
) -> None:
    since = look(page, check)
    write(page, check, **{f"{OTHER.id}__note": "Ordner 12", f"{QUESTION.id}__comment": "Wer weiß das?"})
    assert ask(office, check, since, "auftrag/neues") == {}
    write(page, check, **{f"{QUESTION.id}__note": "Ordner 12"})
    assert list(ask(office, check, since, "auftrag/neues")) == [QUESTION.id]
    assert office.client.get(f"/selbstcheck/{check}/neues?seit={since}").status_code == 403


def test_an_office_learns_from_where_to_ask(office: Visitor, check: str) -> None:
    found = office.open(f"/selbstcheck/{check}/auftrag").one(".//form[@data-news-from]")
    assert found.get("data-news-since") == ""
    first = office.client.get(f"{found.get('data-news-from')}?seit=").json
    assert first["newest"] > 0
    assert first["questions"] == {}


@pytest.mark.parametrize("since", ["", "x", "-1", "0", "9" * 30])
def test_nonsense_is_told_nothing(page: Visitor, kai: Visitor, check: str, since: str) -> None:
    write(kai, check, **{f"{QUESTION.id}__note": "Ordner 12"})
    assert ask(page, check, since) == {}


def test_asking_takes_two_statements_and_writes_nothing(app: Flask, page: Visitor, check: str) -> None:
    since = look(page, check)
    with listen(app) as sent:
        ask(page, check, since)
    assert len(sent) == 2
    assert all(statement.lstrip().startswith("SELECT") for statement in sent)


def test_after_very_many_changes_the_newest_are_told(
    page: Visitor, kai: Visitor, check: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    since = look(page, check)
    monkeypatch.setattr(news, "MOST", 1)
    write(kai, check, **{f"{QUESTION.id}__note": "Ordner 12"})
    write(kai, check, **{f"{OTHER.id}__note": "Ordner 12"})
    assert list(ask(page, check, since)) == [OTHER.id]
