"""`flask accounts …` says clearly what it did, and what it did not."""

from __future__ import annotations

import logging

import pytest
import sqlalchemy as sa
from flask import Flask

from selfcheck.store.accounts.accounts import find_by_mail
from selfcheck.store.database import tables, transactions
from tests.web.accounts.registering import letters, register, register_and_confirm, sign_in
from tests.web.accounts.test_second_factor import set_up
from tests.web.page import NewVisitor, Visitor

MAIL = "erika@stadt.example"


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["accounts", *arguments])
    return result.exit_code, (result.stdout if result.exit_code == 0 else result.output).strip()


def position(app: Flask) -> str:
    with app.app_context():
        account = find_by_mail(MAIL)
        transactions.let_go()
    assert account is not None
    return account.position


def test_appointing_says_what_changed_and_signs_out(page: Visitor, app: Flask) -> None:
    register_and_confirm(page, MAIL)
    status, said = run(app, "appoint", "Erika@Stadt.example", "operator")
    assert (status, position(app)) == (0, "operator")
    assert said.splitlines() == [
        f"{MAIL}: jetzt Betrieb, vorher ohne besondere Aufgabe. Überall abgemeldet.",
        "Bei der nächsten Anmeldung wird ein zweiter Faktor verlangt.",
    ]
    assert page.client.get("/konto").status_code == 303
    assert run(app, "appoint", MAIL, "operator") == (
        0,
        f"{MAIL} hat diese Aufgabe schon (Betrieb). Geändert wurde nichts.",
    )
    assert run(app, "appoint", MAIL, "member")[0] == 0
    assert position(app) == "member"


def test_only_confirmed_accounts_are_appointed(page: Visitor, app: Flask) -> None:
    status, said = run(app, "appoint", MAIL, "advisor", "--chamber", "darmstadt")
    assert (status, "muss sich zuerst selbst registrieren" in said) == (1, True)
    register(page, MAIL)
    status, said = run(app, "appoint", MAIL, "advisor", "--chamber", "darmstadt")
    assert (status, "noch nicht bestätigt" in said) == (1, True)
    assert position(app) == "member"
    assert run(app, "appoint", MAIL, "king")[0] == 2


def test_a_lost_second_factor_can_be_dropped(page: Visitor, app: Flask) -> None:
    register_and_confirm(page, MAIL)
    assert run(app, "drop-second-factor", "niemand@stadt.example")[0] == 1
    assert "hat keinen zweiten Faktor" in run(app, "drop-second-factor", MAIL)[1]
    set_up(page)
    assert run(app, "drop-second-factor", MAIL) == (
        0,
        f"{MAIL}: Der zweite Faktor ist ausgeschaltet. Überall abgemeldet.",
    )
    assert page.client.get("/konto").status_code == 303
    sign_in(page, MAIL)
    assert page.client.get("/konto").status_code == 200


def test_mails_that_wait_go_out_with_the_command(page: Visitor, app: Flask) -> None:
    register(page, MAIL)
    send = app.test_cli_runner().invoke(args=["mail", "send"])
    assert (send.exit_code, send.stdout.strip()) == (0, "1 Mail verschickt")
    assert "0 Mails verschickt" in app.test_cli_runner().invoke(args=["mail", "send"]).output
    assert len(list((app.config["DATA"] / "mails").iterdir())) == 1


