"""Zwischenstand der Ziele, with a script: goal by goal as it is said, at every width; and without one."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from selfcheck.web.http import clock
from tests.browser.prepared import Prepared, Preparing
from tests.browser.server import Server
from tests.browser.window import NARROW, WIDE, Window, find_violations, scrolls_sideways
from tests.web.goals.test_interim import add_goals

SAVED = re.compile(r"^Gespeichert \d\d:\d\d$")
LONG = "Verkehrsinfrastrukturentwicklungsgesellschaft: Radwege zu allen Kindertagesstätten"


@pytest.fixture
def town(server: Server, prepare: Preparing) -> Prepared:
    """Awarded a good two years ago, with two goals; in the first year something was said about one of them."""
    town = prepare(server, municipality="Musterdorf")
    add_goals(town.visitor, town.begun.id, LONG, "Sprachkurse")
    with sqlite3.connect(server.data / "selfcheck.sqlite3") as database:
        awarded = (clock.today() - timedelta(days=800)).isoformat()
        database.execute("UPDATE self_check SET awarded = ? WHERE public_id = ?", (awarded, town.begun.id))
    database.close()
    before = town.visitor.open(f"{town.begun.root}/ziele/zwischenstand?jahr=1")
    town.visitor.press(before, "Speichern", {"interim.1-1.reached": "under_way", "interim.1-1.said": "12 km fehlen."})
    return town


def goal(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name=title)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_each_goal_is_saved_as_it_is_said(town: Prepared, window: Callable[..., Window], width: int) -> None:
    opened = town.hand_over(window(width=width))
    page = opened.open(town.begun.root)
    assert not scrolls_sideways(page)
    page.get_by_role("link", name="Zum Zwischenstand").click()
    expect(page.get_by_role("heading", name="Zwischenstand der Ziele", level=1)).to_be_visible()
    first, second = goal(page, LONG), goal(page, "Sprachkurse")
    expect(first).to_contain_text("12 km fehlen.")
    first.get_by_label("erreicht", exact=True).check()
    first.get_by_label("In einem Satz").fill("Alle Radwege sind gebaut.")
    first.get_by_label("Dokument dazu").fill("Jahresbericht")
    second.get_by_label("aufgegeben").check()
    expect(page.locator("#stand")).to_contain_text("Zu 2 von 2 Zielen")
    expect(page.locator("[data-save-all]")).to_have_text(SAVED)
    assert find_violations(page) == []
    assert not scrolls_sideways(page)
    page.reload()
    expect(goal(page, LONG).get_by_label("erreicht", exact=True)).to_be_checked()
    expect(goal(page, LONG).get_by_label("Dokument dazu")).to_have_value("Jahresbericht")
    page = opened.open(f"{town.begun.root}/ziele")
    expect(page.get_by_role("link", name="Zwischenstand der Ziele")).to_be_visible()
    assert not scrolls_sideways(page)


def test_it_works_without_a_script(town: Prepared, window: Callable[..., Window]) -> None:
    page = town.hand_over(window(scripts=False)).open(f"{town.begun.root}/ziele/zwischenstand")
    goal(page, "Sprachkurse").get_by_label("unterwegs").check()
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("Ihr Zwischenstand ist gespeichert.")).to_be_visible()
    expect(page.locator("#stand")).to_contain_text("Zu 1 von 2 Zielen")
