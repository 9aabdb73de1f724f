"""The way of a review, with a town, its advisor and an advisor of another chamber, three browsers in all.

From sharing over Rückfragen, own points, a recommendation and the agenda to a second Stand, the record and the release.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from selfcheck.core.questionnaire.model import Question
from tests import reviews, towns
from tests.browser.conftest import OpenWindow
from tests.browser.journey import SAVED, card_of
from tests.browser.prepared import Prepared, Preparing
from tests.browser.server import Server
from tests.browser.window import Window, find_violations, scrolls_sideways
from tests.web.page import Visitor

QUESTION = towns.questionnaire().question
LOWERED, ASKED, LEFT_OPEN = (QUESTION[id] for id in ("servicezeiten", "lotsen", "online-leistungen"))
"""One that gets fewer points, one that is asked and answered, one that is asked and stays open."""
CRITERION = towns.questionnaire().criterion[ASKED.criterion]
TOWN = "Reviewstadt"
TEXTS = {ASKED: "Wer sind die Lotsen?", LEFT_OPEN: "Welche Leistungen sind es?"}
ANSWER, NOTE = "Vier Ehrenamtliche, die Liste liegt bei.", "Seit Mai mit vier Ehrenamtlichen."
PIECE = "Liste der Lotsinnen und Lotsen"
REASON, RECOMMENDED = "Nur vormittags geöffnet", "Lotsen am Bahnhof"
POINTS = "20"
HELD, AWARDED = "2026-05-20", "2026-06-01"
"""The day of the interview and that of the award."""


@dataclass(frozen=True)
class Review:
    """What a review is about; `case` is the address of the advisor's case, and `seen` what its pages lead to."""

    town: Window
    check: str
    advisor: Window
    case: str

    @property
    def root(self) -> str:
        return f"/selbstcheck/{self.check}"

    def question(self, question: Question) -> str:
        return f"{self.case}/fragen/{question.id}"


@pytest.mark.noisy("404|422")
def test_a_report_is_reviewed_from_sharing_to_the_end(window: OpenWindow, server: Server, prepare: Preparing) -> None:
    prepared = prepare(server, towns.sample().answers, municipality=TOWN).sign_in("erika@reviewstadt.example")
    town = prepared.hand_over(window())
    advisor, stranger = (
        advise(window(), prepared, mail, name, chamber)
        for mail, name, chamber in (
            ("petra@ihk-darmstadt.example", "Petra Weber", reviews.DARMSTADT),
            ("bodo@ihk-frankfurt.example", "Bodo Frank", reviews.FRANKFURT),
        )
    )
    the_interview_is_held(town, prepared)
    share(town, prepared)
    review = Review(town, prepared.begun.id, advisor, find_case(advisor))

    take(review)
    ask(review)
    judge(review)
    recommend(review)
    print_the_agenda(review)

    the_town_answers(review)
    the_town_decides_on_the_recommendation(review)
    share(town, prepared)

    the_advisor_sees_exactly_what_changed(review)
    write_the_record(review)
    release(review)
    the_town_sees_the_result(review)
    close(review)

    nobody_else_sees_it(review, stranger)


def advise(window: Window, beside: Prepared, mail: str, name: str, chamber: str) -> Window:
    """Somebody of a chamber, signed in; how one signs in is tried in test_account.py."""
    app = beside.visitor.client.application
    visitor = Visitor(app.test_client())
    reviews.add_advisor(app, visitor, mail, name, chamber)
    return Prepared(beside.begun, visitor).hand_over(window)


def inspect(page: Page) -> None:
    assert not find_violations(page)
    assert not scrolls_sideways(page)


def share(town: Window, prepared: Prepared) -> None:
    """From the overview over exactly what the chamber will see."""
    page = town.open(f"{prepared.begun.root}/teilen")
    page.get_by_role("button", name=re.compile("^Vorschau ansehen.*für die IHK")).click()
    expect(page.get_by_text("Genau das sieht die IHK Darmstadt")).to_be_visible()
    page.get_by_role("button", name="Mit der IHK Darmstadt teilen").click()
    expect(page.get_by_text("Die IHK kann Ihren Bericht jetzt lesen.")).to_be_visible()
    inspect(page)


def find_case(advisor: Window) -> str:
    page = advisor.open("/beratung")
    page.get_by_role("region", name=re.compile("^Wartet auf mich")).get_by_role("link", name=TOWN).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TOWN)
    return "/" + page.url.split("/", 3)[3].partition("?")[0]


def go_to(review: Review, title: str, heading: str) -> Page:
    """Chooses a page in the bar of the case."""
    page = review.advisor.open(review.case)
    page.get_by_role("navigation", name="Seiten dieses Vorgangs").get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("heading", level=1).first).to_contain_text(heading)
    return page


def take(review: Review) -> None:
    """Reads the report, confirms who sent it, and takes the case."""
    page = go_to(review, "Bericht", TOWN)
    page.get_by_role("button", name="Absender bestätigen").click()
    expect(page.get_by_text("bestätigt", exact=True).first).to_be_visible()
    page = review.advisor.open(review.case)
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.get_by_text("in Prüfung, übernommen von Ihnen")).to_be_visible()
    inspect(page)


