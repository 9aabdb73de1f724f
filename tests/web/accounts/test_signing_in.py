"""Getting an account and getting in. No answer tells whether an address has an account."""

from __future__ import annotations

import re
import time as machine
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select, update
from zxcvbn.matching import RANKED_DICTIONARIES

from selfcheck.store.database import tables
from selfcheck.store.database.transactions import reading, writing
from selfcheck.web.http import attempts
from tests.web.accounts.registering import (
    PASSWORD,
    Letter,
    confirm,
    is_signed_in,
    letters,
    register,
    register_and_confirm,
    sign_in,
    sign_out,
    try_to_sign_in,
)
from tests.web.clock import Clock
from tests.web.page import NewVisitor, Visitor, begin
from tests.web.statements import listen

MAIL = "erika@stadt.example"
RESET = "Selbstcheck: Neues Passwort"
USUAL = (
    *(
        "passwort12",
        "1234567890",
        "qwertzuiop",
        "password123",
        "hallohallo1",
        "iloveyou12",
        "Frankfurt1",
        "selbstcheck",
    ),
    *("PASSWORT12", "Selbstcheck2027", "Sommer2026!", "Passwort123!", "P@ssw0rd2027", "Bürgermeister1", "Willkommen1"),
    *("erikamuster1", "Erika1985!", "asdfghjklö", "abcabcabcabc", "24.12.1985", "erikamuster12"),
    *("Erika@Stadt1", "Muster-Erika1", "Erika.Muster1", "ErikaErika1", "IchBinErika1", "Erika@stadt.example"),
    *("MeinPasswort2026!", "Herbst2026!!", "Dezember2026!", "Montag-2026!", "Weihnachten2027", "Fruehling 2027"),
    *("Hauptamt2026!", "Büro2026!!", "Stadt_Darmstadt", "LandkreisGiessen", "IHK-Gießen-Friedberg", "Hessen2026!"),
    *("Ausgezeichnet1", "aaaaabbbbbccccc"),
)
"""What people choose who are asked for ten characters; some because they are Erika Muster, in a town hall in Hesse."""
UNUSUAL = (
    *("kwmzptrqxb", "x$9!kq#2(z", "vT7-pq2L-9sKd", "blauer Himmel heute", "Apfel Birne Tisch", "Pferd.Lampe.Fluss"),
    *("Erika mag keinen Spinat", "Darmstadt im Nebel um acht", "correct horse battery"),
)
WRONG = "E-Mail-Adresse oder Passwort stimmt nicht."


@pytest.fixture
def time(time: Clock) -> Clock:
    """Begins now: what makes and reads the links of mails looks at the machine's clock."""
    time.moment = datetime.now(UTC)
    return time


def change_account(app: Flask, mail: str, **values: object) -> None:
    with app.app_context(), writing() as connection:
        connection.execute(update(tables.Account).where(tables.Account.email == mail).values(values))


def test_register_confirm_sign_out_and_in_again(page: Visitor, app: Flask) -> None:
    sent = register(page, "Erika@Stadt.example ", "Erika Muster")
    assert "sehen Sie in Ihr Postfach" in sent.main
    assert not is_signed_in(page)
    (letter,) = letters(app)
    assert (letter.address, letter.subject) == (MAIL, "Selbstcheck: Bitte bestätigen Sie Ihre E-Mail-Adresse")
    confirm(page, MAIL)
    assert "Erika Muster" in page.open("/konto").main
    assert "Sie sind abgemeldet" in sign_out(page).main
    assert not is_signed_in(page)
    sign_in(page, MAIL)
    assert is_signed_in(page)
    assert len(letters(app)) == 1


def test_the_head_of_the_page_says_who_is_signed_in(page: Visitor) -> None:
    assert page.open("/hilfe").link("Anmelden") == "/anmelden"
    register_and_confirm(page, MAIL, "Erika Muster")
    assert page.open("/hilfe").link("Konto: Erika Muster") == "/konto"
    assert page.open("/").link("Meine Selbstchecks") == "/selbstchecks"


