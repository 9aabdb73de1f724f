"""The checklist with a script: every number is right at once, and steps done by themselves cannot be unticked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from selfcheck.core.permissions import Role
from tests import towns
from tests.browser.conftest import OpenWindow
from tests.browser.prepared import Prepared, Preparing
from tests.browser.server import Server
from tests.browser.window import find_violations


@pytest.fixture
def town(server: Server, prepare: Preparing) -> Prepared:
    prepared = prepare(server, towns.sample().answers)
    prepared.seat(Role.COLLEAGUE, "Kollegium", "Kai Krause")
    return prepared


def _done(page: Page) -> int:
    return int(page.locator("[data-board] b").inner_text().split(" ")[0])


def test_numbers_follow_every_tick_without_a_reload(window: OpenWindow, town: Prepared) -> None:
    opened = town.hand_over(window())
    page = opened.open(f"{town.begun.root}/checkliste")
    before, row = _done(page), page.locator("[data-part='chamber:final']")
    row.get_by_role("checkbox").check()
    expect(row.locator(".task__date")).to_contain_text("erledigt")
    expect(page.locator("[data-board] b")).to_contain_text(f"{before + 1} von")
    expect(page.get_by_role("link", name=f"erledigt {before + 1}", exact=True)).to_be_visible()
    row.get_by_role("checkbox").uncheck()
    expect(page.locator("[data-board] b")).to_contain_text(f"{before} von")
    expect(row.locator(".task__date")).not_to_contain_text("erledigt")


def test_a_person_and_a_day_stand_in_the_row_as_soon_as_they_are_saved(window: OpenWindow, town: Prepared) -> None:
    opened = town.hand_over(window())
    page = opened.open(f"{town.begun.root}/checkliste")
    row = page.locator("[data-part='interview:binder']")
    row.locator("summary").click()
    row.get_by_label("Bis wann?").fill("3.5.2027")
    row.get_by_label("Wer macht das?").fill("Kai Krause (Kollegium)")
    row.get_by_label("Wer macht das?").blur()
    expect(row.locator(".task__date")).to_have_text("03.05.2027")
    expect(row.locator("[data-who]")).to_have_text("Kai Krause (Kollegium)")
    assert find_violations(page) == []


def test_what_is_done_by_itself_has_no_box(window: OpenWindow, town: Prepared) -> None:
    opened = town.hand_over(window())
    page = opened.open(f"{town.begun.root}/checkliste?zeige=erledigt")
    row = page.locator("[data-part='answer:anlaufstelle']")
    expect(row.get_by_role("checkbox")).to_have_count(0)
    expect(row.locator(".task__date")).to_contain_text("beantwortet")
    assert find_violations(page) == []
