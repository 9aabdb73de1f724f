"""On paper: whole blocks, no heading alone at a foot, and every sheet says of which town and which Stand it is."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.web.site.guides import NAMES, Guide, list_guides, read_guide
from tests import towns
from tests.browser.conftest import OpenWindow
from tests.browser.everything import sit_down
from tests.browser.paper import Sheet, read_sheets
from tests.browser.server import Server
from tests.web.routes import address_of
from tests.web.world import World

TOWN = "Musterstadt am Main"
OWN_PAGES = (
    "overview.overview",
    "questions.criterion",
    "results.result",
    "checklist.checklist",
    "goals.lists",
    "sharing.report",
)
QUESTION = re.compile(r"[A-E]\d+ ")
FEWEST, MOST = 8, 11
"""So many sheets all questions take."""
SMALLEST = 8.5
"""No letters on paper are smaller, in points."""


def print_out(page: Page) -> list[Sheet]:
    return read_sheets(page.pdf(prefer_css_page_size=True))


def headings_of(page: Page) -> set[str]:
    """All headings of the page, as they stand on paper in one line or several."""
    page.emulate_media(media="print")
    found = page.locator("main :is(h1, h2, h3, h4, caption)").all_inner_texts()
    return {" ".join(heading.split()) for heading in found if heading.strip()}


def heads_of(page: Page) -> set[str]:
    """The heads of all tables, which every sheet repeats, as a line of paper has them."""
    heads = [row.locator("th").all_inner_texts() for row in page.locator("main thead tr").all()]
    return {"".join(" ".join(cell.split()) for cell in head) for head in heads}


def find_torn(sheets: list[Sheet], headings: set[str]) -> list[str]:
    """The headings that stand at the foot of a sheet with nothing under them."""
    last = [sheet.texts[-1] for sheet in sheets[:-1] if sheet.texts]
    return [text for text in last if any(text == heading or heading.endswith(f" {text}") for heading in headings)]


@pytest.mark.parametrize("endpoint", OWN_PAGES)
def test_every_sheet_says_of_what_it_is_and_no_heading_stands_alone(
    world: World, served: Server, window: OpenWindow, endpoint: str
) -> None:
    opened = window(served.address)
    sit_down(opened, world, "owner")
    page = opened.open(address_of(world, endpoint))
    expect(page.get_by_role("button", name="Drucken").first).to_be_visible()
    headings = headings_of(page)
    sheets = print_out(page)
    for number, sheet in enumerate(sheets, start=1):
        assert TOWN in sheet.foot
        assert re.search(r"Stand .*\d\d\.\d\d\.\d{4}", sheet.foot), sheet.foot
        assert f"Seite {number} von {len(sheets)}" in sheet.foot
        assert sheet.texts, f"sheet {number} is empty"
    assert find_torn(sheets, headings) == []


@pytest.mark.parametrize("guide", list_guides(), ids=NAMES)
def test_a_guide_takes_few_sheets_and_says_where_its_sources_are(window: OpenWindow, guide: Guide) -> None:
    page = window().open(f"/hilfe/{guide.name}")
    expect(page.get_by_role("button", name="Drucken")).to_be_visible()
    headings = headings_of(page)
    sheets = print_out(page)
    assert len(sheets) <= 4
    assert find_torn(sheets, headings) == []
    for number, sheet in enumerate(sheets, start=1):
        assert guide.title in sheet.foot
        assert f"Seite {number} von {len(sheets)}" in sheet.foot
    whole = " ".join(text for sheet in sheets for text in sheet.texts)
    assert "https://" in whole.partition("Quellen")[2]
    assert "Zurück zur Hilfe" not in whole
    for line in guide.draft.splitlines():
        assert " ".join(line.split()[:6]) in whole


def test_the_draft_for_the_council_is_copied_with_one_click(window: OpenWindow) -> None:
    opened = window()
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened.open("/hilfe/beschluss")
    page.get_by_role("button", name="Text kopieren").click()
    expect(page.get_by_role("status")).to_have_text("Kopiert")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.split() == read_guide("beschluss").draft.split()


def find_torn_questions(sheets: list[Sheet], headings: set[str]) -> list[str]:
    """The first lines of sheets that go on with a question of the sheet before."""
    torn, inside = [], False
    for sheet in sheets:
        for place, text in enumerate(sheet.texts):
            begins = QUESTION.match(text) is not None
            if not place and inside and not begins and text not in headings:
                torn.append(text)
            inside = begins or (inside and text not in headings)
    return torn


@pytest.mark.parametrize("endpoint", ["questions.criterion", "sharing.report"])
def test_no_question_is_torn(world: World, served: Server, window: OpenWindow, endpoint: str) -> None:
    opened = window(served.address)
    sit_down(opened, world, "owner")
    page = opened.open(address_of(world, endpoint))
    headings = headings_of(page) | heads_of(page)
    assert find_torn_questions(print_out(page), headings) == []


def see_all_questions(page: Page, questionnaire: Questionnaire) -> None:
    """A few sheets, none begins inside a question, everything is there and large enough to read."""
    sheets = print_out(page)
    assert FEWEST <= len(sheets) <= MOST
    begin = re.compile(r"Alle Fragen|[A-E]\d* \w")
    torn = [sheet.texts[0] for sheet in sheets if not begin.match(sheet.texts[0])]
    assert torn == [], "a sheet begins in the middle of a question"
    whole = " ".join(text for sheet in sheets for text in sheet.texts)
    for question in questionnaire.questions:
        assert f"{question.number} {' '.join(question.text.split()[:4])}" in whole
    assert "Zählt:" in whole
    assert "Übliche Belege:" in whole
    assert all("Alle Fragen, Fragebogen Version" in sheet.foot for sheet in sheets)
    page.emulate_media(media="print")
    small = page.evaluate(
        """smallest => [...document.querySelectorAll("main .reading *")].filter(each =>
            each.checkVisibility() && each.textContent.trim() &&
            parseFloat(getComputedStyle(each).fontSize) * 0.75 < smallest).map(each => each.textContent)""",
        SMALLEST,
    )
    assert small == [], "letters too small to read"


def test_all_questions_take_a_few_sheets_and_none_is_torn(window: OpenWindow) -> None:
    see_all_questions(window().open("/fragen"), towns.questionnaire())


def test_so_do_those_of_the_version_that_new_self_checks_get(
    own_server: Callable[..., Server], window: OpenWindow
) -> None:
    server = own_server(SELFCHECK_QUESTIONNAIRES=str(towns.SHIPPED))
    see_all_questions(window(server.address).open("/fragen"), towns.shipped())


def test_one_department_gets_its_questions_on_its_own_sheet(window: OpenWindow) -> None:
    sheets = print_out(window().open("/fragen?fachbereich=kita"))
    assert len(sheets) <= 2
    assert "Kita-Verwaltung" in sheets[0].foot
    texts = [text for sheet in sheets for text in sheet.texts]
    assert sum("zuständig: Kita-" in text for text in texts) == 6


def test_without_a_script_nothing_offers_to_print_what_only_a_script_can(window: OpenWindow) -> None:
    plain = window(scripts=False)
    expect(plain.open("/beispiel").get_by_role("button", name="Drucken")).to_have_count(0)
    page = plain.open("/fragen")
    expect(page.get_by_role("button", name="Drucken")).to_have_count(0)
    assert FEWEST <= len(print_out(page)) <= MOST


def test_what_is_typed_into_a_search_narrows_the_page(window: OpenWindow) -> None:
    page = window().open("/fragen")
    expect(page.locator("article")).to_have_count(38)
    page.get_by_label("Suchen").fill("GIGABIT")
    expect(page.locator("article")).to_have_count(1)
    expect(page.get_by_role("status")).to_contain_text("1 von 38 Fragen")
    expect(page.get_by_label("Suchen")).to_be_focused()
    assert "suche=GIGABIT" in page.url
    page.get_by_label("Suchen").fill("")
    expect(page.locator("article")).to_have_count(38)
    page.get_by_label("Fachbereich", exact=True).select_option("Schule und Ganztag")
    expect(page.locator("article")).to_have_count(1)


def test_a_long_answer_that_is_cut_on_the_screen_is_whole_on_paper(window: OpenWindow) -> None:
    page = window().open("/beispiel")
    page.get_by_role("link", name="Den Selbstcheck dazu ansehen").click()
    page.get_by_role("navigation").get_by_role("link", name=re.compile("^Strategische Zielsetzung")).first.click()
    assert page.locator(".card--folded").count() > 0
    texts = [text for sheet in print_out(page) for text in sheet.texts]
    assert [text for text in texts if "…" in text] == []


def test_help_is_searched_while_one_types(window: OpenWindow) -> None:
    page = window().open("/hilfe")
    page.get_by_label("Suchen").fill("persönlichen link")
    expect(page.get_by_role("status")).to_contain_text("Themen")
    expect(page.get_by_role("heading", name="Wie komme ich später wieder hinein?")).to_be_visible()
    expect(page.get_by_role("heading", name="Sonderpunkte")).to_have_count(0)
