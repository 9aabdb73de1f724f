"""Texts that are too long for their place."""

from __future__ import annotations

import pytest

from selfcheck.reporting.words import german


@pytest.mark.parametrize(
    ("text", "longest", "cut"),
    [
        ("Bürgerbroschüre", 15, "Bürgerbroschüre"),
        ("Darin: Vereine, Ärzte, Bürgerbroschüre", 30, "Darin: Vereine, Ärzte…"),
        ("Darin: Vereine, Ärzte und mehr", 22, "Darin: Vereine, Ärzte…"),
        ("Ja Donaudampfschifffahrtsgesellschaft", 20, "Ja Donaudampfschiff…"),
        ("a" * 50, 10, "aaaaaaaaa…"),
    ],
)
def test_a_text_is_cut_behind_a_word(text: str, longest: int, cut: str) -> None:
    assert german.shorten(text, longest) == cut
    assert len(cut) <= longest
