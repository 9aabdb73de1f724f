"""Prüfgespräch on a tablet: saved as one writes, kept on the device without a network, and without a script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.everything import serve, sit_down
from tests.browser.server import Server
from tests.browser.window import NARROW, WIDE, Window, find_violations, scrolls_sideways
from tests.web.world import World

SAVED = re.compile(r"^Gespeichert \d\d:\d\d$")
TABLET = 800
SAID = "Was herauskam"


@pytest.fixture
def chamber(world: World, tmp_path: Path) -> Iterator[Server]:
    """A server of its own: what is written here is nobody else's."""
    running = serve(world, tmp_path)
    yield running
    running.stop()


def open_interview(opened: Window, world: World) -> Page:
    sit_down(opened, world, "advisor")
    return opened.open(f"/beratung/{world.case_id}/gespraech")


def first_topic(page: Page) -> Locator:
    return page.locator(".topic").first


@pytest.mark.parametrize("width", [WIDE, TABLET, NARROW])
def test_everything_is_saved_as_it_is_written(
    chamber: Server, world: World, window: Callable[..., Window], width: int
) -> None:
    page = open_interview(window(chamber.address, width=width), world)
    assert not scrolls_sideways(page)
    topic = first_topic(page)
    topic.get_by_label(SAID).fill("Der Beschluss liegt vor.")
    topic.get_by_label("Minuten").fill("95")
    page.get_by_label("Ergebnis des Gesprächs").fill("Bestanden.")
    expect(topic).to_contain_text("95 Minuten")
    expect(page.locator("#summe")).to_contain_text("von 120 Minuten")
    expect(page.locator("[data-save-all]")).to_have_text(SAVED)
    topic.get_by_label("Auf der Agenda").uncheck()
    expect(topic).to_contain_text("nicht auf der Agenda")
    assert find_violations(page) == []
    assert not scrolls_sideways(page)
    page.reload()
    expect(first_topic(page).get_by_label(SAID)).to_have_value("Der Beschluss liegt vor.")
    expect(first_topic(page).get_by_label("Auf der Agenda")).not_to_be_checked()
    expect(page.get_by_label("Ergebnis des Gesprächs")).to_have_value("Bestanden.")


def test_what_is_written_without_a_network_stays_on_the_device(
    chamber: Server, world: World, window: Callable[..., Window]
) -> None:
    opened = window(chamber.address, width=TABLET)
    page = open_interview(opened, world)
    opened.context.set_offline(True)
    first_topic(page).get_by_label(SAID).fill("Im Keller des Rathauses geschrieben.")
    expect(first_topic(page)).to_contain_text("Nicht gespeichert")
    page.goto("about:blank")
    opened.context.set_offline(False)
    opened.noise.clear()
    page = opened.open(f"/beratung/{world.case_id}/gespraech")
    expect(first_topic(page).get_by_label(SAID)).to_have_value("Im Keller des Rathauses geschrieben.")
    expect(page.locator("[data-save-all]")).to_have_text(SAVED)


def test_it_works_without_a_script(chamber: Server, world: World, window: Callable[..., Window]) -> None:
    page = open_interview(window(chamber.address, scripts=False), world)
    page.get_by_text("Thema hinzufügen").first.click()
    page.get_by_label("Thema", exact=True).fill("Rundgang am Bahnhof")
    page.get_by_role("button", name="Thema hinzufügen").click()
    expect(page.get_by_text("Agenda und Protokoll sind gespeichert.")).to_be_visible()
    expect(page.get_by_role("heading", name="Rundgang am Bahnhof")).to_be_visible()
    page.get_by_role("button", name="Protokoll fertigstellen").click()
    expect(page.get_by_text("Diese Fassung bleibt, wie sie ist")).to_be_visible()
    page.get_by_role("link", name="Endgültig machen").click()
    page.get_by_label("Ihr Name").fill("Petra Rathmann")
    page.get_by_role("button", name="Endgültig machen").click()
    expect(page.get_by_text("bestätigt von Petra Rathmann")).to_be_visible()
