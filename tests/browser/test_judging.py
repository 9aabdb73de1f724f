"""Prüfansicht: with keys alone, without scripts, and in every state that a page of advisors can be in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from selfcheck.core.questionnaire.model import Question
from selfcheck.web.http import clock
from tests import reviews, towns
from tests.browser.conftest import OpenWindow
from tests.browser.keyboard import Keyboard
from tests.browser.prepared import Prepared, Preparing
from tests.browser.server import Server
from tests.browser.test_accessibility import Views, open_views
from tests.browser.window import NARROW, WIDE, Window
from tests.web.page import Visitor

QUESTIONS = towns.questionnaire().questions
FIRST, SECOND, THIRD = QUESTIONS[:3]
CHANGED = towns.questionnaire().criteria[1].questions[0]
VERDICTS = ("reicht", "fehlt", "unklar", "im Gespräch klären")
MAIL = "erika@pruefstadt.example"


@dataclass(frozen=True)
class Case:
    """What a town has shared, and an advisor of its chamber."""

    id: str
    town: Prepared
    advisor: Prepared

    @property
    def root(self) -> str:
        return f"/beratung/{self.id}"

    def question(self, question: Question) -> str:
        return f"{self.root}/fragen/{question.id}"


def make_case(server: Server, prepare: Preparing, name: str, number: int) -> Case:
    """A case of its own, for an advisor of its own."""
    mail = f"{number}.{MAIL}"
    town = prepare(server, towns.sample().answers, municipality=name).sign_in(mail)
    app = town.visitor.client.application
    visitor = Visitor(app.test_client())
    case_id = reviews.send(app, town.begun.id, mail)
    reviews.add_advisor(app, visitor, f"rat{number}@ihk.example", f"Berta Rat {number}")
    return Case(case_id, town, Prepared(town.begun, visitor))


@pytest.fixture
def case(server: Server, prepare: Preparing, request: pytest.FixtureRequest) -> Case:
    return make_case(server, prepare, "Tastenstadt", abs(hash(request.node.name)) % 10**8)


@pytest.fixture(scope="module")
def reviewed(server: Server, prepare: Preparing) -> Case:
    """In the middle of it: points, a Rückfrage, a recommendation, a reminder, and a second Stand."""
    case = make_case(server, prepare, "Pruefstadt", 0)
    app, petra, erika = case.advisor.visitor.client.application, case.advisor.visitor, case.town.visitor
    petra.press(petra.open(case.root), "Übernehmen")
    petra.press(petra.open(case.question(FIRST)), "wie Kommune")
    petra.press(petra.open(case.question(CHANGED)), "wie Kommune")
    reviews.ask(app, case.id, CHANGED.id)
    due = {"due": f"{clock.today():%d.%m.%Y}", "text": "Nachfragen"}
    petra.press(petra.open(f"{case.root}/erinnern"), "Speichern", due)
    address = f"{case.root}/empfehlungen/neu?zu=frage:{CHANGED.id}"
    petra.press(petra.open(address), "Empfehlung speichern", {"title": "Lotsen am Bahnhof"})
    questions = erika.open(f"{case.town.begun.root}/fragen/{CHANGED.criterion}")
    erika.press(questions, "Speichern und weiter", {f"{CHANGED.id}.note": "Seit Mai neu"})
    reviews.send(app, case.town.begun.id, f"0.{MAIL}")
    return case


@pytest.fixture(scope="module")
def views(chromium: Browser, server: Server, reviewed: Case) -> Iterator[Views]:
    yield from open_views(chromium, server, reviewed.advisor)


def open_question(opened: Window, case: Case, question: Question) -> Page:
    return case.advisor.hand_over(opened).open(case.question(question))


@pytest.mark.noisy("422")
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_question_is_judged_without_a_mouse(window: OpenWindow, case: Case, width: int) -> None:
    keys = Keyboard(open_question(window(width=width), case, FIRST))
    page = keys.page
    keys.enter("Eigene Einschätzung", "0")
    keys.choose("im Gespräch klären", VERDICTS)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert").or_(page.get_by_role("link", name=re.compile("begründen"))).first).to_be_visible()
    keys.go_to("Begründung")
    page.keyboard.type("Der Beschluss ist alt")
    keys.enter("Interne Notiz", "Nachsehen")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(SECOND.text)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_text("1 von 38 eingeschätzt")).to_be_visible()
    expect(page.locator("[data-place]")).to_contain_text("Frage 2 von 38")
    assert not keys.faults, "\n".join(sorted(set(keys.faults)))


def test_keys_lead_to_the_next_and_the_previous_open_question(window: OpenWindow, case: Case) -> None:
    page = open_question(window(), case, FIRST)
    heading = page.get_by_role("heading", level=1)
    for key, question in (("Alt+n", SECOND), ("Alt+n", THIRD), ("Alt+p", SECOND), ("Alt+p", FIRST)):
        page.wait_for_load_state()
        page.keyboard.press(key)
        expect(heading).to_have_text(question.text)
        expect(heading).to_be_focused()
        expect(page.locator("[data-place]")).to_contain_text(question.number)


def test_keys_without_a_modifier_only_type(window: OpenWindow, case: Case) -> None:
    page = open_question(window(), case, FIRST)
    page.get_by_label("Interne Notiz").press_sequentially("np")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Interne Notiz")).to_have_value("np\n")
    expect(page.get_by_role("heading", level=1)).to_have_text(FIRST.text)
    page.get_by_role("button", name="Speichern", exact=True).last.click()
    expect(page.get_by_text(re.compile(r"Gespeichert \d"))).to_be_visible()
    expect(page.get_by_label("Interne Notiz")).to_have_value(re.compile("^np"))


def test_three_questions_are_judged_without_scripts(window: OpenWindow, case: Case) -> None:
    page = open_question(window(scripts=False), case, FIRST)
    page.get_by_role("button", name="wie Kommune").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(SECOND.text)
    page.get_by_label("unklar").check()
    page.get_by_role("button", name="Speichern und weiter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(THIRD.text)
    page.get_by_label("Interne Notiz").fill("Wer ist das?")
    page.get_by_label("im Gespräch klären").check()
    page.get_by_role("button", name="Speichern", exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(THIRD.text)
    expect(page.get_by_label("Interne Notiz")).to_have_value("Wer ist das?")
    expect(page.get_by_text("3 von 38 eingeschätzt").first).to_be_visible()


PAGES = (
    "",
    "/bericht",
    "/fragen/{question}",
    "/tabelle",
    "/differenz",
    "/aenderungen",
    "/empfehlungen",
    "/empfehlungen/senden",
    "/gespraech",
    "/ergebnis",
    "/freigeben?judgements=y",
    "/rueckfragen/{question}",
    "/gutes-beispiel/{question}",
    "/erinnern",
    "/markieren",
    "/abgeben",
)
LISTS = (
    "/beratung",
    "/beratung?gruppe=alle",
    "/beratung?suche=nirgends",
    "/beratung/rueckfragen",
    "/beratung/textbausteine",
)


@pytest.mark.parametrize("path", PAGES)
def test_pages_of_a_running_review(views: Views, reviewed: Case, path: str) -> None:
    views.inspect(reviewed.root + path.format(question=CHANGED.id))


@pytest.mark.parametrize("path", LISTS)
def test_lists_of_an_advisor(views: Views, path: str) -> None:
    views.inspect(path)


def test_refused_points(views: Views, reviewed: Case) -> None:
    def send_wrong(page: Page) -> None:
        page.get_by_label("Eigene Einschätzung").fill("viel")
        page.get_by_role("button", name="Speichern und weiter").click()
        expect(page.get_by_role("alert").first).to_be_visible()

    views.inspect(reviewed.question(SECOND), send_wrong)


def test_refused_query(views: Views, reviewed: Case) -> None:
    def ask_nothing(page: Page) -> None:
        page.get_by_role("button", name="Rückfrage stellen").click()
        expect(page.get_by_role("alert").first).to_be_visible()

    views.inspect(reviewed.question(SECOND), ask_nothing)


def test_two_advisors_at_one_note(views: Views, reviewed: Case) -> None:
    def meet(page: Page) -> None:
        other = page.context.new_page()
        other.goto(reviewed.question(THIRD))
        for each, text in ((other, "Andere Fassung"), (page, "Meine Fassung")):
            each.get_by_label("Interne Notiz").fill(f"{text} {page.viewport_size}")
            each.get_by_role("button", name="Speichern", exact=True).last.click()
            each.wait_for_load_state()
        other.close()
        expect(page.get_by_role("heading", name="Zwischenzeitlich geändert")).to_be_visible()

    views.inspect(reviewed.question(THIRD), meet)


def test_refused_result(views: Views, reviewed: Case) -> None:
    def send_wrong(page: Page) -> None:
        page.locator("[name$='.points']").first.fill("viel")
        page.get_by_role("button", name="Speichern", exact=True).click()
        expect(page.get_by_role("alert").first).to_be_visible()

    views.inspect(f"{reviewed.root}/ergebnis", send_wrong)
