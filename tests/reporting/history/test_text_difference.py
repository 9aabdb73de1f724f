"""Differences between two texts: nothing of either is lost, marks stand where they differ, long ones are quick."""

from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from selfcheck.reporting.history.text_difference import Kind, Piece, compare, is_telling

WORDS = ["der", "Beschluss", "vom", "Mai", ",", ".", "\n", " ", "\t", "2027"]
TEXTS = some.one_of(
    some.text(max_size=60),
    some.lists(some.sampled_from(WORDS), max_size=60).map(" ".join),
    some.lists(some.sampled_from(["eine Zeile", "noch eine", ""]), max_size=30).map("\n".join),
)


def side(pieces: tuple[Piece, ...], own: Kind) -> str:
    return "".join(piece.text for piece in pieces if piece.kind in (Kind.KEPT, own))


@settings(max_examples=400)
@given(TEXTS, TEXTS)
def test_kept_and_added_make_mine_kept_and_removed_make_theirs(mine: str, theirs: str) -> None:
    pieces = compare(mine, theirs)
    assert side(pieces, Kind.ADDED) == mine
    assert side(pieces, Kind.REMOVED) == theirs
    assert all(piece.text for piece in pieces)
    assert all(one.kind is not other.kind for one, other in pairwise(pieces))


@given(TEXTS)
def test_the_same_text_has_no_differences(text: str) -> None:
    assert all(piece.kind is Kind.KEPT for piece in compare(text, text))
    assert not is_telling(compare(text, text))


def test_words_that_differ_are_found() -> None:
    found = compare("Beschluss vom Juni 2027, öffentlich", "Beschluss vom Mai 2027, nicht öffentlich")
    assert [(piece.kind.value, piece.text) for piece in found] == [
        ("kept", "Beschluss vom "),
        ("removed", "Mai"),
        ("added", "Juni"),
        ("kept", " 2027,"),
        ("removed", " nicht"),
        ("kept", " öffentlich"),
    ]
    assert is_telling(found)


def test_a_full_stop_between_two_changes_makes_no_two_marks_of_one() -> None:
    found = compare("am 19. Juni 2026", "am 12. Mai 2026")
    assert [piece.text for piece in found] == ["am ", "12. Mai", "19. Juni", " 2026"]


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [("zweite", "erste"), ("", "Beschluss vom Mai"), ("Rathaus, Zimmer 3", "Beschluss vom Mai in der Sitzung")],
)
def test_texts_with_little_in_common_are_not_marked(mine: str, theirs: str) -> None:
    assert not is_telling(compare(mine, theirs))


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("a " * 2500, "a b " * 1250),
        ("a b c d e " * 500, "b a d c e " * 500),
        ("ja\n" * 1600, "ja\nnein\n" * 600),
        ("x" * 5000, "y" * 5000),
        (". " * 2500, ", . " * 1250),
        ("Der Beschluss vom Mai steht im Register. " * 120, "Der Beschluss vom Juni steht in der Akte. " * 119),
        (" ".join(str(number) for number in range(1000)), " ".join(str(number) for number in reversed(range(1000)))),
    ],
    ids=["one word", "five words", "lines", "no spaces", "dots", "sentences", "reversed"],
)
def test_texts_as_long_as_a_note_can_be_are_quick(mine: str, theirs: str) -> None:
    started = process_time()
    pieces = compare(mine, theirs)
    assert process_time() - started < 0.5
    assert side(pieces, Kind.ADDED) == mine
    assert side(pieces, Kind.REMOVED) == theirs
