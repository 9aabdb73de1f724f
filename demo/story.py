"""What happens in the demo: a town in the middle of its review, one that has just shared, one that is finished."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask

from demo.people import Person, add_advisor, add_coordinator
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.review.judgement import Sufficiency
from selfcheck.reporting.words import german
from selfcheck.web.http import clock
from tests import towns
from tests.web.document import text_of
from tests.web.office.visits import ask_office
from tests.web.page import Page, begin, fill

CRITERION = "zuzug-leicht-gemacht"
LIKE_THE_TOWN = ("beschluss", "demografie-strategie", "verankerung", "zusammenarbeit", "anlaufstelle", "servicezeiten")
"""Questions whose points the advisor of the running review takes over."""
LOWER, CHECKED_LATER = "guter-service", "paket-zur-anmeldung"
"""One with points of its own, one that is to be settled in the interview."""
QUERIES = {
    "lotsen": "Wer sind die Lotsinnen und Lotsen, und wie erfahren Neue von ihnen? Eine Liste genügt.",
    "quote-u3": "Gilt die Zahl für das laufende Kita-Jahr?",
}
ANSWERED = "lotsen"
ANSWER = "Vier Ehrenamtliche, die Liste liegt im Bürgerbüro. Wer sich anmeldet, bekommt das Faltblatt dazu."
OFFICE_ASKED = ("gigabit", "ohne-auto")
EXAMPLE = "rubrik-neubuerger"
EXAMPLE_TEXT = "Auf der Startseite führt „Neu hier?“ zu einer Seite mit allem, was in den ersten Wochen ansteht."
GOOD, UNPROVEN = (
    "Musterauen: Marke erreicht und belegt",
    "Ohnbeleg am Rhein: Marke nach den Angaben erreicht, Belege fehlen",
)
"""Towns of examples.yaml whose answers two of these towns give."""


@dataclass(frozen=True)
class Town:
    """A self-check and who coordinates it."""

    name: str
    check: str
    coordinator: Person

    @property
    def root(self) -> str:
        return f"/selbstcheck/{self.check}"

    def press(self, address: str, button: str, changes: Mapping[str, str] | None = None) -> Page:
        visitor = self.coordinator.visitor
        return visitor.press(visitor.open(f"{self.root}{address}"), button, changes)


@dataclass(frozen=True)
class Case:
    """What an advisor has of a town; `id` as addresses name it."""

    id: str
    advisor: Person

    def open(self, address: str = "") -> Page:
        return self.advisor.visitor.open(f"/beratung/{self.id}{address}")

    def press(self, address: str, button: str, changes: Mapping[str, str] | None = None) -> Page:
        return self.advisor.visitor.press(self.open(address), button, changes)


@dataclass(frozen=True)
class Demo:
    """Everybody who can sign in, the path of the office's link, and what there is to look at."""

    towns: tuple[Town, ...]
    advisors: tuple[Person, ...]
    office: str
    running: Case


def tell(app: Flask) -> Demo:
    """Fills an empty database."""
    petra = add_advisor(app, "petra.weber@ihk-darmstadt.example", "Petra Weber", "darmstadt")
    bodo = add_advisor(app, "bodo.frank@ihk-frankfurt.example", "Bodo Frank", "frankfurt")
    finished = _begin("Musterauen", "06434", add_coordinator(app, "anna.berg@musterauen.example", "Anna Berg"), GOOD, 0)
    erika = add_coordinator(app, "erika.muster@musterstadt.example", "Erika Muster")
    running = _begin(towns.SAMPLE, "06432", erika, towns.SAMPLE)
    jan = add_coordinator(app, "jan.gross@graefenhausen.example", "Jan Groß")
    new = _begin("Gräfenhausen", "06433", jan, UNPROVEN)
    _share(finished, "Frankfurt am Main")
    _finish(finished, _find_case(app, bodo, finished))
    office = ask_office(app, running.check, *OFFICE_ASKED, due_on=clock.today() + timedelta(days=21))
    _share(running, "Darmstadt")
    case = _find_case(app, petra, running)
    _review(running, case)
    _share(new, "Darmstadt")
    return Demo((running, new, finished), (petra, bodo), f"/zugang/{office.token}", case)


def _begin(name: str, district: str, coordinator: Person, answers: str, days: int = 60) -> Town:
    """A self-check with the answers of a town of examples.yaml, whose interview is in so many `days`."""
    interview = german.day(clock.today() + timedelta(days=days))
    check = begin(coordinator.visitor, municipality=name, district=district, interview=interview)
    fill(coordinator.visitor, check, towns.town(answers).answers)
    return Town(name, check, coordinator)


def _share(town: Town, chamber: str) -> None:
    preview = town.press("/teilen", "Vorschau ansehen, für die IHK", {"with_route": "y"})
    town.coordinator.visitor.press(preview, f"Mit der IHK {chamber} teilen")


