"""No answer is ever lost: without connection, on a restarted server, in two windows, after the session ended."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import Kind, OptionId, Question
from selfcheck.core.rules.answers import Answer, State
from selfcheck.reporting.words import german
from tests import towns
from tests.browser import journey
from tests.browser.conftest import OpenWindow
from tests.browser.journey import Begun
from tests.browser.prepared import Prepared, Preparing
from tests.browser.server import Server
from tests.browser.window import Window

CRITERION = towns.questionnaire().criteria[0]
QUESTION = next(each for each in CRITERION.questions if each.kind in (Kind.YES_NO, Kind.ONE))
RETRYING = "Nicht gespeichert – wird erneut versucht"
SAVED = journey.SAVED
LATER = 25_000
OFFLINE = r"ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_FAILED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET"


def note_of(page: Page, question: Question = QUESTION) -> Locator:
    return journey.card_of(page, question).get_by_label("Erläuterung", exact=True)


def state_of(page: Page, question: Question = QUESTION) -> Locator:
    return journey.card_of(page, question).locator("[data-save-state]")


def write(page: Page, text: str) -> None:
    """Types into the note and leaves the field."""
    note_of(page).fill(text)
    note_of(page).blur()


def refuse_saves(route: Route) -> None:
    """As if the connection broke off under every save."""
    if route.request.method == "POST":
        route.abort()
    else:
        route.continue_()


@pytest.fixture
def town(server: Server, prepare: Preparing) -> Prepared:
    return prepare(server)


@pytest.fixture
def open_questions(window: OpenWindow, town: Prepared) -> Callable[..., Window]:
    """Opens the first criterion in a window of the coordination."""

    def open_window(**options: bool) -> Window:
        opened = town.hand_over(window(**options))
        opened.open(town.begun.questions(CRITERION))
        return opened

    return open_window


def test_typing_is_saved_without_a_button_and_says_when(open_questions: Callable[..., Window]) -> None:
    page = open_questions().page
    note_of(page).press_sequentially("Beschluss vom Mai", delay=5)
    expect(state_of(page)).to_have_text(SAVED)
    expect(page.get_by_role("status").filter(has_text=SAVED)).to_be_attached()
    page.reload()
    expect(note_of(page)).to_have_value("Beschluss vom Mai")
    expect(state_of(page)).to_have_text(SAVED)


def test_points_follow_each_answer_at_once(open_questions: Callable[..., Window]) -> None:
    window = open_questions()
    best = max(QUESTION.options, key=lambda option: option.points)
    given = Answer(State.GIVEN, OptionId(best.id))
    journey.answer_question(window, QUESTION, given)
    reached = german.points(journey.expected({QUESTION.id: given}).reached)
    panel = window.page.get_by_role("complementary", name="Punkte")
    expect(panel).to_contain_text(re.compile(rf"\b{reached} von \d+ Punkten"))
    expect(journey.card_of(window.page, QUESTION)).to_contain_text(f"{reached} von")


@pytest.mark.noisy(OFFLINE)
def test_without_connection_the_text_stays_and_is_sent_later(open_questions: Callable[..., Window]) -> None:
    window = open_questions()
    page = window.page
    window.context.set_offline(True)
    write(page, "Ohne Netz geschrieben")
    expect(state_of(page)).to_have_text(RETRYING)
    expect(note_of(page)).to_have_value("Ohne Netz geschrieben")
    window.context.set_offline(False)
    expect(state_of(page)).to_have_text(SAVED, timeout=LATER)
    page.reload()
    expect(note_of(page)).to_have_value("Ohne Netz geschrieben")


@pytest.mark.noisy(OFFLINE)
def test_unsent_text_comes_back_after_reloading(open_questions: Callable[..., Window]) -> None:
    window = open_questions()
    page = window.page
    window.context.route("**/fragen/**", refuse_saves)
    write(page, "Vor dem Neuladen geschrieben")
    expect(state_of(page)).to_have_text(RETRYING)
    window.context.unroute_all()
    page.reload()
    expect(note_of(page)).to_have_value("Vor dem Neuladen geschrieben")
    expect(state_of(page)).to_have_text(SAVED, timeout=LATER)
    page.evaluate("localStorage.clear()")
    page.reload()
    expect(note_of(page)).to_have_value("Vor dem Neuladen geschrieben")


@pytest.mark.noisy(OFFLINE)
def test_a_restarted_server_gets_what_was_typed_meanwhile(
    own_server: Callable[..., Server], window: OpenWindow, prepare: Preparing
) -> None:
    server = own_server()
    town = prepare(server)
    page = town.hand_over(window(server.address)).open(town.begun.questions(CRITERION))
    write(page, "Vor dem Neustart")
    expect(state_of(page)).to_have_text(SAVED)
    server.stop()
    write(page, "Während des Neustarts")
    expect(state_of(page)).to_have_text(RETRYING)
    server.start()
    expect(state_of(page)).to_have_text(SAVED, timeout=LATER)
    page.reload()
    expect(note_of(page)).to_have_value("Während des Neustarts")


def lose_first_answer(window: Window) -> None:
    """The first save arrives, but its answer does not come back."""
    arrived: list[str] = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and not arrived:
            arrived.append(route.request.url)
            route.fetch()
            route.abort()
        else:
            route.fallback()

    window.context.route("**/fragen/**", lose)


@pytest.mark.noisy(OFFLINE)
@pytest.mark.parametrize("meanwhile", ["on the page", "reloaded", "on another page"])
def test_nobody_is_asked_about_two_texts_of_their_own_because_an_answer_got_lost(
    open_questions: Callable[..., Window], town: Prepared, meanwhile: str
) -> None:
    window = open_questions()
    page = window.page
    lose_first_answer(window)
    write(page, "Erster Satz.")
    expect(state_of(page)).to_have_text(RETRYING)
    if meanwhile == "on the page":
        write(page, "Erster Satz. Zweiter Satz.")
    else:
        window.context.route("**/fragen/**", refuse_saves)
        write(page, "Erster Satz. Zweiter Satz.")
        expect(state_of(page)).to_have_text(RETRYING)
        window.context.unroute_all()
        with page.expect_response(lambda response: response.request.method == "POST"):
            window.open(town.begun.questions(towns.questionnaire().criteria[meanwhile == "on another page"]))
        page.wait_for_function("() => Object.keys(localStorage).length === 0")
        window.open(town.begun.questions(CRITERION))
    expect(state_of(page)).to_have_text(SAVED, timeout=LATER)
    expect(page.get_by_role("heading", name="Zwischenzeitlich geändert")).to_have_count(0)
    page.reload()
    expect(note_of(page)).to_have_value("Erster Satz. Zweiter Satz.")
    expect_history(window, town.begun, "Erster Satz. Zweiter Satz.")


def test_leaving_at_once_loses_nothing(open_questions: Callable[..., Window], town: Prepared) -> None:
    window = open_questions()
    note_of(window.page).press_sequentially("Schnell noch etwas", delay=5)
    journey.go_to(window, "Ergebnis")
    window.open(town.begun.questions(CRITERION))
    expect(note_of(window.page)).to_have_value("Schnell noch etwas")


DRAFTS = pytest.mark.parametrize(
    ("path", "unfold", "label", "button"),
    [
        (f"fragen/{CRITERION.id}", "Zuständig und Rückfragen", "Ihre Rückfrage", "Senden"),
        ("checkliste", "Eigenen Schritt hinzufügen", "Was ist zu tun?", "Schritt hinzufügen"),
        ("ziele", "Ziel hinzufügen", "Titel", "Ziel hinzufügen"),
        ("ziele", "Projekt hinzufügen", "Titel", "Projekt hinzufügen"),
    ],
    ids=["comment", "step", "goal", "project"],
)


def find_new(page: Page, unfold: str) -> Locator:
    """The first block for something new, whose heading unfolds it."""
    return page.locator("details").filter(has=page.locator("summary").get_by_text(unfold)).first


@DRAFTS
def test_what_was_begun_and_not_added_is_there_on_coming_back(
    open_questions: Callable[..., Window], town: Prepared, path: str, unfold: str, label: str, button: str
) -> None:
    town.seat(Role.COLLEAGUE, "Kollegium", "Kai")
    window = open_questions()
    page = window.open(f"{town.begun.root}/{path}")
    new = find_new(page, unfold)
    new.locator("summary").first.click()
    new.get_by_label(label, exact=True).fill("Halb fertig")
    journey.go_to(window, "Ergebnis")
    window.open(f"{town.begun.root}/{path}")
    expect(new.get_by_label(label, exact=True)).to_be_visible()
    expect(new.get_by_label(label, exact=True)).to_have_value("Halb fertig")
    new.get_by_role("button", name=button).first.click()
    page.wait_for_function("() => Object.keys(localStorage).length === 0")
    window.open(f"{town.begun.root}/{path}")
    empty = page.locator("[data-new] textarea, [data-new] input[type=text]")
    assert {field.input_value() for field in empty.all()} == {""}
    assert "Halb fertig" in page.content()


def test_what_was_taken_out_of_a_draft_does_not_come_back(
    open_questions: Callable[..., Window], town: Prepared
) -> None:
    window = open_questions()
    page = window.open(f"{town.begun.root}/ziele")
    new = find_new(page, "Projekt hinzufügen")
    new.locator("summary").first.click()
    new.get_by_label("Titel", exact=True).fill("Doch nicht")
    new.get_by_label("Titel", exact=True).fill("")
    page.reload()
    expect(new.get_by_label("Titel", exact=True)).to_be_hidden()
    expect(new.get_by_label("Titel", exact=True)).to_have_value("")


def edit_in_two_windows(open_questions: Callable[..., Window], **options: bool) -> tuple[Window, Window]:
    first, second = open_questions(**options), open_questions(**options)
    for window, text in ((first, "Aus dem ersten Fenster"), (second, "Aus dem zweiten Fenster")):
        write(window.page, text)
        if options.get("scripts", True):
            expect(state_of(window.page)).to_have_text(re.compile("Gespeichert|geändert"))
        else:
            journey.go_on(window)
    return first, second


def expect_conflict(page: Page) -> Locator:
    heading = page.get_by_role("heading", name="Zwischenzeitlich geändert")
    expect(heading).to_be_visible()
    shown = journey.card_of(page, QUESTION)
    values = shown.get_by_role("definition")
    expect(values.filter(has_text=re.compile("Aus dem .*ersten.* Fenster"))).to_be_visible()
    expect(values.filter(has_text=re.compile("Aus dem .*zweiten.* Fenster"))).to_be_visible()
    expect(note_of(page)).to_have_value("Aus dem zweiten Fenster")
    return heading


CHOICES = pytest.mark.parametrize(
    ("button", "kept"),
    [
        ("Meine Angabe übernehmen", "Aus dem zweiten Fenster"),
        ("Andere Angabe behalten", "Aus dem ersten Fenster"),
    ],
    ids=["mine", "theirs"],
)


@pytest.mark.noisy("status of 409")
@CHOICES
def test_two_windows_are_asked_whose_text_counts(
    open_questions: Callable[..., Window], town: Prepared, button: str, kept: str
) -> None:
    _, second = edit_in_two_windows(open_questions)
    page = second.page
    expect(expect_conflict(page)).to_be_focused()
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", name="Zwischenzeitlich geändert")).to_have_count(0)
    expect(note_of(page)).to_have_value(kept)
    expect(state_of(page)).to_have_text(SAVED)
    page.reload()
    expect(note_of(page)).to_have_value(kept)
    expect_history(second, town.begun, kept)


@pytest.mark.noisy("status of 409")
@CHOICES
def test_two_windows_without_scripts_are_asked_too(
    open_questions: Callable[..., Window], button: str, kept: str
) -> None:
    _, second = edit_in_two_windows(open_questions, scripts=False)
    page = second.page
    expect_conflict(page)
    page.get_by_role("button", name=button).click()
    expect(note_of(page)).to_have_value(kept)
    expect(page.get_by_role("heading", name="Zwischenzeitlich geändert")).to_have_count(0)


def expect_history(window: Window, begun: Begun, text: str) -> None:
    """One browser's changes within ten minutes stand there as one: the last text counts."""
    page = window.open(f"{begun.root}/verlauf")
    expect(page.locator("main")).to_contain_text(text)