def ask(review: Review) -> None:
    for question, text in TEXTS.items():
        page = review.advisor.open(review.question(question))
        page.get_by_label("Neue Rückfrage").fill(text)
        page.get_by_role("button", name="Rückfrage stellen").click()
        expect(page.get_by_text("Die Kommune sieht sie jetzt.")).to_be_visible()
        expect(page.get_by_text(text)).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_have_text(question.text)
    inspect(page)


def judge(review: Review) -> None:
    """One question with points of its own, two in one click, and all others in one."""
    page = go_to(review, "Prüfansicht", "")
    for number in (1, 2):
        page.get_by_role("button", name="wie Kommune").click()
        expect(page.get_by_text(f"{number} von 38 eingeschätzt")).to_be_visible()
        expect(page.get_by_text(f"Frage {number + 1} von 38")).to_be_attached()
    page = review.advisor.open(review.question(LOWERED))
    page.get_by_label("Eigene Einschätzung").fill("2")
    page.get_by_role("button", name="Speichern und weiter").click()
    expect(page.get_by_role("alert").get_by_role("link", name=re.compile("Bitte begründen Sie das"))).to_be_visible()
    page.get_by_label("Begründung").fill(REASON)
    page.get_by_label("Interne Notiz").fill("Noch einmal nachsehen")
    page.get_by_role("button", name="Speichern und weiter").click()
    expect(page.get_by_text("3 von 38 eingeschätzt")).to_be_visible()
    page = go_to(review, "Alle Fragen", "Alle Fragen")
    page.get_by_role("button", name="35 offene Fragen wie Kommune").click()
    expect(page.get_by_text("38 von 38 eingeschätzt").first).to_be_visible()
    page = go_to(review, "Differenz", "Differenz")
    expect(page.get_by_role("main")).to_contain_text("−1")
    inspect(page)


def recommend(review: Review) -> None:
    page = go_to(review, "Empfehlungen", "Empfehlungen an")
    page.get_by_role("link", name="Empfehlung hinzufügen").click()
    page.get_by_label("Wozu").or_(page.get_by_role("combobox")).first.select_option(f"frage:{ASKED.id}")
    page.get_by_role("textbox").first.fill(RECOMMENDED)
    page.get_by_role("button", name="Empfehlung speichern").click()
    page.get_by_role("link", name="Senden …").click()
    page.get_by_role("button", name="Jetzt senden").click()
    expect(page.get_by_text("Die Kommune sieht die Empfehlungen jetzt.")).to_be_visible()
    inspect(page)


def print_the_agenda(review: Review) -> None:
    page = go_to(review, "Prüfgespräch", "Agenda für das Prüfgespräch")
    for text in TEXTS.values():
        expect(page.get_by_role("main")).to_contain_text(text)
    expect(page.get_by_role("main")).to_contain_text(REASON)
    with page.expect_download() as got:
        page.get_by_role("link", name=re.compile("^Agenda.*PDF")).click()
    assert got.value.path().read_bytes().startswith(b"%PDF")
    inspect(page)


def the_town_answers(review: Review) -> None:
    """One of two Rückfragen, with a note and one more document."""
    page = review.town.open(review.root)
    page.get_by_role("link", name=re.compile("Rückfragen der IHK|Rückfragen? beantworten")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rückfragen der IHK")
    expect(page.get_by_text("2 Rückfragen warten auf Ihre Antwort.")).to_be_visible()
    box = page.get_by_role("region", name=f"Rückfrage zu {ASKED.number}")
    box.get_by_role("textbox").fill(ANSWER)
    box.get_by_role("button", name="Antworten").click()
    expect(page.get_by_text("Die IHK sieht sie jetzt.")).to_be_visible()
    inspect(page)
    review.town.open(f"{review.root}/fragen/{CRITERION.id}?offen={ASKED.id}")
    card = card_of(page, ASKED)
    expect(card).to_contain_text(TEXTS[ASKED])
    note = card.get_by_label("Erläuterung", exact=True)
    note.fill(NOTE)
    note.blur()
    expect(card.locator("[data-save-state]")).to_have_text(SAVED)
    card.get_by_role("link", name="Eigenen Beleg hinzufügen").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Titel").fill(PIECE)
    dialog.get_by_label("Aktenzeichen oder Ordner").fill("Ordner B9")
    dialog.get_by_role("button", name="Beleg speichern").click()
    expect(card.get_by_text("Ordner B9")).to_be_visible()


def the_town_decides_on_the_recommendation(review: Review) -> None:
    page = review.town.open(f"{review.root}/checkliste")
    row = page.get_by_role("listitem").filter(has_text=RECOMMENDED).last
    row.get_by_role("link", name="Zur Empfehlung").click()
    page.get_by_label("machen wir", exact=True).check()
    page.get_by_label(re.compile("^Wer")).fill("Frau Muster")
    page.get_by_label(re.compile("^Bis wann")).fill("2027-06-30")
    page.get_by_role("button", name="An die IHK senden").click()
    expect(page.get_by_role("main")).to_contain_text("An die IHK gesendet")
    inspect(page)


def the_interview_is_held(town: Window, prepared: Prepared) -> None:
    """On a day that is past already, which the town is asked about: an award before it would be asked about."""
    page = town.open(f"{prepared.begun.root}/angaben")
    page.locator("[name='interview']").fill(HELD)
    page.get_by_role("button", name="Speichern").click()
    page.locator("[name='sure']").check()
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_text("Prüfgespräch 20.05.2026, vorbei")).to_be_visible()