def _find_case(app: Flask, advisor: Person, town: Town) -> Case:
    inbox = advisor.visitor.open("/beratung?gruppe=alle")
    href = next(str(each.get("href")) for each in inbox.all(".//tbody//th/a") if text_of(each) == town.name)
    return Case(href.rpartition("/")[2], advisor)


def _take(case: Case) -> None:
    case.press("/bericht", "Absender bestätigen")
    case.press("", "Übernehmen")


def _review(town: Town, case: Case) -> None:
    """In the middle of it: some points, two Rückfragen of which one is answered, a recommendation, an agenda."""
    _take(case)
    for question in LIKE_THE_TOWN:
        case.press(f"/fragen/{question}", "wie Kommune")
    reason = {f"{LOWER}.points": "0", f"{LOWER}.reason": "Die Befragung ist von 2021 und deckt nur das Bürgerbüro ab."}
    case.press(f"/fragen/{LOWER}", "Speichern", reason | {"note": "Im Gespräch nach der neuen Befragung fragen."})
    case.press(f"/fragen/{CHECKED_LATER}", "Speichern", {f"{CHECKED_LATER}.verdict": str(Sufficiency.TO_DISCUSS)})
    for question, text in QUERIES.items():
        case.press(f"/rueckfragen/{question}", "Rückfrage stellen", {"rueckfrage-text": text})
    asked = town.coordinator.visitor.open(f"{town.root}/ihk")
    number = towns.questionnaire().question[QuestionId(ANSWERED)].number
    button = f"Antworten, Rückfrage zu {number}"
    field = next(name for name, _ in asked.form(button).fields if name.endswith("-text"))
    town.coordinator.visitor.press(asked, button, {field: ANSWER})
    advice = {"title": "Willkommensmappe in drei Sprachen", "text": "Die Mappe gibt es bisher nur auf Deutsch."}
    case.press(f"/empfehlungen/neu?zu=frage:{CHECKED_LATER}", "Empfehlung speichern", advice)
    case.press("/empfehlungen/senden", "Jetzt senden")
    place = {"gespraech.place.whole.text": "Rathaus, Sitzungszimmer 2", "gespraech.minutes.whole.text": "90"}
    case.press("/gespraech", "Speichern", place)


def _finish(town: Town, case: Case) -> None:
    """Record, result, release, a good example that the town agreed to, and closed."""
    _take(case)
    case.press("/tabelle", _take_all(case.open("/tabelle")))
    said = {
        "gespraech.period.whole.text": "Januar bis Juni",
        "gespraech.method.whole.text": "on site",
        "gespraech.paper_quality.whole.text": "Alle Unterlagen liegen vor und sind geordnet.",
        "gespraech.check_quality.whole.text": "Sorgfältig und vollständig ausgefüllt.",
        f"gespraech.good.{CRITERION}.text": "Neue finden alles auf einer Seite.",
        "gespraech.result.whole.text": "Die Auszeichnung wird empfohlen.",
    }
    case.press("/gespraech", "Speichern", said)
    case.press("/gespraech", "Protokoll fertigstellen")
    case.press("/gespraech/endgueltig", "Endgültig machen")
    criteria = towns.questionnaire().criteria
    points = {f"points.{each.id}.points": case.open("/ergebnis").value(f"points.{each.id}.points") for each in criteria}
    new = next(name for name, _ in case.open("/ergebnis").form("Speichern").fields if name.endswith(".title"))
    agreed = {"title": "Ganztag ausbauen", "metric": "Grundschulen mit Ganztag", "metric_now": "3", "target": "5"}
    goal = {new.replace(".title", f".{field}"): said for field, said in agreed.items()}
    result = {"certified": "yes", "awarded": german.day(clock.today()), "next_steps": "Die Urkunde folgt im Herbst."}
    case.press("/ergebnis", "Speichern", points | goal | result)
    case.press("/ergebnis", "Ergebnis ist vorbereitet")
    case.press("/freigeben?result=y&judgements=y", "Jetzt freigeben")
    case.press(f"/gutes-beispiel/{EXAMPLE}", "Kommune um Zustimmung bitten", {"text": EXAMPLE_TEXT})
    examples = town.coordinator.visitor.open(f"{town.root}/gute-beispiele")
    town.coordinator.visitor.press(examples, _find_button(examples, "Zustimmen"))
    case.press("", "Abschließen")


def _take_all(table: Page) -> str:
    return _find_button(table, "", "wie Kommune")


def _find_button(page: Page, start: str, end: str = "") -> str:
    """What is said on the button that begins and ends like this."""
    said = (text_of(each) for each in page.all(".//button"))
    return next(text for text in said if text.startswith(start) and text.endswith(end))
