"""Municipalities in sentences."""

from __future__ import annotations

import pytest

from selfcheck.reporting.words.names import name_town


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Stadt Kelsterbach", "die Stadt Kelsterbach"),
        ("Gemeinde Biebertal", "die Gemeinde Biebertal"),
        ("Markt Mömbris", "den Markt Mömbris"),
        ("Musterstadt am Main", "Musterstadt am Main"),
        ("Stadtallendorf", "Stadtallendorf"),
        ("Markt", "Markt"),
        ("Stadt ", "Stadt "),
        ("", ""),
    ],
)
def test_only_a_kind_of_place_gets_an_article(name: str, said: str) -> None:
    assert name_town(name) == said