def the_advisor_sees_exactly_what_changed(review: Review) -> None:
    page = review.advisor.open("/beratung")
    expect(
        page.get_by_role("region", name=re.compile("^Wartet auf mich")).get_by_role("link", name=TOWN)
    ).to_be_visible()
    page = go_to(review, "Änderungen", "Geänderte Fragen")
    changed = page.get_by_role("main").get_by_role("heading", level=2)
    expect(changed).to_have_text([re.compile(f"^{ASKED.number} ")])
    for text in (NOTE, PIECE):
        expect(page.get_by_role("main")).to_contain_text(text)
    page = review.advisor.open(review.question(ASKED))
    expect(page.get_by_role("main")).to_contain_text(ANSWER)
    page.get_by_role("button", name="Erledigt").click()
    expect(page.get_by_text("Die Rückfrage ist erledigt.")).to_be_visible()
    page = review.advisor.open(review.question(LEFT_OPEN))
    page.get_by_role("button", name="Erledigt").click()
    expect(page.get_by_text("Die Rückfrage ist erledigt.")).to_be_visible()


def write_the_record(review: Review) -> None:
    page = go_to(review, "Prüfgespräch", "Agenda für das Prüfgespräch")
    page.locator("[name='gespraech.period.whole.text']").fill("Januar bis Juni 2027")
    page.get_by_label("vor Ort").check()
    page.locator("[name='gespraech.result.whole.text']").fill("Die Auszeichnung wird empfohlen.")
    page.get_by_role("button", name="Protokoll fertigstellen").click()
    expect(page.get_by_text("Diese Fassung bleibt, wie sie ist.")).to_be_visible()
    inspect(page)


def release(review: Review) -> None:
    page = go_to(review, "Ergebnis", "Ergebnis der Auditierung")
    for criterion in towns.questionnaire().criteria:
        page.locator(f"[name='points.{criterion.id}.points']").fill(POINTS)
    page.get_by_label("ja", exact=True).check()
    page.locator("[name='awarded']").fill(AWARDED)
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Gültig bis")
    page.get_by_role("button", name="Ergebnis ist vorbereitet").click()
    expect(page.get_by_text("Ergebnis vorbereitet, übernommen von Ihnen")).to_be_visible()
    page.get_by_role("link", name="Freigeben").click()
    page.get_by_label("Eigene Punkte, Urteile").check()
    page.get_by_label("Ergebnis der Auditierung mit").check()
    page.get_by_role("button", name="Ansehen").click()
    expect(page.get_by_role("heading", name="Das sieht die Kommune")).to_be_visible()
    page.get_by_role("button", name="Jetzt freigeben").click()
    expect(page.get_by_text("freigegeben, übernommen von Ihnen")).to_be_visible()


def the_town_sees_the_result(review: Review) -> None:
    page = review.town.open(f"{review.root}/ihk/ergebnis")
    expect(page.get_by_role("main")).to_contain_text("01.06.2029")
    expect(page.get_by_role("main")).to_contain_text(REASON)
    expect(page.get_by_role("main")).not_to_contain_text("Noch einmal nachsehen")
    inspect(page)


def close(review: Review) -> None:
    page = review.advisor.open(review.case)
    page.get_by_role("button", name="Abschließen").click()
    expect(page.get_by_text("abgeschlossen, übernommen von Ihnen")).to_be_visible()
    page = review.advisor.open("/beratung")
    expect(page.get_by_role("region", name=re.compile("^Abgeschlossen")).get_by_role("link", name=TOWN)).to_be_visible()


def nobody_else_sees_it(review: Review, stranger: Window) -> None:
    """Whatever address of the case the own advisor can open is no page for somebody of another chamber."""
    page = review.advisor.open(review.case)
    found = page.locator(f"a[href^='{review.case}']").evaluate_all(
        "(all) => all.map((each) => each.getAttribute('href'))"
    )
    addresses = {review.case, *found, review.question(ASKED), f"{review.case}/bericht.pdf"}
    assert len(addresses) > 8
    other = stranger.open("/beratung")
    expect(other.get_by_role("heading", level=1)).to_have_text("Beratung")
    expect(other.get_by_role("main")).not_to_contain_text(TOWN)
    for address in sorted(addresses):
        answer = other.goto(address.partition("#")[0])
        assert answer is not None
        assert answer.status == 404, address