def test_an_unconfirmed_account_gets_another_mail_and_does_not_get_in(page: Visitor, app: Flask) -> None:
    register(page, MAIL)
    refused = try_to_sign_in(page, MAIL, status=422)
    assert "noch nicht bestätigt" in refused.main
    assert len(letters(app, MAIL)) == 2
    assert WRONG in try_to_sign_in(page, MAIL, "ganz anderes Wort", status=422).main
    assert len(letters(app, MAIL)) == 2
    assert not is_signed_in(page)


def test_who_registers_anothers_address_never_gets_in(page: Visitor, visitor: NewVisitor, app: Flask) -> None:
    """The owner opens the link, but only whoever chose the password could confirm it with that."""
    register(page, MAIL, password="Vom Angreifer gewählt")
    owner = visitor()
    assert "Das Passwort stimmt nicht" in confirm(owner, MAIL, PASSWORD, status=422).main
    assert "noch nicht bestätigt" in try_to_sign_in(page, MAIL, "Vom Angreifer gewählt", status=422).main
    register(owner, MAIL)
    assert "Das Passwort stimmt nicht" in confirm(page, MAIL, "Vom Angreifer gewählt", status=422).main
    confirm(owner, MAIL)
    assert WRONG in try_to_sign_in(page, MAIL, "Vom Angreifer gewählt", status=422).main


def test_whoever_registered_twice_is_led_to_the_newer_mail(page: Visitor, visitor: NewVisitor, app: Flask) -> None:
    register(page, MAIL)
    register(page, MAIL)
    first, second = (letter.links[0] for letter in letters(app, MAIL))
    told = visitor().open(first, 410).main
    assert "Öffnen Sie bitte den Link aus der neuesten Mail" in told
    assert "registrieren Sie sich bitte noch einmal" not in told.lower()
    page.press(page.open(second), "Bestätigen", {"password": PASSWORD})
    assert is_signed_in(page)
    for link in (first, second):
        assert "Sie haben Ihre Adresse schon bestätigt" in visitor().open(link, 410).main


def test_registering_too_often_leaves_the_newest_link_good(page: Visitor, app: Flask) -> None:
    """Beyond the limit no mail goes out; so the last one that did must not end."""
    for _ in range(8):
        register(page, MAIL)
    confirm(page, MAIL)
    assert is_signed_in(page)


def test_a_confirming_link_is_good_once_and_three_days(page: Visitor, app: Flask, time: Clock) -> None:
    register_and_confirm(page, MAIL)
    link = letters(app, MAIL)[0].links[0]
    again = page.open(link, 410)
    assert "melden" in again.main.lower()
    page.open(link + "x", 404)
    page.open("/konto/bestaetigen/gibt-es-nicht", 404)


def test_a_link_that_is_too_old_says_what_helps_now(page: Visitor, visitor: NewVisitor, app: Flask) -> None:
    """Whoever has confirmed in time need not register again, nor whoever got a newer mail since."""
    register(page, MAIL)
    link, long_ago = letters(app, MAIL)[0].links[0], machine.time() + 4 * 24 * 3600
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(machine, "time", lambda: long_ago)
        assert "registrieren Sie sich noch einmal" in visitor().open(link, 410).main
    register(page, MAIL)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(machine, "time", lambda: long_ago)
        assert "Öffnen Sie bitte den Link aus der neuesten Mail" in visitor().open(link, 410).main
    confirm(page, MAIL)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(machine, "time", lambda: long_ago)
        told = visitor().open(link, 410).main
    assert "Sie haben Ihre Adresse schon bestätigt" in told
    assert "noch einmal" not in told