def test_a_save_on_a_filtered_page_links_only_to_what_is_there(
    open_questions: Callable[..., Window], town: Prepared
) -> None:
    window = open_questions()
    page = window.page
    journey.card_of(page, QUESTION).get_by_label("noch unklar", exact=True).check()
    expect(state_of(page)).to_have_text(SAVED)
    window.open(f"{town.begun.questions(CRITERION)}?zeige=unklar")
    journey.card_of(page, QUESTION).get_by_label(QUESTION.options[0].text, exact=True).check()
    expect(page.locator(f"#stand-{QUESTION.id}")).not_to_contain_text("noch unklar")
    links = page.locator("[data-index] a:visible, [data-criterion] a:visible")
    expect(links.first).to_be_visible()
    assert {link.get_attribute("href") for link in links.all()} == {f"#frage-{QUESTION.id}"}


def test_two_windows_with_different_parts_do_not_meet(open_questions: Callable[..., Window]) -> None:
    first, second = open_questions(), open_questions()
    write(first.page, "Nur die Erläuterung")
    expect(state_of(first.page)).to_have_text(SAVED)
    option = QUESTION.options[0].text
    group = journey.card_of(second.page, QUESTION).get_by_role("group", name=QUESTION.text, exact=True)
    group.get_by_label(option, exact=True).check()
    expect(state_of(second.page)).to_have_text(SAVED)
    second.page.reload()
    expect(note_of(second.page)).to_have_value("Nur die Erläuterung")
    expect(group.get_by_label(option, exact=True)).to_be_checked()


