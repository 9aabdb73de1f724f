"""The chamber finder on the real list of chambers: 25 districts, nine chambers, and the exceptions."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfcheck.core.questionnaire.chambers import Chambers
from selfcheck.core.reading.chambers import parse_chambers
from selfcheck.web.entry import finder

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
    found = finder.find(chambers, key)
    assert found is not None
    assert found.chamber.name == chamber
    assert phone in dict(found.contact)["Telefon"]
    assert dict(found.contact)["Stand"] == "22.11.2026"


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
    found = finder.find(chambers, key)
    assert found is not None
    assert any(municipality in note for note in found.notes)


def test_other_districts_carry_no_notes(chambers: Chambers) -> None:
    found = finder.find(chambers, "06411")
    assert found is not None
    assert found.notes == ()


@pytest.mark.parametrize("key", ["", "other", "99999", "6411", "<b>"])
def test_what_is_no_key_finds_nothing(chambers: Chambers, key: str) -> None:
    assert finder.find(chambers, key) is None


def test_the_table_lists_every_chamber_with_all_its_districts(chambers: Chambers) -> None:
    rows = list(finder.list_rows(chambers))
    assert len(rows) == 9
    assert sum(len(row[1].split("; ")) for row in rows) == 25
    assert [row[0] for row in rows][6:] == ["IHK Offenbach am Main", "IHK für Rheinhessen", "IHK Wiesbaden"]
