"""Rules that hold for all pages and templates together."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urldefrag

import pytest

from selfcheck.core.questionnaire.model import Kind
from selfcheck.core.rules.answers import State
from selfcheck.reporting.words import german
from selfcheck.reporting.words.answer_text import say_answer
from tests import towns
from tests.web.document import text_of
from tests.web.page import Page, Visitor, begin, fill
from tests.web.routes import ROUTES, address_of
from tests.web.world import World

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = {file.relative_to(ROOT / "templates").as_posix(): file for file in (ROOT / "templates").rglob("*.html")}
MOST_PAGES = 400
MOST_OF_ONE = 40
"""Addresses of one page: trials and filters can be combined without end."""
NO_LINK_LEADS_THERE = {
    "renewal.version",  # where there is no newer version, only a file leads there
    "site.health",  # for whoever watches over the server
    "site.robots",
    "site.favicon",
    "entry.entry",  # in a letter
    "sharing.entry",
    "overview.signed_out",  # after a form
    "team.link",
    "goals.remove",
    "goals.interim",  # once there was an award
    "chamber.send_recommendations",  # once there is a draft
    "audit_sheet.remove",
    "chamber.asked",  # where a text was refused, or of a question that is asked no more
    "chamber.text_block",  # once somebody has written one
    "evidence.download",  # of a file that somebody sent
    "evidence.download_own",
    "evidence.take_out",
    "team.take",  # for accounts only
    "team.leave",
    "chamber.good_example",  # for advisors only
    "chamber.finalise_record",  # once a record is finished
    "sharing.preview",
    "sharing.chamber_preview",
    "office.page",  # for offices only
    "office.copy",
    "questions.all_questions",  # for a script
    "questions.own_questions",
    "accounts.registered",
    "accounts.signed_out",
    "accounts.forgot_sent",
    "accounts.confirm",  # in a mail
    "accounts.reset",
    "accounts.confirm_mail",
    "accounts.invitation",
    "team.stop",
    "accounts.code",  # for whoever signs in with a second factor
    "accounts.mail_sent",
    "accounts.deleted",
    "accounts.ask_password",  # some time after signing in
    "accounts.picture",
    "accounts.codes",
    "accounts.drop",
}
FIXED_WORDS = {
    "/": ("Selbstcheck starten", "Beispielbericht ansehen", "Alle Fragen ansehen"),
    "/selbstcheck/neu": (
        "Name der Kommune",
        "Landkreis oder kreisfreie Stadt",
        "Zentralörtliche Einstufung",
        "Art der Auditierung",
        "Erstauditierung",
        "Re-Auditierung",
        "Geplantes Prüfgespräch",
        "Beginnen",
    ),
    "/fragen/zuzug-leicht-gemacht": (
        "noch unklar",
        "trifft nicht zu",
        "offen lassen",
        "nichts davon",
        "Ihre Angabe",
        "Erläuterung",
        "Begründung",
        "Speichern und weiter",
    ),
    "/ergebnis": (
        "Gesamtergebnis",
        "Punkte je Kriterium",
        "Was entscheidet",
        "Fehlende Belege",
        "Der Weg zur Marke",
        "Was wäre, wenn",
    ),
    "/teilen": ("Vorschau ansehen", "Link erstellen", "Zurückziehen"),
    "/persoenlicher-link": ("Persönlichen Link anzeigen", "Auf diesem Gerät abmelden"),
    "": (
        "Übersicht",
        "Ergebnis",
        "Checkliste",
        "Ziele und Sonderpunkte",
        "Mein Teil",
        "Team",
        "Verlauf",
        "Mit der IHK teilen",
    ),
}


def names_of(page: Page) -> set[str]:
    """Names of controls and headings, as people read them."""
    tags = ("a", "button", "label", "legend", "h1", "h2", "h3")
    found = {text_of(element) for element in page.root.iter() if element.tag in tags}
    hidden = {element.get("aria-label", "") for element in page.root.iter()}
    return found | hidden


@pytest.mark.parametrize("path", FIXED_WORDS)
def test_controls_keep_the_names_that_letters_and_help_rely_on(world: World, path: str) -> None:
    own = path not in ("/", "/selbstcheck/neu")
    names = names_of(world.visit("owner").open(f"/selbstcheck/{world.check_id}{path}" if own else path))
    missing = [word for word in FIXED_WORDS[path] if not any(re.match(rf"{re.escape(word)}\b", name) for name in names)]
    assert not missing, f"{path}: {missing}"


def test_every_link_leads_to_a_page_and_every_page_is_linked(world: World) -> None:
    endpoints = {endpoint for name, start in STARTS.items() for endpoint in walk(world, name, start)}
    wanted = {endpoint for (method, endpoint) in ROUTES if method == "GET"} - NO_LINK_LEADS_THERE
    assert endpoints >= wanted, wanted - endpoints


def walk(world: World, name: str, start: str) -> set[str]:
    """Every page that links lead to from the page `start`, for one person."""
    visitor = world.visit(name)
    adapter = world.app.url_map.bind("localhost")
    waiting, seen, endpoints = ["/", address_of(world, start)], set(), Counter[str]()
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop()
        endpoint = adapter.match(address.partition("?")[0])[0]
        if address in seen or endpoints[endpoint] == MOST_OF_ONE:
            continue
        seen.add(address)
        endpoints[endpoint] += 1
        response = visitor.client.get(address)
        if response.mimetype == "text/html":
            waiting += [found for found in find_links(visitor.arrive(response)) if found not in seen]
    assert len(seen) < MOST_PAGES, "there is no end of pages"
    return set(endpoints)


STARTS = {
    "owner": "overview.overview",
    "office": "office.page",
    "coordinator": "accounts.overview",
    "operator": "accounts.overview",
    "reader": "sharing.report",
    "advisor": "chamber.inbox",
}
"""Who walks, and from where; the start page is walked by all."""


def find_links(page: Page) -> set[str]:
    """Addresses of our own pages, with whatever names a place on another page checked."""
    addresses = {str(link.get("href")) for link in page.all(".//a[@href]")}
    inside = {address for address in addresses if address.startswith("/") and not address.startswith("/static/")}
    return {urldefrag(address).url for address in inside}


def test_places_on_other_pages_are_there(world: World) -> None:
    owner = world.visit("owner")
    opened: dict[str, Page] = {}
    for endpoint in (
        "overview.overview",
        "results.result",
        "checklist.checklist",
        "history.changes",
        "site.start_page",
    ):
        page = owner.open(address_of(world, endpoint))
        for link in page.all(".//a[@href]"):
            address, place = urldefrag(str(link.get("href")))
            if place and address.startswith("/"):
                opened[address] = opened.get(address) or owner.open(address)
                assert place in opened[address].ids, f"{page.address}: {link.get('href')}"


def test_answers_of_every_kind_reach_the_report(page: Visitor) -> None:
    told = towns.sample().answers
    given = {id: answer for id, answer in told.items() if answer.state is State.GIVEN}
    assert {towns.questionnaire().question[id].kind for id in given} == set(Kind)
    check_id = begin(page)
    fill(page, check_id, told)
    report = page.open(f"/selbstcheck/{check_id}/teilen/vorschau")
    for id, answer in given.items():
        for said in say_answer(towns.questionnaire().question[id], answer):
            assert " ".join(said.split()) in report.main, f"{id}: {said}"
        assert " ".join(answer.note.split()) in report.main


def test_points_are_the_same_on_every_page(world: World) -> None:
    owner = world.visit("owner")
    result = owner.open(address_of(world, "results.result"))
    shown = [text_of(number) for number in result.all(".//div[@class='number']")]
    assert len(shown) == 3
    reached = re.search(r"([\d,.]+) von ([\d,.]+) Punkten", shown[1])
    assert reached is not None
    assert reached[2] == german.points(towns.questionnaire().possible) or reached[2]
    for endpoint in ("overview.overview", "questions.criterion", "sharing.preview", "sharing.report"):
        assert reached[0] in owner.open(address_of(world, endpoint)).text, endpoint


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_import_only_what_they_use(name: str) -> None:
    source = TEMPLATES[name].read_text(encoding="utf-8")
    body = re.sub(r"{%-?\s*from [^%]*%}|{#.*?#}", "", source, flags=re.DOTALL)
    for found in re.finditer(r"{%-?\s*from \"[^\"]+\" import ([^%]+?)-?%}", source):
        assert "with context" not in found[1], "what a macro needs is a parameter"
        for entry in found[1].split(","):
            used = entry.split(" as ")[-1].strip()
            assert re.search(rf"\b{used}\b", body), f"{used} is imported in vain"


def test_no_template_and_no_macro_is_left_over() -> None:
    python = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "selfcheck").rglob("*.py"))
    sources = {name: file.read_text(encoding="utf-8") for name, file in TEMPLATES.items()}
    everything = python + "".join(sources.values())
    words = Counter(re.findall(r"\w+", everything))
    imports = Counter(
        word
        for source in sources.values()
        for found in re.findall(r"import ([^%]*)%}", source)
        for word in re.findall(r"\w+", found)
    )
    defined = [macro for source in sources.values() for macro in re.findall(r"{%-?\s*macro (\w+)", source)]
    left = [name for name in TEMPLATES if f'"{name}"' not in everything]
    left += [macro for macro in defined if words[macro] - imports[macro] <= defined.count(macro)]
    assert not left


def test_nothing_switches_escaping_off() -> None:
    for name, file in TEMPLATES.items():
        source = file.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape\s+false", source), name
