"""The sample report: public, whole, and marked as made up."""

from __future__ import annotations

from tests.towns import questionnaire
from tests.web.document import text_of
from tests.web.page import Visitor


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


def test_every_total_of_the_sample_says_that_it_is_an_estimate(page: Visitor) -> None:
    found = page.open("/beispiel")
    assert "65,7 %" in found.main
    disclaimer = "Schätzung, keine Zusage, nach eigener Gewichtung, nicht nach dem Prüfbogen der IHK."
    assert found.main.count(disclaimer) >= 1 + len(questionnaire().criteria)


def test_the_sample_sends_no_cookie(page: Visitor) -> None:
    assert "Set-Cookie" not in page.open("/beispiel").response.headers


def test_the_start_page_leads_to_the_sample_and_tells_its_result(page: Visitor) -> None:
    start = page.open("/")
    assert start.link("Beispielbericht ansehen") == "/beispiel"
    assert "Nach den Angaben sind 65,7 % erreicht, nötig sind 70 %." in start.main
