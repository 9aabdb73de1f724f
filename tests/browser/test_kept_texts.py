"""What this browser keeps goes only once our own answer says that it is stored, whoever else answers; and in time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from selfcheck.core.permissions import Role
from tests import towns
from tests.browser import journey
from tests.browser.conftest import OpenWindow
from tests.browser.prepared import Prepared, Preparing
from tests.browser.server import Server
from tests.browser.test_saving import DRAFTS, LATER, SAVED, find_new, note_of, state_of, write
from tests.browser.window import Window

FIRST, SECOND = towns.questionnaire().criteria[:2]
NOISE = r"status of [45]\d\d|ERR_FAILED|ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|another host"
KEPT = "Object.keys(localStorage)"
LOGIN_PAGE = "<!doctype html><title>WLAN</title><form><input name=user></form>"
ANSWERS_OF_OTHERS: dict[str, dict[str, Any]] = {
    "login page": {"status": 200, "content_type": "text/html", "body": LOGIN_PAGE},
    "redirect to another host": {"status": 302, "headers": {"Location": "http://anmeldung.invalid/"}},
    "somebody else's JSON": {"status": 200, "content_type": "application/json", "body": '{"ok": true}'},
    "a part of another name": {
        "status": 200,
        "content_type": "application/json",
        "body": '{"parts": {}, "at": "9:00"}',
    },
    "an empty answer": {"status": 204},
    "a proxy": {"status": 502, "content_type": "text/html", "body": "Bad Gateway"},
    "a gate": {"status": 511, "content_type": "text/html", "body": LOGIN_PAGE},
}
OTHERS = pytest.mark.parametrize("answer", ANSWERS_OF_OTHERS.values(), ids=ANSWERS_OF_OTHERS)


def answer_saves(window: Window, **answer: Any) -> None:
    """Somebody else answers whatever is sent, until `unroute_all`."""

    def fulfill(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(**answer)
        else:
            route.fallback()

    window.context.route("**/selbstcheck/**", fulfill)


@pytest.fixture
def town(server: Server, prepare: Preparing) -> Prepared:
    return prepare(server)


@pytest.fixture
def opened(window: OpenWindow, town: Prepared) -> Window:
    return town.hand_over(window())


def begin_new(page: Page, unfold: str, label: str, text: str) -> Locator:
    new = find_new(page, unfold)
    new.locator("summary").first.click()
    new.get_by_label(label, exact=True).fill(text)
    return new


@pytest.mark.noisy(NOISE)
@DRAFTS
def test_a_failed_submit_throws_no_draft_away(
    opened: Window, town: Prepared, path: str, unfold: str, label: str, button: str
) -> None:
    town.seat(Role.COLLEAGUE, "Kollegium", "Kai")
    address = f"{town.begun.root}/{path}"
    new = begin_new(opened.open(address), unfold, label, "Lang überlegt")
    answer_saves(opened, **ANSWERS_OF_OTHERS["a proxy"])
    new.get_by_role("button", name=button).first.click()
    expect(opened.page.locator("body")).to_have_text("Bad Gateway")
    opened.context.unroute_all()
    opened.open(address)
    expect(new.get_by_label(label, exact=True)).to_have_value("Lang überlegt")
    new.get_by_role("button", name=button).first.click()
    opened.page.wait_for_function(f"() => {KEPT}.length === 0")
    opened.open(address)
    empty = opened.page.locator("[data-new] textarea, [data-new] input[type=text]")
    assert {field.input_value() for field in empty.all()} == {""}
    assert "Lang überlegt" in opened.page.content()


@pytest.mark.noisy(NOISE)
def test_a_draft_outlives_a_server_that_was_gone(
    own_server: Callable[..., Server], window: OpenWindow, prepare: Preparing
) -> None:
    server = own_server()
    town = prepare(server)
    opened = town.hand_over(window(server.address))
    new = begin_new(opened.open(f"{town.begun.root}/ziele"), "Ziel hinzufügen", "Titel", "Mehr Englisch")
    new.get_by_label("Maßnahme").fill("Ein langer Text")
    server.stop()
    with opened.page.expect_event("requestfailed"):
        opened.page.get_by_role("button", name="Speichern").click(no_wait_after=True)
    server.start()
    opened.open(f"{town.begun.root}/ziele")
    expect(new.get_by_label("Titel", exact=True)).to_have_value("Mehr Englisch")
    expect(new.get_by_label("Maßnahme")).to_have_value("Ein langer Text")


@pytest.mark.noisy(NOISE)
def test_what_was_stored_though_its_answer_was_lost_is_not_made_twice(opened: Window, town: Prepared) -> None:
    address = f"{town.begun.root}/ziele"
    new = begin_new(opened.open(address), "Ziel hinzufügen", "Titel", "Mehr Englisch")

    def lose(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch(max_redirects=0)
            route.abort()
        else:
            route.fallback()

    opened.context.route("**/ziele", lose)
    cookies = opened.context.cookies()
    with opened.page.expect_event("requestfailed"):
        new.get_by_role("button", name="Ziel hinzufügen").click(no_wait_after=True)
    opened.context.unroute_all()
    opened.context.clear_cookies()
    opened.context.add_cookies(
        [{"name": each["name"], "value": each["value"], "url": opened.address} for each in cookies]
    )
    page = opened.open(address)
    expect(new.get_by_label("Titel", exact=True)).to_have_value("Mehr Englisch")
    new.get_by_role("button", name="Ziel hinzufügen").click()
    page.wait_for_function(f"() => {KEPT}.length === 0")
    titles = [title.input_value() for title in page.locator("details.entry input[name$='.title']").all()]
    assert titles.count("Mehr Englisch") == 1


def test_a_form_that_was_refused_goes_from_the_browser_once_it_is_right(opened: Window, town: Prepared) -> None:
    address = f"{town.begun.root}/ziele"
    page = opened.open(address)
    new = begin_new(page, "Ziel hinzufügen", "Maßnahme", "Kurse")
    opened.noise.clear()
    new.get_by_role("button", name="Ziel hinzufügen").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    opened.noise.clear()  # the browser complains of the 422
    new.get_by_label("Titel", exact=True).fill("Mehr Englisch")
    kept = json.loads(page.evaluate("Object.values(localStorage)[0]"))
    assert sorted(name for name, _ in kept["fields"]) == ["measure", "title"]
    new.get_by_role("button", name="Ziel hinzufügen").click()
    page.wait_for_function(f"() => {KEPT}.length === 0")


@pytest.mark.noisy(NOISE)
@OTHERS
def test_nobody_else_s_answer_swallows_what_waits_for_another_page(
    opened: Window, town: Prepared, answer: dict[str, Any]
) -> None:
    page = opened.open(town.begun.questions(FIRST))
    answer_saves(opened, **answer)
    write(page, "Nur hier")
    expect(state_of(page)).to_have_text(re.compile("^Nicht gespeichert"))
    with page.expect_request(lambda request: request.method == "POST"):
        opened.open(town.begun.questions(SECOND))
    page.wait_for_timeout(300)
    assert page.evaluate(f"{KEPT}.length") == 1
    opened.context.unroute_all()
    opened.open(town.begun.questions(FIRST))
    expect(note_of(page)).to_have_value("Nur hier")
    expect(state_of(page)).to_have_text(SAVED, timeout=LATER)
    page.wait_for_function(f"() => {KEPT}.length === 0")
    page.reload()
    expect(note_of(page)).to_have_value("Nur hier")


@pytest.mark.noisy(NOISE)
@pytest.mark.parametrize(
    ("status", "said"),
    [
        (400, "laden Sie die Seite neu"),
        (401, "melden Sie sich neu an"),
        (403, "reicht Ihr Zugang nicht"),
        (404, "keinen Zugang mehr"),
        (410, "Ihr Zugang ist beendet"),
        (413, "kürzen Sie den Text"),
        (429, "zu viele Anfragen"),
        (500, "wird erneut versucht"),
        (503, "der Speicher antwortet gerade nicht"),
    ],
)
def test_each_refusal_says_its_own_cause(opened: Window, town: Prepared, status: int, said: str) -> None:
    page = opened.open(town.begun.questions(FIRST))
    body = json.dumps({"error": "So nicht", "text": ""})
    answer_saves(opened, status=status, content_type="application/json", body=body)
    write(page, "Nur hier")
    expect(state_of(page)).to_have_text(re.compile(f"^Nicht gespeichert.*{said}"))
    assert page.evaluate(f"{KEPT}.length") == 1
    opened.context.unroute_all()


def keep_something(page: Page, scope: str, days: float = 0) -> None:
    page.evaluate(
        """([key, days]) => localStorage.setItem(key,
            JSON.stringify({url: "/", fields: [["a", "Geheimer Entwurf"]], at: Date.now() - days * 86400000}))""",
        [f"selbstcheck:{scope}", days],
    )


@pytest.mark.parametrize("path", ["/", "/hilfe", "/selbstchecks", "/datenschutz", "/gibt-es-nicht", "", "/ergebnis"])
def test_every_page_sweeps_what_is_older_than_seven_days(opened: Window, town: Prepared, path: str) -> None:
    page = opened.open("/ihk")
    for scope, days in (("alt", 7.1), ("jung", 6.9), ("zukunft", -8)):
        keep_something(page, f"{scope}-1:x", days)
    page.evaluate("localStorage.setItem('selbstcheck:kaputt', '{'); localStorage.setItem('fremd', '1')")
    opened.open(path if path.startswith("/") and path != "/ergebnis" else f"{town.begun.root}{path}")
    page.wait_for_function(f"() => {KEPT}.length === 2")
    assert sorted(page.evaluate(KEPT)) == ["fremd", "selbstcheck:jung-1:x"]
    opened.noise.clear()  # of the page that is not there


def test_signing_a_guest_out_of_one_self_check_keeps_what_belongs_to_others(
    window: OpenWindow, server: Server, prepare: Preparing, town: Prepared
) -> None:
    opened = town.hand_over(window())
    other = prepare(server)
    page = opened.open(other.make_personal_link())
    page.get_by_role("button", name="Öffnen").click()
    keep_something(page, f"{town.begun.id}-1+:x")
    keep_something(page, f"{other.begun.id}-1+:x")
    for begun, left in ((town.begun, 1), (other.begun, 0)):
        opened.open(f"{begun.root}/abmelden")
        page.get_by_role("button", name="Auf diesem Gerät abmelden").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("abgemeldet")
        page.wait_for_function(f"() => {KEPT}.length === {left}")


@pytest.mark.noisy("status of 410")
def test_a_withdrawn_place_leaves_nothing_in_the_browser(window: OpenWindow, town: Prepared) -> None:
    kai = town.seat(Role.COLLEAGUE, "Kollegium", "Kai").hand_over(window())
    page = kai.open(town.begun.questions(FIRST))
    owner = town.visitor
    withdraw = owner.open(owner.open(f"{town.begun.root}/team").link("Zurückziehen, Kollegium"))
    owner.press(withdraw, "Zurückziehen")
    write(page, "Zu spät")
    expect(state_of(page)).to_have_text(re.compile("kopieren Sie ihn"))
    expect(note_of(page)).to_have_value("Zu spät")
    assert page.evaluate(KEPT) == []
    keep_something(page, f"{town.begun.id}-1:x")
    kai.open(town.begun.root)
    page.wait_for_function(f"() => {KEPT}.length === 0")


def test_what_an_answer_changes_elsewhere_is_said(opened: Window, town: Prepared) -> None:
    criterion, asked, following = next(
        (criterion, questions[index], questions[index + 1])
        for criterion in towns.questionnaire().criteria
        for questions in [criterion.questions]
        for index in range(len(questions) - 1)
        if (questions[index].number, questions[index + 1].number) == ("B3", "B4")
    )
    page = opened.open(town.begun.questions(criterion))
    status = page.get_by_role("status").filter(has_text=re.compile("Gespeichert"))
    card = journey.card_of(page, asked)
    card.get_by_label("Nein", exact=True).check()
    expect(status).to_contain_text("Frage B4 entfällt")
    expect(journey.card_of(page, following)).to_be_hidden()
    card.get_by_label("offen lassen", exact=True).check()
    expect(status).to_contain_text("Frage B4 kommt hinzu")


def test_ticks_that_another_answer_takes_away_are_said(opened: Window, town: Prepared) -> None:
    criterion, question = next(
        (criterion, question)
        for criterion in towns.questionnaire().criteria
        for question in criterion.questions
        if question.kind == "many"
    )
    page = opened.open(town.begun.questions(criterion))
    card = journey.card_of(page, question)
    for number in range(3):
        card.get_by_role("checkbox").nth(number).check()
    expect(state_of(page, question)).to_have_text(SAVED)
    page.wait_for_load_state("networkidle")
    card.get_by_label("noch unklar", exact=True).check()
    expect(page.get_by_role("status").filter(has_text="3 Haken entfernt")).to_be_attached()