def test_a_known_address_sees_the_same_page_and_gets_a_mail(page: Visitor, visitor: NewVisitor, app: Flask) -> None:
    register_and_confirm(page, MAIL, "Erika Muster")
    fresh, known = visitor(), visitor()
    first = register(fresh, "neu@stadt.example", "Anna Neu")
    second = register(known, MAIL, "Böser Name", "ein anderes Passwort")
    assert first.source == second.source
    letter = letters(app, MAIL)[-1]
    assert letter.subject == "Selbstcheck: Sie haben schon ein Konto"
    assert "Böser" not in letter.body
    assert "Erika Muster" in page.open("/konto").main
    assert WRONG in try_to_sign_in(known, MAIL, "ein anderes Passwort", status=422).main


def test_known_and_unknown_addresses_are_refused_alike(page: Visitor, visitor: NewVisitor, app: Flask) -> None:
    register_and_confirm(page, MAIL)
    pages = [try_to_sign_in(visitor(), mail, "falsches Passwort", status=422) for mail in (MAIL, "x@stadt.example")]
    texts = [re.sub(r"value=\"[^\"]*\"", "", found.source) for found in pages]
    assert texts[0] == texts[1]
    assert WRONG in pages[0].main


def test_forgotten_password_is_answered_alike_and_mails_only_to_accounts(
    page: Visitor, visitor: NewVisitor, app: Flask
) -> None:
    register_and_confirm(page, MAIL)
    before = len(letters(app))
    shown = [
        other.press(other.open("/passwort-vergessen"), "Link schicken", {"mail": mail}).source
        for other, mail in ((visitor(), MAIL), (visitor(), "niemand@stadt.example"))
    ]
    assert shown[0] == shown[1]
    (letter,) = letters(app)[before:]
    assert (letter.address, letter.subject) == (MAIL, "Selbstcheck: Neues Passwort")


def count_statements(app: Flask, visitor: Visitor, address: str, button: str, fields: dict[str, str]) -> list[str]:
    """The statements of one form, without the values in them."""
    form = visitor.open(address)
    status = 422 if button == "Anmelden" else 200
    with listen(app) as sent:
        visitor.press(form, button, fields, status)
    return sent


@pytest.mark.parametrize(
    ("address", "button", "fields"),
    [
        ("/passwort-vergessen", "Link schicken", {}),
        ("/registrieren", "Registrieren", {"password": PASSWORD}),
        ("/anmelden", "Anmelden", {"password": "falsches Passwort"}),
    ],
)
def test_known_and_unknown_addresses_ask_the_same_of_the_database(
    page: Visitor, visitor: NewVisitor, app: Flask, address: str, button: str, fields: dict[str, str]
) -> None:
    register_and_confirm(page, MAIL)
    known, unknown = (
        count_statements(app, visitor(), address, button, fields | {"mail": mail})
        for mail in (MAIL, "niemand@stadt.example")
    )
    assert known == unknown
    assert bool(letters(app, "niemand@stadt.example")) is (button == "Registrieren")


def ask_for_reset(visitor: Visitor, app: Flask, mail: str = MAIL) -> str:
    visitor.press(visitor.open("/passwort-vergessen"), "Link schicken", {"mail": mail})
    return letters(app, mail)[-1].links[0]


def test_a_new_password_ends_all_sessions_and_the_link(page: Visitor, visitor: NewVisitor, app: Flask) -> None:
    register_and_confirm(page, MAIL)
    other = visitor()
    first, second = ask_for_reset(other, app), ask_for_reset(other, app)
    form = other.open(second)
    assert "zu kurz" in other.press(form, "Passwort speichern", {"password": "kurz"}, 422).main
    done = other.press(form, "Passwort speichern", {"password": "Neues Passwort 2027"})
    assert "Ihr neues Passwort gilt" in done.main
    assert not is_signed_in(page)
    assert not is_signed_in(other)
    other.open(second, 410)
    other.open(first, 410)
    assert WRONG in try_to_sign_in(other, MAIL, status=422).main
    sign_in(other, MAIL, "Neues Passwort 2027")
    assert is_signed_in(other)
    assert letters(app, MAIL)[-1].subject == "Selbstcheck: Ihr Passwort wurde geändert"


