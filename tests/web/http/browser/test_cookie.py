"""The cookie: kept whatever a clock said for a while, signed as today, taken once as it was before."""

from __future__ import annotations

import hashlib
import time as machine
from collections.abc import Iterator

import pytest
from flask import Flask
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from tests.conftest import MakeApp
from tests.web.http.test_headers import PRODUCTION
from tests.web.page import BEGIN, NewVisitor, Visitor, begin

DAY = 86400
NEW = "__Host-selfcheck"


class MachineClock:
    """The clock of the server, by which cookies are signed and read."""

    def __init__(self) -> None:
        self.real = machine.time
        self.ahead = 0.0

    def __call__(self) -> float:
        return self.real() + self.ahead


@pytest.fixture
def server_clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[MachineClock]:
    clock = MachineClock()
    monkeypatch.setattr(machine, "time", clock)
    return clock


def cookie(visitor: Visitor, name: str = "selfcheck") -> str:
    found = visitor.client.get_cookie(name)
    assert found is not None
    return found.value


@pytest.mark.parametrize("days", [1, 2, 89])
def test_a_cookie_from_the_future_is_read(page: Visitor, server_clock: MachineClock, days: int) -> None:
    server_clock.ahead = days * DAY
    check = begin(page)
    server_clock.ahead = 0
    page.open(f"/selbstcheck/{check}")
    begin(page, municipality="Nachbarstadt")
    page.open(f"/selbstcheck/{check}")


def test_nothing_is_written_over_a_cookie_that_cannot_be_read_for_its_time(
    page: Visitor, server_clock: MachineClock
) -> None:
    """The clock is a year ahead: no page knows the guest, and whatever they do, their cookie is what it was."""
    check = begin(page)
    form = page.open("/selbstcheck/neu").form("Beginnen")
    kept = cookie(page)
    server_clock.ahead = 365 * DAY
    page.open(f"/selbstcheck/{check}", 404)
    page.open("/selbstcheck/neu")
    page.open("/anmelden")
    assert page.post("/selbstcheck/neu", dict(form.fields) | BEGIN).status_code == 400
    assert cookie(page) == kept
    server_clock.ahead = 0
    page.open(f"/selbstcheck/{check}")


def test_somebody_new_comes_in_while_the_clock_is_wrong(page: Visitor, server_clock: MachineClock) -> None:
    server_clock.ahead = 365 * DAY
    check = begin(page)
    server_clock.ahead = 0
    page.open(f"/selbstcheck/{check}")


def signer(app: Flask, digest: object) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        app.config["SECRET_KEY"],
        salt="cookie-session",
        serializer=app.session_interface.serializer,
        signer=TimestampSigner,
        signer_kwargs={"key_derivation": "hmac", "digest_method": digest},
    )


def signed(app: Flask, value: str, digest: object) -> str:
    """The contents of a cookie of today, signed with another digest."""
    return str(signer(app, digest).dumps(signer(app, hashlib.sha256).loads(value)))


def test_cookies_are_signed_with_sha256_and_older_ones_are_taken(
    page: Visitor, visitor: NewVisitor, app: Flask
) -> None:
    check = begin(page)
    old = visitor()
    old.client.set_cookie("selfcheck", signed(app, cookie(page), hashlib.sha1))
    old.open(f"/selbstcheck/{check}")
    assert signer(app, hashlib.sha256).loads(cookie(old))["grants"]
    forged = visitor()
    forged.client.set_cookie("selfcheck", signed(app, cookie(page), hashlib.md5))
    forged.open(f"/selbstcheck/{check}", 404)


@pytest.fixture
def live(make_app: MakeApp) -> Flask:
    return make_app(**PRODUCTION)


def live_visitor(app: Flask) -> Visitor:
    return Visitor(app.test_client(), "https://localhost")


def test_only_we_can_set_the_cookie_in_production(live: Flask) -> None:
    page = live_visitor(live)
    begin(page)
    found = page.client.get_cookie(NEW)
    assert found is not None
    assert (found.secure, found.path, found.domain, found.origin_only) == (True, "/", "localhost", True)
    assert page.client.get_cookie("selfcheck") is None


def test_a_cookie_of_before_is_taken_once_in_production(live: Flask) -> None:
    before, page = live_visitor(live), live_visitor(live)
    check = begin(before)
    page.client.set_cookie("selfcheck", signed(live, cookie(before, NEW), hashlib.sha1))
    page.open(f"/selbstcheck/{check}")
    assert page.client.get_cookie("selfcheck") is None
    page.open(f"/selbstcheck/{check}")
    assert page.client.get_cookie(NEW) is not None


def test_nobody_plants_a_cookie_of_today_under_the_old_name(live: Flask) -> None:
    """A server below the same domain could set the old name, with what it got from us for itself."""
    before, page = live_visitor(live), live_visitor(live)
    check = begin(before)
    page.client.set_cookie("selfcheck", cookie(before, NEW))
    page.open(f"/selbstcheck/{check}", 404)
