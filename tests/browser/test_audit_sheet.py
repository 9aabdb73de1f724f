"""The Prüfbogen laid beside, with a script: line by line as it is typed, and what comes of it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import towns
from tests.browser.paper import read_sheets
from tests.browser.prepared import INTERVIEW, Preparing
from tests.browser.server import Server
from tests.browser.window import NARROW, WIDE, Window, find_violations, scrolls_sideways

QUESTIONS = towns.questionnaire().questions
TWO_LINES = 60
SAVED = re.compile(r"^Gespeichert \d\d:\d\d$")


def line_of(page: Page, number: int) -> Locator:
    question = QUESTIONS[number]
    return page.get_by_role("group", name=re.compile(rf"^{question.number} "))


@pytest.mark.noisy("422")
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_line_is_saved_as_it_is_typed_and_counts(
    server: Server, prepare: Preparing, window: Callable[..., Window], width: int
) -> None:
    town = prepare(server, towns.sample().answers, municipality=towns.SAMPLE, interview=INTERVIEW)
    page = town.hand_over(window(width=width)).open(f"{town.begun.root}/pruefbogen")
    first, second, third = (line_of(page, number) for number in range(3))
    first.get_by_label("Punkte", exact=True).fill("2,50")
    first.get_by_label("Nr. im Prüfbogen").fill("1.2")
    second.get_by_label("steht nicht darin").check()
    stand = page.locator("#stand")
    expect(stand).to_contain_text(f"2 von {len(QUESTIONS)} Fragen zugeordnet")
    expect(stand).to_contain_text("Nach Ihren Angaben aus dem Prüfbogen der IHK")
    expect(page.locator("[data-save-all]")).to_have_text(SAVED)

    third.get_by_label("Punkte", exact=True).fill("10000")
    third.get_by_label("Bemerkung").focus()
    expect(third.get_by_text("Bitte geben Sie höchstens 1.000 Punkte an.")).to_be_visible()
    beside = third.get_by_text("steht nicht darin").bounding_box()
    assert beside
    assert beside["height"] < TWO_LINES, "the words stay whole beside the message"
    assert find_violations(page) == []
    assert not scrolls_sideways(page)
    third.get_by_label("Punkte", exact=True).fill("1")
    expect(stand).to_contain_text(f"3 von {len(QUESTIONS)} Fragen zugeordnet")

    page.reload()
    expect(line_of(page, 0).get_by_label("Punkte", exact=True)).to_have_value("2,5")
    page.get_by_role("link", name="Zum Ergebnis").first.click()
    expect(page.get_by_role("heading", name="Nach unserer Gewichtung")).to_be_visible()
    expect(page.get_by_role("heading", name="Nach Ihren Angaben aus dem Prüfbogen der IHK")).to_be_visible()
    assert not scrolls_sideways(page)


def test_what_only_the_sheet_asks_is_added_with_its_button(
    server: Server, prepare: Preparing, window: Callable[..., Window]
) -> None:
    town = prepare(server, municipality="Musterdorf", interview=INTERVIEW)
    page = town.hand_over(window()).open(f"{town.begun.root}/pruefbogen")
    page.get_by_text("Frage hinzufügen").first.click()
    new = page.get_by_role("group", name="Frage hinzufügen")
    new.get_by_label("Was gefragt wird").fill("Gibt es ein Leerstandskataster?")
    new.get_by_label("Punkte").fill("2")
    new.get_by_role("button", name="Frage hinzufügen").click()
    expect(page.get_by_role("group", name="Nur im Prüfbogen, 1").get_by_label("Punkte")).to_have_value("2")
    page.get_by_role("button", name=re.compile("^Entfernen ?: Gibt es ein Leerstandskataster")).click()
    expect(page.get_by_role("heading", name="Diesen Eintrag entfernen?")).to_be_visible()


def test_the_blank_form_fits_on_paper(server: Server, window: Callable[..., Window]) -> None:
    page = window().open("/pruefbogen")
    page.emulate_media(media="print")
    wide = page.evaluate("document.querySelector('.sheet').scrollWidth <= document.documentElement.clientWidth")
    assert wide
    for question in (QUESTIONS[0], QUESTIONS[-1]):
        expect(page.get_by_role("rowheader", name=f"{question.number} {question.name}")).to_be_visible()


def test_the_blank_form_takes_two_sheets(window: Callable[..., Window]) -> None:
    sheets = read_sheets(window().open("/pruefbogen").pdf(prefer_css_page_size=True))
    assert len(sheets) == 2
    assert any("Zum Bestehen nötig" in text for text in sheets[1].texts)
