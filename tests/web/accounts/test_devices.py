"""Where an account is signed in: the list of sessions, and what signing out does to copies of a cookie."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from selfcheck.store.accounts import sessions
from selfcheck.web.accounts.browsers import describe
from tests.web.accounts.registering import is_signed_in, register_and_confirm, sign_in, sign_out
from tests.web.clock import Clock
from tests.web.document import text_of
from tests.web.page import NewVisitor, Page, Visitor
from tests.web.statements import listen

pytestmark = pytest.mark.usefixtures("time")
MAIL = "erika@stadt.example"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 "
    "Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def erika(page: Visitor) -> Visitor:
    page.client.environ_base["HTTP_USER_AGENT"] = FIREFOX
    register_and_confirm(page, MAIL, "Erika Muster")
    return page


@pytest.fixture
def phone(erika: Visitor, visitor: NewVisitor) -> Visitor:
    other = visitor()
    other.client.environ_base["HTTP_USER_AGENT"] = IPHONE
    sign_in(other, MAIL)
    return other


def copy_cookie(source: Visitor, thief: Visitor) -> None:
    cookie = source.client.get_cookie("selfcheck")
    assert cookie is not None
    thief.client.set_cookie("selfcheck", cookie.value)


def listed(page: Page) -> list[str]:
    return [text_of(row) for row in page.all(".//main//ul/li")]


def press_of(visitor: Visitor, page: Page, browser: str) -> Page:
    name = next(text_of(button) for button in page.all(".//main//button") if browser in text_of(button))
    return visitor.press(page, name)


def test_a_copy_of_the_cookie_ends_with_signing_out(erika: Visitor, visitor: NewVisitor) -> None:
    thief = visitor()
    copy_cookie(erika, thief)
    assert is_signed_in(thief)
    sign_out(erika)
    assert not is_signed_in(thief)


def test_a_new_sign_in_in_the_same_browser_ends_the_one_before(erika: Visitor, visitor: NewVisitor) -> None:
    thief = visitor()
    copy_cookie(erika, thief)
    sign_in(erika, MAIL)
    assert is_signed_in(erika)
    assert not is_signed_in(thief)


def test_every_device_is_listed_with_its_times_and_ends_alone(erika: Visitor, phone: Visitor, time: Clock) -> None:
    time.wait(hours=5)
    assert is_signed_in(phone)
    page = erika.open(erika.open("/konto").link("Ansehen: Angemeldete Geräte"))
    rows = listed(page)
    assert len(rows) == 2
    here, there = sorted(rows, key=lambda row: "dieses Gerät" not in row)
    assert here.startswith("Firefox auf Windows · dieses Gerät")
    assert there.startswith("Safari auf iPhone")
    assert "angemeldet am 08.02.2027" in there
    assert "17:00" in there, "seen five hours after noon"
    done = press_of(erika, page, "Safari auf iPhone")
    assert "Abgemeldet" in done.main
    assert len(listed(done)) == 1
    assert not is_signed_in(phone)
    assert is_signed_in(erika)


def test_this_device_can_be_chosen_too(erika: Visitor, phone: Visitor) -> None:
    left = press_of(erika, erika.open("/konto/geraete"), "Firefox auf Windows")
    assert left.address == "/konto/abgemeldet"
    assert not is_signed_in(erika)
    assert is_signed_in(phone)


def test_nobody_ends_a_session_of_somebody_else(erika: Visitor, visitor: NewVisitor) -> None:
    other = visitor()
    register_and_confirm(other, "kai@stadt.example")
    csrf = other.open("/konto/geraete").value("csrf_token")
    for number in ("1", "0", "-1", "x", "9" * 400):
        assert other.post(f"/konto/geraete/{number}", {"csrf_token": csrf}).status_code == 404
    assert is_signed_in(erika)


def test_a_page_costs_one_statement_and_once_an_hour_notes_the_visit(erika: Visitor, app: Flask, time: Clock) -> None:
    erika.open("/hilfe")
    counts = []
    for minutes in (0, 59, 2, 1):
        time.wait(minutes=minutes)
        with listen(app) as statements:
            erika.open("/hilfe")
        counts.append(len(statements))
    assert counts[0] == counts[1] == counts[3] == 1
    assert counts[2] > 1


def test_even_a_session_in_use_ends_after_half_a_year(erika: Visitor, time: Clock) -> None:
    began = time.moment
    while time.moment - began < sessions.LONGEST - timedelta(days=30):
        time.wait(days=30)
        assert is_signed_in(erika)
    time.wait(days=30)
    assert not is_signed_in(erika)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox auf Windows"),
        (IPHONE, "Safari auf iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36", "Chrome auf Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0", "Edge auf Windows"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36", "Chrome auf Android"),
        ("", "Unbekannter Browser"),
        ("<script>alert(1)</script>" * 1000, "Unbekannter Browser"),
    ],
)
def test_browsers_are_called_by_words_of_ours(agent: str, words: str) -> None:
    assert describe(agent) == words