def test_the_command_fails_and_says_how_many_wait(page: Visitor, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    register(page, MAIL)
    monkeypatch.setattr(app.extensions["mail"].state, "backend", "smtp")
    monkeypatch.setattr(app.extensions["mail"].state, "port", 1)
    send = app.test_cli_runner().invoke(args=["mail", "send"])
    assert send.exit_code == 1
    assert "1 Mail wartet, die älteste seit" in send.output


def rename(app: Flask, mail: str) -> None:
    """As an account has it that was made when umlauts were allowed before the @."""
    with app.app_context():
        with transactions.writing() as connection:
            connection.execute(sa.update(tables.Account).values(email=mail))
        transactions.let_go()


def test_an_address_that_cannot_sign_in_any_more_is_changed(
    page: Visitor, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    register_and_confirm(page, MAIL)
    rename(app, "erika.müller@stadt.example")
    with caplog.at_level(logging.INFO, "selfcheck.security"):
        status, said = run(app, "address", "Erika.Müller@Stadt.example", "Erika.Mueller@stadt.example")
    assert (status, said) == (
        0,
        "Das Konto erika.müller@stadt.example hat jetzt die Adresse erika.mueller@stadt.example. Überall abgemeldet.",
    )
    (noted,) = [record.getMessage() for record in caplog.records if "address-changed" in record.getMessage()]
    assert "from=server" in noted
    assert noted.endswith(" by-operator")
    assert page.client.get("/konto").status_code == 303
    sign_in(page, "erika.mueller@stadt.example")
    assert page.client.get("/konto").status_code == 200
    (letter,) = letters(app, "erika.mueller@stadt.example")
    assert "der Betreiber hat diese E-Mail-Adresse für Ihr Konto beim Selbstcheck eingetragen" in letter.body
    assert "/anmelden" in letter.links
    assert not letters(app, "erika.müller@stadt.example"), "no mail gets there"


def test_both_addresses_are_told_where_mails_get_there(page: Visitor, app: Flask) -> None:
    register_and_confirm(page, MAIL)
    assert run(app, "address", MAIL, "muster@stadt.example")[0] == 0
    assert letters(app, MAIL)[-1].subject == "Selbstcheck: Ihre E-Mail-Adresse wurde geändert"
    assert letters(app, "muster@stadt.example")[-1].subject == "Selbstcheck: Ihr Konto hat jetzt diese E-Mail-Adresse"


def test_an_address_is_changed_only_where_that_is_right(page: Visitor, visitor: NewVisitor, app: Flask) -> None:
    register(page, MAIL)
    assert "noch nicht bestätigt" in run(app, "address", MAIL, "neu@stadt.example")[1]
    register_and_confirm(page, MAIL)
    register_and_confirm(visitor(), "kai@stadt.example")
    for old, new, status, said in (
        ("niemand@stadt.example", "neu@stadt.example", 1, "Zu niemand@stadt.example gibt es kein Konto."),
        (MAIL, "kai@stadt.example", 1, "gehört schon ein anderes Konto"),
        (MAIL, "müller@stadt.example", 1, "dürfen keine Umlaute oder Sonderzeichen stehen"),
        (MAIL, "stadt.example", 1, "fehlt das @"),
        (MAIL, MAIL.upper(), 0, "schon. Geändert wurde nichts."),
    ):
        found = run(app, "address", old, new)
        assert found[0] == status
        assert said in found[1]
    assert page.client.get("/konto").status_code == 200, "nobody was signed out"


def test_who_advises_has_a_chamber(page: Visitor, app: Flask) -> None:
    register_and_confirm(page, MAIL)
    for arguments, why in (
        (("advisor",), "Wer berät, gehört zu einer IHK."),
        (("advisor", "--chamber", "atlantis"), "Die IHK „atlantis“ gibt es hier nicht."),
    ):
        status, said = run(app, "appoint", MAIL, *arguments)
        assert status == 1
        assert why in said
        assert "  darmstadt  IHK Darmstadt" in said.splitlines()
    assert run(app, "appoint", MAIL, "operator", "--chamber", "darmstadt")[0] == 1
    assert position(app) == "member"
    status, said = run(app, "appoint", MAIL, "advisor", "--chamber", "darmstadt")
    assert (status, position(app)) == (0, "advisor")
    assert "jetzt Beratung (IHK Darmstadt), vorher ohne besondere Aufgabe" in said
    assert "hat diese Aufgabe schon" in run(app, "appoint", MAIL, "advisor", "--chamber", "darmstadt")[1]
    moved = run(app, "appoint", MAIL, "advisor", "--chamber", "hanau")[1]
    assert "vorher Beratung (IHK Darmstadt)" in moved


def test_nobody_advises_who_works_in_a_self_check(page: Visitor, app: Flask, check: str) -> None:
    register_and_confirm(page, MAIL)
    page.press(page.open(f"/selbstcheck/{check}/uebernehmen"), "In mein Konto übernehmen")
    status, said = run(app, "appoint", MAIL, "advisor", "--chamber", "darmstadt")
    assert (status, position(app)) == (1, "member")
    assert "arbeitet mit diesem Konto an einem Selbstcheck mit" in said


def test_an_invitation_goes_out_with_the_command(page: Visitor, app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "selfcheck.security"):
        status, said = run(app, "invite", "Berta@IHK.example", "--chamber", "darmstadt", "--name", " Berta  B. ")
    assert status == 0
    assert said.startswith("berta@ihk.example ist zur Beratung für die IHK Darmstadt eingeladen. Der Link gilt bis zum")
    (letter,) = letters(app, "berta@ihk.example")
    (link,) = letter.links
    assert page.open(link).value("name") == "Berta B."
    assert "advisor-invited from=server account=-" in caplog.text
    assert link.rpartition("/")[2] not in said + caplog.text
    again, said = run(app, "invite", "berta@ihk.example", "--chamber", "hanau")
    assert (again, "schon für eine andere IHK eingeladen" in said) == (1, True)
    assert run(app, "invite", "berta", "--chamber", "hanau")[0] == 1
    assert run(app, "invite", "bodo@ihk.example", "--chamber", "atlantis")[0] == 1
    assert run(app, "invite", "bodo@ihk.example", "--chamber", "hanau", "--name", "x" * 81)[0] == 1
    assert not letters(app, "bodo@ihk.example")
