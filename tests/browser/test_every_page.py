"""Every address of the product that answers with a page, as somebody who may open it: axe finds nothing wrong.

What stands in tests/web/test_routes.py is opened here; a new page cannot be forgotten. Pages behind addresses from
mails are in test_account.py and below.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from selfcheck.store.database import tables
from selfcheck.store.database.transactions import reading
from selfcheck.store.mail.reminders import PLACED, Target
from selfcheck.web.team.reminders import sign
from tests.browser.conftest import OpenWindow
from tests.browser.everything import sit_down, unfold
from tests.browser.prepared import Preparing
from tests.browser.server import Server
from tests.browser.window import NARROW, WIDE, Window, find_violations, scrolls_sideways
from tests.web.office.visits import ask_office
from tests.web.routes import PAGES, address_of, who_may_open
from tests.web.world import World

SAMPLE = ("", "/fragen/zuzug-leicht-gemacht", "/ergebnis", "/checkliste", "/ziele")
"""What everybody may look at."""
REFUSED = [("colleague", "team.overview", 403), ("ended office", "office.page", 410)]


@pytest.fixture(scope="module")
def windows(chromium: Browser, served: Server) -> Iterator[tuple[Window, Window]]:
    """Light and wide, dark and narrow."""
    opened = (Window(chromium, served.address), Window(chromium, served.address, width=NARROW, scheme="dark"))
    yield opened
    for window in opened:
        window.close(expected=r"status of 4\d\d|username fields")


def inspect(window: Window, address: str) -> list[str]:
    """What is wrong with the page at `address`, folded parts included."""
    page = window.open(address)
    unfold(window)
    faults = find_violations(page, thoroughly=window.width == WIDE)
    return [*faults, "scrolls sideways"] if scrolls_sideways(page) else faults


@pytest.mark.parametrize("endpoint", PAGES)
def test_every_page_is_accessible(world: World, windows: tuple[Window, Window], endpoint: str) -> None:
    for window in windows:
        sit_down(window, world, who_may_open(endpoint))
        assert inspect(window, address_of(world, endpoint)) == [], f"{endpoint} {window.name}"


@pytest.mark.parametrize("path", SAMPLE)
def test_so_is_the_sample_town(windows: tuple[Window, Window], path: str) -> None:
    for window in windows:
        window.context.clear_cookies()
        assert inspect(window, f"/selbstcheck/beispiel{path}") == [], f"{path} {window.name}"


@pytest.mark.parametrize(("name", "endpoint", "status"), REFUSED)
def test_so_is_what_refuses_a_page(
    world: World, windows: tuple[Window, Window], name: str, endpoint: str, status: int
) -> None:
    for window in windows:
        sit_down(window, world, name)
        answer = window.page.goto(address_of(world, endpoint))
        assert answer is not None
        assert answer.status == status
        assert inspect(window, address_of(world, endpoint)) == [], f"{endpoint} {window.name}"


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_so_is_the_page_that_stops_reminders(
    server: Server, prepare: Preparing, window: OpenWindow, width: int, scheme: str
) -> None:
    town = prepare(server)
    app = town.visitor.client.application
    office = ask_office(app, town.begun.id, "leitbild")
    with app.test_request_context():
        wanted = select(tables.Place.id, tables.Place.created_at).where(tables.Place.public_id == office.place_id)
        id, made_at = reading().execute(wanted).one()
        targets = Target(PLACED, id, made_at), Target(PLACED, 4711, made_at)
        addresses = [f"/erinnerungen/{sign([each])}" for each in targets]
    opened = window(width=width, scheme=scheme)
    for address in addresses:
        assert inspect(opened, address) == []
    page = opened.open(addresses[0])
    page.get_by_role("button", name="Keine Erinnerungen mehr").click()
    expect(page.get_by_role("button", name="Wieder erinnern")).to_be_visible()
    assert inspect(opened, addresses[0]) == []


def test_whoever_opens_a_link_on_a_phone_sees_the_button_at_once(
    world: World, served: Server, window: OpenWindow
) -> None:
    opened = window(served.address, width=390)
    opened.page.set_viewport_size({"width": 390, "height": 664})
    addresses = address_of(world, "entry.entry"), address_of(world, "sharing.entry"), f"/zugang/{world.office_token}"
    for address in addresses:
        expect(opened.open(address).get_by_role("button", name="Öffnen")).to_be_in_viewport(ratio=1)


def test_a_printed_checklist_is_whole_and_says_of_which_town(world: World, served: Server, window: OpenWindow) -> None:
    opened = window(served.address)
    sit_down(opened, world, "owner")
    page = opened.open(address_of(world, "checklist.checklist"))
    folded = page.locator("details.printed:not([open]) .task")
    finished = page.locator("details:not(.printed):not([open]) .task").first
    assert folded.count() > 0
    page.emulate_media(media="print")
    for place in range(folded.count()):
        expect(folded.nth(place)).to_be_visible()
    expect(finished).to_be_hidden()  # done long ago, and printed where somebody unfolds it
    expect(page.get_by_text("weitere Schritte anzeigen").first).to_be_hidden()
    expect(page.locator(".context")).to_contain_text("Musterstadt am Main")
    expect(page.locator(".context")).to_be_visible()
