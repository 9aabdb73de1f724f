"""Every text that people can type is one unbroken word, as long as it may be: no page gets wider than a phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

import pytest
from playwright.sync_api import Browser

from selfcheck.reporting.words import german
from selfcheck.store.database.times import local_day
from tests import applications, towns
from tests.browser.everything import serve, sit_down, unfold
from tests.browser.server import Server
from tests.browser.window import NARROW, Window, scrolls_sideways
from tests.web.document import Form, text_of
from tests.web.forms import BUTTONS, WHO
from tests.web.page import Page, Visitor, check
from tests.web.routes import PAGES, address_of, who_may_open
from tests.web.test_typed_html import choose_not_applicable
from tests.web.world import World

LONGEST, LONGEST_PAGE = 80, 40
WORD = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaften"
SPACE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }');
  document.adoptedStyleSheets = [sheet];
}"""
"""What WCAG 1.4.12 lets people do to a page."""
KEPT = ("hidden", "radio", "checkbox", "date")
DAYS = ("due", "ends", "valid_until", "interview", "awarded")
FILLED = (
    "overview.details",
    "goals.save",
    "checklist.save",
    "history.name",
    "team.office",
    "team.colleague",
    "sharing.create",
    "office.save",
    "accounts.name",
    "chamber.remind",
    "chamber.ask",
    "chamber.save_question",
    "chamber.add_text_block",
    "chamber.add_recommendation",
    "chamber.save_interview",
    "chamber.save_result_of",
    "reply.answer",
    "reply.answer_recommendation",
)
WIDER = """() => [...document.querySelectorAll('body *')]
  .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((each) => `${each.tagName}.${each.className}: ${each.textContent.trim().slice(0, 40)}`).slice(-4)"""


def longest_word(control: Element) -> str:
    """As long as the field takes it, and of the kind that it takes."""
    name = control.get("name", "")
    most = min(LONGEST, LONGEST_PAGE if name.endswith("page") else int(control.get("data-longest") or LONGEST))
    if name.endswith("mail"):
        return f"{WORD[:60]}@{'langename' * 5}.de"
    if name.endswith("link"):
        return f"https://example.org/{WORD * 4}"[:most]
    if control.get("inputmode") in ("tel", "decimal", "numeric") or name.endswith(
        ("due", "ends", "valid_until", "interview", "awarded")
    ):
        return control.get("value", "")
    return WORD[:most]


def fill(page: Page, form: Form) -> list[tuple[str, str]]:
    """What the form sends when every text in it is one long word."""
    words = {
        control.get("name", ""): longest_word(control)
        for control in page.controls
        if control.tag == "textarea" or (control.tag == "input" and control.get("type", "text") not in KEPT)
    }
    return [(name, words.get(name, value)) for name, value in form.fields]


def send(visitor: Visitor, page: Page, button: str, **more: str) -> None:
    found = next(text for each in page.all(".//button") if (text := text_of(each)).startswith(button))
    form = page.form(found)
    fields = [(name, value) for name, value in fill(page, form) if name not in more]
    answer = visitor.post(form.action or page.address, [*choose_not_applicable(fields), *more.items()])
    assert answer.status_code in (200, 303), f"{page.address}: {check(answer, wording=False).main}"


MORE = {
    "team.office": {"questions": towns.questionnaire().questions[0].id, "due": "01.06.2027"},
    "chamber.add_recommendation": {"about": f"frage:{towns.questionnaire().questions[0].id}"},
    "chamber.remind": {"due": german.day(local_day(datetime.now(UTC)))},
    "sharing.create": {"route": "y", "checklist": "y", "remarks": "y"},
}


@pytest.fixture(scope="module")
def served(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on the town with everything, in which every text is one long word."""
    world.reset()
    for criterion in towns.questionnaire().criteria:
        owner = world.join("owner")
        address = address_of(world, "questions.criterion", criterion_id=str(criterion.id))
        send(owner, owner.open(address), "Speichern und weiter")
    for endpoint in FILLED:
        visitor = world.join(WHO.get(endpoint, "owner"))
        where, button = BUTTONS[endpoint]
        send(visitor, visitor.open(address_of(world, where)), button, **MORE.get(endpoint, {}))
    applications.close(world.app)
    running = serve(world, tmp_path_factory.mktemp("long"), applications.DATABASE)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def narrow(chromium: Browser, served: Server) -> Iterator[Window]:
    window = Window(chromium, served.address, width=NARROW)
    yield window
    window.close(expected=r"status of 4\d\d|username fields")


def find_wide(window: Window, address: str) -> list[str]:
    """What of the page does not fit on a phone, as it is and with more space between letters."""
    page = window.open(address)
    unfold(window)
    found: list[str] = page.evaluate(WIDER) if scrolls_sideways(page) else []
    page.evaluate(SPACE)
    return [*found, *(f"spaced: {each}" for each in page.evaluate(WIDER))] if scrolls_sideways(page) else found


@pytest.mark.parametrize("endpoint", PAGES)
def test_no_page_gets_wider_than_a_phone(world: World, narrow: Window, endpoint: str) -> None:
    sit_down(narrow, world, who_may_open(endpoint))
    assert find_wide(narrow, address_of(world, endpoint)) == []


def test_no_criterion_does(world: World, narrow: Window) -> None:
    sit_down(narrow, world, "owner")
    for criterion in towns.questionnaire().criteria:
        assert find_wide(narrow, address_of(world, "questions.criterion", criterion_id=str(criterion.id))) == []
