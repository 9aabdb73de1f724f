"""What once worked for somebody who meant harm, or clicked unluckily, and must never work again."""

from __future__ import annotations

import pytest
from flask import Flask

from selfcheck.web.history.names import NAMES
from selfcheck.web.history.redaction import SPOKEN
from selfcheck.web.http import attempts
from tests.web.office.visits import ask_office
from tests.web.page import BEGIN, NewVisitor, Visitor, begin
from tests.web.statements import listen

FIRST = "fragen/strategische-zielsetzung"
QUESTION = "leitbild"


def _issue_link(page: Visitor, check: str) -> str:
    shown = page.press(page.open(f"/selbstcheck/{check}/persoenlicher-link"), "Persönlichen Link anzeigen")
    return "/zugang/" + shown.source.partition("/zugang/")[2].partition('"')[0]


def _secrets(page: Visitor) -> list[str]:
    with page.client.session_transaction() as session:
        return list(session.get("grants", []))


def test_the_form_that_began_it_does_not_open_it_again_after_signing_out(page: Visitor) -> None:
    form = page.open("/selbstcheck/neu")
    check = page.press(form, "Beginnen", BEGIN).address.split("/")[2]
    page.press(page.open(f"/selbstcheck/{check}/abmelden"), "Auf diesem Gerät abmelden")
    with page.client.session_transaction() as session:
        csrf = session.get("csrf_token")
    assert csrf, "the session itself goes on"
    again = page.press(form, "Beginnen", BEGIN).address.split("/")[2]
    assert again != check
    page.open(f"/selbstcheck/{check}", 404)


def test_earlier_devices_are_locked_out_also_the_one_where_it_began(
    page: Visitor, visitor: NewVisitor, check: str
) -> None:
    other = visitor()
    other.press(other.open(_issue_link(page, check)), "Öffnen")
    shown = other.open(f"/selbstcheck/{check}/persoenlicher-link")
    other.press(shown, "Frühere Links beenden und neuen anzeigen")
    page.open(f"/selbstcheck/{check}", 404)
    other.open(f"/selbstcheck/{check}")


def test_opening_one_link_often_pushes_no_other_self_check_out(page: Visitor, check: str) -> None:
    second = begin(page)
    link = _issue_link(page, second)
    for _ in range(22):
        page.press(page.open(link), "Öffnen")
    assert len(_secrets(page)) == 2
    page.open(f"/selbstcheck/{check}")


def test_looking_at_the_head_of_the_sign_out_page_signs_nobody_out(page: Visitor, check: str) -> None:
    assert page.client.head(f"/selbstcheck/{check}/abmelden").status_code == 200
    page.open(f"/selbstcheck/{check}")


@pytest.mark.parametrize("version", ["²", "-1", "9" * 30, "१", "null"])
def test_a_forged_version_is_a_conflict_and_no_crash(page: Visitor, check: str, version: str) -> None:
    address = f"/selbstcheck/{check}/{FIRST}"
    form = page.open(address).form("Speichern und weiter")
    forged = [(name, version if name.endswith(("version", "base")) else value) for name, value in form.fields]
    forged += [
        ("beschluss.e.1.version", version),
        ("beschluss.e.1.title", "Fremd"),
        ("beschluss.e.1.state", "available"),
    ]
    assert page.post(address, forged).status_code in (303, 409, 422)


def test_a_save_by_script_leaves_the_cookie_alone(page: Visitor, check: str) -> None:
    address = f"/selbstcheck/{check}/{FIRST}"
    fields = page.open(address).form("Speichern und weiter").fields
    saved = page.post(address, fields, headers={"Accept": "application/json"})
    assert saved.status_code == 200
    assert "Set-Cookie" not in saved.headers


def test_everything_typed_is_handed_back_when_the_session_is_gone(page: Visitor, check: str) -> None:
    address = f"/selbstcheck/{check}/angaben"
    form = page.open(address).form("Speichern")
    typed = {"name": "Sabine Krüger", "phone": "06100 000-120", "mail": "s@musterstadt.example", "csrf_token": "falsch"}
    refused = page.send(address, [(name, typed.get(name, value)) for name, value in form.fields], 400)
    for name in ("name", "phone", "mail"):
        assert typed[name] in refused.main


def test_the_hundred_and_first_entry_is_refused_in_words_and_nothing_is_dropped(page: Visitor, check: str) -> None:
    address = f"/selbstcheck/{check}/ziele"
    token = dict(page.open(address).form("Speichern").fields)["csrf_token"]
    goals = [(f"goal.n{number:032x}.{field}", text) for number in range(100) for field, text in _goal(f"Ziel {number}")]
    assert page.post(address, [("csrf_token", token), *goals]).status_code == 303
    assert "Ziel 99" in page.open(address).source
    more = [(f"goal.n{'f' * 32}.{field}", text) for field, text in _goal("Ziel hundert")]
    assert "zu viele Einträge" in page.send(address, [("csrf_token", token), *more], 413).main


def _goal(title: str) -> list[tuple[str, str]]:
    return [("title", title), ("version", "0"), ("base", "")]


def test_a_link_opened_over_and_over_does_not_fill_the_town_with_people(
    app: Flask, visitor: NewVisitor, check: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = ask_office(app, check, QUESTION)
    monkeypatch.setitem(attempts.OF_ONE_ADDRESS, "enter", (2, 3600))
    for status in (200, 200, 429):
        somebody = visitor()
        somebody.press(somebody.open(f"/zugang/{office.token}"), "Öffnen", status=status)


@pytest.mark.parametrize("button", ["decline", "take"])
def test_a_button_for_what_is_no_question_is_never_asked_of_the_database(
    app: Flask, visitor: NewVisitor, check: str, button: str
) -> None:
    office = ask_office(app, check, QUESTION)
    clerk = office.open(visitor())
    fields = [*clerk.open(office.root).form("Speichern").fields, (button, "\0")]
    with listen(app) as sent:
        assert clerk.post(office.root, fields).status_code == 303
    assert not any(statement.startswith("UPDATE assignment") for statement in sent)


@pytest.mark.parametrize("subject", ["%00", "a%00b", "9" * 6000, "-1", "%F0%9F%92%A9", "%E2%80%AE"])
@pytest.mark.parametrize("part", [*NAMES, *SPOKEN])
def test_no_address_of_a_text_to_take_out_is_a_crash(page: Visitor, check: str, part: str, subject: str) -> None:
    address = f"/selbstcheck/{check}/verlauf/entfernen/{part}/{subject}"
    assert page.client.get(address).status_code in (200, 404)
