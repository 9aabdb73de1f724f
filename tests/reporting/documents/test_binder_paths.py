"""Names in the binder: what people call things, as every system can unpack it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcheck.core.files.names import DEVICES, FORBIDDEN, UNSEEN
from selfcheck.reporting.documents.binder.paths import LONGEST_FILE, LONGEST_FOLDER, Names, link, name_file, name_folder


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Leitbild 2030", "A1.1 Leitbild 2030.pdf"),
        ("Straße für Ältere", "A1.1 Straße für Ältere.pdf"),
        ("../../x", "A1.1 x.pdf"),
        ("a/b\\c", "A1.1 a-b-c.pdf"),
        ("CON", "A1.1 _CON.pdf"),
        ("Plan\u202efdp", "A1.1 Planfdp.pdf"),
        ("Ende. . .", "A1.1 Ende.pdf"),
        ("zwei\nZeilen", "A1.1 zwei Zeilen.pdf"),
        ("", "A1.1 gescannt.pdf"),
        ("\u200b", "A1.1 gescannt.pdf"),
    ],
)
def test_a_file_is_called_as_its_piece(title: str, named: str) -> None:
    assert name_file("A1.1", title, "gescannt.PDF") == named


def test_a_file_without_an_ending_gets_one() -> None:
    assert name_file("A1.1", "Leitbild", "ohne Endung") == "A1.1 Leitbild.bin"


def test_a_folder_is_not_called_by_half_a_word() -> None:
    assert name_folder("A4", "Zusammenarbeit mit Nachbarn und Betrieben") == "A4 Zusammenarbeit mit Nachbarn"
    assert name_folder("A2", "Strategie zur Entwicklung der Bevölkerung") == "A2 Strategie zur Entwicklung der"
    assert len(name_folder("A1", "Wort" * 20)) == LONGEST_FOLDER


@given(st.text(max_size=400), st.text(max_size=40))
def test_whatever_it_is_called_every_system_takes_it(title: str, sent: str) -> None:
    folder, file = name_folder("A1", title), name_file("A1.1", title, sent)
    for name, longest in ((folder, LONGEST_FOLDER), (file, LONGEST_FILE)):
        assert 0 < len(name.encode("utf-16-le")) // 2 <= longest
        assert len(name.encode()) <= 255
        assert "/" not in name
        assert not FORBIDDEN.search(name)
        assert name == name.strip(". ")
        assert not DEVICES.fullmatch(name.partition(".")[0])


@given(st.text(alphabet=st.characters(categories=sorted(UNSEEN - {"Cs"})), min_size=1))
def test_nothing_unseen_stays(title: str) -> None:
    assert name_folder("A1", title) == "A1"


def test_names_that_some_systems_take_for_one_are_told_apart() -> None:
    names = Names()
    assert names.take("A/Plan.pdf") == "A/Plan.pdf"
    assert names.take("A/PLAN.pdf") == "A/PLAN (2).pdf"
    assert names.take("A/plan.PDF") == "A/plan (3).PDF"
    assert names.take("B/Plan.pdf") == "B/Plan.pdf"


def test_a_link_leads_to_the_name_it_was_made_of() -> None:
    assert link("A Ä/A1 50 % #1.pdf") == "A%20%C3%84/A1%2050%20%25%20%231.pdf"
