"""The guides: each with its sources and their years, found from the help, the start page and the self-check."""

from __future__ import annotations

import re

import pytest

from selfcheck.web.checklist.page import GUIDES
from selfcheck.web.layout.own_texts import CONTENT, read_source
from selfcheck.web.site.guides import NAMES, WITH_DRAFT, Guide, list_guides
from tests import towns
from tests.web.clock import Clock
from tests.web.document import text_of
from tests.web.page import Page, Visitor, begin, fill

UNWANTED = re.compile(r"Zuziehende|Zugezogene|Nachweis|Ämter|[a-z]:innen|\*innen")
YEAR = re.compile(r"\b20[12]\d\b")


@pytest.mark.parametrize("guide", list_guides(), ids=NAMES)
def test_every_guide_ends_with_sources_that_name_their_year(page: Visitor, guide: Guide) -> None:
    found = page.open(f"/hilfe/{guide.name}")
    assert found.h1 == guide.title
    assert guide.sections[-1].title == "Quellen"
    sources = found.all(".//*[@id='quellen']/../div//li")
    assert sources
    for source in sources:
        assert source.findall(".//a"), text_of(source)
        assert YEAR.search(text_of(source)) or "ohne Datum" in text_of(source), text_of(source)


@pytest.mark.parametrize("guide", list_guides(), ids=NAMES)
def test_every_link_inside_the_house_leads_somewhere(page: Visitor, guide: Guide) -> None:
    found = page.open(f"/hilfe/{guide.name}")
    inside = {str(link.get("href")) for link in found.all(".//main//a") if str(link.get("href")).startswith("/")}
    assert len(inside) > len(NAMES) - 1
    for address in inside:
        path, _, anchor = address.partition("#")
        assert not anchor or anchor in page.open(path).ids
        page.open(path)


@pytest.mark.parametrize("guide", list_guides(), ids=NAMES)
def test_the_headings_of_a_guide_are_listed_at_its_top(page: Visitor, guide: Guide) -> None:
    found = page.open(f"/hilfe/{guide.name}")
    listed = found.all(".//nav[@aria-label='Auf dieser Seite']//a")
    headings = [text_of(each) for each in found.all(".//main//section/h2")]
    assert [text_of(link) for link in listed] == headings
    assert all(str(link.get("href")).removeprefix("#") in found.ids for link in listed)


@pytest.mark.parametrize("name", sorted(file.stem for file in CONTENT.glob("hilfe-*.md") if file.stem != "hilfe-audit"))
def test_one_word_means_one_thing(name: str) -> None:
    assert UNWANTED.findall(read_source(name)) == []


def test_no_guide_is_forgotten() -> None:
    files = {file.stem.removeprefix("hilfe-") for file in CONTENT.glob("hilfe-*.md")} - {"audit"}
    assert files == {*NAMES, *(f"{name}-entwurf" for name in WITH_DRAFT)}


def test_an_unknown_guide_is_no_page(page: Visitor) -> None:
    page.open("/hilfe/gibt-es-nicht", 404)
    page.open("/hilfe/beschluss-entwurf", 404)


def test_the_help_leads_to_every_guide_and_searches_all_of_it(page: Visitor) -> None:
    found = page.open("/hilfe")
    for guide in list_guides():
        assert found.link(f"Ganz lesen: {guide.title}") == f"/hilfe/{guide.name}"
    for typed, title in (("Idstein", "Ideen für Sonderpunkte"), ("Netzwerktreffen", "Ausgezeichnet – und nun?")):
        narrowed = page.open(f"/hilfe?suche={typed}")
        assert title in [text_of(each) for each in narrowed.all(".//main//h3")]
        assert "So kommen Sie zum Ergebnis" not in narrowed.main
    assert "Text für den Rat" in page.open("/hilfe?suche=Beschlussvorschlag").main


def test_the_start_page_leads_to_what_comes_after_the_self_check(page: Visitor) -> None:
    found = page.open("/")
    assert found.link("So läuft das Prüfgespräch") == "/hilfe/pruefgespraech"
    assert found.link("Ausgezeichnet – und nun?") == "/hilfe/ausgezeichnet"
    assert found.link("Kleine Kommunen gemeinsam") == "/hilfe/gemeinsam"
    assert found.link("Mehr zum Audit") == "/hilfe#mehr"


def test_the_draft_for_the_council_is_there_to_copy_and_on_paper(page: Visitor) -> None:
    found = page.open("/hilfe/beschluss")
    draft = read_source("hilfe-beschluss-entwurf")
    box = found.one(".//textarea[@id='entwurf']")
    assert "readonly" in box.attrib
    assert (box.text or "").strip() == draft.strip()
    assert "Die Entwicklungsziele, die der IHK vorgeschlagen werden" in text_of(
        found.one(".//p[@class='typed only-print']")
    )


def test_a_step_leads_to_what_the_help_says_about_it(page: Visitor, check: str) -> None:
    found = page.open(f"/selbstcheck/{check}/checkliste")
    titles = {guide.name: guide.title for guide in list_guides()}
    for key, (name, title) in GUIDES.items():
        assert titles[name] == title
        step = text_of(found.one(f".//li[@data-part='{key}']"))
        assert title in step
        assert found.link(title) == f"/hilfe/{name}"


def _links(found: Page) -> set[str]:
    return {str(link.get("href")) for link in found.all(".//main//a")}


def test_before_the_interview_it_is_said_how_it_goes_and_after_it_what_comes_then(page: Visitor, time: Clock) -> None:
    check = begin(page, interview="22.02.2027")
    fill(page, check, towns.sample().answers)
    overview, result = f"/selbstcheck/{check}", f"/selbstcheck/{check}/ergebnis"
    assert "/hilfe/pruefgespraech" in _links(page.open(overview))
    assert "/hilfe/ausgezeichnet" not in _links(page.open(overview))
    assert "/hilfe/ausgezeichnet" not in _links(page.open(result))
    time.wait(days=15)
    for address in (overview, result):
        assert "/hilfe/ausgezeichnet" in _links(page.open(address)), address
