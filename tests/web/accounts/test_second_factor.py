"""The second factor: offered to all, asked of advisors and operators before anything else."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from flask import Flask
from passlib.totp import TOTP
from sqlalchemy import select, update

from selfcheck.store.accounts.accounts import find_by_mail
from selfcheck.store.chamber import advisors
from selfcheck.store.database import tables, transactions
from selfcheck.store.database.transactions import writing
from selfcheck.web.accounts import factor
from selfcheck.web.http import attempts, clock
from tests.web.accounts.registering import (
    PASSWORD,
    is_signed_in,
    letters,
    register_and_confirm,
    sign_in,
    sign_out,
    try_to_sign_in,
)
from tests.web.document import text_of
from tests.web.page import NewVisitor, Page, Visitor, begin

MAIL = "erika@stadt.example"
WRONG = "Dieser Code stimmt nicht oder ist schon verbraucht"


@pytest.fixture
def erika(page: Visitor) -> Visitor:
    register_and_confirm(page, MAIL, "Erika Muster")
    return page


def key_on(page: Page) -> str:
    return text_of(page.one(".//*[@class='factor__key']"))


def code(key: str, steps: int = 0) -> str:
    """What the app shows now, or `steps` later."""
    return str(TOTP(key=key).generate(time=int(time.time()) + 30 * steps).token)


def set_up(visitor: Visitor) -> tuple[str, list[str]]:
    """Sets up the second factor; the key and the recovery codes."""
    page = visitor.open("/konto/zweiter-faktor")
    shown = visitor.press(page, "Einrichten", {"code": code(key_on(page))})
    return key_on(page), [text_of(each) for each in shown.all(".//ul[@class='codes']/li")]


def enter(visitor: Visitor, page: Page, text: str, status: int = 200) -> Page:
    return visitor.press(page, "Anmelden", {"code": text}, status)


def appoint(app: Flask, position: str) -> None:
    with app.app_context():
        advisors.appoint(MAIL, position, "darmstadt")
        transactions.let_go()


def test_set_up_sign_out_and_sign_in_with_a_code(erika: Visitor, app: Flask) -> None:
    key, codes = set_up(erika)
    assert len(set(codes)) == 8
    assert "eingerichtet" in erika.open("/konto").main
    assert letters(app, MAIL)[-1].subject == "Selbstcheck: Zweiter Faktor eingerichtet"
    sign_out(erika)
    asked = try_to_sign_in(erika, MAIL)
    assert asked.address == "/anmelden/code"
    arrived = enter(erika, asked, f" {code(key, 1)[:3]} {code(key, 1)[3:]}")
    assert arrived.address == "/selbstchecks"
    assert is_signed_in(erika)


def test_some_time_after_signing_in_the_password_is_asked_again(
    erika: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = timedelta(minutes=9)
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + moved)
    assert erika.open("/konto/zweiter-faktor").h1 == "Zweiten Faktor einrichten"
    moved = timedelta(minutes=11)
    asked = erika.open("/konto/zweiter-faktor")
    assert asked.h1 == "Passwort noch einmal eingeben"
    assert "Das Passwort stimmt nicht" in erika.press(asked, "Weiter", {"password": "falsch"}, 422).main
    assert erika.open("/konto/zweiter-faktor").h1 == "Passwort noch einmal eingeben"
    assert "Einrichten" in erika.press(asked, "Weiter", {"password": PASSWORD}).source
    _, codes = set_up(erika)
    assert len(codes) == 8
    assert erika.open("/konto/zweiter-faktor/passwort").address == "/konto"


def test_whoever_has_begun_has_half_an_hour_to_fetch_an_app(erika: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    form = erika.open("/konto/zweiter-faktor")
    moved = timedelta(minutes=31)
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + moved)
    assert erika.press(form, "Einrichten", {"code": code(key_on(form))}).h1 == "Passwort noch einmal eingeben"
    assert erika.client.get("/konto/zweiter-faktor/qr.svg").status_code == 404
    moved = timedelta(minutes=29)
    assert erika.client.get("/konto/zweiter-faktor/qr.svg").status_code == 200
    assert "Notfallcodes" in erika.press(form, "Einrichten", {"code": code(key_on(form))}).h1


def test_the_password_alone_is_nobody(erika: Visitor) -> None:
    check = begin(erika)
    set_up(erika)
    sign_out(erika)
    asked = try_to_sign_in(erika, MAIL)
    assert [text_of(each) for each in asked.all(".//header//a")][-1] == "Anmelden"
    assert not is_signed_in(erika)
    assert erika.client.get(f"/selbstcheck/{check}").status_code == 404


def test_no_code_is_good_twice(erika: Visitor, visitor: NewVisitor) -> None:
    key, _ = set_up(erika)
    used = code(key, 1)
    first, second = visitor(), visitor()
    enter(first, try_to_sign_in(first, MAIL), used)
    assert WRONG in enter(second, try_to_sign_in(second, MAIL), used, 422).main
    assert WRONG in enter(second, second.open("/anmelden/code"), code(key), 422).main
    assert not is_signed_in(second)


def test_a_recovery_code_is_good_once(erika: Visitor, visitor: NewVisitor) -> None:
    _, codes = set_up(erika)
    first, second = visitor(), visitor()
    enter(first, try_to_sign_in(first, MAIL), codes[0].upper().replace("-", " "))
    assert is_signed_in(first)
    assert "noch 7 Notfallcodes" in first.open("/konto").main
    assert WRONG in enter(second, try_to_sign_in(second, MAIL), codes[0], 422).main
    enter(second, second.open("/anmelden/code"), codes[1])
    assert is_signed_in(second)


@pytest.mark.parametrize("wrong", ["000000", "abcdef", "1", "x" * 40, "²²²²²²", "aaaa-bbbb-cccc-dddd"])
def test_a_wrong_code_is_refused(erika: Visitor, wrong: str) -> None:
    set_up(erika)
    sign_out(erika)
    assert WRONG in enter(erika, try_to_sign_in(erika, MAIL), wrong, 422).main
    assert "Bitte geben Sie den Code ein" in enter(erika, erika.open("/anmelden/code"), "", 422).main
    assert not is_signed_in(erika)


def test_codes_cannot_be_tried_without_end(
    erika: Visitor, visitor: NewVisitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, codes = set_up(erika)
    monkeypatch.setitem(attempts.OF_ONE_ACCOUNT, "code", (3, 900))  # the set-up was one
    other = visitor()
    asked = try_to_sign_in(other, MAIL)
    for _ in range(2):
        enter(other, asked, "000000", 422)
    enter(other, asked, codes[0], 429)


def test_the_second_step_has_ten_minutes_and_says_so(erika: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    _, codes = set_up(erika)
    sign_out(erika)
    asked = try_to_sign_in(erika, MAIL, onward="/konto/name")
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + timedelta(minutes=11))
    late = enter(erika, asked, codes[0])
    assert late.address == "/anmelden"
    assert "Die zehn Minuten für den Code sind vorbei. Bitte melden Sie sich noch einmal an." in late.main
    assert (late.value("mail"), late.value("weiter")) == (MAIL, "/konto/name")
    assert not is_signed_in(erika)
    assert "zehn Minuten" not in erika.open("/anmelden").main
    arrived = enter(erika, erika.press(late, "Anmelden", {"password": PASSWORD}), codes[0])
    assert arrived.address == "/konto/name"


def test_a_changed_password_ends_a_half_finished_sign_in(erika: Visitor, visitor: NewVisitor) -> None:
    _, codes = set_up(erika)
    other = visitor()
    asked = try_to_sign_in(other, MAIL)
    fields = {"current": PASSWORD, "password": "Neues Passwort 2027"}
    erika.press(erika.open("/konto/passwort"), "Passwort speichern", fields)
    ended = enter(other, asked, codes[0])
    assert ended.address == "/anmelden"
    assert "Ihre Anmeldung gilt nicht mehr" in ended.main
    assert ended.value("mail") == MAIL


def test_signing_in_with_a_code_leads_on_to_where_one_wanted_to_go(erika: Visitor) -> None:
    _, codes = set_up(erika)
    sign_out(erika)
    asked = try_to_sign_in(erika, MAIL, onward="/konto/name")
    assert enter(erika, asked, codes[0]).address == "/konto/name"


def test_the_key_is_a_picture_and_a_text_and_stays_until_it_is_used(erika: Visitor) -> None:
    page = erika.open("/konto/zweiter-faktor")
    picture = erika.client.get(page.one(".//main//img").get("src"))
    assert picture.mimetype == "image/svg+xml"
    assert picture.headers["Cache-Control"] == "private, no-store"
    assert b"viewBox" in picture.data
    assert re.fullmatch(r"[A-Z2-7]{32}", key_on(page)), "apps take the key as it is copied"
    assert WRONG in erika.press(page, "Einrichten", {"code": "000000"}, 422).main
    assert key_on(erika.open("/konto/zweiter-faktor")) == key_on(page)
    set_up(erika)
    assert erika.client.get("/konto/zweiter-faktor/qr.svg").status_code == 404
    assert erika.open("/konto/zweiter-faktor").address == "/konto"


def test_recovery_codes_are_shown_once_and_replaced(erika: Visitor, visitor: NewVisitor) -> None:
    _, old = set_up(erika)
    assert erika.open("/konto/zweiter-faktor/notfallcodes").address == "/konto/zweiter-faktor/neue-notfallcodes"
    form = erika.open("/konto/zweiter-faktor/neue-notfallcodes")
    assert "noch 8 Notfallcodes" in form.main
    erika.press(form, "Neue Notfallcodes erstellen", {"password": "falsch"}, 422)
    shown = erika.press(form, "Neue Notfallcodes erstellen", {"password": PASSWORD})
    new = [text_of(each) for each in shown.all(".//ul[@class='codes']/li")]
    other = visitor()
    asked = try_to_sign_in(other, MAIL)
    enter(other, asked, old[0], 422)
    enter(other, asked, new[0])
    assert is_signed_in(other)


def test_without_recovery_codes_the_account_says_so(erika: Visitor, visitor: NewVisitor, app: Flask) -> None:
    _, codes = set_up(erika)
    for each in codes:
        other = visitor()
        enter(other, try_to_sign_in(other, MAIL), each)
    assert "Sie haben keine Notfallcodes mehr" in erika.open("/konto").main


def test_the_second_factor_can_be_taken_away_with_the_password(erika: Visitor, visitor: NewVisitor, app: Flask) -> None:
    _, codes = set_up(erika)
    other = visitor()
    enter(other, try_to_sign_in(other, MAIL), codes[0])
    form = erika.open("/konto/zweiter-faktor/ausschalten")
    erika.press(form, "Ausschalten", {"password": "falsch"}, 422)
    assert "nicht eingerichtet" in erika.press(form, "Ausschalten", {"password": PASSWORD}).main
    assert is_signed_in(erika)
    assert not is_signed_in(other)
    sign_in(other, MAIL)
    assert is_signed_in(other)
    assert letters(app, MAIL)[-1].subject == "Selbstcheck: Zweiter Faktor ausgeschaltet"
    erika.open("/konto/zweiter-faktor/ausschalten", 404)


@pytest.mark.parametrize("position", ["advisor", "operator"])
def test_advisors_and_operators_set_it_up_first(erika: Visitor, app: Flask, position: str) -> None:
    appoint(app, position)
    assert not is_signed_in(erika)
    arrived = try_to_sign_in(erika, MAIL)
    assert arrived.address == "/konto/zweiter-faktor"
    assert "vorgeschrieben" in arrived.main
    for address in ("/", "/konto", "/selbstchecks", "/selbstcheck/x", "/verwaltung", "/konto/passwort"):
        assert erika.open(address).address == "/konto/zweiter-faktor"
    assert erika.open("/datenschutz").address == "/datenschutz"
    set_up(erika)
    erika.open("/selbstchecks")
    assert "vorgeschrieben" in erika.open("/konto").main
    erika.open("/konto/zweiter-faktor/ausschalten", 403)


def test_who_must_set_it_up_can_also_leave(erika: Visitor, app: Flask) -> None:
    appoint(app, "advisor")
    try_to_sign_in(erika, MAIL)
    assert sign_out(erika).address == "/konto/abgemeldet"


def test_advisors_and_operators_sign_in_again_every_day(
    erika: Visitor, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    appoint(app, "operator")
    try_to_sign_in(erika, MAIL)
    set_up(erika)
    assert is_signed_in(erika)
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + timedelta(hours=13))
    assert not is_signed_in(erika)
    assert erika.open("/verwaltung", 404).status == 404


def test_a_new_secret_key_leaves_recovery_codes(
    erika: Visitor, visitor: NewVisitor, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Codes of the app are read with a key that hangs on the secret; nobody may be locked out by a new one."""
    key, codes = set_up(erika)
    monkeypatch.setitem(app.config, "SECRET_KEY", "another key, made up for this test only")
    other = visitor()
    asked = try_to_sign_in(other, MAIL)
    enter(other, asked, code(key, 1), 422)
    enter(other, asked, codes[0])
    assert is_signed_in(other)


