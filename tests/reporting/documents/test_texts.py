"""Texts and names of files: what cannot be printed is said, and Windows takes every name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from selfcheck.reporting.documents import dates, word_report
from selfcheck.reporting.documents.texts import one_line, spell_out
from tests.reporting.documents.sample import full_report


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Straße, Größe – „so“ €", "Straße, Größe – „so“ €"),
        ("Zeile\nZeile\tTab\r\n", "Zeile\nZeile\tTab\n"),
        ("\x07\ue000\x85\ufffe\ud800", "[U+0007][U+E000][U+0085][U+FFFE][U+D800]"),
        ("🌳 مرحبا 中文", "🌳 مرحبا 中文"),
        ("", ""),
    ],
)
def test_what_cannot_be_printed_is_spelled_out(typed: str, shown: str) -> None:
    assert spell_out(typed) == shown


def test_one_line_is_cut_with_a_sign() -> None:
    assert one_line("Bad\nHomburg  v. d. Höhe", 40) == "Bad Homburg v. d. Höhe"
    assert one_line("x" * 50, 10) == "xxxxxxxxx…"


def test_a_file_is_called_by_document_town_and_stand() -> None:
    name = word_report.write(full_report()).name
    assert name.startswith("Bericht Musterstadt am Main, Stand 3")
    assert name.endswith(".docx")


@pytest.mark.parametrize("town", ['A/B\\C:D*E?F"G<H>I|J', "Ort.", "x" * 400, "..\\..\\etc", "\x07Ort\n", "CON"])
def test_windows_takes_every_name(town: str) -> None:
    report = full_report()
    name = dates.write(replace(report, cover=replace(report.cover, municipality=town))).name
    assert not set(name) & set('<>:"/\\|?*\n\x07')
    assert len(name) <= 150
    assert name.startswith("Termine")
    assert not name.partition(".ics")[0].endswith((" ", "."))
