"""Typed text on its way in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcheck.core.text.contents import clean, clean_code, clean_line, clean_paragraph, count_seen, is_blank


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Zeile\r\nnächste\rletzte", "Zeile\nnächste\nletzte"),
        ("a\tb", "a\tb"),
        ("N\x00U\x07L\x1b[31m", "NUL[31m"),
        ("\ud800halb", "halb"),
        ("\ufdd0\ufdef\ufffe\U0010ffff", ""),
        (
            "Zeile eins\u000bZeile zwei\u0085drei\u2028vier\u2029fünf\fsechs",
            "Zeile eins\nZeile zwei\ndrei\nvier\nfünf\nsechs",
        ),
        ("eins\x1czwei\x1ddrei\x1evier\x1ffünf", "eins\nzwei\ndrei\nvier fünf"),
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
        ("Stadt\vMuster\u2028am\x85Main", "Stadt Muster am Main"),
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


UNSEEN = [
    "",
    " \t\n",
    "\u200b",
    "\u200b" * 3,
    "\u00ad\u2060\ufeff",
    "\u3164",
    "\u2800 \u2800",
    "\u034f",
    "\ufe0f",
    "\U000e0041",
    "\u2065",
    "\ufff0\ufff8",
    "\U000e0200" * 3,
    "\ufffc",
    "\U0001d159" * 3,
    "\u180b\u180f",
]


@pytest.mark.parametrize("typed", UNSEEN)
def test_what_nobody_sees_is_nothing(typed: str) -> None:
    assert is_blank(typed)
    assert count_seen(typed) == 0
    assert clean(typed) == clean_line(typed) == clean_paragraph(typed) == clean_code(typed) == ""


@pytest.mark.parametrize(
    ("typed", "seen"), [("a", 1), ("zu\u200b!", 3), ("a\u0308", 1), ("k. A.", 4), ("👍", 1), ("רש", 2), ("–", 1)]
)
def test_what_is_seen_counts(typed: str, seen: int) -> None:
    assert not is_blank(typed)
    assert count_seen(typed) == seen


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("erika@stadt.example\u200b", "erika@stadt.example"),
        ("06151\u2011871–0", "06151-871-0"),
        ("\ufeff12\u00ad3\u00a04", "123 4"),
        ("１２．５", "12.5"),
        ("\u22125", "-5"),
        ("erika@stadt.example\U000e0100", "erika@stadt.example"),
        ("\u180bstadt\u2065.example\ufffc", "stadt.example"),
    ],
)
def test_machines_get_what_people_see(typed: str, kept: str) -> None:
    assert clean_code(typed) == kept


@given(st.text())
def test_what_is_kept_for_machines_stays_as_it_is(typed: str) -> None:
    kept = clean_code(typed)
    assert clean_code(kept) == kept
