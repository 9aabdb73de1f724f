"""Who does a step: chosen from the Team or typed, and found again by filters."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from selfcheck.core.permissions import Role
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import writing
from selfcheck.web.http import clock
from tests.web.document import text_of
from tests.web.page import NewVisitor, Page, Visitor, begin
from tests.web.team.people import sit_down

pytestmark = pytest.mark.usefixtures("time")
COUNCIL, TABLE = "steps.team:council", "steps.interview:table"


@pytest.fixture
def check(page: Visitor) -> str:
    return begin(page, interview="2027-06-15")


def _open(page: Visitor, check_id: str, shown: str = "") -> Page:
    return page.open(f"/selbstcheck/{check_id}/checkliste{f'?zeige={shown}' if shown else ''}")


def _who(found: Page, name: str) -> str:
    return text_of(found.one(f".//*[@data-who='{name.removeprefix('steps.')}']"))


def _keys(found: Page) -> list[str]:
    return [str(each.get("data-part")) for each in found.all(".//li[@data-part]")]


def _chip(found: Page, text: str) -> tuple[int, str]:
    """The number on a chip, and where it leads."""
    for link in found.all(".//a[@class='chip']"):
        words, _, number = text_of(link).rpartition(" ")
        if words == text:
            return int(number), str(link.get("href"))
    raise AssertionError(text)


def test_people_and_offices_of_the_team_are_offered(app: Flask, page: Visitor, check: str) -> None:
    sit_down(app, check, Role.COLLEAGUE, "Kollegium", "Kai Krause")
    sit_down(app, check, Role.OFFICE, "Bauamt", question="wohnangebot")
    found = _open(page, check)
    offered = [each.get("value") for each in found.all(".//datalist[@id='team']/option")]
    assert offered == ["Koordination", "Kai Krause (Kollegium)", "Bauamt"]
    assert found.one(f".//input[@name='{COUNCIL}.person']").get("list") == "team"


def test_a_chosen_person_finds_their_steps(app: Flask, page: Visitor, check: str) -> None:
    kai = sit_down(app, check, Role.COLLEAGUE, "Kollegium", "Kai Krause")
    chosen = {f"{COUNCIL}.person": "kai krause (kollegium)", f"{TABLE}.person": "Frau Roth"}
    found = page.press(_open(page, check), "Speichern", chosen)
    assert _who(found, COUNCIL) == "Kai Krause (Kollegium)"
    assert _who(found, TABLE) == "Frau Roth"
    assert _chip(found, "mir zugewiesen")[0] == 0
    number, mine = _chip(_open(kai, check), "mir zugewiesen")
    assert number == 1
    assert _keys(kai.open(mine)) == ["team:council"]


def test_whoever_works_alone_is_not_asked_what_is_assigned_to_them(app: Flask, page: Visitor, check: str) -> None:
    chips = [text_of(each) for each in _open(page, check).all(".//*[@data-filters]//a")]
    assert not any("mir zugewiesen" in chip for chip in chips)
    page.press(_open(page, check), "Speichern", {f"{COUNCIL}.person": "Koordination"})
    assert _chip(_open(page, check), "mir zugewiesen")[0] == 1


def test_what_was_saved_without_a_change_is_no_change(app: Flask, page: Visitor, check: str) -> None:
    sit_down(app, check, Role.OFFICE, "Bauamt")
    page.press(_open(page, check), "Speichern", {f"{COUNCIL}.person": "Bauamt"})
    page.press(_open(page, check), "Speichern")
    headings = [text_of(each) for each in page.open(f"/selbstcheck/{check}/verlauf").all(".//ol//h3")]
    assert sum("Checkliste: " in heading for heading in headings) == 1


def test_every_office_has_its_steps(app: Flask, page: Visitor, check: str) -> None:
    sit_down(app, check, Role.OFFICE, "Bauamt", question="wohnangebot")
    found = page.press(_open(page, check), "Speichern", {f"{COUNCIL}.person": "Bauamt"})
    number, address = _chip(found, "Bauamt")
    shown = page.open(address)
    assert number == 2
    assert sorted(_keys(shown)) == ["answer:wohnangebot", "team:council"]
    assert _who(shown, "steps.answer:wohnangebot") == "Bauamt"
    number, address = _chip(found, "Schule und Ganztag")
    assert len(_keys(page.open(address))) == number
    assert "team:department:schulamt" in _keys(page.open(address))


def test_a_renamed_office_stands_for_its_department_though_it_gave_a_question_back(
    app: Flask, page: Visitor, check: str
) -> None:
    form = page.open(f"/selbstcheck/{check}/team/fachbereich/neu?fachbereich=kita")
    page.press(form, "Link erstellen", {"label": "Amt für Kinder"})
    with app.app_context(), writing() as connection:
        question = select(func.min(tables.Assignment.question)).scalar_subquery()
        declined = update(tables.Assignment).where(tables.Assignment.question == question)
        connection.execute(declined.values(declined_at=clock.now()))
    found = _open(page, check)
    chips = [text_of(each).rpartition(" ")[0] for each in found.all(".//*[@data-offices]//a")]
    assert "Amt für Kinder" in chips
    assert "Kita-Verwaltung" not in chips
    (involved,) = [text_of(each) for each in found.all(".//li[@data-part='team:department:kita']")]
    assert "Amt für Kinder" in involved
    assert "Kita-Verwaltung" not in found.main
    assert "gefragt" in involved


def test_a_person_takes_a_step_away_from_the_office(page: Visitor, check: str) -> None:
    before, _ = _chip(_open(page, check), "Schule und Ganztag")
    found = page.press(_open(page, check), "Speichern", {"steps.answer:ganztag-grundschule.person": "Frau Roth"})
    assert _chip(found, "Schule und Ganztag")[0] == before - 1


def test_whoever_left_the_team_keeps_the_name_of_then(app: Flask, page: Visitor, check: str) -> None:
    sit_down(app, check, Role.COLLEAGUE, "Kollegium", "Kai Krause")
    page.press(_open(page, check), "Speichern", {f"{COUNCIL}.person": "Kai Krause (Kollegium)"})
    team = page.open(f"/selbstcheck/{check}/team")
    (withdraw,) = [each for each in team.all(".//a") if text_of(each).startswith("Zurückziehen")]
    page.press(page.open(str(withdraw.get("href"))), "Zurückziehen")
    found = _open(page, check)
    assert _who(found, COUNCIL) == "Kai Krause (Kollegium)"
    page.press(found, "Speichern", {f"{COUNCIL}.note": "offen"})
    assert _who(_open(page, check), COUNCIL) == "Kai Krause (Kollegium)"


def test_an_unknown_filter_shows_all_open_steps(page: Visitor, check: str) -> None:
    for key in ("platz-99999", "fb-nirgends", "'"):
        assert "team:council" in _keys(_open(page, check, key))


def test_offices_see_no_checklist_and_no_names(app: Flask, visitor: NewVisitor, page: Visitor, check: str) -> None:
    office = sit_down(app, check, Role.OFFICE, "Bauamt", question="wohnangebot")
    office.open(f"/selbstcheck/{check}/checkliste", 403)


def test_a_colleague_reads_who_asks_the_offices(app: Flask, page: Visitor, check: str) -> None:
    kai = sit_down(app, check, Role.COLLEAGUE, "Kollegium", "Kai Krause")
    said = _open(kai, check).main
    assert "Die Koordination fragt die Fachbereiche." in said
    assert "Fachbereiche fragen" not in said
