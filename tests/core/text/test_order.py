"""Names found and sorted as people do it."""

from __future__ import annotations

from unicodedata import normalize

import pytest

from selfcheck.core.text.order import contains, fold, sort_key, split_words


@pytest.mark.parametrize("wanted", ["überwald", "ÜBER", "u\u0308berwald", "Uberwald", "wald-mi", ""])
def test_a_town_is_found_however_it_is_typed(wanted: str) -> None:
    town = "Gemeinde Überwald-Michelbach"
    assert contains(normalize("NFC", town), wanted)
    assert contains(normalize("NFD", town), wanted)
    assert not contains("Unterwald", "überwald")


@pytest.mark.parametrize(
    ("town", "wanted"),
    [
        ("Groß\u2011Gerau", "gross-gerau"),
        ("Marburg\u2013Biedenkopf", "Marburg-Biedenkopf"),
        ("Gemeinde Überwald", "Ueberwald"),
        ("Gemeinde Ueberwald", "überwald"),
        ("Mo\u0308rfelden", "Moerfelden"),
        ("Łódź", "lodz"),
        ("Ørsted", "orsted"),
    ],
)
def test_a_town_is_found_with_another_keyboard(town: str, wanted: str) -> None:
    assert contains(town, wanted)
    assert not contains(town, f"{wanted}x")


def test_names_stand_as_in_a_german_register() -> None:
    names = ["Zell", "Äppelwoi", "apfel", "Apfel", "Straße", "Strasse", "A\u0308ppel", "Öd", "Ofen", "Östlich"]
    assert sorted(names, key=sort_key) == [
        "Apfel",
        "apfel",
        "A\u0308ppel",
        "Äppelwoi",
        "Öd",
        "Ofen",
        "Östlich",
        "Strasse",
        "Straße",
        "Zell",
    ]


def test_words_are_compared_without_their_marks() -> None:
    assert split_words("Universita\u0308tsstadt Gießen") == ["universitatsstadt", "giessen"]
    assert fold("Gie\u00adßen") == fold("GIESSEN")