def test_a_link_for_a_new_password_lasts_two_hours_and_confirms_the_address(
    page: Visitor, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(page, MAIL)
    link = ask_for_reset(page, app)
    page.press(page.open(link), "Passwort speichern", {"password": "Neues Passwort 2027"})
    sign_in(page, MAIL, "Neues Passwort 2027")
    assert is_signed_in(page)
    late = ask_for_reset(page, app)
    monkeypatch.setattr(machine, "time", lambda: datetime.now(UTC).timestamp() + 2 * 3600 + 5)
    page.open(late, 410)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"mail": ""}, "Bitte geben Sie eine E-Mail-Adresse an"),
        ({"mail": "keine Adresse"}, "In der E-Mail-Adresse fehlt das @"),
        ({"mail": "a@b@c.de"}, "Bitte geben Sie nur eine E-Mail-Adresse an"),
        ({"mail": f"{'x' * 250}@stadt.example"}, "auf höchstens 254 Zeichen"),
        ({"mail": "büro@stadt.example"}, "Ist buero@stadt.example gemeint?"),
        ({"password": ""}, "Bitte wählen Sie ein Passwort"),
        ({"password": "neunzeich"}, "mindestens 10 Zeichen"),
        ({"password": "x" * 201}, "höchstens 200 Zeichen"),
        ({"password": "aaaaaaaaaaaa"}, "lässt sich leicht erraten"),
        ({"password": MAIL}, "lässt sich leicht erraten"),
        *(({"password": usual}, "lässt sich leicht erraten") for usual in USUAL),
        ({"name": "x" * 81}, "höchstens 80 Zeichen"),
    ],
)
def test_a_refused_registration_says_why_and_keeps_the_rest(
    page: Visitor, app: Flask, changes: dict[str, str], said: str
) -> None:
    fields = {"name": "Erika Muster", "mail": MAIL, "password": PASSWORD} | changes
    refused = page.press(page.open("/registrieren"), "Registrieren", fields, 422)
    assert said in refused.main
    assert refused.value("name") == fields["name"]
    assert refused.value("mail") == fields["mail"]
    assert not refused.value("password")
    assert letters(app) == []


@pytest.mark.parametrize("password", UNUSUAL)
def test_what_nobody_guesses_is_taken(page: Visitor, app: Flask, password: str) -> None:
    register(page, MAIL, "Erika Muster", password)
    assert len(letters(app, MAIL)) == 1


@pytest.mark.parametrize("password", ["Überwald-1985!", "Ueberwald@2027", "Gemeinde-Uberwald", "UEBERWALD.Erika.1"])
def test_the_town_of_a_self_check_is_known_too(page: Visitor, app: Flask, password: str) -> None:
    begin(page, municipality="Gemeinde Überwald")
    fields = {"name": "Erika Muster", "mail": MAIL, "password": password}
    refused = page.press(page.open("/registrieren"), "Registrieren", fields, 422)
    assert "lässt sich leicht erraten" in refused.main


def test_what_one_visitor_knows_is_not_known_of_the_next(page: Visitor) -> None:
    """The library keeps the words of whoever asked last; whoever asks at the same time must not get those."""
    assert "user_inputs" not in RANKED_DICTIONARIES
    register(page, MAIL, "Erika Muster")
    assert "user_inputs" not in RANKED_DICTIONARIES


def test_an_address_with_umlauts_is_an_address(page: Visitor) -> None:
    register_and_confirm(page, "buero@müllheim.example")
    sign_out(page)
    sign_in(page, "Buero@Müllheim.example")
    assert is_signed_in(page)


@pytest.mark.parametrize(("mail", "password"), [("", PASSWORD), (MAIL, ""), ("kaputt", PASSWORD)])
def test_an_incomplete_sign_in_is_refused(page: Visitor, mail: str, password: str) -> None:
    refused = try_to_sign_in(page, mail, password, status=422)
    assert refused.value("mail") == mail


