"""A clerk with a link and a phone: answers without an account, gives a question back, returns the rest, prints it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from selfcheck.web.http import clock
from tests import towns
from tests.browser.journey import SAVED, card_of
from tests.browser.prepared import Prepared, Preparing
from tests.browser.server import Server
from tests.browser.window import Window, find_violations, scrolls_sideways
from tests.web.office.visits import Office, ask_office

OpenWindow = Callable[..., Window]
QUESTION = towns.questionnaire().question
EVENTS, HOUSING, KINDS = (QUESTION[id] for id in ("veranstaltungen", "wohnungssuche", "wohnangebot"))
PHONE = {"width": 390, "height": 844}
DONE = "Fertig – an die Koordination zurückgeben"


@pytest.fixture
def town(server: Server, prepare: Preparing) -> Prepared:
    return prepare(server)


@pytest.fixture
def office(town: Prepared) -> Office:
    today = clock.today()
    return ask_office(
        town.visitor.client.application,
        town.begun.id,
        *(question.id for question in (EVENTS, HOUSING, KINDS)),
        due_on=today + timedelta(days=10),
        ends_on=today + timedelta(days=40),
    )


def enter(window: Window, office: Office) -> Page:
    """From the link to the questions."""
    window.page.set_viewport_size(PHONE)
    page = window.open(f"/zugang/{office.token}")
    page.get_by_label("Ihr Name").fill("Udo Bau")
    page.get_by_role("button", name="Öffnen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 Fragen an das Bauamt")
    page.wait_for_load_state()  # with all scripts: what is typed before goes only with the button
    return page


def inspect(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert not find_violations(page)
    assert not scrolls_sideways(page)


def notes_of(town: Prepared) -> dict[str, str]:
    """What the coordination sees at the three questions."""
    found = {}
    for question in (EVENTS, HOUSING, KINDS):
        page = town.visitor.open(f"{town.begun.root}/fragen/{question.criterion}?offen=alle")
        found[question.id] = page.value(f"{question.id}.note")
    return found


def test_a_clerk_answers_on_a_phone(window: OpenWindow, town: Prepared, office: Office) -> None:
    page = enter(window(), office)
    inspect(page)
    progress = page.locator("[data-progress]")
    expect(progress).to_have_text("Noch ist keine der 3 Fragen beantwortet.")

    card = card_of(page, HOUSING)
    card.get_by_label("Nein", exact=True).check()
    expect(card.locator("[data-save-state]")).to_have_text(SAVED)
    expect(progress).to_have_text("1 von 3 Fragen ist beantwortet.")
    card_of(page, EVENTS).get_by_label("Ihre Angabe").fill("4")
    card_of(page, EVENTS).get_by_label("Erläuterung").fill("Programm hängt aus")
    expect(card_of(page, EVENTS).locator("[data-save-state]")).to_have_text(SAVED)
    expect(progress).to_have_text("2 von 3 Fragen sind beantwortet. Bei einer fehlt noch ein Beleg.")
    page.get_by_label("Nachricht an die Koordination").fill("E1 weiß die Stadtplanung.")
    expect(page.locator("[data-question=an_koordination] [data-save-state]")).to_have_text(SAVED)

    card_of(page, KINDS).get_by_role("button", name="Nicht unsere Zuständigkeit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 Fragen an das Bauamt")
    expect(page.get_by_role("heading", name="Zurückgegeben an die Koordination")).to_be_visible()
    inspect(page)

    page.get_by_role("button", name=DONE).click()
    expect(page.get_by_role("heading", name=re.compile("Zurückgegeben am"))).to_be_visible()
    inspect(page)
    assert notes_of(town) == {EVENTS.id: "Programm hängt aus", HOUSING.id: "", KINDS.id: ""}

    page.get_by_role("link", name="Ihre Antworten zum Drucken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bauamt")
    expect(page.get_by_text("E1 weiß die Stadtplanung.")).to_be_visible()
    inspect(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Hilfe")).to_be_hidden()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1


def test_a_place_that_was_added_is_missed_no_longer_at_the_end(
    window: OpenWindow, town: Prepared, office: Office
) -> None:
    page = enter(window(), office)
    progress, card = page.locator("[data-progress]"), card_of(page, KINDS)
    card.locator("input[data-points]").first.check()
    card.get_by_label("liegt vor").first.check()
    expect(progress).to_contain_text("Bei einem Beleg fehlt die Fundstelle.")
    card.get_by_role("link", name=re.compile("^Fundstelle ergänzen")).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Aktenzeichen oder Ordner").fill("Ordner 5")
    dialog.get_by_role("button", name="Beleg speichern").click()
    expect(dialog).to_have_count(0)
    expect(progress).to_have_text("1 von 3 Fragen ist beantwortet.")
    expect(page.locator(".panel [data-count]")).to_have_text("1 von 3")


def test_what_was_returned_can_still_be_changed(window: OpenWindow, town: Prepared, office: Office) -> None:
    page = enter(window(), office)
    page.get_by_role("button", name=DONE).click()
    card_of(page, HOUSING).get_by_label("Erläuterung").fill("Nachtrag")
    expect(card_of(page, HOUSING).locator("[data-save-state]")).to_have_text(SAVED)
    page.reload()
    expect(page.get_by_text("dass Sie seitdem etwas geändert haben, sieht sie auch")).to_be_visible()
    assert notes_of(town)[HOUSING.id] == "Nachtrag"


@pytest.mark.noisy("status of 422")
def test_a_clerk_answers_without_scripts(window: OpenWindow, town: Prepared, office: Office) -> None:
    page = enter(window(scripts=False), office)
    card_of(page, EVENTS).get_by_label("Ihre Angabe").fill("viele")
    card_of(page, HOUSING).get_by_label("Erläuterung").fill("Börse seit 2024")
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("B5")
    card_of(page, EVENTS).get_by_label("Ihre Angabe").fill("4")
    card_of(page, KINDS).get_by_label("Erläuterung").fill("Das weiß die Stadtplanung")
    card_of(page, KINDS).get_by_role("button", name="Nicht unsere Zuständigkeit").click()
    page.get_by_role("button", name="Doch wir").click()
    expect(card_of(page, KINDS).get_by_label("Erläuterung")).to_have_value("Das weiß die Stadtplanung")
    page.get_by_label("Nachricht an die Koordination").fill("Fertig soweit")
    page.get_by_role("button", name=DONE).click()
    expect(page.get_by_role("heading", name=re.compile("Zurückgegeben am"))).to_be_visible()
    expect(page.get_by_label("Nachricht an die Koordination")).to_have_value("Fertig soweit")
    expect(card_of(page, EVENTS).get_by_label("Ihre Angabe")).to_have_value("4")
    assert notes_of(town)[HOUSING.id] == "Börse seit 2024"


def test_the_enter_key_saves_and_gives_nothing_back(window: OpenWindow, town: Prepared, office: Office) -> None:
    page = enter(window(scripts=False), office)
    card_of(page, EVENTS).get_by_label("Ihre Angabe").fill("4")
    card_of(page, EVENTS).get_by_label("Ihre Angabe").press("Enter")
    expect(page.get_by_text("1 von 3 Fragen ist beantwortet.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 Fragen an das Bauamt")


@pytest.mark.noisy("status of 409")
def test_two_people_of_one_office_write_one_message(window: OpenWindow, office: Office) -> None:
    first, second = enter(window(), office), enter(window(), office)
    state = "[data-question=an_koordination] [data-save-state]"
    first.get_by_label("Nachricht an die Koordination").fill("erste Nachricht")
    expect(first.locator(state)).to_have_text(SAVED)
    second.get_by_label("Nachricht an die Koordination").fill("zweite Nachricht")
    box = second.get_by_role("group", name="Zwischenzeitlich geändert")
    expect(box.get_by_role("definition").filter(has_text=re.compile("erste.* Nachricht"))).to_be_visible()
    inspect(second)
    box.get_by_role("button", name="Meine Angabe übernehmen").click()
    expect(second.locator(state)).to_have_text(SAVED)
    first.reload()
    expect(first.get_by_label("Nachricht an die Koordination")).to_have_value("zweite Nachricht")


def test_a_question_that_stops_to_count_leaves_at_once(window: OpenWindow, town: Prepared) -> None:
    office = ask_office(town.visitor.client.application, town.begun.id, EVENTS.id, HOUSING.id, "einladung")
    page = enter(window(), office)
    invitation = card_of(page, QUESTION["einladung"])
    expect(invitation).to_be_visible()
    card_of(page, EVENTS).get_by_label("Ihre Angabe").fill("0")
    expect(invitation).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 Fragen an das Bauamt")


def test_the_sheet_for_paper(window: OpenWindow, town: Prepared, office: Office) -> None:
    for width in (1280, 320):
        page = town.hand_over(window(width=width)).open(f"{town.begun.root}/team/{office.place_id}/blatt")
        inspect(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Zurück zum Team")).to_be_hidden()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 2
