"""Steps of somebody with a mouse, from the first page to the shared report. Controls are found by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from selfcheck.core.questionnaire.model import Criterion, Kind, Profile, Question, QuestionId
from selfcheck.core.rules.answers import OPEN, Answer, Answers, Evidence, Extras, State
from selfcheck.core.rules.estimate import Applies, Estimate, estimate
from selfcheck.reporting.words import german
from selfcheck.web.http import clock
from tests import towns
from tests.browser.window import Window

PROFILE = Profile(centrality="mittelzentrum", audit="first", land="HE")
STATES = {State.UNCLEAR: "noch unklar", State.NOT_APPLICABLE: "trifft nicht zu", State.OPEN: "offen lassen"}
SAVED = re.compile(r"Gespeichert \d{2}:\d{2}")


@dataclass(frozen=True)
class Begun:
    """A self-check as its addresses name it."""

    id: str

    @property
    def root(self) -> str:
        return f"/selbstcheck/{self.id}"

    def questions(self, criterion: Criterion) -> str:
        return f"{self.root}/fragen/{criterion.id}"


def begin(window: Window, municipality: str = "Musterstadt am Main", interview: str = "") -> Begun:
    """From the start page over the form to the first question."""
    page = window.open("/")
    page.get_by_role("link", name="Selbstcheck starten").first.click()
    page.get_by_label("Name der Kommune").fill(municipality)
    page.get_by_label("Landkreis oder kreisfreie Stadt").select_option("06411")
    page.get_by_label("Zentralörtliche Einstufung").select_option(label="Mittelzentrum")
    page.get_by_role("group", name="Art der Auditierung").get_by_label("Erstauditierung").check()
    page.get_by_label("Geplantes Prüfgespräch").fill(interview)
    page.get_by_role("button", name="Beginnen").click()
    first = towns.questionnaire().criteria[0]
    expect(page.get_by_role("heading", level=1)).to_have_text(first.title)
    return Begun(page.url.split("/")[4])


def as_ticked(answers: Answers) -> dict[QuestionId, Answer]:
    """`answers` with evidence as this journey enters it: the first usual piece is there, or none is."""
    said = {}
    for id, answer in answers.items():
        question = towns.questionnaire().question[id]
        there = question.needs_evidence and any(piece.available for piece in answer.evidence)
        pieces = (Evidence(question.evidence[0], available=True),) if there else ()
        said[id] = answer._replace(evidence=pieces)
    return said


def expected(answers: Answers) -> Estimate:
    """What the rules give for `answers` today."""
    return estimate(towns.questionnaire(), PROFILE, answers, Extras(), clock.today())


def answer_all(window: Window, begun: Begun, answers: Answers) -> None:
    """All five criteria in order; ends on the result."""
    for criterion in towns.questionnaire().criteria:
        expect(window.page.get_by_role("heading", level=1)).to_have_text(criterion.title)
        answer_criterion(window, criterion, answers)
        go_on(window)


def answer_criterion(window: Window, criterion: Criterion, answers: Answers) -> None:
    """Answers every visible question of the open page, once its scripts are there."""
    window.page.wait_for_load_state()
    for question in criterion.questions:
        given = answers.get(question.id, OPEN)
        if given != OPEN and card_of(window.page, question).is_visible():
            answer_question(window, question, given)


def card_of(page: Page, question: Question) -> Locator:
    return page.locator(f"#frage-{question.id}")


def answer_question(window: Window, question: Question, given: Answer) -> None:
    """Ticks and types one answer, its note and its evidence; with scripts waits until each part is saved."""
    card = card_of(window.page, question)
    group = card.get_by_role("group", name=question.text, exact=True)
    for control, entered in _find_controls(group, question, given):
        _save(window, card, control, entered)
    if given.state is State.NOT_APPLICABLE:
        _save(window, card, group.get_by_label("Begründung"), given.reason)
    if given.note:
        _save(window, card, card.get_by_label("Erläuterung", exact=True), given.note)
    if given.evidence:
        piece = f"{given.evidence[0].title}, Frage {question.number}"
        there = card.get_by_role("group", name=piece, exact=True).get_by_label("liegt vor")
        _save(window, card, there, "")


def _find_controls(group: Locator, question: Question, given: Answer) -> Iterator[tuple[Locator, str]]:
    if given.state is not State.GIVEN:
        yield group.get_by_label(STATES[given.state], exact=True), ""
    elif question.kind is Kind.MANY:
        chosen = given.value if isinstance(given.value, frozenset) else frozenset()
        texts = [option.text for option in question.options if option.id in chosen] or ["nichts davon"]
        yield from ((group.get_by_label(text, exact=True), "") for text in texts)
    elif question.kind in (Kind.NUMBER, Kind.TEXT):
        entered = german.number_to_edit(given.value) if question.kind is Kind.NUMBER else str(given.value)
        yield group.get_by_label("Ihre Angabe"), entered
    else:
        yield group.get_by_label(question.option[given.value].text, exact=True), ""


def _save(window: Window, card: Locator, control: Locator, entered: str) -> None:
    if not window.scripts:
        _enter(control, entered)
        return
    with window.page.expect_response(lambda response: response.request.method == "POST") as answered:
        _enter(control, entered)
        control.blur()
    if answered.value.status == 200:
        expect(card.locator("[data-save-state]")).to_have_text(SAVED)


def _enter(control: Locator, entered: str) -> None:
    if entered:
        control.fill(entered)
    else:
        control.check()


def go_on(window: Window) -> None:
    """To the next page; what is on its way is saved first."""
    with window.page.expect_event("framenavigated"):
        window.page.get_by_role("button", name="Speichern und weiter").click()


def go_to(window: Window, title: str) -> None:
    """Chooses a page in the navigation; on small screens the menu is opened first."""
    page = window.page
    menu = page.get_by_text("Menü").and_(page.locator("summary *"))
    if menu.is_visible():
        menu.click()
    page.get_by_role("link", name=title).locator("visible=true").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def questions_that_apply(answers: Answers) -> Mapping[QuestionId, Answer]:
    """What of `answers` counts once all are known."""
    lines = expected(answers).line
    return {id: answer for id, answer in answers.items() if lines[id].applies is not Applies.NO}


def expect_result(page: Page, said: Answers) -> None:
    """The result page shows exactly what the rules give."""
    result = expected(said)
    possible = result.points.possible
    for word, points in (
        ("belegt", result.reached_documented),
        ("angegeben", result.reached),
        ("möglich bis", result.upper),
    ):
        number = page.locator(".number").filter(has=page.get_by_role("term").filter(has_text=word)).first
        expect(number).to_contain_text(german.percent(german.share(points, possible)))
        expect(number).to_contain_text(f"{german.points(points)} von {german.points(possible)} Punkten")


def share(window: Window, begun: Begun) -> str:
    """From the overview to a link; its address."""
    page = window.open(begun.root)
    go_to(window, "Mit der IHK teilen")
    page.get_by_role("button", name="Vorschau ansehen").click()
    expect(page.get_by_text("Genau das sieht, wer Ihren Link öffnet")).to_be_visible()
    page.get_by_role("button", name="Link erstellen").click()
    return page.get_by_label("Link zum Bericht").input_value()


def open_report(window: Window, link: str) -> Page:
    """A second browser without cookies opens the link, presses the button, and reads."""
    page = window.open(link)
    page.get_by_role("button", name="Öffnen").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page