def test_a_secret_of_before_is_sealed_with_the_first_right_code(
    erika: Visitor, visitor: NewVisitor, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As version 0.1.0 kept it, it becomes nonsense without any error where somebody reads it with another key."""
    key, _ = set_up(erika)
    secret = sha256(f"second factor\n{app.config['SECRET_KEY']}".encode()).hexdigest()
    before = TOTP.using(issuer="Selbstcheck", secrets={"1": secret})(key=key).to_json(encrypt=True)
    keep_secret(app, before)
    other = visitor()
    with monkeypatch.context() as wrong:
        wrong.setitem(app.config, "SECRET_KEY", "another key, made up for this test only")
        enter(other, try_to_sign_in(other, MAIL), code(key, 1), 422)
    assert read_secret(app) == before
    enter(other, try_to_sign_in(other, MAIL), code(key, 1))
    assert is_signed_in(other)
    sealed = read_secret(app)
    assert not sealed.startswith("{")
    with app.app_context():
        assert factor.factor_key(sealed).replace("-", "") == key


@pytest.mark.parametrize("kept", ["{", "{}", '{"type": "totp", "v": 1}', '{"enckey": 1}', "", "of another key"])
def test_a_secret_that_nobody_can_read_is_no_crash(erika: Visitor, visitor: NewVisitor, app: Flask, kept: str) -> None:
    key, codes = set_up(erika)
    keep_secret(app, kept)
    other = visitor()
    asked = try_to_sign_in(other, MAIL)
    enter(other, asked, code(key, 1), 422)
    enter(other, asked, codes[0])
    assert is_signed_in(other)


def keep_secret(app: Flask, kept: str) -> None:
    with app.app_context(), writing() as connection:
        connection.execute(update(tables.Account).values(tf_totp_secret=kept))


def read_secret(app: Flask) -> str:
    with app.app_context():
        account = find_by_mail(MAIL)
        transactions.let_go()
    assert account is not None
    return account.totp or ""


def test_what_a_second_factor_rests_on_is_not_readable_in_the_database(erika: Visitor, app: Flask) -> None:
    key, codes = set_up(erika)
    with app.app_context():
        account = find_by_mail(MAIL)
        transactions.let_go()
    assert account is not None
    assert key not in (account.totp or "")
    assert not set(codes) & set(account.codes)


def test_nobody_puts_another_secret_into_the_database_unseen(erika: Visitor, visitor: NewVisitor, app: Flask) -> None:
    """Whoever can write rows, but does not know the server's key, opens no account with a secret of their own."""
    key, codes = set_up(erika)
    with app.app_context(), writing() as connection:
        sealed = connection.execute(select(tables.Account.tf_totp_secret)).scalar_one()
        assert sealed is not None
        middle = len(sealed) // 2
        turned = sealed[:middle] + ("A" if sealed[middle] != "A" else "B") + sealed[middle + 1 :]
        connection.execute(update(tables.Account).values(tf_totp_secret=turned))
    other = visitor()
    asked = try_to_sign_in(other, MAIL)
    assert WRONG in enter(other, asked, code(key, 1), 422).main
    enter(other, asked, codes[0])


def test_recovery_codes_have_more_than_128_random_bits(erika: Visitor) -> None:
    _, codes = set_up(erika)
    assert {len(each.replace("-", "")) for each in codes} == {28}
    assert set("".join(codes)) <= set("abcdefghijklmnopqrstuvwxyz234567-")


@pytest.mark.parametrize("steps", [-9, -3, 3, 9])
def test_a_phone_whose_clock_is_wrong_is_told_so(erika: Visitor, visitor: NewVisitor, steps: int) -> None:
    form = erika.open("/konto/zweiter-faktor")
    off = erika.press(form, "Einrichten", {"code": code(key_on(form), steps)}, 422)
    assert "Die Uhr Ihres Telefons geht falsch" in off.main
    assert "nach 30 Sekunden" not in off.main
    assert erika.open("/konto/zweiter-faktor").h1 == "Zweiten Faktor einrichten", "it is not taken"


def test_a_wrong_clock_is_told_at_signing_in_too(erika: Visitor, visitor: NewVisitor) -> None:
    key, _ = set_up(erika)
    other = visitor()
    asked = try_to_sign_in(other, MAIL)
    assert "Die Uhr Ihres Telefons geht falsch" in enter(other, asked, code(key, 4), 422).main
    far_off = enter(other, asked, code(key, 120), 422).main
    assert WRONG in far_off
    assert "Datum und Uhrzeit auf „automatisch“" in far_off
    assert not is_signed_in(other)


def test_the_next_one_on_the_same_machine_gets_another_key(erika: Visitor) -> None:
    known = key_on(erika.open("/konto/zweiter-faktor"))
    sign_out(erika)
    register_and_confirm(erika, "kai@stadt.example")
    assert key_on(erika.open("/konto/zweiter-faktor")) != known


def test_whoever_was_in_with_the_password_alone_is_out(erika: Visitor, visitor: NewVisitor) -> None:
    other = visitor()
    sign_in(other, MAIL)
    set_up(erika)
    assert is_signed_in(erika)
    assert not is_signed_in(other)
