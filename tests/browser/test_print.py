"""On paper: whole blocks, no heading alone at a foot, and every sheet says of which town and which Stand it is."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.reporting.words import german
from selfcheck.reporting.words.question_points import list_points
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
    "evidence.register",
    "history.changes",
)
QUESTION = re.compile(r"[A-E]\d+ ")
FEWEST, MOST = 6, 8
"""So many sheets all questions take."""
SMALLEST, SMALLEST_TO_ANSWER = 8.5, 9
"""No letters on paper are smaller, in points: those of explanations, and those of questions and their answers."""
USED = 500
"""So far down, in points of 842, a sheet is used before the next one begins; a report keeps cover and tables whole."""
EACH_FOUR = 4
"""A department's own sheet is followed by another one with every so many questions."""


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


def announcements_of(page: Page) -> list[str]:
    """What stands between a heading and what it announces."""
    page.emulate_media(media="print")
    found = page.locator("main :is(h2, h3, .heading) + p:has(+ *)").all()
    return [" ".join(each.inner_text().split()) for each in found if each.is_visible()]


@pytest.mark.parametrize("endpoint", OWN_PAGES)
def test_every_sheet_says_of_what_it_is_and_no_heading_stands_alone(
    world: World, served: Server, window: OpenWindow, endpoint: str
) -> None:
    opened = window(served.address)
    sit_down(opened, world, "owner")
    page = opened.open(address_of(world, endpoint))
    expect(page.get_by_role("button", name="Drucken").first).to_be_visible()
    headings, announcements = headings_of(page), announcements_of(page)
    sheets = print_out(page)
    for number, sheet in enumerate(sheets, start=1):
        assert TOWN in sheet.foot
        assert re.search(r"Stand .*\d\d\.\d\d\.\d{4}", sheet.foot), sheet.foot
        assert f"Seite {number} von {len(sheets)}" in sheet.foot
        assert sheet.texts, f"sheet {number} is empty"
    assert find_torn(sheets, headings) == []
    if endpoint != "sharing.report":
        assert [sheet.lines[-1].y for sheet in sheets[:-1] if sheet.lines[-1].y < USED] == []
    last = [sheet.texts[-1] for sheet in sheets[:-1]]
    assert [text for text in announcements if text.endswith(tuple(last))] == [], (
        "it stands apart from what it announces"
    )


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


def see_nothing_torn(sheets: list[Sheet]) -> None:
    """No sheet begins inside a question, and none ends with what announces one."""
    begin = re.compile(r"Alle Fragen|[A-E]\d* \w")
    assert [sheet.texts[0] for sheet in sheets if not begin.match(sheet.texts[0])] == []
    assert [sheet.texts[-1] for sheet in sheets if re.match(r"[A-E]\d* \w", sheet.texts[-1])] == []


def find_small(page: Page, places: str, smallest: float) -> list[str]:
    """What is printed in smaller letters there."""
    page.emulate_media(media="print")
    found: list[str] = page.evaluate(
        """([places, smallest]) => [...document.querySelectorAll(places)].filter(each =>
            each.checkVisibility() && each.textContent.trim() &&
            parseFloat(getComputedStyle(each).fontSize) * 0.75 < smallest).map(each => each.textContent)""",
        [places, smallest],
    )
    return found


def see_all_questions(page: Page, questionnaire: Questionnaire) -> None:
    """A few sheets, none begins inside a question, everything is there and large enough to read."""
    sheets = print_out(page)
    assert FEWEST <= len(sheets) <= MOST
    see_nothing_torn(sheets)
    whole = " ".join(text for sheet in sheets for text in sheet.texts)
    for question in questionnaire.questions:
        assert f"{question.number} {' '.join(question.text.split()[:4])}" in whole
    assert whole.count("zuständig:") == len(questionnaire.questions)
    assert "Zählt:" in whole
    assert "Übliche Belege:" in whole
    assert all("Alle Fragen, Fragebogen Version" in sheet.foot for sheet in sheets)
    assert find_small(page, "main .reading *", SMALLEST) == []
    assert find_small(page, "main .reading :is(h3, .reading__answers *)", SMALLEST_TO_ANSWER) == []


