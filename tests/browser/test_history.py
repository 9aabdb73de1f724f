"""Verlauf in a browser: name a Stand, change something, compare, go back; by keyboard and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests import towns
from tests.browser.keyboard import Keyboard
from tests.browser.prepared import Prepared, Preparing
from tests.browser.server import Server
from tests.browser.window import NARROW, WIDE, Window, find_violations, scrolls_sideways
from tests.web.history.test_states import add_piece, answer, history, leads, name_state

OpenWindow = Callable[..., Window]
NAME = "Vor der Sommerpause"
NOTE = "[name='leitbild.note']"


@pytest.fixture
def town(server: Server, prepare: Preparing) -> Prepared:
    return prepare(server)


def check_of(town: Prepared) -> str:
    return town.begun.root.rpartition("/")[2]


def expect_fine(page: Page) -> None:
    assert find_violations(page) == []
    assert not scrolls_sideways(page)


def open_note(window: Window, town: Prepared) -> str:
    page = window.open(town.begun.questions(towns.questionnaire().criteria[0]))
    return str(page.locator(NOTE).input_value())


@pytest.mark.parametrize(("width", "scripts"), [(WIDE, False), (NARROW, True)])
def test_name_change_compare_and_go_back_by_keyboard(
    window: OpenWindow, town: Prepared, width: int, scripts: bool
) -> None:
    answer(town.visitor, check_of(town), choice="option:ja", note="vorher so")
    opened = town.hand_over(window(width=width, scripts=scripts))
    page = opened.open(f"{town.begun.root}/verlauf")
    keys = Keyboard(page)
    keys.enter("Name des Standes", NAME)
    keys.press("Stand benennen")
    answer(town.visitor, check_of(town), choice="option:nein", note="nachher so")
    keys.press("Vergleichen")
    assert "nachher so" in page.locator("main").inner_text()
    if scripts:
        expect_fine(page)
    page.go_back()
    keys.press("Zu diesem Stand zurückgehen")
    keys.press("Zu diesem Stand zurückgehen", tag="button")
    assert "Zurückgegangen" in page.locator("main").inner_text()
    assert open_note(opened, town) == "vorher so"
    opened.open(f"{town.begun.root}/verlauf")
    keys.press("Diese Änderung zurücknehmen")
    assert "Zurückgenommen" in page.locator("main").inner_text()
    assert keys.faults == []


def test_every_page_of_the_history_breaks_no_rule(window: OpenWindow, town: Prepared) -> None:
    check = check_of(town)
    name_state(town.visitor, check)
    answer(town.visitor, check, choice="option:ja", note="Ein Text " * 40)
    add_piece(town.visitor, check)
    listed = history(town.visitor, check)
    pages = [f"{town.begun.root}/verlauf", f"{town.begun.root}/verlauf?was=nachweise"]
    pages += [leads(listed, text) for text in ("Vergleichen", "Zu diesem", "Umbenennen", "Diesen Text überall")]
    for width, scheme in ((NARROW, "light"), (WIDE, "dark")):
        opened = town.hand_over(window(width=width, scheme=scheme))
        for address in pages:
            expect_fine(opened.open(urlsplit(address).path))


@pytest.mark.noisy(r"status of 409")
def test_a_conflict_is_decided_without_scripts(window: OpenWindow, town: Prepared) -> None:
    check = check_of(town)
    answer(town.visitor, check, note="eins")
    opened = town.hand_over(window(scripts=False))
    page = opened.open(f"{town.begun.root}/verlauf")
    answer(town.visitor, check, note="zwei")
    page.locator("button", has_text="Diese Änderung zurücknehmen: Erläuterung").click()
    assert page.get_by_role("heading", name="Zwischenzeitlich geändert").is_visible()
    page.get_by_role("button", name="Meine Angabe übernehmen").click()
    assert open_note(opened, town) == ""


def test_a_text_is_taken_out_without_scripts(window: OpenWindow, town: Prepared) -> None:
    check = check_of(town)
    answer(town.visitor, check, note="Herr Geheim")
    opened = town.hand_over(window(scripts=False))
    page = opened.open(f"{town.begun.root}/verlauf")
    page.locator("a", has_text="Diesen Text überall entfernen").first.click()
    assert "Herr Geheim" in page.locator("main").inner_text()
    page.get_by_role("button", name="Überall entfernen").click()
    assert "Herr Geheim" not in page.content()
    assert "entfernt am" in page.locator("main").inner_text()


def test_a_phone_shows_before_after_and_difference_of_points_on_one_line(window: OpenWindow, town: Prepared) -> None:
    answer(town.visitor, check_of(town), choice="option:ja", note="vorher so")
    opened = town.hand_over(window(width=NARROW))
    page = opened.open(f"{town.begun.root}/verlauf/vergleich?von=anfang&bis=jetzt")
    rows = page.get_by_role("table").locator("tbody tr")
    assert rows.count() == len(towns.questionnaire().criteria)
    tops = rows.first.locator("td").evaluate_all("cells => cells.map(cell => cell.getBoundingClientRect().top)")
    assert len(set(tops[:3])) == len(set(tops[3:])) == 1
    assert tops[0] < tops[3]
    expect_fine(page)
