"""An account from the first form to the second factor, with the keyboard alone, on a small screen, held to axe."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from passlib.totp import TOTP
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenWindow
from tests.browser.keyboard import Keyboard
from tests.browser.server import Server
from tests.browser.window import NARROW, WIDE, Window, find_violations, scrolls_sideways

PASSWORD = "Rathaus am Mühlbach 7"
LONGEST_WAIT = 20


def newest_mail(server: Server, address: str, subject: str) -> str:
    """The mail as it lies in the data folder: it is sent soon after the form, not with it."""
    until = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < until:
        for file in sorted((server.data / "mails").glob("*.txt"), reverse=True):
            text = Path(file).read_text("utf-8")
            if text.startswith(f"An: {address}\nBetreff: Selbstcheck: {subject}"):
                return text
        time.sleep(0.1)
    raise AssertionError(f"no mail to {address} about {subject}")


def link_in(mail: str) -> str:
    found = re.search(r"https?://\S+", mail)
    assert found is not None
    return urlsplit(found[0]).path


def code(key: str, steps: int = 0) -> str:
    return str(TOTP(key=key).generate(time=int(time.time()) + 30 * steps).token)


@pytest.fixture
def inspect() -> Callable[[Page], None]:
    """Holds the page as it stands to axe and to its width."""

    def look(page: Page) -> None:
        faults = find_violations(page)
        if scrolls_sideways(page):
            faults.append("scrolls sideways")
        assert not faults, f"{page.url}:\n" + "\n".join(faults)

    return look


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_from_registering_to_signing_in_with_a_code(
    server: Server, window: OpenWindow, inspect: Callable[[Page], None], width: int
) -> None:
    address = f"erika.{width}@stadt.example"
    erika = window(width=width)
    page = erika.open("/")
    keys = Keyboard(page)
    title = page.get_by_role("heading", level=1)

    keys.press("Anmelden")
    inspect(page)
    keys.press("Registrieren")
    inspect(page)
    keys.enter("Ihr Name", "Erika Muster")
    keys.enter("E-Mail-Adresse", address)
    keys.enter("Passwort", PASSWORD)
    keys.press("Registrieren", tag="BUTTON")
    expect(title).to_have_text("Bitte sehen Sie in Ihr Postfach")
    inspect(page)

    erika.open(link_in(newest_mail(server, address, "Bitte bestätigen Sie Ihre E-Mail-Adresse")))
    inspect(page)
    keys.enter("Passwort", PASSWORD)
    keys.press("Bestätigen")
    expect(title).to_have_text("Meine Selbstchecks")
    inspect(page)

    keys.press("Konto: Erika Muster")
    inspect(page)
    keys.press("Einrichten: Zweiter Faktor")
    inspect(page)
    picture = page.get_by_role("img", name="QR-Code")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    key = page.locator(".factor__key").inner_text()
    keys.enter("Code", code(key))
    keys.press("Einrichten", tag="BUTTON")
    expect(title).to_have_text("Ihre Notfallcodes")
    expect(page.locator(".codes li")).to_have_count(8)
    inspect(page)

    keys.press("Weiter zum Konto")
    keys.press("Auf diesem Gerät abmelden")
    inspect(page)
    keys.press("Abmelden", tag="BUTTON")
    expect(title).to_have_text("Sie sind abgemeldet")
    inspect(page)

    keys.press("Wieder anmelden")
    keys.enter("E-Mail-Adresse", address)
    keys.enter("Passwort", PASSWORD)
    keys.press("Anmelden", tag="BUTTON")
    expect(title).to_have_text("Code eingeben")
    inspect(page)
    keys.enter("Code", code(key, 1))
    keys.press("Anmelden", tag="BUTTON")
    expect(title).to_have_text("Meine Selbstchecks")
    assert not keys.faults, "\n".join(sorted(set(keys.faults)))


@pytest.mark.noisy(r"status of 422")
def test_a_refused_form_and_the_other_pages_of_the_account(
    server: Server, window: OpenWindow, inspect: Callable[[Page], None]
) -> None:
    kai = window(width=NARROW, scheme="dark")
    page = kai.open("/registrieren")
    page.get_by_label("E-Mail-Adresse").fill("kai@stadt.example")
    page.get_by_label("Passwort").fill("kurz")
    page.get_by_role("button", name="Registrieren").click()
    expect(page.get_by_role("alert")).to_contain_text("mindestens 10 Zeichen")
    inspect(page)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Registrieren").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bitte sehen Sie in Ihr Postfach")
    kai.open(link_in(newest_mail(server, "kai@stadt.example", "Bitte bestätigen Sie Ihre E-Mail-Adresse")))
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Bestätigen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Meine Selbstchecks")
    for path in ("", "/name", "/passwort", "/adresse", "/ueberall-abmelden", "/loeschen", "/zweiter-faktor"):
        inspect(kai.open(f"/konto{path}"))
    change_address(kai, server, inspect)
    choose_another_password(kai, server, inspect)


def change_address(kai: Window, server: Server, inspect: Callable[[Page], None]) -> None:
    page = kai.open("/konto/adresse")
    page.get_by_label("Neue E-Mail-Adresse").fill("kai.neu@stadt.example")
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Link schicken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bitte sehen Sie in Ihr neues Postfach")
    inspect(page)
    inspect(
        kai.open(link_in(newest_mail(server, "kai.neu@stadt.example", "Bitte bestätigen Sie Ihre neue E-Mail-Adresse")))
    )


def choose_another_password(kai: Window, server: Server, inspect: Callable[[Page], None]) -> None:
    page = kai.open("/passwort-vergessen")
    inspect(page)
    page.get_by_label("E-Mail-Adresse").fill("kai@stadt.example")
    page.get_by_role("button", name="Link schicken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bitte sehen Sie in Ihr Postfach")
    inspect(page)
    inspect(kai.open(link_in(newest_mail(server, "kai@stadt.example", "Neues Passwort"))))