def test_passwords_cannot_be_tried_without_end(
    page: Visitor, visitor: NewVisitor, monkeypatch: pytest.MonkeyPatch, time: Clock
) -> None:
    register_and_confirm(page, MAIL)
    time.wait(minutes=16)
    monkeypatch.setattr(attempts, "SIGN_INS_OF_ONE", (3, 900))
    other = visitor()
    for _ in range(3):
        try_to_sign_in(other, MAIL, "falsches Passwort", status=422)
        try_to_sign_in(other, "niemand@stadt.example", "falsches Passwort", status=422)
    assert "Zu viele Versuche" in try_to_sign_in(other, MAIL, status=429).main
    assert "Zu viele Versuche" in try_to_sign_in(other, "niemand@stadt.example", status=429).main
    try_to_sign_in(other, "andere@stadt.example", status=422)
    time.wait(minutes=16)
    sign_in(other, MAIL)
    assert is_signed_in(other)


def try_from(visitor: Visitor, number: int, mail: str = MAIL, password: str = "falsches Passwort") -> int:
    """One attempt from one of many addresses; the status of the answer."""
    visitor.client.environ_base["REMOTE_ADDR"] = f"198.51.100.{number}"
    form = visitor.open("/anmelden").form("Anmelden")
    return visitor.post("/anmelden", dict(form.fields) | {"mail": mail, "password": password}).status_code


