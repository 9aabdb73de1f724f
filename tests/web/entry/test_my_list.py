"""Meine Selbstchecks: where each stands, what comes next, which of two is which."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from tests import towns
from tests.web.clock import Clock
from tests.web.document import text_of
from tests.web.office.visits import ask_office
from tests.web.page import NewVisitor, Visitor, begin, fill
from tests.web.statements import listen

pytestmark = pytest.mark.usefixtures("time")


def rows(page: Visitor) -> list[str]:
    return [
        text_of(each).replace("\N{NO-BREAK SPACE}", " ")
        for each in page.open("/selbstchecks").all(".//li[@class='line-item']")
    ]


def upcoming(page: Visitor, check: str) -> list[str]:
    """„Nächste Termine“ of the overview, each as the list says it."""
    found = page.open(f"/selbstcheck/{check}").all(".//section[@aria-labelledby='termine']//li")
    return [", ".join(text_of(part) for part in each) for each in found]


def test_each_says_its_result_and_the_same_next_day_as_its_overview(app: Flask, page: Visitor, time: Clock) -> None:
    check = begin(page, interview="15.06.2027")
    fill(page, check, towns.sample().answers)
    assert "angegeben 64,0 %, 75,5 von 118 Punkten" in rows(page)[0]
    assert f"Nächster Termin: {upcoming(page, check)[0]}" in rows(page)[0]
    due = time.moment.date() + timedelta(days=3)
    ask_office(app, check, "leitbild", due_on=due)
    ask_office(app, check, "leitbild", due_on=time.moment.date() - timedelta(days=1), label="Hauptamt")
    assert f"Nächster Termin: Antworten der Fachbereiche, {due:%d.%m.%Y}" in rows(page)[0]
    assert upcoming(page, check)[0] == f"Antworten der Fachbereiche, {due:%d.%m.%Y}"


def test_one_that_nobody_answered_says_so_and_names_no_day(page: Visitor) -> None:
    begin(page)
    assert "noch keine Angaben" in rows(page)[0]
    assert "Nächster Termin" not in rows(page)[0]


def test_a_day_that_has_passed_is_not_the_next_one(page: Visitor, time: Clock) -> None:
    begin(page, interview=f"{time.moment.date() + timedelta(days=20):%d.%m.%Y}")
    time.wait(days=21)
    assert "Prüfgespräch" not in rows(page)[0]
    assert "überfällig seit" in rows(page)[0]


def test_an_office_sees_nothing_of_it(app: Flask, page: Visitor, visitor: NewVisitor) -> None:
    check = begin(page, interview="15.06.2027")
    office = ask_office(app, check, "leitbild", due_on=date(2027, 3, 1)).open(visitor())
    shown = rows(office)[0]
    assert "Antworten bis 01.03.2027" in shown
    assert "angegeben" not in shown
    assert "Prüfgespräch" not in shown


def test_only_two_of_one_name_say_in_their_link_when_they_were_begun(page: Visitor, time: Clock) -> None:
    begin(page, municipality="Riedhausen")
    assert "begonnen" not in rows(page)[0]
    time.wait(days=3)
    begin(page, municipality="RIEDHAUSEN")
    begin(page, municipality="Anderstadt")
    named = {row.split(",")[0].split()[0]: "begonnen" in row for row in rows(page)}
    assert named == {"Riedhausen": True, "RIEDHAUSEN": True, "Anderstadt": False}


def test_the_list_takes_as_many_statements_for_five_as_for_two(app: Flask, page: Visitor) -> None:
    counts = []
    for number in (2, 3):
        for _ in range(number):
            begin(page)
        with listen(app) as sent:
            page.open("/selbstchecks")
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 9


def test_the_way_back_stands_on_every_page(app: Flask, page: Visitor, visitor: NewVisitor) -> None:
    check = begin(page)
    for path in ("", "/ergebnis", "/checkliste", "/ziele", "/team", "/verlauf"):
        assert page.open(f"/selbstcheck/{check}{path}").link("Meine Selbstchecks") == "/selbstchecks"
    office = ask_office(app, check, "leitbild")
    clerk = office.open(visitor())
    assert "Meine Selbstchecks" not in clerk.open(office.root).text, "there is nothing else for them"
    begin(clerk)
    assert clerk.open(office.root).link("Meine Selbstchecks") == "/selbstchecks"
