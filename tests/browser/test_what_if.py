"""What-if: the result stays beside the trial, on a wide screen and on a phone, with scripts and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests import towns
from tests.browser.conftest import OpenWindow
from tests.browser.prepared import Prepared, Preparing
from tests.browser.server import Server
from tests.browser.window import NARROW, WIDE, find_violations, scrolls_sideways

TRIAL = "ergebnis/was-waere-wenn?frage=leitbild&frage=quote-u3&frage=beschluss"


@pytest.fixture(scope="module")
def town(server: Server, prepare: Preparing) -> Prepared:
    return prepare(server, towns.sample().answers)


def open_trial(window: OpenWindow, town: Prepared, **options: object) -> Page:
    return town.hand_over(window(**options)).open(f"{town.begun.root}/{TRIAL}")


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_breaks_no_rule(window: OpenWindow, town: Prepared, width: int, scheme: str) -> None:
    page = open_trial(window, town, width=width, scheme=scheme)
    assert not find_violations(page)
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_result_is_in_view_while_answers_are_tried_out(window: OpenWindow, town: Prepared, width: int) -> None:
    page = open_trial(window, town, width=width)
    points = page.get_by_role("complementary", name="Punkte dazu")
    expect(points).to_contain_text("64,0")
    chosen = page.get_by_role("radio", name="Ja 3 Punkte")
    chosen.scroll_into_view_if_needed()
    chosen.check()
    expect(points).to_contain_text("66,5")
    expect(points).to_contain_text("+3 Punkte")
    expect(points).to_be_in_viewport()
    page.get_by_role("textbox", name="Ihre Angabe").scroll_into_view_if_needed()
    expect(points).to_be_in_viewport()
    expect(page.get_by_role("heading", name="So stünde es dann")).to_be_attached()
    page.reload()
    expect(points).to_contain_text("66,5")


def test_without_scripts_a_button_counts_anew(window: OpenWindow, town: Prepared) -> None:
    page = open_trial(window, town, scripts=False)
    page.get_by_role("radio", name="Ja 3 Punkte").check()
    page.get_by_role("button", name="Neu berechnen").click()
    points = page.get_by_role("complementary", name="Punkte dazu")
    expect(points).to_contain_text("66,5")
    expect(points).to_be_in_viewport()