def test_strangers_lock_nobody_out(
    page: Visitor, visitor: NewVisitor, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many try from wherever: who signed in here before gets in, and whoever reads the mails of the account."""
    monkeypatch.setattr(attempts, "SIGN_INS_OF_ONE_ANYWHERE", (12, 3600))
    register_and_confirm(page, MAIL)
    sign_out(page)
    stranger = visitor()
    statuses = [try_from(stranger, number // 4) for number in range(20)]
    assert set(statuses) == {422, 429}
    elsewhere = visitor()
    refused = try_to_sign_in(elsewhere, MAIL, status=429)
    assert "vielleicht von Fremden" in refused.main
    assert "Passwort vergessen" in refused.main
    link = ask_for_reset(elsewhere, app)
    elsewhere.press(elsewhere.open(link), "Passwort speichern", {"password": "Neues Passwort 2027"})
    sign_in(elsewhere, MAIL, "Neues Passwort 2027")
    assert is_signed_in(elsewhere)
    sign_in(page, MAIL, "Neues Passwort 2027")
    assert is_signed_in(page)
    assert try_from(stranger, 9) == 429


def test_a_browser_that_is_known_has_a_limit_of_its_own(
    page: Visitor, visitor: NewVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "SIGN_INS_OF_KNOWN", (3, 900))
    other = visitor()
    for each in (page, other):
        register_and_confirm(each, MAIL) if each is page else sign_in(each, MAIL)
        sign_out(each)
    statuses = [try_from(other, number) for number in range(5)]
    assert statuses == [422, 422, 422, 429, 429]
    assert try_from(other, 6, "niemand@stadt.example") == 422, "what it knows is one account"
    sign_in(page, MAIL)
    assert is_signed_in(page), "each browser is counted for itself"


def test_knowing_one_account_helps_with_no_other(
    page: Visitor, visitor: NewVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "SIGN_INS_OF_ONE_ANYWHERE", (3, 3600))
    register_and_confirm(page, MAIL)
    stranger = visitor()
    register_and_confirm(stranger, "fremd@stadt.example")
    sign_out(stranger)
    assert [try_from(stranger, number) for number in range(5)] == [422, 422, 422, 429, 429]


def test_attempts_of_a_clock_that_was_ahead_do_not_count(page: Visitor, visitor: NewVisitor, time: Clock) -> None:
    register_and_confirm(page, MAIL)
    other = visitor()
    time.wait(days=3)
    assert [try_from(other, 1) for _ in range(11)][-1] == 429
    time.wait(days=-3)
    assert try_from(other, 1) == 422


def test_links_that_a_clock_made_that_was_ahead_are_good(
    page: Visitor, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = machine.time
    monkeypatch.setattr(machine, "time", lambda: real() + 2 * 86400)
    register(page, MAIL)
    monkeypatch.setattr(machine, "time", real)
    confirm(page, MAIL)
    assert is_signed_in(page)


def test_nobody_is_sent_mails_without_end_and_nobody_is_told(page: Visitor, app: Flask) -> None:
    register_and_confirm(page, MAIL)
    for _ in range(7):
        page.press(page.open("/passwort-vergessen"), "Link schicken", {"mail": MAIL})
        register(page, "neu@stadt.example")
    assert len(of_kind(app, RESET)) == 5
    assert len(letters(app, "neu@stadt.example")) == 5


def of_kind(app: Flask, subject: str, mail: str = MAIL) -> list[Letter]:
    return [letter for letter in letters(app, mail) if letter.subject == subject]


def ask_from(visitor: Visitor, address: str) -> None:
    """Asks for a new password from an address of the network."""
    visitor.client.environ_base["REMOTE_ADDR"] = address
    visitor.press(visitor.open("/passwort-vergessen"), "Link schicken", {"mail": MAIL})


def test_nobody_uses_up_the_mails_of_somebody_else(page: Visitor, visitor: NewVisitor, app: Flask) -> None:
    register_and_confirm(page, MAIL)
    stranger = visitor()
    for _ in range(8):
        ask_from(stranger, "198.51.100.7")
    assert len(of_kind(app, RESET)) == 5
    for number in range(8):
        ask_from(stranger, f"2001:db8:1:2::{number}")
    assert len(of_kind(app, RESET)) == 10
    ask_from(page, "192.0.2.1")
    assert len(of_kind(app, RESET)) == 10, "more than that nobody gets, from wherever they ask"


def test_whoever_gets_no_further_mail_has_one_that_is_good(page: Visitor, app: Flask, time: Clock) -> None:
    register_and_confirm(page, MAIL)
    for number in range(12):
        ask_from(page, f"198.51.100.{number}")
    assert len(of_kind(app, RESET)) == 10
    newest = of_kind(app, RESET)[-1]
    time.wait(hours=1, minutes=59)
    ask_from(page, "192.0.2.1")
    assert of_kind(app, RESET)[-1] == newest
    page.press(page.open(newest.links[0]), "Passwort speichern", {"password": "Neues Passwort 2027"})
    time.wait(minutes=2)
    ask_from(page, "192.0.2.1")
    assert len(of_kind(app, RESET)) == 11


def test_registering_uses_up_no_mails_for_new_passwords(page: Visitor, visitor: NewVisitor, app: Flask) -> None:
    register_and_confirm(page, MAIL)
    stranger = visitor()
    for _ in range(6):
        register(stranger, MAIL)
    ask_for_reset(stranger, app)
    assert len(of_kind(app, RESET)) == 1


def test_forms_cannot_be_sent_without_end(page: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(attempts.OF_ONE_ADDRESS, "account form", (2, 3600))
    for _ in range(2):
        register(page, MAIL)
    form = page.open("/passwort-vergessen")
    assert "Zu viele Versuche" in page.press(form, "Link schicken", {"mail": MAIL}, 429).main


@pytest.mark.parametrize(
    "onward",
    [
        "https://boese.example/",
        "//boese.example",
        "/\\boese.example",
        "javascript:alert(1)",
        "\\\\boese.example",
        "/\t/x",
        "/" + "x" * 5000,
    ],
)
def test_signing_in_leads_to_no_other_server(page: Visitor, onward: str) -> None:
    register_and_confirm(page, MAIL)
    sign_out(page)
    form = page.open("/anmelden").form("Anmelden")
    fields = dict(form.fields) | {"mail": MAIL, "password": PASSWORD, "weiter": onward}
    answer = page.post("/anmelden", fields)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/selbstchecks")


def test_signing_in_leads_back_to_where_one_wanted_to_go(page: Visitor) -> None:
    register_and_confirm(page, MAIL)
    sign_out(page)
    asked = page.open("/konto/passwort")
    assert asked.address == "/anmelden"
    arrived = page.press(asked, "Anmelden", {"mail": MAIL, "password": PASSWORD})
    assert arrived.address == "/konto/passwort"


def test_signing_in_leads_to_the_one_self_check(page: Visitor, visitor: NewVisitor) -> None:
    register_and_confirm(page, MAIL)
    first = begin(page)
    other = visitor()
    assert try_to_sign_in(other, MAIL).address == f"/selbstcheck/{first}"
    begin(page, municipality="Nachbarstadt")
    assert try_to_sign_in(visitor(), MAIL).address == "/selbstchecks"


def test_a_guest_keeps_what_this_browser_opens(page: Visitor) -> None:
    check = begin(page)
    register_and_confirm(page, MAIL)
    page.open(f"/selbstcheck/{check}")
    asked = page.open("/konto/abmelden")
    assert "Die bleiben hier offen" in asked.main
    assert "noch offen" in page.press(asked, "Abmelden").main
    page.open(f"/selbstcheck/{check}")


def test_signing_out_without_anything_else_says_nothing_of_links(page: Visitor) -> None:
    register_and_confirm(page, MAIL)
    asked = page.open("/konto/abmelden")
    assert "bleiben hier offen" not in asked.main
    assert "noch offen" not in page.press(asked, "Abmelden").main


def test_a_form_from_before_signing_in_does_not_count_afterwards(page: Visitor) -> None:
    """Who planted a session in this browser knows its key for forms."""
    register_and_confirm(page, MAIL)
    sign_out(page)
    planted = page.open("/anmelden").value("csrf_token")
    sign_in(page, MAIL)
    answer = page.post("/konto/ueberall-abmelden", {"csrf_token": planted})
    assert answer.status_code == 400
    assert is_signed_in(page)


@pytest.mark.parametrize("values", [{"active": False}, {"deleted_at": datetime(2026, 1, 1, tzinfo=UTC)}])
def test_blocked_and_gone_accounts_are_nobody(
    page: Visitor, visitor: NewVisitor, app: Flask, values: dict[str, object]
) -> None:
    register_and_confirm(page, MAIL)
    change_account(app, MAIL, **values)
    assert not is_signed_in(page)
    assert WRONG in try_to_sign_in(visitor(), MAIL, status=422).main
    before = len(letters(app))
    other = visitor()
    other.press(other.open("/passwort-vergessen"), "Link schicken", {"mail": MAIL})
    assert len(letters(app)) == before


def test_nothing_but_the_session_signs_in(page: Visitor, visitor: NewVisitor) -> None:
    """Flask-Security would take tokens from addresses, heads and bodies, and a cookie that remembers."""
    register_and_confirm(page, MAIL)
    names = {cookie.key for cookie in page.client._cookies.values()}
    assert names == {"selfcheck"}
    other = visitor()
    for options in ({"headers": {"Authentication-Token": "x"}}, {"query_string": {"auth_token": "x"}}):
        assert other.client.get("/konto", **options).status_code == 303
    other.client.set_cookie("remember_token", "x|y")
    assert not is_signed_in(other)


def test_passwords_are_kept_as_argon2(page: Visitor, app: Flask) -> None:
    register_and_confirm(page, MAIL)
    with app.app_context():
        stored = reading().execute(select(tables.Account)).one()
    assert re.match(r"\$argon2id\$v=19\$m=19456,t=2,p=1\$", stored.password)


def test_pages_of_the_account_are_kept_by_nobody(page: Visitor) -> None:
    for address in ("/anmelden", "/registrieren", "/passwort-vergessen"):
        assert page.open(address).response.headers["Cache-Control"] == "private, no-store"
    register_and_confirm(page, MAIL)
    assert page.open("/konto").response.headers["Cache-Control"] == "private, no-store"


def test_somebody_signed_in_costs_one_statement_per_page_and_others_none(page: Visitor, app: Flask) -> None:
    with listen(app) as statements:
        page.open("/hilfe")
    assert statements == []
    register_and_confirm(page, MAIL)
    page.open("/hilfe")
    with listen(app) as statements:
        page.open("/hilfe")
    assert len(statements) == 1
