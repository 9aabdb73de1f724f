"""The security log: one line for each event, with its time, and nothing in it that names anybody."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable

import pytest
from flask import Flask

from selfcheck.web.http import attempts, security_log
from selfcheck.web.http.security_log import Event
from tests.web.accounts.registering import PASSWORD, letters, register_and_confirm, sign_out, try_to_sign_in
from tests.web.accounts.test_accounts_command import run
from tests.web.accounts.test_second_factor import set_up
from tests.web.page import NewVisitor, Visitor
from tests.web.world import World

MAIL, NAME = "erika@stadt.example", "Erika Muster"
LINE = re.compile(r"event=[a-z-]+ from=([0-9a-f]{16}|server) account=([0-9a-f]{16}|-)( [a-z_]+)?")


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """The events that were written since it was asked last; every line is looked at."""
    caplog.set_level(logging.INFO, "selfcheck.security")

    def take() -> list[str]:
        lines = [record.getMessage() for record in caplog.records if record.name == "selfcheck.security"]
        caplog.clear()
        for line in lines:
            assert LINE.fullmatch(line), line
        return [line.split()[0].removeprefix("event=") for line in lines]

    return take


def test_a_life_of_an_account_is_told(
    page: Visitor, visitor: NewVisitor, app: Flask, logged: Callable[[], list[str]]
) -> None:
    register_and_confirm(page, MAIL, NAME)
    assert logged() == ["registered", "confirmed", "signed-in"]
    try_to_sign_in(visitor(), MAIL, "falsches Passwort", status=422)
    try_to_sign_in(visitor(), "niemand@stadt.example", "falsches Passwort", status=422)
    assert logged() == ["wrong-password", "wrong-password"]
    fields = {"current": "falsch", "password": "Blaue Leiter 81 x"}
    page.press(page.open("/konto/passwort"), "Passwort speichern", fields, 422)
    assert logged() == ["wrong-password"]
    fields = {"current": PASSWORD, "password": "Blaue Leiter 81 x"}
    page.press(page.open("/konto/passwort"), "Passwort speichern", fields)
    assert logged() == ["password-changed"]
    _, codes = set_up(page)
    assert logged() == ["second-factor-set"]
    sign_out(page)
    asked = try_to_sign_in(page, MAIL, "Blaue Leiter 81 x")
    page.press(asked, "Anmelden", {"code": "000000"}, 422)
    page.press(asked, "Anmelden", {"code": codes[0]})
    assert logged() == ["signed-out", "wrong-code", "recovery-code-used", "signed-in"]
    page.press(page.open("/konto/zweiter-faktor/ausschalten"), "Ausschalten", {"password": "Blaue Leiter 81 x"})
    page.press(page.open("/konto/ueberall-abmelden"), "Überall abmelden")
    assert logged() == ["second-factor-dropped", "signed-out-everywhere"]
    page.press(page.open("/passwort-vergessen"), "Link schicken", {"mail": MAIL})
    link = letters(app, MAIL)[-1].links[0]
    page.press(page.open(link), "Passwort speichern", {"password": "Grüne Leiter 82 y"})
    assert logged() == ["password-reset"]
    run(app, "appoint", MAIL, "advisor", "--chamber", "darmstadt")
    assert logged() == ["position-changed"]


def test_what_is_refused_is_told(
    world: World, logged: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    world.visit("colleague").open(f"/selbstcheck/{world.check_id}/team", 403)
    assert logged() == ["refused"]
    monkeypatch.setitem(world.app.config, "THROTTLE", True)
    monkeypatch.setitem(attempts.OF_ONE_ADDRESS, "account form", (0, 3600))
    nobody = world.visit("nobody")
    nobody.press(nobody.open("/passwort-vergessen"), "Link schicken", {"mail": MAIL}, 429)
    assert logged() == ["throttled"]


def test_no_line_names_anybody(
    page: Visitor, visitor: NewVisitor, caplog: pytest.LogCaptureFixture, app: Flask
) -> None:
    caplog.set_level(logging.INFO, "selfcheck.security")
    register_and_confirm(page, MAIL, NAME)
    for address in ("198.51.100.7", "198.51.100.7", "198.51.100.8"):
        other = visitor()
        other.client.environ_base["REMOTE_ADDR"] = address
        try_to_sign_in(other, MAIL, "Mein Geheimnis 81", status=422)
    for told in (MAIL, "erika", "stadt", "Muster", "198.51", "127.0.0.1", "Geheimnis"):
        assert told not in caplog.text
    first, second, third = (re.search("from=([0-9a-f]+)", line) for line in caplog.text.splitlines()[-3:])
    assert first is not None
    assert second is not None
    assert third is not None
    assert first[1] == second[1] != third[1]


def test_every_line_of_the_house_begins_with_its_time(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    with app.app_context():
        security_log.note(Event.POSITION, 1, "operator")
    logging.getLogger("selfcheck.web.http.errors").error("Stored data is damaged")
    first, second = written.getvalue().splitlines()
    moment = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
    assert re.fullmatch(rf"{moment} INFO selfcheck\.security: event=position-changed .* operator", first)
    assert re.fullmatch(rf"{moment} ERROR selfcheck\.web\.http\.errors: Stored data is damaged", second)
