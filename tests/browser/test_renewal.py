"""A renewal in a browser: from a filled town of 2026-1 onto 2026-2, confirm a criterion at once, compare."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import towns
from tests.browser.prepared import INTERVIEW, Preparing
from tests.browser.server import Server
from tests.browser.window import NARROW, WIDE, Window, find_violations, scrolls_sideways

CRITERION = "strategische-zielsetzung"


def expect_fine(page: Page) -> None:
    assert find_violations(page) == []
    assert not scrolls_sideways(page)


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_begin_confirm_and_compare(
    own_server: Callable[..., Server], prepare: Preparing, window: Callable[..., Window], width: int, scheme: str
) -> None:
    server = own_server(SELFCHECK_QUESTIONNAIRES=str(towns.SHIPPED))
    town = prepare(server, towns.sample().answers, municipality=towns.SAMPLE, interview=INTERVIEW)
    opened = town.hand_over(window(server.address, width=width, scheme=scheme))
    page = opened.open(town.begun.root)
    expect_fine(page)
    page.get_by_role("link", name="Ansehen, was sich ändern würde").click()
    expect(page.get_by_role("heading", name="Auf die neue Fassung wechseln")).to_be_visible()
    expect_fine(page)
    opened.open(town.begun.root)
    page.get_by_role("link", name="Nächste Auditierung aus diesem Stand beginnen").click()
    expect(page.get_by_role("heading", name=re.compile("^Bitte prüfen"))).to_be_visible()
    expect_fine(page)
    page.get_by_role("button", name="Neuen Selbstcheck beginnen").click()
    expect(page.get_by_role("heading", name="Neuer Selbstcheck begonnen")).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile(r"^Noch zu bestätigen: \d+ Antworten"))).to_be_visible()
    expect_fine(page)

    page.locator("#zu-bestaetigen ~ ul a").first.click()
    waiting = page.locator("input[name='taken']").count()
    assert waiting > 1
    expect_fine(page)
    opened.open(page.url.partition("?")[0] + "?offen=alle")
    card = page.locator("#frage-beschluss")
    expect(card.get_by_text("Aus dem letzten Stand übernommen.")).to_be_visible()
    card.locator("label[for='beschluss.choice-option:nein']").click()
    expect(card.get_by_text("Aus dem letzten Stand übernommen.")).to_be_hidden()
    page.get_by_role("button", name="Alle bestätigen").click()
    expect(page.get_by_role("button", name="Alle bestätigen")).to_have_count(0)
    expect(page.locator("input[name='taken']")).to_have_count(0)
    expect_fine(page)

    opened.open(f"{page.url.partition('/fragen')[0]}/verlauf/vergleich")
    expect(page.get_by_text("vorher nicht gefragt").first).to_be_visible()
    expect(page.get_by_text("nicht mehr gefragt").first).to_be_visible()
    expect_fine(page)
