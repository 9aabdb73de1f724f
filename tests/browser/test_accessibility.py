"""Every page in every state, in light and dark, wide and narrow: axe finds nothing, and nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from selfcheck.core.questionnaire.model import Kind
from tests import towns
from tests.browser import journey
from tests.browser.prepared import Prepared, Preparing
from tests.browser.server import Server
from tests.browser.window import NARROW, WIDE, Window, find_violations, scrolls_sideways
from tests.web.document import text_of

CRITERIA = towns.questionnaire().criteria
NUMBER = next(each for each in towns.questionnaire().questions if each.kind is Kind.NUMBER)
PUBLIC = (
    "/",
    "/ihk?kreis=06415",
    "/fragen",
    "/fragen?drucken",
    "/hilfe",
    "/hilfe/pruefgespraech",
    "/hilfe/ziele",
    "/hilfe/sonderpunkte",
    "/hilfe/beschluss",
    "/hilfe/gemeinsam",
    "/hilfe/ausgezeichnet",
    "/pruefbogen",
    "/impressum",
    "/datenschutz",
    "/barrierefreiheit",
    "/leichte-sprache",
    "/beispiel",
    "/selbstcheck/neu",
    "/selbstcheck/neu/aus-datei",
    "/selbstchecks",
    "/gibt-es-nicht",
)
OWN = (
    "",
    "/angaben",
    "/persoenlicher-link",
    "/abmelden",
    "/loeschen",
    *(f"/fragen/{criterion.id}" for criterion in CRITERIA),
    f"/fragen/{CRITERIA[0].id}?zeige=ohne-beleg",
    "/ergebnis",
    "/ergebnis?einheit=punkte",
    f"/ergebnis/was-waere-wenn?frage={NUMBER.id}&wert.{NUMBER.id}=viele",
    "/checkliste",
    "/ziele",
    "/ziele?offen=goal.1",
    "/ziele/goal.1/entfernen",
    "/pruefbogen",
    "/pruefbogen/1/entfernen",
    "/verlauf",
    "/team",
    "/team/fachbereiche",
    "/team/fachbereich",
    "/team/fachbereich/neu?fachbereich=kita",
    "/team/kollegium/neu",
    "/team/uebergeben",
    "/uebernehmen",
    "/erinnerungen",
    "/teilen",
    "/teilen/vorschau?route=1&checklist=1",
)
NOT_EMPTY = ("/abmelden", "/ziele/goal.1/entfernen", "/pruefbogen/1/entfernen")
Look = tuple[Literal["light", "dark"], int, bool]
LOOKS: tuple[Look, ...] = (
    ("light", WIDE, True),
    ("dark", NARROW, True),
    ("dark", WIDE, False),
    ("light", NARROW, False),
)
"""Colour scheme, width, and whether all rules are checked or only those that depend on the look."""


@dataclass(frozen=True)
class Views:
    """One window per look, each with the same cookie."""

    windows: tuple[tuple[Window, bool], ...]

    def inspect(self, path: str, prepare_page: Callable[[Page], None] | None = None) -> None:
        """Opens `path` in every look, brings it into the state, and fails with everything that is wrong."""
        faults = []
        for window, thoroughly in self.windows:
            page = window.open(path)
            if prepare_page is not None:
                prepare_page(page)
            open_all_details(page)
            where = f"{path} {window.name}"
            faults += [f"{where}: {each}" for each in find_violations(page, thoroughly=thoroughly)]
            if scrolls_sideways(page):
                faults.append(f"{where}: scrolls sideways")
        assert not faults, "\n".join(faults)


def open_all_details(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")


@pytest.fixture(scope="module")
def filled(server: Server, prepare: Preparing) -> Prepared:
    """With a goal out of a measure, and a Stand to look back to."""
    town = prepare(server, towns.sample().answers)
    goals = town.visitor.open(f"{town.begun.root}/ziele")
    button = next(text_of(each) for each in goals.all(".//button[@name='measure']"))
    town.visitor.press(goals, button)
    sheet = town.visitor.open(f"{town.begun.root}/pruefbogen")
    new = next(name for name in (str(each.get("name")) for each in sheet.controls) if name.startswith("only_there.n"))
    question = CRITERIA[0].questions[0].id
    added = {f"{new.rpartition('.')[0]}.title": "Leerstandskataster?", f"sheet.{question}.points": "2"}
    town.visitor.press(sheet, "Speichern", added)
    history = town.visitor.open(f"{town.begun.root}/verlauf")
    town.visitor.press(history, "Stand benennen", {"name": "Vor der Sommerpause"})
    return town


@pytest.fixture(scope="module")
def empty(server: Server, prepare: Preparing) -> Prepared:
    return prepare(server, interview="")


def open_views(
    chromium: Browser, server: Server, town: Prepared | None, looks: Sequence[Look] = LOOKS
) -> Iterator[Views]:
    windows = [
        (Window(chromium, server.address, width=width, scheme=scheme), thoroughly)
        for scheme, width, thoroughly in looks
    ]
    for window, _ in windows:
        if town is not None:
            town.hand_over(window)
    yield Views(tuple(windows))
    for window, _ in windows:
        window.close(expected=r"status of 4\d\d")


@pytest.fixture(scope="module")
def nobodys(chromium: Browser, server: Server) -> Iterator[Views]:
    yield from open_views(chromium, server, None)


@pytest.fixture(scope="module")
def of_filled(chromium: Browser, server: Server, filled: Prepared) -> Iterator[Views]:
    yield from open_views(chromium, server, filled)


@pytest.fixture(scope="module")
def of_empty(chromium: Browser, server: Server, empty: Prepared) -> Iterator[Views]:
    yield from open_views(chromium, server, empty, LOOKS[:2])


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages(nobodys: Views, path: str) -> None:
    nobodys.inspect(path)


@pytest.mark.parametrize("path", OWN)
def test_pages_of_a_filled_self_check(of_filled: Views, filled: Prepared, path: str) -> None:
    of_filled.inspect(filled.begun.root + path)


@pytest.mark.parametrize("path", [each for each in OWN if "?" not in each and each not in NOT_EMPTY])
def test_pages_of_an_empty_self_check(of_empty: Views, empty: Prepared, path: str) -> None:
    of_empty.inspect(empty.begun.root + path)


def test_list_of_self_checks(of_filled: Views) -> None:
    of_filled.inspect("/selbstchecks")


def test_links_that_open_something(nobodys: Views, filled: Prepared) -> None:
    nobodys.inspect(filled.make_personal_link())
    nobodys.inspect(filled.share())


def test_new_link_to_a_report(of_filled: Views, filled: Prepared) -> None:
    def create(page: Page) -> None:
        page.get_by_role("button", name="Link erstellen").click()
        expect(page.get_by_label("Link zum Bericht")).to_be_visible()

    of_filled.inspect(f"{filled.begun.root}/teilen", create)


def test_shared_report(of_filled: Views, filled: Prepared) -> None:
    filled.share()

    def follow(page: Page) -> None:
        page.get_by_role("link", name="Bericht ansehen").first.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()

    of_filled.inspect(f"{filled.begun.root}/teilen", follow)


def test_refused_begin(nobodys: Views) -> None:
    def send_nothing(page: Page) -> None:
        page.get_by_role("button", name="Beginnen").click()
        expect(page.get_by_role("alert")).to_be_visible()

    nobodys.inspect("/selbstcheck/neu", send_nothing)


def test_refused_details(of_empty: Views, empty: Prepared) -> None:
    def send_wrong(page: Page) -> None:
        page.get_by_label("Name der Kommune").fill("")
        page.get_by_label("E-Mail").fill("keine Adresse")
        page.get_by_role("button", name="Speichern").click()
        expect(page.get_by_role("alert")).to_be_visible()

    of_empty.inspect(f"{empty.begun.root}/angaben", send_wrong)


def test_refused_answer(of_empty: Views, empty: Prepared) -> None:
    question = NUMBER

    def answer_wrong(page: Page) -> None:
        field = journey.card_of(page, question).get_by_label("Ihre Angabe")
        field.fill("viele")
        field.blur()
        expect(journey.card_of(page, question).get_by_role("alert")).to_be_visible()

    def send_wrong(page: Page) -> None:
        answer_wrong(page)
        page.get_by_role("button", name="Speichern und weiter").click()
        expect(page.get_by_role("heading", name="Noch nicht alles gespeichert")).to_be_visible()
        expect(journey.card_of(page, question).get_by_role("alert")).to_be_visible()
        expect(journey.card_of(page, question).get_by_text("Fehler:")).to_have_count(1)

    path = f"{empty.begun.root}/fragen/{question.criterion}"
    of_empty.inspect(path, answer_wrong)
    of_empty.inspect(path, send_wrong)


def test_conflict(of_empty: Views, empty: Prepared) -> None:
    question = CRITERIA[2].questions[0]
    path = f"{empty.begun.root}/fragen/{question.criterion}"

    def meet(page: Page) -> None:
        other = page.context.new_page()
        other.goto(path)
        for each, text in ((other, "Andere Fassung"), (page, "Meine Fassung")):
            note = journey.card_of(each, question).get_by_label("Erläuterung", exact=True)
            note.fill(f"{text} {page.viewport_size}")
            note.blur()
            place = journey.card_of(each, question)
            expect(
                place.get_by_text("Gespeichert").or_(place.get_by_role("heading", name="geändert")).first
            ).to_be_visible()
        other.close()
        expect(page.get_by_role("heading", name="Zwischenzeitlich geändert")).to_be_visible()

    of_empty.inspect(path, meet)
