"""The link for an office, made with and without scripts, and opened on a phone."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from selfcheck.store.database.transactions import writing
from tests import towns
from tests.browser.conftest import OpenWindow
from tests.browser.prepared import Prepared, Preparing
from tests.browser.server import Server
from tests.browser.window import NARROW, find_violations, scrolls_sideways
from tests.places import add_account
from tests.web.page import Visitor
from tests.web.team.people import SESSION_KEY

CRITERION = next(each for each in towns.questionnaire().criteria if each.title == "Beruf und Familie")
KITA = [question for question in towns.questionnaire().questions if question.department == "kita"]


def choose_office(page: Page, root: str, name: str) -> None:
    page.goto(f"{root}/team")
    page.get_by_role("link", name=re.compile("Fachbereich fragen$")).click()
    page.get_by_role("link", name=name).click()


@pytest.mark.parametrize("scripts", [True, False])
def test_an_office_gets_its_link_and_opens_it_on_a_phone(
    window: OpenWindow, server: Server, prepare: Preparing, scripts: bool
) -> None:
    town = prepare(server)
    owner = town.hand_over(window(scripts=scripts)).page
    choose_office(owner, town.begun.root, "Kita-Verwaltung")
    expect(owner.get_by_label("Name des Fachbereichs")).to_have_value("Kita-Verwaltung")
    for question in KITA:
        expect(owner.get_by_label(f"{question.number} ", exact=False)).to_be_checked()
    owner.get_by_label("Bis wann?").fill("1.2.2027")
    owner.get_by_role("button", name="Link erstellen").click()
    link = owner.get_by_label("Link", exact=True).input_value()
    assert link in owner.get_by_label("Text zum Kopieren").input_value()
    if scripts:
        expect(owner.get_by_role("button", name="Text kopieren")).to_be_visible()
    office = window(width=NARROW, scripts=scripts).page
    office.goto(link)
    expect(office.get_by_role("heading", level=1)).to_contain_text(f"{len(KITA)} Fragen an Sie")
    if scripts:
        assert not find_violations(office)
    assert not scrolls_sideways(office)
    office.get_by_label("Ihr Name").fill("Klara Kita")
    office.get_by_role("button", name="Öffnen").click()
    expect(office.get_by_role("heading", level=2).first).to_be_visible()
    owner.goto(f"{town.begun.root}/team")
    expect(owner.get_by_role("main")).to_contain_text("geöffnet von Klara Kita")


@pytest.mark.parametrize("scripts", [True, False])
def test_all_offices_are_asked_with_one_button_and_each_letter_is_a_page(
    window: OpenWindow, server: Server, prepare: Preparing, scripts: bool
) -> None:
    town = prepare(server)
    owner = town.hand_over(window(width=NARROW, scripts=scripts)).page
    owner.goto(f"{town.begun.root}/team")
    owner.get_by_role("link", name="Alle Fachbereiche auf einmal fragen").click()
    owner.get_by_role("checkbox", name="Bürgerbüro").uncheck()
    expect(owner.locator("[id='buergerbuero.label']")).to_be_hidden()
    schools = owner.get_by_role("group", name="Schule und Ganztag")
    schools.get_by_label("Ein Brief zusammen mit").select_option(label="Kita-Verwaltung")
    expect(schools.get_by_label("Name bei Ihnen")).to_be_hidden()
    owner.get_by_role("button", name="Alle angekreuzten fragen").click()
    offices = len(towns.questionnaire().departments) - 2
    expect(owner.get_by_role("heading", name=f"{offices} Links sind erstellt")).to_be_visible()
    if scripts:
        assert not find_violations(owner)
        expect(owner.get_by_role("button", name="Link kopieren")).to_have_count(offices)
    assert not scrolls_sideways(owner)
    assert len(re.findall(rb"/Type\s*/Page\b", owner.pdf(prefer_css_page_size=True))) == offices


def test_a_criterion_ticks_all_its_questions(window: OpenWindow, server: Server, prepare: Preparing) -> None:
    town = prepare(server)
    page = town.hand_over(window()).page
    choose_office(page, town.begun.root, "Kita-Verwaltung")
    group = page.locator("details").filter(has=page.get_by_label(f"Alle Fragen aus „{CRITERION.title}“"))
    total = len(CRITERION.questions)
    expect(group.locator("summary")).to_contain_text(f"{len(KITA)} von {total}")
    every = page.get_by_label(f"Alle Fragen aus „{CRITERION.title}“")
    every.check()
    expect(group.locator("summary")).to_contain_text(f"{total} von {total}")
    first = group.locator("input[name=questions]").first
    first.uncheck()
    expect(every).not_to_be_checked()
    expect(group.locator("summary")).to_contain_text(f"{total - 1} von {total}")
    page.get_by_role("button", name="Link erstellen").click()
    page.goto(f"{town.begun.root}/team")
    expect(page.get_by_role("main")).to_contain_text(f"0 von {total - 1} beantwortet")


def test_a_double_click_on_hand_over_is_one(window: OpenWindow, server: Server, prepare: Preparing) -> None:
    """The second click would be refused: whoever has handed over may not do it again."""
    town = prepare(server)
    seat_colleague(town, "kai@example.org")
    page = town.hand_over(window()).page
    page.goto(f"{town.begun.root}/team")
    page.get_by_role("link", name="Koordination übergeben an Kai").click()
    expect(page.get_by_label("Kai")).to_be_checked()
    page.get_by_role("button", name="Koordination übergeben").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Übersicht")


def seat_colleague(town: Prepared, mail: str) -> None:
    """Somebody with an account opens an invitation of this town."""
    made = town.visitor.press(
        town.visitor.open(f"{town.begun.root}/team/kollegium/neu"), "Link erstellen", {"label": "Hauptamt"}
    )
    link = made.one(".//input[@id='link']").get("value", "")
    app = town.visitor.client.application
    with app.app_context(), writing() as connection:
        _, mark = add_account(connection, mail, datetime.now(UTC))
    colleague = Visitor(app.test_client(), town.visitor.base)
    with colleague.client.session_transaction(base_url=colleague.base) as session:
        session[SESSION_KEY] = mark
        session["_fresh"] = True
    colleague.press(colleague.open(urlsplit(link).path), "Öffnen")
