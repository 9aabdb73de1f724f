"""Help: what the audit wants before what the tool does, an index of all topics, a search."""

from __future__ import annotations

import pytest

from tests.towns import questionnaire
from tests.web.document import text_of
from tests.web.page import Page, Visitor


def part(found: Page, id: str) -> str:
    return text_of(found.one(f".//*[@id='{id}']")).replace("\N{NO-BREAK SPACE}", " ")


def topics(found: Page) -> list[str]:
    return [text_of(heading) for heading in found.all(".//main//h3")]


@pytest.mark.parametrize(
    "said",
    [
        "noch unklar",
        "trifft nicht zu",
        "nicht erreicht",
        "Erreicht und belegt",
        "Nach Ihren Angaben erreicht, Belege fehlen",
        "Noch offen",
        "Mit den heutigen Angeboten nicht erreicht",
        "Noch keine Angaben",
        "Schätzung, keine Zusage",
        "118 Punkte",
        "82,6 Punkte",
        "zusammen höchstens 6 Punkte",
        "Grenze der Fassung von 2018: 70 % der Punkte",
        "Sehen Sie zuerst auf der Seite von PERFORM nach",
    ],
)
def test_the_help_explains_the_fixed_words(page: Visitor, said: str) -> None:
    assert said in part(page.open("/hilfe"), "wie-wird-geschaetzt")


def test_the_help_says_openly_what_is_ours(page: Visitor) -> None:
    found = page.open("/hilfe")
    assert "Der amtliche Prüfbogen lag uns nicht vor" in part(found, "annahmen")
    assert len(found.all(".//section[@id='quellen']//li/a")) == len(questionnaire().sources)


def test_the_help_says_how_much_rests_on_what(page: Visitor) -> None:
    table = page.open("/hilfe").one(".//table[caption='Woher die Fragen kommen']")
    rows = [text_of(row).replace("\N{NO-BREAK SPACE}", " ") for row in table.findall("tbody/tr")]
    for row, said in zip(rows, ("17 Fragen 56 Punkte", "18 Fragen 54 Punkte", "3 Fragen 8 Punkte"), strict=True):
        assert row.endswith(said)


def test_the_help_shows_the_probe_of_the_sample_town(page: Visitor) -> None:
    said = part(page.open("/hilfe"), "wie-wird-geschaetzt")
    assert "Musterstadt am Main. Zur Probe: Zählten alle Fragen gleich viel, wären es" in said


def test_sources_say_when_they_were_read(page: Visitor) -> None:
    sources = part(page.open("/hilfe"), "quellen")
    assert sources.count("(abgerufen am 22.11.2026)") == len(questionnaire().sources)


def test_what_the_audit_wants_stands_before_what_the_tool_does(page: Visitor) -> None:
    chapters = [text_of(heading) for heading in page.open("/hilfe").all(".//main//h2")]
    assert chapters[:4] == ["Das Audit", "Mehr zum Audit", "Mit dem Selbstcheck arbeiten", "Wie wird geschätzt?"]


def test_the_index_leads_to_every_topic(page: Visitor) -> None:
    found = page.open("/hilfe")
    listed = found.all(".//nav[@aria-label='Themen der Hilfe']//li/a")
    assert [text_of(link) for link in listed] == topics(found)
    assert len(listed) > 20
    assert all(str(link.get("href")).removeprefix("#") in found.ids for link in listed)


@pytest.mark.parametrize("typed", ["persönlichen Link", "LINK persönlichen", "personlichen link"])
def test_topics_are_found_by_their_words(page: Visitor, typed: str) -> None:
    found = page.press(page.open("/hilfe"), "Hilfe durchsuchen", {"suche": typed})
    assert "Wie komme ich später wieder hinein?" in topics(found)
    assert "Sonderpunkte" not in topics(found)
    assert "Themen" in found.main
    assert found.link("Alle Themen zeigen") == "/hilfe"


def test_what_is_not_found_is_said(page: Visitor) -> None:
    found = page.open("/hilfe?suche=Raumfahrt")
    assert topics(found) == []
    assert "Dazu steht hier nichts." in found.main
