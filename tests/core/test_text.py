"""Typed text on its way in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcheck.core.text.contents import clean, clean_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Zeile\r\nnächste\rletzte", "Zeile\nnächste\nletzte"),
        ("a\tb", "a\tb"),
        ("N\x00U\x07L\x1b[31m", "NUL[31m"),
        ("\ud800halb", "halb"),
        ("\ufdd0\ufdef\ufffe\U0010ffff", ""),
        ("<b>Ä 👩‍👩‍👧 ‏עברית", "<b>Ä 👩‍👩‍👧 ‏עברית"),
    ],
)
def test_what_cannot_be_stored_goes_and_the_rest_stays(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Erika \u202eretsuM", "Erika retsuM"),
        ("\u2067Erika\u2069 \n Muster\u200f", "Erika Muster"),
        ("\u202e \u2066", ""),
        ("Erika \u202e Muster", "Erika Muster"),
        ("Ali رضا", "Ali رضا"),
        ("שרה כהן", "שרה כהן"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Müller-Lüdenscheidt 👩🏽‍🌾", "Müller-Lüdenscheidt 👩🏽‍🌾"),
    ],
)
def test_no_name_turns_what_stands_beside_it(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept


@given(st.text())
def test_cleaning_a_line_twice_changes_nothing(typed: str) -> None:
    kept = clean_line(typed)
    assert clean_line(kept) == kept
    assert kept == " ".join(kept.split())


@given(st.text())
def test_cleaning_twice_changes_nothing_and_every_database_takes_it(typed: str) -> None:
    kept = clean(typed)
    assert clean(kept) == kept
    assert "\x00" not in kept
    kept.encode()
