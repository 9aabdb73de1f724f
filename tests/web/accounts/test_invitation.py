"""The link of an invitation to advise: who it lets in, once, and what it tells others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from selfcheck.store.accounts.accounts import Account, find_by_mail
from selfcheck.store.chamber import advisors
from selfcheck.store.database import transactions
from selfcheck.web.http import attempts, clock
from selfcheck.web.http.links import find_home
from tests.web.accounts.registering import (
    PASSWORD,
    is_signed_in,
    letters,
    register,
    register_and_confirm,
    sign_out,
    try_to_sign_in,
)
from tests.web.accounts.test_second_factor import set_up
from tests.web.operating.people import BERTA, invite, newest_link, sign_in
from tests.web.page import NewVisitor, Visitor

ACCEPT_NEW, ACCEPT = "Konto anlegen und annehmen", "Einladung annehmen"


@pytest.fixture
def link(app: Flask, visitor: NewVisitor) -> str:
    """Where the mail leads that invites `BERTA` to the chamber of Darmstadt."""
    operator = visitor()
    sign_in(app, operator, "oskar@example.org", "operator")
    invite(operator)
    return newest_link(app)


def find(app: Flask, mail: str = BERTA) -> Account | None:
    with app.app_context():
        account = find_by_mail(mail)
        transactions.let_go()
    return account


def advises(app: Flask) -> bool:
    account = find(app)
    return account is not None and (account.position, account.chamber) == ("advisor", "darmstadt")


def test_a_new_person_makes_an_account_and_sets_up_the_second_factor(app: Flask, page: Visitor, link: str) -> None:
    shown = page.open(link)
    assert "IHK Darmstadt" in shown.h1
    assert BERTA in shown.main
    assert shown.value("name") == "Berta Beispiel"
    arrived = page.press(shown, ACCEPT_NEW, {"password": PASSWORD})
    assert arrived.address == "/konto/zweiter-faktor"
    assert advises(app)
    account = find(app)
    assert account is not None
    assert account.confirmed
    _, codes = set_up(page)
    assert page.open("/konto").link("Zur Beratung") == "/beratung"
    sign_out(page)
    asked = try_to_sign_in(page, BERTA)
    form = asked.form("Anmelden")
    answer = page.post(asked.address, dict(form.fields) | {"code": codes[0]})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/beratung")


def test_looking_uses_nothing_up_and_a_refused_form_keeps_what_was_typed(app: Flask, page: Visitor, link: str) -> None:
    for _ in range(3):
        shown = page.open(link)
    refused = page.press(shown, ACCEPT_NEW, {"name": "", "password": "kurz"}, 422)
    assert refused.all(".//*[@id='name-fehler']")
    assert refused.all(".//*[@id='password-fehler']")
    refused = page.press(shown, ACCEPT_NEW, {"name": "Berta B.", "password": BERTA}, 422)
    assert "erraten" in refused.main, "no password may be the address"
    assert refused.value("name") == "Berta B."
    assert not advises(app)
    page.press(refused, ACCEPT_NEW, {"password": PASSWORD})
    assert advises(app)


def test_the_link_is_good_once(app: Flask, page: Visitor, visitor: NewVisitor, link: str) -> None:
    late, other = visitor(), visitor()
    form = late.open(link)
    page.press(page.open(link), ACCEPT_NEW, {"password": PASSWORD})
    assert "schon angenommen" in late.press(form, ACCEPT_NEW, {"password": "Blaue Leiter 81 x"}, 410).main
    other.open(link, 410)
    assert not is_signed_in(late)
    account = find(app)
    assert account is not None
    assert account.name == "Berta Beispiel"


def test_after_fourteen_days_it_is_over(app: Flask, page: Visitor, link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    form = page.open(link)
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC) + timedelta(days=15))
    assert "abgelaufen" in page.open(link, 410).main
    page.press(form, ACCEPT_NEW, {"password": PASSWORD}, 410)
    assert find(app) is None


def test_who_has_an_account_signs_in_and_accepts_with_the_password(app: Flask, page: Visitor, link: str) -> None:
    register_and_confirm(page, BERTA, "Berta")
    sign_out(page)
    shown = page.open(link)
    assert "gibt es schon ein Konto" in shown.main
    with pytest.raises(AssertionError):
        shown.form(ACCEPT_NEW)
    asked = page.press(
        page.open(shown.link("Anmelden und annehmen")), "Anmelden", {"mail": BERTA, "password": PASSWORD}
    )
    assert asked.address == link
    page.press(asked, ACCEPT, {"password": "falsch"}, 422)
    assert not advises(app)
    assert page.press(asked, ACCEPT, {"password": PASSWORD}).address == "/konto/zweiter-faktor"
    assert advises(app)
    assert page.open(link, 200).address == "/konto/zweiter-faktor"


def test_no_other_account_takes_it(app: Flask, page: Visitor, visitor: NewVisitor, link: str) -> None:
    register_and_confirm(page, "eve@example.org", "Eve")
    shown = page.open(link)
    assert "mit einem anderen Konto angemeldet" in shown.main
    csrf = page.open("/konto/name").value("csrf_token")
    page.post(link, {"csrf_token": csrf, "password": PASSWORD, "name": "Eve"})
    eve = find(app, "eve@example.org")
    assert eve is not None
    assert eve.position == "member"
    assert find(app) is None
    visitor().open(link)


def test_an_account_that_works_in_a_self_check_reads_why_it_cannot(
    app: Flask, page: Visitor, check: str, link: str
) -> None:
    register_and_confirm(page, BERTA, "Berta")
    page.press(page.open(f"/selbstcheck/{check}/uebernehmen"), "In mein Konto übernehmen")
    refused = page.press(page.open(link), ACCEPT, {"password": PASSWORD}, 409)
    assert "arbeiten Sie an einem Selbstcheck mit" in refused.main
    assert not advises(app)
    page.press(page.open(f"/selbstcheck/{check}/loeschen"), "Selbstcheck löschen")
    page.press(page.open(link), ACCEPT, {"password": PASSWORD})
    assert advises(app)


def test_who_registered_the_address_before_and_never_confirmed_it_does_not_get_in(
    app: Flask, page: Visitor, visitor: NewVisitor, link: str
) -> None:
    register(visitor(), BERTA, "Eve", "Blaue Leiter 81 x")
    old = letters(app, BERTA)[-1].links[0]
    page.press(page.open(link), ACCEPT_NEW, {"password": PASSWORD})
    assert advises(app)
    eve = visitor()
    eve.open(old, 410)
    try_to_sign_in(eve, BERTA, "Blaue Leiter 81 x", 422)
    assert not is_signed_in(eve)


def test_what_we_never_sent_is_no_page_and_cannot_be_tried_without_end(
    app: Flask, page: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "THROTTLE", True)
    monkeypatch.setitem(attempts.OF_ONE_ADDRESS, "token", (3, 600))
    for _ in range(3):
        page.open(f"/einladung/{'x' * 32}", 404)
    page.open(f"/einladung/{'x' * 32}", 429)


def test_a_mail_program_may_put_signs_around_the_link(page: Visitor, link: str) -> None:
    for address in (f"{link}.", f"{link}/", f"{link})"):
        assert page.open(address).address == address


def test_an_operator_lands_on_their_pages_unless_they_wanted_to_go_elsewhere(app: Flask, page: Visitor) -> None:
    register_and_confirm(page, "oskar@example.org")
    with app.app_context():
        advisors.appoint("oskar@example.org", "operator")
        transactions.let_go()
    try_to_sign_in(page, "oskar@example.org")
    _, codes = set_up(page)
    for onward, leads, code in (("", "/verwaltung", codes[0]), ("/konto/name", "/konto/name", codes[1])):
        sign_out(page)
        asked = try_to_sign_in(page, "oskar@example.org", onward=onward)
        assert page.press(asked, "Anmelden", {"code": code}).address == leads


def test_an_advisor_without_a_chamber_lands_where_everybody_does() -> None:
    assert find_home("advisor", "") == find_home("member", "") == ""
    assert find_home("advisor", "darmstadt") == "/beratung"
