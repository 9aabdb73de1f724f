"""The sample town: public, whole, marked as made up, to be clicked through, and never written to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.towns import questionnaire
from tests.web.document import text_of
from tests.web.page import Page, Visitor
from tests.web.statements import listen
from tests.web.team.test_hand_over import sign_in

ROOT = "/selbstcheck/beispiel"
CRITERIA = [f"{ROOT}/fragen/{criterion.id}" for criterion in questionnaire().criteria]
LOOKED_AT = [ROOT, *CRITERIA, f"{ROOT}/ergebnis", f"{ROOT}/checkliste", f"{ROOT}/ziele", "/beispiel"]
WRITTEN = (CRITERIA[0], f"{ROOT}/checkliste", f"{ROOT}/ziele", f"{ROOT}/loeschen", f"{ROOT}/teilen")
NOT_SHOWN = ("verlauf", "team", "teilen", "mein-teil", "angaben", "persoenlicher-link", "daten", "neues", "loeschen")


def find_links(found: Page) -> Iterator[str]:
    for link in found.all(".//a"):
        address = str(link.get("href")).partition("#")[0]
        if address.startswith(ROOT):
            yield address


def test_everybody_reads_the_sample_and_sees_that_it_is_made_up(page: Visitor) -> None:
    found = page.open("/beispiel")
    assert found.h1 == "Musterstadt am Main"
    assert "Musterstadt am Main gibt es nicht; alle Angaben sind ausgedacht." in found.main
    assert found.link("Eigenen Selbstcheck starten") == "/selbstcheck/neu"


def test_the_sample_shows_all_that_a_report_can_hold(page: Visitor) -> None:
    found = page.open("/beispiel")
    headings = [text_of(heading) for heading in found.all(".//h2")]
    for wanted in (
        "Gesamtergebnis",
        "Punkte je Kriterium",
        "Angaben zu den Fragen",
        "Fehlende Belege",
        "Entwicklungsziele",
        "Projekte für Sonderpunkte",
        "Der Weg zur Marke",
        "Checkliste",
    ):
        assert wanted in headings
    for question in questionnaire().questions:
        assert f"{question.number} {question.text}" in found.main


def test_the_sample_says_why_its_reserve_is_small_and_prints(page: Visitor) -> None:
    found = page.open("/beispiel")
    assert "Die Kommune liegt dann 0,9 Punkte über der Marke." in found.main
    assert "Der Selbstcheck rät zu 5 Punkten Reserve." in found.main
    assert found.all(".//*[@data-print]")


def test_every_total_of_the_sample_says_that_it_is_an_estimate(page: Visitor) -> None:
    found = page.open("/beispiel")
    assert "65,7 %" in found.main
    disclaimer = "Schätzung, keine Zusage, nach eigener Gewichtung, nicht nach dem Prüfbogen der IHK."
    assert disclaimer in found.main
    assert found.main.count("Schätzung, keine Zusage") >= 1 + len(questionnaire().criteria)


def test_the_sample_says_once_that_it_is_not_official(page: Visitor) -> None:
    main = page.open("/beispiel").main
    assert main.count("Nicht amtlich.") == 1
    assert main.count("nach eigener Gewichtung, nicht nach dem Prüfbogen der IHK") == 1


def test_the_sample_does_not_contradict_itself(page: Visitor) -> None:
    """Its contact stands on the cover, and it is the report to the chamber: such steps are done."""
    found = page.open("/beispiel")
    assert "Bericht an die IHK Darmstadt" in found.main
    rows = {text_of(row[0]): text_of(row[1]) for row in found.all(".//main//tbody/tr") if len(row) == 3}
    for step in ("Ansprechperson benennen", "Bericht mit der IHK teilen"):
        assert next(state for text, state in rows.items() if text.startswith(step)) == "erledigt"


def test_the_way_says_why_it_has_no_more_reserve(page: Visitor) -> None:
    main = page.open("/beispiel").main
    assert "Die Zeit dafür reicht. Der Selbstcheck rät zu 5 Punkten Reserve." in main
    assert "Aufwand und Monate sind grob geschätzt." in main


def test_the_sample_sends_no_cookie(page: Visitor) -> None:
    assert "Set-Cookie" not in page.open("/beispiel").response.headers


def test_the_start_page_leads_to_the_sample_and_tells_its_result(page: Visitor) -> None:
    start = page.open("/")
    assert start.link("Beispielbericht ansehen") == "/beispiel"
    assert start.link("Beispiel durchklicken") == ROOT
    assert page.open("/beispiel").link("Den Selbstcheck dazu ansehen") == ROOT
    assert "Nach den Angaben sind 65,7 % erreicht, nötig sind 70 %." in start.main


@pytest.mark.parametrize("address", LOOKED_AT)
def test_the_sample_is_looked_at_and_nothing_is_sent(app: Flask, page: Visitor, address: str) -> None:
    with listen(app) as sent:
        found = page.open(address)
    assert not [each for each in sent if not each.lstrip().upper().startswith(("SELECT", "PRAGMA"))]
    assert not [form for form in found.all(".//form") if form.get("method", "get").lower() == "post"]
    if address != "/beispiel":
        assert "Beispiel zum Ansehen." in found.text
        assert found.link("Bericht an die IHK") == "/beispiel"


def test_every_link_in_the_sample_leads_to_a_page(page: Visitor) -> None:
    waiting, seen = [ROOT], set()
    while waiting:
        address = waiting.pop()
        if address not in seen:
            seen.add(address)
            waiting += find_links(page.open(address))
    assert seen >= set(LOOKED_AT) - {"/beispiel"}


def test_the_criteria_of_the_sample_show_its_answers(page: Visitor) -> None:
    found = page.open(f"{ROOT}/fragen/strategische-zielsetzung?offen=alle")
    assert "Der Magistrat hat die Teilnahme am 14.12.2026 beschlossen." in found.main
    ticked = [control for control in found.controls if "checked" in control.attrib and control.get("type") == "radio"]
    assert ticked
    assert found.one(".//fieldset[@class='looking']").get("disabled") is not None


def test_whoever_is_signed_in_is_not_told_to_take_it_over(app: Flask, page: Visitor) -> None:
    sign_in(app, page, "sabine@stadt.example")
    assert "Konto übernehmen" not in page.open(ROOT).main


@pytest.mark.parametrize("path", NOT_SHOWN)
def test_the_sample_has_nothing_that_belongs_to_people(page: Visitor, path: str) -> None:
    assert page.client.get(f"{ROOT}/{path}").status_code in (403, 404)


@pytest.mark.parametrize("address", WRITTEN)
def test_nobody_writes_into_the_sample(page: Visitor, address: str) -> None:
    found = page.open("/selbstcheck/neu")
    answer = page.post(address, {"csrf_token": found.value("csrf_token")})
    assert answer.status_code == 403