@pytest.mark.noisy(r"status of 4\d\d")
def test_text_survives_the_end_of_the_session(open_questions: Callable[..., Window], town: Prepared) -> None:
    window = open_questions()
    page = window.page
    link = town.make_personal_link()
    window.context.clear_cookies()
    write(page, "Nach dem Ende der Sitzung")
    expect(state_of(page)).to_have_text(re.compile("^Nicht gespeichert"))
    window.open(link)
    page.get_by_role("button", name="Öffnen").click()
    window.open(town.begun.questions(CRITERION))
    expect(note_of(page)).to_have_value("Nach dem Ende der Sitzung")
    expect(state_of(page)).to_have_text(SAVED, timeout=LATER)
    page.reload()
    expect(note_of(page)).to_have_value("Nach dem Ende der Sitzung")


def test_signing_out_leaves_nothing_in_the_browser(open_questions: Callable[..., Window]) -> None:
    window = open_questions()
    page = window.page
    window.context.route("**/fragen/**", lambda route: None if route.request.method == "POST" else route.continue_())
    note_of(page).fill("Noch nicht gesendet")
    page.wait_for_function("() => Object.keys(localStorage).some(key => key.startsWith('selbstcheck:'))")
    window.context.unroute_all(behavior="ignoreErrors")
    page.get_by_role("link", name="Auf diesem Gerät abmelden").click()
    page.get_by_role("button", name="Auf diesem Gerät abmelden").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("abgemeldet")
    page.wait_for_function("() => Object.keys(localStorage).length === 0")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_going_back_shows_what_is_stored(open_questions: Callable[..., Window], scripts: bool) -> None:
    window = open_questions(scripts=scripts)
    page = window.page
    write(page, "Erste Fassung")
    journey.go_on(window)
    expect(page.get_by_role("heading", level=1)).to_have_text(towns.questionnaire().criteria[1].title)
    page.go_back()
    expect(note_of(page)).to_have_value("Erste Fassung")
    write(page, "Zweite Fassung")
    journey.go_on(window)
    expect(page.get_by_role("heading", level=1)).to_have_text(towns.questionnaire().criteria[1].title)
    page.go_back()
    page.reload()
    expect(note_of(page)).to_have_value("Zweite Fassung")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_double_click_begins_one_self_check(window: OpenWindow, scripts: bool) -> None:
    town = window(scripts=scripts)
    page = town.open("/selbstcheck/neu")
    page.get_by_label("Name der Kommune").fill("Doppelstadt")
    page.get_by_label("Landkreis oder kreisfreie Stadt").select_option("06411")
    page.get_by_label("Zentralörtliche Einstufung").select_option(label="Mittelzentrum")
    page.get_by_role("button", name="Beginnen").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text(CRITERION.title)
    town.open("/selbstchecks")
    expect(page.get_by_role("main").get_by_role("link", name="Doppelstadt")).to_have_count(1)