def see_each_answer_with_its_points(page: Page, questionnaire: Questionnaire) -> None:
    page.emulate_media(media="print")
    for question in questionnaire.questions:
        rows = page.locator(f"#{question.id} .reading__options > li").all_inner_texts()
        told = [" ".join(row.split()) for row in rows]
        meant = [f"{row.text} {german.points(row.points)}" for row in list_points(question)]
        assert told == [" ".join(row.split()) for row in meant]


def see_departments(page: Page, questionnaire: Questionnaire) -> None:
    """Each department gets a sheet of its own, with more only where it has many questions."""
    for department in questionnaire.departments:
        asked = [question for question in questionnaire.questions if question.department == department.id]
        page.goto(f"{page.url.partition('?')[0]}?fachbereich={department.id}")
        sheets = print_out(page)
        assert len(sheets) <= 1 + len(asked) // EACH_FOUR, department.title
        see_nothing_torn(sheets)
        assert all(department.title in sheet.foot for sheet in sheets)
        whole = " ".join(text for sheet in sheets for text in sheet.texts)
        assert whole.count("zuständig:") == len(asked)
        assert all(f"{question.number} {question.text.split()[0]}" in whole for question in asked)


@pytest.fixture(params=["2026-1", "2026-2"])
def all_questions(
    request: pytest.FixtureRequest, own_server: Callable[..., Server], window: OpenWindow
) -> tuple[Page, Questionnaire]:
    """The page with all questions of that version."""
    if request.param == towns.questionnaire().version:
        return window().open("/fragen"), towns.questionnaire()
    server = own_server(SELFCHECK_QUESTIONNAIRES=str(towns.SHIPPED))
    return window(server.address).open("/fragen"), towns.shipped()


def test_all_questions_take_a_few_sheets_and_none_is_torn(all_questions: tuple[Page, Questionnaire]) -> None:
    see_all_questions(*all_questions)
    see_each_answer_with_its_points(*all_questions)


def test_every_department_gets_its_own_sheets(all_questions: tuple[Page, Questionnaire]) -> None:
    see_departments(*all_questions)


def test_good_examples_of_towns_take_no_more_sheets(world: World, served: Server, window: OpenWindow) -> None:
    opened = window(served.address)
    sit_down(opened, world, "owner")
    see_all_questions(opened.open("/fragen"), towns.questionnaire())


def test_one_department_gets_its_questions_on_its_own_sheet(window: OpenWindow) -> None:
    sheets = print_out(window().open("/fragen?fachbereich=kita"))
    assert len(sheets) <= 2
    assert "Kita-Verwaltung" in sheets[0].foot
    texts = [text for sheet in sheets for text in sheet.texts]
    assert sum("zuständig: Kita-" in text for text in texts) == 6


def test_folded_rows_go_on_with_their_table_on_paper(world: World, served: Server, window: OpenWindow) -> None:
    opened = window(served.address)
    sit_down(opened, world, "owner")
    page = opened.open(address_of(world, "results.result"))
    folded = page.get_by_role("table", name="Weitere Fragen ohne gültigen Beleg", include_hidden=True)
    assert folded.locator("thead th").all_text_contents() == ["Frage", "Was fehlt", "Punkte"]
    lines = [text for sheet in print_out(page) for text in sheet.texts]
    begins = next(place for place, text in enumerate(lines) if text.startswith("Fehlende Belege"))
    ends = next(place for place, text in enumerate(lines) if text.startswith("Der Weg zur Marke"))
    printed = [text for text in lines[begins:ends] if "Was fehlt" in text]
    assert len(printed) == 1
    page.emulate_media(media="print")
    columns = (
        "table => [...table.querySelector('tbody tr').cells].map(cell => Math.round(cell.getBoundingClientRect().x))"
    )
    above = page.get_by_role("table", name="Fragen ohne gültigen Beleg", exact=True)
    assert folded.evaluate(columns) == above.evaluate(columns)


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
