"""What somebody signed in changes about their account, and what becomes of a deleted one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from selfcheck.store.data.purge import purge
from selfcheck.store.database import transactions
from selfcheck.web.http import attempts
from tests.web.accounts.registering import (
    PASSWORD,
    is_signed_in,
    letters,
    register,
    register_and_confirm,
    sign_in,
    try_to_sign_in,
)
from tests.web.page import NewVisitor, Page, Visitor, begin

MAIL, NEW = "erika@stadt.example", "e.muster@stadt.example"


@pytest.fixture
def erika(page: Visitor) -> Visitor:
    register_and_confirm(page, MAIL, "Erika Muster")
    return page


def test_the_name_can_be_changed_and_taken_away(erika: Visitor) -> None:
    done = erika.press(erika.open("/konto/name"), "Speichern", {"name": "  Erika\tMeier "})
    assert "Ihr Name ist gespeichert" in done.main
    assert "Erika Meier" in done.main
    refused = erika.press(erika.open("/konto/name"), "Speichern", {"name": "x" * 81}, 422)
    assert refused.value("name") == "x" * 81
    assert "nicht angegeben" in erika.press(erika.open("/konto/name"), "Speichern", {"name": ""}).main


def test_a_changed_password_ends_other_sessions_but_not_this_one(
    erika: Visitor, visitor: NewVisitor, app: Flask
) -> None:
    other = visitor()
    sign_in(other, MAIL)
    form = erika.open("/konto/passwort")
    fields = {"current": PASSWORD, "password": "Neues Passwort 2027"}
    wrong = erika.press(form, "Passwort speichern", fields | {"current": "falsch"}, 422)
    assert "Das Passwort stimmt nicht" in wrong.main
    assert "mindestens 10 Zeichen" in erika.press(form, "Passwort speichern", fields | {"password": "kurz"}, 422).main
    assert is_signed_in(other)
    assert "Ihr neues Passwort gilt" in erika.press(form, "Passwort speichern", fields).main
    assert is_signed_in(erika)
    assert not is_signed_in(other)
    sign_in(other, MAIL, "Neues Passwort 2027")
    assert letters(app, MAIL)[-1].subject == "Selbstcheck: Ihr Passwort wurde geändert"


def test_the_password_cannot_be_tried_at_an_open_screen(erika: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(attempts.OF_ONE_ACCOUNT, "password", (2, 900))
    form = erika.open("/konto/loeschen")
    for _ in range(2):
        erika.press(form, "Konto löschen", {"password": "falsch"}, 422)
    erika.press(form, "Konto löschen", {"password": PASSWORD}, 429)


def ask_for_address(visitor: Visitor, mail: str, password: str = PASSWORD, status: int = 200) -> Page:
    fields = {"mail": mail, "password": password}
    return visitor.press(visitor.open("/konto/adresse"), "Link schicken", fields, status)


def test_a_new_address_counts_once_it_is_confirmed(erika: Visitor, visitor: NewVisitor, app: Flask) -> None:
    assert "Das Passwort stimmt nicht" in ask_for_address(erika, NEW, "falsch", 422).main
    assert (
        "In der E-Mail-Adresse fehlt das @. So sieht eine aus: erika.muster@stadt.de"
        in ask_for_address(erika, "kaputt", status=422).main
    )
    assert "neues Postfach" in ask_for_address(erika, NEW).main
    assert MAIL in erika.open("/konto").main
    (letter,) = letters(app, NEW)
    done = erika.press(erika.open(letter.links[0]), "Bestätigen")
    assert NEW in done.main
    assert letters(app, MAIL)[-1].subject == "Selbstcheck: Ihre E-Mail-Adresse wurde geändert"
    erika.open(letter.links[0], 410)
    other = visitor()
    try_to_sign_in(other, MAIL, status=422)
    sign_in(other, NEW)
    assert is_signed_in(other)


def test_the_link_for_a_new_address_works_in_another_browser(erika: Visitor, visitor: NewVisitor, app: Flask) -> None:
    ask_for_address(erika, NEW)
    other = visitor()
    done = other.press(other.open(letters(app, NEW)[0].links[0]), "Bestätigen")
    assert done.address == "/anmelden"
    assert not is_signed_in(other)
    assert not is_signed_in(erika)
    sign_in(other, NEW)


def test_an_address_that_is_taken_is_told_by_mail_only(erika: Visitor, visitor: NewVisitor, app: Flask) -> None:
    free = ask_for_address(erika, "frei@stadt.example")
    register_and_confirm(visitor(), NEW)
    assert ask_for_address(erika, NEW).source == free.source
    letter = letters(app, NEW)[-1]
    assert letter.subject == "Selbstcheck: Diese E-Mail-Adresse hat schon ein Konto"
    assert letter.links == []


def test_an_address_that_was_taken_meanwhile_is_not_moved_to(erika: Visitor, visitor: NewVisitor, app: Flask) -> None:
    ask_for_address(erika, NEW)
    link = letters(app, NEW)[0].links[0]
    other = visitor()
    register_and_confirm(other, NEW)
    erika.press(erika.open(link), "Bestätigen", status=410)
    assert MAIL in erika.open("/konto").main
    assert is_signed_in(other)


def test_an_address_that_nobody_confirmed_stands_in_nobodys_way(
    erika: Visitor, visitor: NewVisitor, app: Flask
) -> None:
    register(visitor(), NEW)
    ask_for_address(erika, NEW)
    erika.press(erika.open(letters(app, NEW)[-1].links[0]), "Bestätigen")
    assert NEW in erika.open("/konto").main


def test_a_changed_password_ends_the_link_for_a_new_address(erika: Visitor, app: Flask) -> None:
    ask_for_address(erika, NEW)
    fields = {"current": PASSWORD, "password": "Neues Passwort 2027"}
    erika.press(erika.open("/konto/passwort"), "Passwort speichern", fields)
    erika.open(letters(app, NEW)[0].links[0], 410)


def test_signing_out_everywhere_ends_every_session(erika: Visitor, visitor: NewVisitor) -> None:
    other = visitor()
    sign_in(other, MAIL)
    done = erika.press(erika.open("/konto/ueberall-abmelden"), "Überall abmelden")
    assert "Sie sind abgemeldet" in done.main
    assert not is_signed_in(erika)
    assert not is_signed_in(other)
    sign_in(other, MAIL)
    assert is_signed_in(other)


def test_a_stolen_cookie_ends_with_signing_out_everywhere(erika: Visitor, visitor: NewVisitor) -> None:
    cookie = erika.client.get_cookie("selfcheck")
    assert cookie is not None
    thief = visitor()
    thief.client.set_cookie("selfcheck", cookie.value)
    assert is_signed_in(thief)
    erika.press(erika.open("/konto/ueberall-abmelden"), "Überall abmelden")
    assert not is_signed_in(thief)


def delete(visitor: Visitor) -> Page:
    return visitor.press(visitor.open("/konto/loeschen"), "Konto löschen", {"password": PASSWORD})


def test_deleting_says_what_goes_and_is_taken_back_by_signing_in(
    erika: Visitor, visitor: NewVisitor, app: Flask
) -> None:
    other = visitor()
    sign_in(other, MAIL)
    asked = erika.open("/konto/loeschen")
    for said in ("Ihr Name, Ihre E-Mail-Adresse", "30 Tage"):
        assert said in asked.main
    erika.press(asked, "Konto löschen", {"password": "falsch"}, 422)
    assert "Ihr Konto ist gelöscht" in delete(erika).main
    assert not is_signed_in(erika)
    assert not is_signed_in(other)
    assert letters(app, MAIL)[-1].subject == "Selbstcheck: Ihr Konto ist gelöscht"
    back = try_to_sign_in(other, MAIL)
    assert "Ihr Konto ist wieder da" in back.main
    assert "wieder da" not in other.open("/konto").main


def test_a_deleted_account_is_gone_for_good_after_thirty_days(erika: Visitor, visitor: NewVisitor, app: Flask) -> None:
    delete(erika)
    with app.app_context():
        assert purge(datetime.now(UTC) + timedelta(days=29)).accounts == 0
        assert purge(datetime.now(UTC) + timedelta(days=31)).accounts == 1
        transactions.let_go()
    try_to_sign_in(visitor(), MAIL, status=422)
    register_and_confirm(visitor(), MAIL)


def test_who_alone_coordinates_something_hands_it_over_first(erika: Visitor) -> None:
    check = begin(erika)
    begin(erika, municipality="Nachbarstadt")
    for _ in range(2):
        asked = erika.open("/konto/loeschen")
        assert asked.link("Musterstadt am Main") == f"/selbstcheck/{check}"
        assert "Nachbarstadt" in asked.main
        assert "Konto löschen" not in [button.text_content() for button in asked.all(".//button")]
        csrf = erika.open("/konto/name").value("csrf_token")
        assert erika.post("/konto/loeschen", {"csrf_token": csrf, "password": PASSWORD}).status_code == 422
    assert is_signed_in(erika)


def test_what_was_deleted_keeps_nobody(erika: Visitor) -> None:
    check = begin(erika)
    erika.press(erika.open(f"/selbstcheck/{check}/loeschen"), "Selbstcheck löschen")
    assert "Ihr Konto ist gelöscht" in delete(erika).main


def test_nothing_here_is_for_somebody_not_signed_in(page: Visitor) -> None:
    for address in ("/konto", "/konto/name", "/konto/passwort", "/konto/adresse", "/konto/loeschen"):
        assert page.open(address).address == "/anmelden"
