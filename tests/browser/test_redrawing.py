"""What an answer of the server draws anew: never anything older, and nothing away from under somebody's hands."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import APIResponse, FloatRect, Locator, Page, Route, expect

from selfcheck.core.questionnaire.model import Kind, Option, OptionId, Question
from selfcheck.core.rules.answers import Answer, State
from selfcheck.reporting.words import german
from tests import towns
from tests.browser import journey
from tests.browser.conftest import OpenWindow
from tests.browser.prepared import Prepared, Preparing
from tests.browser.server import Server
from tests.browser.window import HEIGHT, NARROW, WIDE

CRITERION = towns.questionnaire().criteria[0]
FIRST, SECOND, *_ = (each for each in CRITERION.questions if each.kind in (Kind.YES_NO, Kind.ONE))
ALL = len(towns.questionnaire().questions)


class Held:
    """The answer to the first save: the server has saved, and the page does not know it yet."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._route: Route | None = None
        self._answer: APIResponse | None = None
        page.route("**/*", self._hold)

    def _hold(self, route: Route) -> None:
        if route.request.method != "POST" or self._route:
            route.fallback()
            return
        self._route = route
        self._answer = route.fetch()

    def expect_it(self) -> None:
        """Waits until the server has saved."""
        while self._answer is None:
            self.page.wait_for_timeout(20)

    def let_go(self) -> None:
        """Lets it through, and waits until the page has drawn it."""
        assert self._route
        assert self._answer
        with self.page.expect_request_finished(lambda request: request.method == "POST"):
            self._route.fulfill(response=self._answer)
        self.page.evaluate("() => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)))")


@pytest.fixture
def town(server: Server, prepare: Preparing) -> Prepared:
    return prepare(server)


@pytest.fixture
def open_questions(window: OpenWindow, town: Prepared) -> Callable[..., Page]:
    """Opens the first criterion, all cards open."""

    def open_page(**options: int) -> Page:
        return town.hand_over(window(**options)).open(f"{town.begun.questions(CRITERION)}?offen=alle")

    return open_page


def best(question: Question) -> Option:
    return max(question.options, key=lambda option: option.points)


def tick(page: Page, question: Question) -> None:
    group = journey.card_of(page, question).get_by_role("group", name=question.text, exact=True)
    group.get_by_label(best(question).text, exact=True).check()


def state_of(page: Page, question: Question) -> Locator:
    return journey.card_of(page, question).locator("[data-save-state]")


def box_of(control: Locator) -> FloatRect:
    box = control.bounding_box()
    assert box
    return box


def test_points_of_an_answer_that_was_overtaken_are_not_drawn(open_questions: Callable[..., Page]) -> None:
    page = open_questions()
    held = Held(page)
    tick(page, FIRST)
    held.expect_it()
    tick(page, SECOND)
    expect(state_of(page, SECOND)).to_have_text(journey.SAVED)
    given = {each.id: Answer(State.GIVEN, OptionId(best(each).id)) for each in (FIRST, SECOND)}
    reached = german.points(journey.expected(given).reached)
    total = page.locator("[data-total]")
    expect(total).to_contain_text(re.compile(rf"\b{reached} von"))
    beside = [
        page.locator(place)
        for place in ("[data-criterion]", "nav.nav[data-nav] >> visible=true", "[data-index] >> visible=true")
    ]
    before = [place.inner_html() for place in beside]
    held.let_go()
    expect(state_of(page, FIRST)).to_have_text(journey.SAVED)
    expect(total).to_contain_text(re.compile(rf"\b{reached} von"))
    assert [place.inner_html() for place in beside] == before
    for question in (FIRST, SECOND):
        expect(page.locator(f"#stand-{question.id}")).not_to_contain_text("offen")


def test_lines_of_the_sheet_that_overtake_each_other_are_all_counted(window: OpenWindow, town: Prepared) -> None:
    page = town.hand_over(window()).open(f"{town.begun.root}/pruefbogen")
    held = Held(page)
    lines = [page.get_by_role("group", name=re.compile(rf"^{each.number} ")) for each in (FIRST, SECOND)]
    lines[0].get_by_label("steht nicht darin").check()
    held.expect_it()
    lines[1].get_by_label("steht nicht darin").check()
    expect(page.locator("#stand")).to_contain_text(f"2 von {ALL} Fragen zugeordnet")
    held.let_go()
    expect(lines[0].locator("[data-save-state]")).to_have_text(journey.SAVED)
    expect(page.locator("#stand")).to_contain_text(f"2 von {ALL} Fragen zugeordnet")


def test_what_has_the_focus_is_drawn_anew_and_keeps_it(open_questions: Callable[..., Page]) -> None:
    page = open_questions()
    held = Held(page)
    tick(page, FIRST)
    held.expect_it()
    entry = page.locator("[data-index] >> visible=true").get_by_role("link").first
    entry.focus()
    was = entry.inner_html()
    held.let_go()
    expect(entry).to_be_focused()
    assert entry.inner_html() != was


def test_a_link_is_followed_that_was_drawn_anew_under_the_finger(open_questions: Callable[..., Page]) -> None:
    page = open_questions()
    held = Held(page)
    tick(page, FIRST)
    held.expect_it()
    box = box_of(page.locator("nav[data-nav] >> visible=true").get_by_role("link", name=re.compile("Ergebnis")).first)
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    held.let_go()
    page.mouse.up()
    page.wait_for_url("**/ergebnis")


def place_at(page: Page, control: Locator, lower: int) -> None:
    """Scrolls until the control ends so far below the upper edge, and gives it the focus."""
    control.evaluate(
        "(control, lower) => { control.focus({preventScroll: true});"
        " window.scrollBy(0, control.getBoundingClientRect().bottom - lower); }",
        lower,
    )


def test_a_late_answer_does_not_push_the_focus_out_of_sight(open_questions: Callable[..., Page]) -> None:
    page = open_questions(width=WIDE)
    held = Held(page)
    tick(page, FIRST)
    held.expect_it()
    above, following = journey.card_of(page, FIRST), journey.card_of(page, SECOND).get_by_role("radio").first
    place_at(page, following, HEIGHT)
    height, before = box_of(above)["height"], box_of(following)
    assert box_of(above)["y"] > 0, "what grows can be seen whole, so the browser itself holds its upper edge"
    held.let_go()
    assert box_of(above)["height"] > height, "an answer that moves nothing tries nothing"
    assert box_of(following)["y"] == pytest.approx(before["y"], abs=1)
    expect(following).to_be_focused()


@pytest.mark.noisy("ERR_FAILED")
def test_the_strip_of_points_does_not_grow_over_the_focus(open_questions: Callable[..., Page]) -> None:
    page = open_questions(width=NARROW)
    strip = page.get_by_role("complementary", name="Punkte")
    held: list[Route] = []
    page.route(
        "**/fragen/**", lambda route: held.append(route) if route.request.method == "POST" else route.continue_()
    )
    tick(page, FIRST)
    control = journey.card_of(page, SECOND).get_by_role("radio").first
    place_at(page, control, int(box_of(strip)["y"]) - 1)
    height = box_of(strip)["height"]
    while not held:
        page.wait_for_timeout(20)
    held.pop(0).abort()
    expect(state_of(page, FIRST)).to_contain_text("Nicht gespeichert")
    assert box_of(strip)["height"] > height, "a strip that does not grow tries nothing"
    page.evaluate("() => new Promise(requestAnimationFrame)")
    lower = box_of(control)["y"] + box_of(control)["height"]
    assert lower <= box_of(strip)["y"] + 1
