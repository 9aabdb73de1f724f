"""The chamber finder on the real list of chambers: 25 districts, nine chambers, and the exceptions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from selfcheck.core.questionnaire.chambers import ChamberNote, Chambers
from selfcheck.core.reading.chambers import parse_chambers
from selfcheck.web.entry import finder

DAY = date(2026, 11, 29)
FILE = Path(__file__).resolve().parents[3] / "questionnaires" / "chambers.yaml"


@pytest.fixture(scope="module")
def chambers() -> Chambers:
    return parse_chambers(FILE.read_text(encoding="utf-8"))


def test_all_districts_are_offered_by_the_name_people_look_for(chambers: Chambers) -> None:
    names = [district.name.removeprefix("Landkreis ") for district in finder.list_districts(chambers)]
    assert len(names) == 25
    assert names == sorted(names)


@pytest.mark.parametrize(
    ("key", "chamber", "phone"),
    [
        ("06411", "IHK Darmstadt", "tel:+496151871"),
        ("06412", "IHK Frankfurt am Main", "tel:+49692197"),
        ("06413", "IHK Offenbach am Main", "tel:+49698207250"),
        ("06415", "IHK Hanau-Gelnhausen-Schlüchtern", "tel:+496181"),
        ("06533", "IHK Limburg", "tel:+496431210140"),
        ("07339", "IHK für Rheinhessen", "tel:+496131262"),
        ("09676", "IHK Aschaffenburg", "tel:+496021880"),
    ],
)
def test_a_district_leads_to_its_chamber_and_a_number_to_dial(
    chambers: Chambers, key: str, chamber: str, phone: str
) -> None:
    found = finder.find(chambers, key, DAY)
    assert found is not None
    assert found.chamber.name == chamber
    assert phone in dict(found.contact)["Telefon"]
    assert dict(found.contact)["zuletzt geprüft"] == "22.11.2026"


@pytest.mark.parametrize(
    ("key", "municipality"),
    [
        ("06436", "Hochheim am Main"),
        ("06531", "Biebertal"),
        ("06531", "Wettenberg"),
        ("06415", "Hanau"),
        ("06435", "Hanau"),
    ],
)
def test_exceptions_are_said_where_they_matter(chambers: Chambers, key: str, municipality: str) -> None:
    found = finder.find(chambers, key, DAY)
    assert found is not None
    assert any(municipality in note for note in found.notes)


@pytest.mark.parametrize(
    ("key", "municipality", "chamber"),
    [
        ("06436", "Hochheim am Main", "IHK Wiesbaden"),
        ("06436", "Hofheim am Taunus", "IHK Frankfurt am Main"),
        ("06531", "Gemeinde Biebertal", "IHK Lahn-Dill"),
        ("06531", "Wettenberg", "IHK Lahn-Dill"),
        ("06415", "Hanau", "IHK Hanau-Gelnhausen-Schlüchtern"),
    ],
)
def test_a_municipality_is_sent_to_its_own_chamber_first(
    chambers: Chambers, key: str, municipality: str, chamber: str
) -> None:
    found = finder.find(chambers, key, DAY, municipality)
    assert found is not None
    assert found.chamber.name == chamber
    assert [row for row in found.contact if not row[1]] == []


def test_an_exception_names_whom_to_call_as_the_list_does_today(chambers: Chambers) -> None:
    found, wiesbaden = finder.find(chambers, "06436", DAY), chambers.named("IHK Wiesbaden")
    assert found is not None
    assert wiesbaden is not None
    assert found.covers == "Main-Taunus-Kreis (ohne Hochheim am Main)"
    assert wiesbaden.contact in found.notes[0]
    assert wiesbaden.phone in found.notes[0]
    assert all(chamber.contact not in note.text for chamber in chambers.chambers for note in _all_notes(chambers))


def _all_notes(chambers: Chambers) -> list[ChamberNote]:
    return [note for chamber in chambers.chambers for note in chamber.notes]


def test_only_hanau_is_ours_beside_the_districts_of_the_source(chambers: Chambers) -> None:
    assert [district.name for district in chambers.districts if district.ours] == ["Hanau, Stadt"]


def test_where_a_chamber_has_no_page_the_list_itself_is_linked(chambers: Chambers) -> None:
    for chamber in chambers.chambers:
        found = finder.find(chambers, chamber.districts[0].key, DAY)
        assert found is not None
        assert (chamber.url or chambers.source.url) in dict(found.contact)["Internet"]
        assert finder.ON_THE_LIST in dict(found.contact)["E-Mail"]
        assert chambers.source.url in dict(found.contact)["E-Mail"]


def test_a_switchboard_and_an_address_are_shown_where_they_are_known(chambers: Chambers) -> None:
    known = replace(chambers.chambers[0], mail="wohnort@ihk.example", switchboard="06021 000-0")
    found = finder.find(replace(chambers, chambers=(known, *chambers.chambers[1:])), known.districts[0].key, DAY)
    assert found is not None
    contact = dict(found.contact)
    assert "mailto:wohnort@ihk.example" in contact["E-Mail"]
    assert "tel:+4960210000" in contact["Zentrale"]


@pytest.mark.parametrize(("day", "old"), [(date(2027, 5, 22), False), (date(2027, 6, 1), True)])
def test_after_half_a_year_the_page_says_that_people_may_have_changed(chambers: Chambers, day: date, old: bool) -> None:
    found = finder.find(chambers, "06411", day)
    assert found is not None
    assert (finder.AGED in dict(found.contact)["zuletzt geprüft"]) == old


def test_other_districts_carry_no_notes(chambers: Chambers) -> None:
    found = finder.find(chambers, "06411", DAY)
    assert found is not None
    assert found.notes == ()


@pytest.mark.parametrize("key", ["", "other", "99999", "6411", "<b>"])
def test_what_is_no_key_finds_nothing(chambers: Chambers, key: str) -> None:
    assert finder.find(chambers, key, DAY) is None


def test_the_table_lists_every_chamber_with_all_its_districts(chambers: Chambers) -> None:
    rows = list(finder.list_rows(chambers))
    assert len(rows) == 9
    assert sum(len(row[1].split("; ")) for row in rows) == 25
    assert [row[0] for row in rows][6:] == ["IHK Offenbach am Main", "IHK für Rheinhessen", "IHK Wiesbaden"]
