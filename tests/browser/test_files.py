"""A file for a piece of evidence: with the keyboard, by drag and drop, stopped on its way, and without our script."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Locator, Page, Route, expect

from selfcheck.core.questionnaire.model import QuestionId
from tests import towns
from tests.browser import journey
from tests.browser.conftest import OpenWindow
from tests.browser.prepared import Prepared, Preparing
from tests.browser.server import Server
from tests.browser.window import NARROW, WIDE, Window, find_violations, scrolls_sideways
from tests.core.files import made

QUESTION = towns.questionnaire().question[QuestionId("leitbild")]
CRITERION = towns.questionnaire().criteria[0]
LEITBILD: FilePayload = {"name": "Leitbild Grünstadt.pdf", "mimeType": "application/pdf", "buffer": made.PDF}
WRONG: FilePayload = {"name": "Liste.xlsx", "mimeType": "application/pdf", "buffer": made.PDF}
DROP = """(text) => {
  const carried = new DataTransfer();
  carried.items.add(new File([text], "Satzung.pdf", { type: "application/pdf" }));
  return carried;
}"""


@pytest.fixture
def town(server: Server, prepare: Preparing, request: pytest.FixtureRequest) -> Prepared:
    mail = re.sub(r"\W+", "-", request.node.name)
    return prepare(server).sign_in(f"{mail}@example.org")


@pytest.fixture
def open_piece(window: OpenWindow, town: Prepared) -> Callable[..., Window]:
    """Opens the questions in a window of somebody with an account."""

    def open_window(**options: bool | int | str) -> Window:
        opened = town.hand_over(window(**options))
        opened.open(f"{town.begun.questions(CRITERION)}?offen=alle")
        return opened

    return open_window


def open_dialog(page: Page) -> Locator:
    """Opens the dialog of a new piece.

    As long as somebody listens the browser hands over its dialogs for files. It has to hear of that before the key:
    else it may open one of its own, and close it at once.
    """
    page.on("filechooser", lambda _: None)
    card = journey.card_of(page, QUESTION)
    card.get_by_label("Ja", exact=True).check()
    card.get_by_role("link", name="Eigenen Beleg hinzufügen").click()
    return page.get_by_role("dialog", name=f"Beleg zu {QUESTION.number}")


def choose(page: Page, dialog: Locator, file: FilePayload) -> None:
    """With the keyboard alone."""
    dialog.get_by_label("hochladen").focus()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(file)


def inspect(page: Page) -> None:
    faults = find_violations(page)
    assert not faults, "\n".join(faults)
    assert not scrolls_sideways(page)


@pytest.mark.noisy("422")
@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_a_file_is_chosen_refused_chosen_again_and_renewed(
    open_piece: Callable[..., Window], width: int, scheme: str
) -> None:
    page = open_piece(width=width, scheme=scheme).page
    dialog = open_dialog(page)
    inspect(page)
    choose(page, dialog, WRONG)
    expect(dialog.get_by_role("status").filter(has_text="ist aber ein PDF")).to_be_visible()
    expect(dialog.get_by_label("Datei hochladen")).to_be_focused()
    inspect(page)
    choose(page, dialog, LEITBILD)
    expect(dialog.get_by_text("Datei gespeichert")).to_be_visible()
    expect(dialog.get_by_label("Titel")).to_have_value("Leitbild Grünstadt")
    inspect(page)
    carried = page.evaluate_handle(DROP, made.PDF.decode() + " ")
    dialog.locator("[data-upload]").dispatch_event("drop", {"dataTransfer": carried})
    expect(dialog.get_by_role("link", name="Satzung.pdf", exact=True)).to_be_visible()
    dialog.get_by_text("Frühere Fassungen (1)").click()
    with page.expect_download() as download:
        dialog.get_by_role("link", name="Leitbild Grünstadt.pdf", exact=True).click()
    assert download.value.suggested_filename == "Leitbild Grünstadt.pdf"
    page.keyboard.press("Escape")
    card = journey.card_of(page, QUESTION)
    expect(card.get_by_text("Satzung.pdf (1 kB")).to_be_visible()
    expect(card.get_by_text("Fundstelle fehlt")).to_have_count(0)


def test_a_file_that_was_chosen_by_mistake_goes_with_one_click(open_piece: Callable[..., Window]) -> None:
    page = open_piece(width=NARROW).page
    dialog = open_dialog(page)
    choose(page, dialog, LEITBILD)
    expect(dialog.get_by_role("link", name="Zurück", exact=True)).to_be_visible()
    inspect(page)
    dialog.get_by_role("button", name="Datei wieder entfernen").click()
    expect(page.get_by_role("heading", name="Datei entfernt")).to_be_visible()
    expect(page.get_by_role("link", name=LEITBILD["name"], exact=True)).to_have_count(0)
    inspect(page)


def test_an_upload_is_stopped_on_its_way(open_piece: Callable[..., Window]) -> None:
    page = open_piece().page
    dialog = open_dialog(page)
    waiting: list[Route] = []
    page.route(
        "**/nachweise/**", lambda route: waiting.append(route) if route.request.method == "POST" else route.continue_()
    )
    choose(page, dialog, LEITBILD)
    expect(dialog.get_by_role("progressbar", name="Fortschritt")).to_be_visible()
    expect(dialog.get_by_role("button", name="Abbrechen")).to_be_focused()
    inspect(page)
    page.keyboard.press("Enter")
    expect(dialog.get_by_text("Abgebrochen. Die Datei wurde nicht gespeichert.")).to_be_visible()
    expect(dialog.get_by_role("progressbar")).to_be_hidden()
    assert len(waiting) == 1


def test_what_is_typed_while_a_file_is_on_its_way_stays(open_piece: Callable[..., Window]) -> None:
    page = open_piece().page
    dialog = open_dialog(page)
    waiting: list[Route] = []
    page.route(
        "**/nachweise/**", lambda route: waiting.append(route) if route.request.method == "POST" else route.continue_()
    )
    dialog.get_by_label("Titel").fill("Leitbild 2035")
    choose(page, dialog, LEITBILD)
    expect(dialog.get_by_role("progressbar", name="Fortschritt")).to_be_visible()
    seen = dialog.get_by_label("Seite", exact=True)
    seen.fill("4")
    waiting.pop().continue_()
    expect(dialog.get_by_text("Datei gespeichert")).to_be_visible()
    expect(seen).to_have_value("4")
    expect(seen).to_be_focused()
    expect(dialog.get_by_label("Titel")).to_have_value("Leitbild 2035")
    page.unroute_all()
    dialog.get_by_role("button", name="Beleg speichern").click()
    expect(dialog).to_have_count(0)
    expect(journey.card_of(page, QUESTION).get_by_text("Fundstelle fehlt")).to_have_count(0)
    expect(journey.card_of(page, QUESTION)).to_contain_text("Seite 4")


@pytest.mark.noisy("Failed to load resource")
def test_a_server_that_is_gone_is_told_and_the_file_can_be_sent_again(open_piece: Callable[..., Window]) -> None:
    page = open_piece().page
    dialog = open_dialog(page)
    dialog.get_by_label("Titel").fill("Leitbild 2035")
    page.route("**/nachweise/**", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    choose(page, dialog, LEITBILD)
    expect(dialog.get_by_text("Die Datei ist nicht angekommen.")).to_be_visible()
    expect(dialog.get_by_role("progressbar")).to_be_hidden()
    page.unroute("**/nachweise/**")
    choose(page, dialog, LEITBILD)
    expect(dialog.get_by_text("Datei gespeichert")).to_be_visible()
    expect(dialog.get_by_label("Titel")).to_have_value("Leitbild 2035")


def test_two_tabs_send_a_file_each_and_both_are_kept(open_piece: Callable[..., Window], town: Prepared) -> None:
    window = open_piece()
    page = window.open(f"{town.begun.root}/nachweise/{QUESTION.id}/neu")
    choose_on(page, LEITBILD)
    address = page.url
    other = window.another_tab()
    other.goto(address)
    choose_on(page, {**LEITBILD, "name": "Satzung.pdf", "buffer": made.PDF + b" "})
    choose_on(other, {**LEITBILD, "name": "Konzept.pdf", "buffer": made.PDF + b"  "})
    expect(other.get_by_text("Frühere Fassungen (2)")).to_be_visible()
    expect(other.get_by_role("link", name="Konzept.pdf", exact=True)).to_be_visible()


def choose_on(page: Page, file: FilePayload) -> None:
    page.get_by_label("hochladen").set_input_files([file])
    expect(page.get_by_role("link", name=file["name"], exact=True)).to_be_visible()


def test_without_our_script_it_goes_with_the_form(open_piece: Callable[..., Window], town: Prepared) -> None:
    window = open_piece(scripts=False)
    page = window.open(f"{town.begun.root}/nachweise/{QUESTION.id}/neu")
    page.get_by_label("Titel").fill("Leitbild 2035")
    page.get_by_label("Datei hochladen").set_input_files([LEITBILD])
    page.get_by_role("button", name="Beleg speichern").click()
    expect(journey.card_of(page, QUESTION).get_by_text("Leitbild Grünstadt.pdf (1 kB")).to_be_visible()
    window.open(f"{town.begun.root}/nachweise")
    expect(page.get_by_text("Datei: Leitbild Grünstadt.pdf (1 kB")).to_be_visible()