@pytest.mark.noisy("status of 422")
def test_wrong_input_stays_and_is_explained_at_its_field(open_questions: Callable[..., Window], town: Prepared) -> None:
    criterion = next(
        each for each in towns.questionnaire().criteria for question in each.questions if question.kind is Kind.NUMBER
    )
    question = next(each for each in criterion.questions if each.kind is Kind.NUMBER)
    page = open_questions().page
    page.goto(town.begun.questions(criterion))
    field = journey.card_of(page, question).get_by_label("Ihre Angabe")
    field.fill("viele")
    field.blur()
    expect(journey.card_of(page, question).get_by_role("alert")).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile(f"^{question.unit} Fehler: Bitte geben Sie die Zahl"))
    expect(field).to_have_value("viele")
    field.fill(german.number_to_edit(question.minimum))
    field.blur()
    expect(journey.card_of(page, question).get_by_role("alert")).to_have_count(0)
    expect(field).to_have_accessible_description(question.unit)
    expect(state_of(page, question)).to_have_text(SAVED)


def test_what_is_stored_otherwise_than_typed_is_shown(open_questions: Callable[..., Window], town: Prepared) -> None:
    criterion = next(
        each for each in towns.questionnaire().criteria for question in each.questions if question.kind is Kind.NUMBER
    )
    question = next(each for each in criterion.questions if each.kind is Kind.NUMBER)
    page = open_questions().page
    page.goto(town.begun.questions(criterion))
    field = journey.card_of(page, question).get_by_label("Ihre Angabe")
    plain = german.number_to_edit(question.minimum)
    field.fill(f"  {plain},0  " if question.decimals else f" 0{plain} ")
    expect(state_of(page, question)).to_have_text(SAVED)
    expect(field).not_to_have_value(plain)  # nobody's hand is led while they write
    field.blur()
    expect(field).to_have_value(plain)


