"""The public pages: what somebody reads who has not begun yet."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from selfcheck.assets import Assets
from selfcheck.config.settings import ROOT
from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.reading.questionnaire import parse
from selfcheck.store.database import health
from selfcheck.web.site import home, legal
from tests.web.document import text_of
from tests.web.office.visits import ask_office
from tests.web.page import NewVisitor, Page, Visitor, begin
from tests.web.team.test_hand_over import sign_in

FOLDER = Path(__file__).resolve().parents[3] / "questionnaires" / "ausgezeichneter-wohnort" / "2026-1"
PUBLIC = {
    "/": "Selbstcheck: Ausgezeichneter Wohnort für Fachkräfte",
    "/ihk": "Zuständige IHK finden",
    "/fragen": "Alle Fragen",
    "/hilfe": "Hilfe",
    "/hilfe/pruefgespraech": "So läuft das Prüfgespräch",
    "/hilfe/ziele": "Ziele zum Übernehmen",
    "/hilfe/sonderpunkte": "Ideen für Sonderpunkte",
    "/hilfe/beschluss": "Text für den Rat",
    "/hilfe/gemeinsam": "Kleine Kommunen gemeinsam",
    "/hilfe/ausgezeichnet": "Ausgezeichnet – und nun?",
    "/impressum": "Impressum",
    "/datenschutz": "Datenschutz",
    "/barrierefreiheit": "Erklärung zur Barrierefreiheit",
    "/leichte-sprache": "Leichte Sprache",
}


@pytest.fixture(scope="module")
def questionnaire() -> Questionnaire:
    return parse({file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.yaml")})


@pytest.fixture
def machine() -> FlaskClient:
    """Only what machines ask for: no templates, no database."""
    app = Flask(__name__)
    app.register_blueprint(home.pages)
    return app.test_client()


def words(found: Element) -> str:
    """The text of a part of a page as it is read."""
    return text_of(found).replace("\N{NO-BREAK SPACE}", " ")


def part(found: Page, id: str) -> str:
    return words(found.one(f".//*[@id='{id}']"))


@pytest.mark.parametrize(("path", "title"), list(PUBLIC.items()))
def test_every_public_page_is_named_for_what_it_is(page: Visitor, path: str, title: str) -> None:
    assert page.open(path).h1 == title


@pytest.mark.parametrize("path", [*PUBLIC, "/beispiel", "/selbstcheck/neu", "/gibt-es-nicht"])
def test_every_page_says_at_its_foot_that_it_is_not_official(
    page: Visitor, questionnaire: Questionnaire, path: str
) -> None:
    found = page.open(path, 404 if path == "/gibt-es-nicht" else 200)
    assert questionnaire.notice in words(found.one(".//footer"))


def test_the_start_page_leads_to_everything(page: Visitor) -> None:
    found = page.open("/")
    assert found.link("Selbstcheck starten") == "/selbstcheck/neu"
    assert found.link("Beispielbericht ansehen") == "/beispiel"
    assert found.link("Alle Fragen ansehen") == "/fragen"
    assert found.link("Zuständige IHK finden") == "/ihk"
    assert found.link("Impressum") == "/impressum"


def test_whoever_holds_a_self_check_goes_on_with_it_from_the_start_page(page: Visitor) -> None:
    assert "Weiter mit" not in page.open("/").main
    first, second = begin(page), begin(page, municipality="Riedhausen")
    found = page.open("/")
    assert "Weiter mit Riedhausen" in found.main
    assert found.link("Weiter") == f"/selbstcheck/{second}"
    assert found.link("Alle 2 Selbstchecks ansehen") == "/selbstchecks"
    assert "Ohne Konto, kostenfrei" not in found.main
    assert found.response.headers["Cache-Control"] == "private, no-store"
    assert first != second


def test_an_office_goes_on_with_its_questions(page: Visitor, visitor: NewVisitor, app: Flask) -> None:
    office = ask_office(app, begin(page), "leitbild")
    assert office.open(visitor()).open("/").link("Weiter") == office.root


@pytest.mark.parametrize("path", ["/hilfe", "/fragen", "/ihk", "/impressum"])
def test_public_pages_know_who_is_signed_in(app: Flask, page: Visitor, path: str) -> None:
    sign_in(app, page, "sabine@stadt.example")
    assert page.open(path).link("Meine Selbstchecks") == "/selbstchecks"


def test_the_start_page_offers_to_sign_in(page: Visitor) -> None:
    assert page.open("/").link("Anmelden") == "/anmelden"


def test_whoever_has_begun_finds_back_from_the_start_page(page: Visitor) -> None:
    assert "Meine Selbstchecks" not in page.open("/").text
    begin(page)
    assert page.open("/").link("Meine Selbstchecks") == "/selbstchecks"


def test_the_start_page_names_the_questionnaires_own_numbers(page: Visitor) -> None:
    figures = [words(figure) for figure in page.open("/").all(".//ul[@class='figures']/li")]
    assert figures[:3] == [
        "38 Fragen in fünf Kriterien",
        "118 Punkte sind möglich",
        "70 % als Marke (Grenze der Fassung von 2018), also 82,6 Punkte",
    ]


def test_the_example_shows_what_the_sample_report_says(page: Visitor) -> None:
    example = words(page.open("/").one(".//section[@class='example']"))
    reached = re.search(r"Nach den Angaben sind ([\d,]+) % erreicht, nötig sind 70 %", example)
    assert reached
    assert reached[1] in page.open("/beispiel").main


def test_the_audit_is_told_in_five_steps(page: Visitor) -> None:
    steps = [words(step) for step in page.open("/").all(".//ol[@class='steps']/li/h3")]
    assert steps == [
        "Selbstcheck",
        "Kontakt mit der IHK",
        "Beschluss",
        "Prüfgespräch vor Ort",
        "Ergebnis und Übergabe",
    ]


def test_the_finder_offers_all_districts_and_one_more(page: Visitor) -> None:
    options = [words(option) for option in page.open("/ihk").all(".//select[@name='kreis']/option")]
    assert options[0] == "Bitte wählen"
    assert options[-1] == "anderer Kreis"
    assert len(options) == 27


def test_the_finder_names_chamber_phone_and_day(page: Visitor) -> None:
    found = page.press(page.open("/ihk"), "IHK anzeigen", {"kreis": "06431"})
    assert found.value("kreis") == "06431"
    result = part(found, "ergebnis")
    assert result.startswith("IHK Darmstadt")
    assert "06151 871-1224" in result
    assert "22.11.2026" in result
    assert "Bitte beachten" not in result


@pytest.mark.parametrize(("key", "municipality"), [("06436", "Hochheim am Main"), ("06531", "Wettenberg")])
def test_the_finder_says_exceptions(page: Visitor, key: str, municipality: str) -> None:
    assert municipality in part(page.open(f"/ihk?kreis={key}"), "ergebnis")


def test_another_district_is_sent_on_and_not_away(page: Visitor) -> None:
    result = part(page.open("/ihk?kreis=other"), "ergebnis")
    assert "keiner der neun IHKs" in result
    assert "Fragen Sie die IHK Ihres Kreises" in result
    assert "Den Selbstcheck können Sie trotzdem nutzen" in result


@pytest.mark.parametrize("key", ["99999", "%3Cscript%3E", "%00", "%ff", "x" * 500])
def test_an_unknown_district_is_told_kindly(page: Visitor, key: str) -> None:
    assert "Diesen Kreis kennen wir nicht" in part(page.open(f"/ihk?kreis={key}"), "ergebnis")


def test_without_a_choice_there_is_no_result(page: Visitor) -> None:
    assert "ergebnis" not in page.open("/ihk?kreis=").ids


def test_all_nine_chambers_stand_in_a_table(page: Visitor) -> None:
    assert len(page.open("/ihk").all(".//tbody/tr")) == 9


@pytest.mark.parametrize("name", ["impressum", "datenschutz", "barrierefreiheit"])
def test_placeholders_say_what_to_put_where(page: Visitor, name: str) -> None:
    shown = page.open(f"/{name}").main
    assert "Bitte wenden Sie sich an den Betreiber." in shown
    assert f"{name}.md" in shown
    assert "SELFCHECK_LEGAL" in shown


@pytest.mark.parametrize(
    "period",
    [
        "mit weniger als drei Antworten wird 30 Tage nach dem letzten Besuch gelöscht",
        "ohne Konto wird 12 Monate nach dem letzten Besuch gelöscht",
        "den Sie selbst löschen, wird nach 30 Tagen endgültig gelöscht",
    ],
)
def test_the_periods_of_deletion_are_said(page: Visitor, period: str) -> None:
    assert period in page.open("/datenschutz").main


def test_easy_language_keeps_its_sentences_short() -> None:
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", (legal.CONTENT / "leichte-sprache.md").read_text(encoding="utf-8"))
    sentences = re.split(r"<br>|[.?:](?:\s|$)|\n\n", text)
    assert max(len(re.findall(r"\w[\w·-]*", sentence)) for sentence in sentences) <= 12


def test_the_watchman_hears_ok(page: Visitor) -> None:
    answer = page.client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_the_watchman_hears_of_a_silent_database(page: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr(health, "ping", fail)
    answer = page.client.get("/healthz")
    assert (answer.status_code, answer.text) == (503, "database does not answer, or its file was taken away\n")


@pytest.mark.parametrize("private", ["/selbstcheck/", "/selbstchecks", "/bericht/", "/berichte/", "/zugang/"])
def test_search_engines_are_kept_from_private_addresses(machine: FlaskClient, private: str) -> None:
    answer = machine.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert f"Disallow: {private}\n" in answer.text


def test_the_icon_is_found_where_browsers_look(machine: FlaskClient) -> None:
    assets = machine.application.extensions["assets"] = Assets(ROOT / "build", ROOT / "static")
    answer = machine.get("/favicon.ico")
    assert answer.status_code == 302
    assert answer.location == assets.url("img/favicon.svg")
