"""Whoever has typed something and goes elsewhere is asked first, where forms are sent by their buttons alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests import reviews
from tests.browser.conftest import OpenWindow
from tests.browser.prepared import Preparing
from tests.browser.server import Server
from tests.browser.test_judging import FIRST, Case, make_case

PATHS = (
    "/fragen/{question}",
    "/tabelle",
    "/ergebnis",
    "/rueckfragen/{question}",
    "/empfehlungen/neu",
    "/gutes-beispiel/{question}",
)


@pytest.fixture(scope="module")
def case(server: Server, prepare: Preparing) -> Case:
    """With two open Rückfragen."""
    made = make_case(server, prepare, "Bleibstadt", 77)
    for text in ("Wann war der Beschluss?", "Und von wem?"):
        reviews.ask(made.advisor.visitor.client.application, made.id, FIRST.id, text)
    return made


def leave(page: Page) -> list[str]:
    """Goes back to the start of the site; the dialogs on the way."""
    shown: list[str] = []

    def accept(dialog: Dialog) -> None:
        shown.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)
    page.locator("footer a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hilfe")
    page.remove_listener("dialog", accept)
    return shown


@pytest.mark.parametrize("path", PATHS)
def test_typed_text_is_not_left_without_a_word(window: OpenWindow, case: Case, path: str) -> None:
    address = case.root + path.format(question=FIRST.id)
    opened = case.advisor.hand_over(window())
    assert leave(opened.open(address)) == []
    page = opened.open(address)
    page.locator("main textarea:visible").last.press_sequentially("getippt")
    assert leave(page) == ["beforeunload"]


def test_the_town_is_asked_too(window: OpenWindow, case: Case) -> None:
    opened = case.town.hand_over(window())
    address = f"{case.town.begun.root}/ihk"
    assert leave(opened.open(address)) == []
    page = opened.open(address)
    page.locator("main textarea").last.press_sequentially("getippt")
    assert leave(page) == ["beforeunload"]


@pytest.mark.noisy("422")
def test_what_was_refused_is_not_left_without_a_word(window: OpenWindow, case: Case) -> None:
    page = case.advisor.hand_over(window()).open(case.question(FIRST))
    page.get_by_label("Eigene Einschätzung").press_sequentially("viel")
    page.get_by_role("button", name="Speichern und weiter").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    page.locator("h1").click()
    assert leave(page) == ["beforeunload"]


@pytest.mark.noisy("422")
def test_who_sends_while_the_page_still_loads_is_not_asked(window: OpenWindow, case: Case) -> None:
    """The last file of the page comes between the click and what is sent."""
    page = case.advisor.hand_over(window()).open(case.question(FIRST))
    page.evaluate("addEventListener('submit', () => dispatchEvent(new PageTransitionEvent('pageshow')))")
    shown: list[str] = []
    page.on("dialog", lambda dialog: (shown.append(dialog.type), dialog.dismiss()))
    page.get_by_label("Eigene Einschätzung").press_sequentially("viel")
    page.get_by_role("button", name="Speichern und weiter").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert shown == []


@pytest.mark.noisy("422")
def test_what_stands_beside_is_sent_along_and_comes_back(window: OpenWindow, case: Case) -> None:
    page = case.advisor.hand_over(window()).open(case.question(FIRST))
    shown: list[str] = []
    page.on("dialog", lambda dialog: (shown.append(dialog.type), dialog.dismiss()))
    page.get_by_label("Eigene Einschätzung").press_sequentially("viel")
    page.get_by_label("Neue Rückfrage").press_sequentially("Wo steht das?")
    page.get_by_role("button", name="Speichern und weiter").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert shown == []
    expect(page.get_by_label("Neue Rückfrage")).to_have_value("Wo steht das?")
    expect(page.get_by_label("Eigene Einschätzung")).to_have_value("viel")


@pytest.mark.noisy("422")
def test_whoever_stays_can_send_again_and_is_asked_again(window: OpenWindow, case: Case) -> None:
    opened = case.advisor.hand_over(window())
    opened.open(case.root).get_by_role("button", name="Übernehmen").click()
    page = opened.open(f"{case.root}/ergebnis")
    shown: list[str] = []
    page.on("dialog", lambda dialog: (shown.append(dialog.type), dialog.dismiss()))
    steps = page.get_by_label("Nächste Schritte")
    steps.press_sequentially("Urkunde im Herbst")
    for times in (1, 2):
        page.get_by_role("button", name="Ergebnis ist vorbereitet").click(no_wait_after=True)
        expect(steps).to_have_value("Urkunde im Herbst")
        assert shown == ["beforeunload"] * times
    page.get_by_label("Tag der Auszeichnung").fill("irgendwann")
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert len(shown) == 2
