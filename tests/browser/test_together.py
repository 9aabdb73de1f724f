"""Two people at one self-check: assigning, asking each other, seeing what the other one has just changed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from selfcheck.core.permissions import Role
from tests import towns
from tests.browser.conftest import OpenWindow
from tests.browser.journey import SAVED, card_of
from tests.browser.prepared import Prepared, Preparing
from tests.browser.server import Server
from tests.browser.window import NARROW, WIDE, Window, find_violations, scrolls_sideways

CRITERION = towns.questionnaire().criteria[0]
QUESTION, OTHER = CRITERION.questions[:2]
KAI = "Kai Krause (Kollegium)"
HALF_A_MINUTE = 31_000


@pytest.fixture
def town(server: Server, prepare: Preparing) -> Prepared:
    return prepare(server)


@pytest.fixture
def kai(town: Prepared) -> Prepared:
    return town.seat(Role.COLLEAGUE, "Kollegium", "Kai Krause")


def look(person: Prepared, window: Window) -> Page:
    """Opens the questions; the clock of the page can be moved on."""
    person.hand_over(window)
    if window.scripts:
        window.page.clock.install()
    return window.open(person.begun.questions(CRITERION))


def write(person: Prepared, part: str, text: str) -> None:
    """Somebody saves one field of the first question."""
    found = person.visitor.open(person.begun.questions(CRITERION))
    person.visitor.press(found, "Speichern und weiter", {f"{QUESTION.id}.{part}": text})


def news_of(page: Page) -> Locator:
    return card_of(page, QUESTION).locator("[data-news]")


def talk_of(page: Page) -> Locator:
    """What stands behind the line „Zuständig und Rückfragen“."""
    talk = card_of(page, QUESTION).locator("details.card__talk")
    if talk.get_attribute("open") is None:
        talk.locator("summary").first.click()
    return talk


def assignee_of(page: Page) -> Locator:
    return talk_of(page).get_by_label("Zuständig für Frage")


def ask(page: Page, text: str) -> None:
    card = talk_of(page)
    card.get_by_label("Ihre Rückfrage").fill(text)
    card.get_by_role("button", name="Senden").click()


def test_an_assignment_is_saved_at_once_and_found_by_the_other_one(
    window: OpenWindow, town: Prepared, kai: Prepared
) -> None:
    page = look(town, window())
    assignee_of(page).select_option(label=KAI)
    expect(card_of(page, QUESTION).locator("[data-save-state]")).to_have_text(SAVED)
    assignee_of(page).select_option(label="niemand")
    expect(card_of(page, QUESTION).locator("[data-save-state]")).to_have_text(SAVED)
    assignee_of(page).select_option(label=KAI)
    page.wait_for_load_state("networkidle")
    page.reload()
    expect(assignee_of(page).locator("option:checked")).to_have_text(KAI)
    his = kai.hand_over(window()).open(f"{kai.begun.root}/mein-teil")
    expect(his.get_by_role("region", name="Mir zugewiesen").get_by_role("link")).to_contain_text(QUESTION.name)


@pytest.mark.noisy("409")
def test_two_people_who_assign_see_both_and_decide(window: OpenWindow, town: Prepared, kai: Prepared) -> None:
    mine, his = look(town, window()), look(kai, window())
    assignee_of(mine).select_option(label="Koordination (Sie)")
    expect(card_of(mine, QUESTION).locator("[data-save-state]")).to_have_text(SAVED)
    assignee_of(his).select_option(label=f"{KAI} (Sie)")
    box = card_of(his, QUESTION).get_by_role("group", name="Zwischenzeitlich geändert")
    expect(box).to_contain_text("Koordination")
    box.get_by_role("button", name="Meine Angabe übernehmen").click()
    expect(card_of(his, QUESTION).locator("[data-save-state]")).to_have_text(SAVED)
    mine.reload()
    expect(assignee_of(mine).locator("option:checked")).to_have_text(KAI)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_question_is_asked_answered_and_resolved(
    window: OpenWindow, town: Prepared, kai: Prepared, scripts: bool
) -> None:
    mine = look(town, window(scripts=scripts))
    ask(mine, "Wer hat <b>die Zahlen</b>?\nOrdner 12?")
    expect(card_of(mine, QUESTION).get_by_text("Wer hat <b>die Zahlen</b>?")).to_be_visible()
    expect(card_of(mine, QUESTION).get_by_text("Rückfragen (1)")).to_be_visible()

    his = kai.hand_over(window(scripts=scripts)).open(f"{kai.begun.root}/mein-teil")
    his.get_by_role("region", name="Offene Rückfragen").get_by_role("link").click()
    card = card_of(his, QUESTION)
    expect(card.get_by_text("Ordner 12?")).to_be_visible()
    card.get_by_label("Ihre Antwort oder Rückfrage").fill("Die habe ich.")
    card.get_by_role("button", name="Senden").click()
    card.get_by_role("button", name=re.compile("^Als erledigt abhaken.*Koordination")).click()
    expect(card.get_by_text(f"Erledigt: {KAI}")).to_be_visible()
    card.get_by_text("Entfernen", exact=False).locator("visible=true").first.click()
    card.get_by_role("button", name="Endgültig entfernen").click()
    expect(card.get_by_text("Rückfragen (alle erledigt)")).to_be_visible()
    expect(card.get_by_text("Die habe ich.")).to_have_count(0)


def test_what_the_other_one_changes_is_said_at_the_question_and_moves_nothing(
    window: OpenWindow, town: Prepared, kai: Prepared
) -> None:
    page = look(town, window())
    note = card_of(page, OTHER).get_by_label("Erläuterung", exact=True)
    note.fill("Das schreibe ich gerade")
    write(kai, "note", "Ordner 12")
    page.clock.fast_forward(HALF_A_MINUTE)
    expect(news_of(page)).to_contain_text(f"von {KAI} geändert – neu laden")
    expect(news_of(page)).to_have_attribute("role", "status")
    expect(note).to_be_focused()
    expect(note).to_have_value("Das schreibe ich gerade")
    expect(card_of(page, QUESTION).get_by_label("Erläuterung", exact=True)).to_have_value("")
    expect(card_of(page, OTHER).locator("[data-news]")).to_be_empty()
    assert not find_violations(page)
    news_of(page).get_by_role("link", name="neu laden").click()
    expect(card_of(page, QUESTION).get_by_label("Erläuterung", exact=True)).to_have_value("Ordner 12")
    expect(note).to_have_value("Das schreibe ich gerade")
    expect(news_of(page)).to_be_empty()


def test_an_office_is_told_what_changes_at_its_questions(window: OpenWindow, town: Prepared) -> None:
    office = town.seat(Role.OFFICE, "Bauamt", "Erika Muster", QUESTION.id).hand_over(window())
    office.page.clock.install()
    with office.page.expect_response("**/auftrag/neues?seit="):
        page = office.open(f"{town.begun.root}/auftrag")
    write(town, "note", "Ordner 12")
    page.clock.fast_forward(HALF_A_MINUTE)
    expect(news_of(page)).to_contain_text("von Koordination (ohne Namen) geändert")


def test_what_i_change_myself_is_no_news(window: OpenWindow, town: Prepared, kai: Prepared) -> None:
    page = look(town, window())
    card_of(page, QUESTION).get_by_label("Erläuterung", exact=True).fill("Ordner 7")
    card_of(page, QUESTION).get_by_label("Erläuterung", exact=True).blur()
    expect(card_of(page, QUESTION).locator("[data-save-state]")).to_have_text(SAVED)
    with page.expect_response("**/neues?*"):
        page.clock.fast_forward(HALF_A_MINUTE)
    expect(news_of(page)).to_be_empty()


def test_loading_anew_never_costs_a_question_that_is_being_written(
    window: OpenWindow, town: Prepared, kai: Prepared
) -> None:
    page = look(town, window())
    write(kai, "note", "Ordner 12")
    page.clock.fast_forward(HALF_A_MINUTE)
    card = talk_of(page)
    card.get_by_label("Ihre Rückfrage").fill("Noch nicht fertig")
    news_of(page).get_by_role("link", name="neu laden").click()
    expect(news_of(page)).to_contain_text("Senden Sie zuerst ab")
    expect(card.get_by_label("Ihre Rückfrage")).to_have_value("Noch nicht fertig")


@pytest.mark.noisy(r"403|404|410")
def test_whoever_has_no_place_any_more_is_not_asked_for_ever(window: OpenWindow, town: Prepared, kai: Prepared) -> None:
    page = look(kai, window())
    page.context.clear_cookies()
    with page.expect_response("**/neues?*"):
        page.clock.fast_forward(HALF_A_MINUTE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.fast_forward(3 * HALF_A_MINUTE)
    page.wait_for_timeout(300)
    assert not asked


@pytest.mark.parametrize("scripts", [True, False])
def test_all_seen_leaves_only_what_came_later(window: OpenWindow, town: Prepared, kai: Prepared, scripts: bool) -> None:
    write(kai, "note", "Ordner 12")
    page = town.hand_over(window(scripts=scripts)).open(f"{town.begun.root}/mein-teil")
    news = page.get_by_role("region", name="Neu für Sie").get_by_role("listitem")
    expect(news).to_have_count(1)
    write(kai, "comment", "Wer weiß das?")
    page.get_by_role("button", name="Alles gesehen").click()
    expect(news).to_have_count(1)
    expect(news).to_contain_text("Rückfrage zu")
    page.get_by_role("button", name="Alles gesehen").click()
    expect(page.get_by_text("hat niemand sonst etwas geändert")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_both_pages_are_accessible(window: OpenWindow, town: Prepared, kai: Prepared, width: int, scheme: str) -> None:
    town.seat(Role.OFFICE, "Amt für Bauen, Wohnen und Verkehr", "", QUESTION.id)
    write(kai, "comment", "Wer hat die Zahlen? " + "Donaudampfschifffahrtsgesellschaft" * 4)
    write(kai, "note", "Ordner 12")
    opened = town.hand_over(window(width=width, scheme=scheme))
    for address in (town.begun.questions(CRITERION), f"{town.begun.root}/mein-teil?zeige=offen"):
        page = opened.open(address)
        page.evaluate("document.querySelectorAll('.thread, .thread details').forEach((each) => { each.open = true; })")
        assert not find_violations(page)
        assert not scrolls_sideways(page)
