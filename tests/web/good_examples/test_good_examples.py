"""The town sees the exact words and decides; what it agrees to, all towns read at the question."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import update

from selfcheck.core.permissions import Role
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import writing
from tests import reviews, towns
from tests.web.document import text_of
from tests.web.page import NewVisitor, Page, Visitor, begin
from tests.web.statements import listen
from tests.web.team.people import seat_account, sit_down

CRITERION = towns.questionnaire().criteria[0]
QUESTION = CRITERION.questions[0]
TEXT = "Alle Neuen bekommen <i>eine Mappe</i>.\nSie liegt im Bürgerbüro."
SHOWN = "Gutes Beispiel aus Musterstadt am Main"


class Town:
    """A town with a case in which an example is proposed; Erika coordinates."""

    def __init__(self, app: Flask, owner: Visitor) -> None:
        self.app, self.check_id = app, begin(owner)
        self.erika = seat_account(app, self.check_id, "erika@example.org")
        self.case_id = reviews.send(app, self.check_id, "erika@example.org")
        self.example = self.propose()

    def propose(self) -> str:
        return reviews.propose(self.app, self.case_id, QUESTION.id, TEXT)

    def address(self, deed: str = "") -> str:
        return f"/selbstcheck/{self.check_id}/gute-beispiele{deed}"

    def open(self) -> Page:
        return self.erika.open(self.address())

    def press(self, button: str, page: Page | None = None, status: int = 200) -> Page:
        page = page or self.open()
        return self.erika.press(page, name_button(page, button), status=status)


def name_button(page: Page, button: str) -> str:
    return next(text for each in page.all(".//button") if (text := text_of(each)).startswith(button))


@pytest.fixture
def town(app: Flask, page: Visitor) -> Town:
    return Town(app, page)


@pytest.fixture
def neighbour(visitor: NewVisitor) -> tuple[Visitor, str]:
    """Another town, and the page of the criterion there."""
    somebody = visitor()
    check_id = begin(somebody, municipality="Nachbarstadt")
    return somebody, f"/selbstcheck/{check_id}/fragen/{CRITERION.id}"


def test_the_town_sees_the_exact_words_and_who_will_see_them(town: Town) -> None:
    asked = town.open()
    assert "Alle Kommunen sehen an dieser Frage" in asked.main
    assert SHOWN in asked.main
    assert "Alle Neuen bekommen <i>eine Mappe</i>." in asked.main
    assert QUESTION.name in asked.main
    assert "IHK Darmstadt" in asked.main


def test_what_one_town_agrees_to_the_other_reads_at_its_question(
    town: Town, neighbour: tuple[Visitor, str], visitor: NewVisitor
) -> None:
    somebody, criterion = neighbour
    assert SHOWN not in somebody.open(criterion).main
    assert SHOWN not in visitor().open("/fragen").main
    told = town.press("Zustimmen")
    assert "Was alle Kommunen sehen" in told.main
    for read in (somebody.open(criterion), visitor().open("/fragen")):
        assert SHOWN in read.main
        assert "Alle Neuen bekommen <i>eine Mappe</i>." in read.main
        assert "<i>" not in read.source
        assert "IHK Darmstadt" in read.main
        assert "Berta" not in read.main, "no persons"
        assert "Erika" not in read.main
    found = visitor().open("/fragen?suche=Willkommensmappe")
    assert SHOWN in found.main


def test_it_stands_in_the_help_of_its_question_only(town: Town, neighbour: tuple[Visitor, str]) -> None:
    town.press("Zustimmen")
    somebody, criterion = neighbour
    read = somebody.open(criterion)
    card = read.one(f".//section[@id='frage-{QUESTION.id}']")
    (folded,) = (each for each in card.iter("details") if each.get("class") == "help")
    assert SHOWN in text_of(folded)
    assert read.main.count(SHOWN) == 1


def test_an_office_reads_it_at_its_question(app: Flask, town: Town, neighbour: tuple[Visitor, str]) -> None:
    town.press("Zustimmen")
    check_id = neighbour[1].split("/")[2]
    office = sit_down(app, check_id, Role.OFFICE, "Bauamt", question=QUESTION.id)
    assert SHOWN in office.open(f"/selbstcheck/{check_id}/auftrag").main


def test_what_is_taken_back_disappears_at_once(town: Town, neighbour: tuple[Visitor, str], visitor: NewVisitor) -> None:
    town.press("Zustimmen")
    gone = town.press("Zurücknehmen")
    assert "steht ab sofort nirgends mehr" in gone.main
    somebody, criterion = neighbour
    for read in (somebody.open(criterion), visitor().open("/fragen"), town.open()):
        assert "Alle Neuen bekommen" not in read.main


def test_what_is_declined_is_never_shown_and_the_chamber_reads_why(
    app: Flask, town: Town, neighbour: tuple[Visitor, str], visitor: NewVisitor
) -> None:
    page = town.erika.open(town.address(f"/{town.example}/ablehnen"))
    assert SHOWN in page.main
    long = town.erika.press(page, "Ablehnen", {"reason": "x" * 1001}, 422)
    assert long.value("reason") == "x" * 1001
    told = town.erika.press(page, "Ablehnen", {"reason": "Bitte ohne das Bürgerbüro."})
    assert "Abgelehnt" in told.main
    somebody, criterion = neighbour
    assert SHOWN not in somebody.open(criterion).main
    advisor = visitor()
    reviews.add_advisor(app, advisor, "berta@example.org")
    read = advisor.open(f"/beratung/{town.case_id}/gutes-beispiel/{QUESTION.id}")
    assert "Bitte ohne das Bürgerbüro." in read.main
    assert "abgelehnt" in read.main
    assert "wartet nicht mehr auf Sie" in town.erika.open(town.address(f"/{town.example}/ablehnen")).main


def test_whoever_is_late_sees_what_stands_there_now(app: Flask, town: Town) -> None:
    asked = town.open()
    declining = town.erika.open(town.address(f"/{town.example}/ablehnen"))
    town.press("Zustimmen", asked)
    late = town.erika.press(declining, "Ablehnen", {"reason": "Lieber nicht."}, 409)
    assert "wird gezeigt" in late.main
    assert late.value("reason") == "Lieber nicht."
    assert town.press("Zustimmen", asked).status == 200, "twice is once"
    town.press("Zurücknehmen")
    again = town.press("Zustimmen", asked, 409)
    assert "zurückgenommen" in again.main


def test_the_way_there_is_offered_while_something_waits(town: Town) -> None:
    overview = f"/selbstcheck/{town.check_id}"
    waiting = town.erika.open(overview)
    assert "Gutes Beispiel" not in waiting.main
    assert "Ein gutes Beispiel?" in waiting.main
    assert town.address() in {link.get("href") for link in waiting.one(".//nav[@aria-label='Selbstcheck']").iter("a")}
    town.press("Zustimmen")
    settled = town.erika.open(overview)
    assert town.address() not in settled.source
    assert town.address() in town.erika.open(f"{overview}/teilen").source


def test_only_the_coordination_decides(app: Flask, town: Town, neighbour: tuple[Visitor, str]) -> None:
    kai = seat_account(app, town.check_id, "kai@example.org", Role.COLLEAGUE)
    kai.open(town.address(), 403)
    assert "Ein gutes Beispiel?" not in kai.open(f"/selbstcheck/{town.check_id}").main
    somebody, criterion = neighbour
    somebody.open(town.address(), 404)
    form = town.open().form(name_button(town.open(), "Zustimmen"))
    for person, status in ((kai, 403), (somebody, 404)):
        csrf = person.open("/selbstcheck/neu").value("csrf_token")
        assert person.post(form.action, {"csrf_token": csrf, "version": "1"}).status_code == status
    own = criterion.split("/")[2]  # the right place, but not their example
    csrf = somebody.open("/selbstcheck/neu").value("csrf_token")
    strange = form.action.replace(town.check_id, own)
    assert somebody.post(strange, {"csrf_token": csrf, "version": "1"}).status_code == 404


def test_a_withdrawn_report_shows_nothing_of_it(app: Flask, town: Town, neighbour: tuple[Visitor, str]) -> None:
    town.press("Zustimmen")
    with app.app_context(), writing() as connection:
        connection.execute(update(tables.ReviewCase).values(withdrawn_at=tables.ReviewCase.created_at))
    somebody, criterion = neighbour
    assert SHOWN not in somebody.open(criterion).main
    assert "Wird zurzeit nicht gezeigt" in town.open().main


def test_a_page_takes_as_many_statements_with_an_example_as_without(
    app: Flask, town: Town, neighbour: tuple[Visitor, str], visitor: NewVisitor
) -> None:
    somebody, criterion = neighbour
    pages = ((somebody, criterion), (visitor(), "/fragen"), (town.erika, town.address()))
    counts = []
    for _ in range(2):
        counts.append([])
        for person, address in pages:
            person.open(address)
            with listen(app) as sent:
                person.open(address)
            counts[-1].append(len(sent))
        town.press("Zustimmen") if len(counts) == 1 else None
    assert counts[0] == counts[1]
    assert counts[0][1] == 1