def test_a_day_is_said_in_words_while_it_is_typed(open_questions: Callable[..., Window], town: Prepared) -> None:
    page = open_questions().page
    page.goto(f"{town.begun.root}/checkliste")
    page.get_by_text("Eigenen Schritt hinzufügen").click()
    day = page.locator("[id='steps.neu.due']")
    day.fill("1.2.27")
    expect(page.get_by_text("Montag, 1. Februar 2027")).to_be_visible()
    day.fill("30.2.27")
    expect(page.get_by_text("Februar 2027")).to_have_count(0)


def test_where_a_question_does_not_apply_only_the_reason_is_asked(
    open_questions: Callable[..., Window], town: Prepared
) -> None:
    window = open_questions()
    asked = next(each for each in towns.questionnaire().questions if each.not_applicable and not each.applies_if)
    page = window.open(f"{town.begun.root}/fragen/{asked.criterion}")
    card, note = journey.card_of(page, asked), note_of(page, asked)
    card.get_by_label("trifft nicht zu", exact=True).check()
    expect(card.get_by_label("Begründung")).to_be_visible()
    expect(note).to_be_hidden()
    card.get_by_label("noch unklar", exact=True).check()
    note.fill("Das weiß das Hauptamt.")
    card.get_by_label("trifft nicht zu", exact=True).check()
    expect(note).to_be_visible()
    expect(note).to_have_value("Das weiß das Hauptamt.")


@pytest.mark.noisy("status of 422")
def test_a_note_that_is_too_long_is_told_and_stays_whole(open_questions: Callable[..., Window]) -> None:
    page = open_questions().page
    write(page, "ä" * 5600)
    expect(journey.card_of(page, QUESTION).get_by_role("alert")).to_contain_text("5.000 Zeichen")
    assert note_of(page).input_value() == "ä" * 5600
    write(page, "ä" * 5000)
    expect(state_of(page)).to_have_text(SAVED)


@pytest.mark.noisy("status of 422")
def test_a_contradiction_that_was_put_right_is_not_marked_any_longer(
    open_questions: Callable[..., Window], town: Prepared
) -> None:
    criterion, question = next(
        (criterion, question)
        for criterion in towns.questionnaire().criteria
        for question in criterion.questions
        if question.kind is Kind.MANY
    )
    page = open_questions().open(town.begun.questions(criterion))
    card = journey.card_of(page, question)
    for ticked in (card.get_by_role("checkbox").first, card.get_by_label("noch unklar")):
        ticked.evaluate("input => { input.checked = true; }")  # as without scripts, which untick the one for the other
    page.get_by_role("button", name="Speichern und weiter").click()
    refused = card.locator("[data-part=choice]")
    expect(refused).to_have_class(re.compile("card__choice--error"))
    expect(refused).to_have_accessible_description(re.compile("passen nicht zusammen"))
    card.get_by_label("offen lassen").check()
    expect(state_of(page, question)).to_have_text(SAVED)
    expect(refused).not_to_have_class(re.compile("card__choice--error"))
    expect(refused).to_have_accessible_description("")
    expect(card.locator("[class*='--error']")).to_have_count(0)


def test_what_is_entered_before_the_script_is_there_is_saved_with_it(window: OpenWindow, town: Prepared) -> None:
    opened = town.hand_over(window())
    held: list[Route] = []
    opened.page.route(re.compile(r"/js/save\."), lambda route: held.append(route))
    opened.page.goto(town.begun.questions(CRITERION), wait_until="commit")
    note_of(opened.page).fill("Schneller als das Programm")
    journey.card_of(opened.page, QUESTION).get_by_label("noch unklar").check()
    held.pop().continue_()
    opened.page.unroute_all()
    expect(state_of(opened.page)).to_have_text(SAVED)
    opened.page.wait_for_load_state("networkidle")
    opened.page.reload()
    expect(note_of(opened.page)).to_have_value("Schneller als das Programm")
    expect(journey.card_of(opened.page, QUESTION).get_by_label("noch unklar")).to_be_checked()
