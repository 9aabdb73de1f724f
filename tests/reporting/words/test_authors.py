"""Who said what when, in words."""

from __future__ import annotations

from datetime import UTC, datetime

from selfcheck.reporting.words.authors import Said, say_authors

MORNING, NOON = datetime(2027, 1, 12, 10, 42, 7, tzinfo=UTC), datetime(2027, 1, 12, 12, 0, tzinfo=UTC)
ERIKA = "Erika Muster (Bauamt)"


def test_answer_and_note_of_different_people_stand_apart() -> None:
    said = [Said("Antwort", ERIKA, MORNING), Said("Erläuterung", "Ben (Kollegium)", NOON)]
    assert say_authors(said, "Ben (Kollegium)") == [
        "Antwort: Erika Muster (Bauamt), 12.01.2027, 10:42",
        "Erläuterung: Sie, 12.01.2027, 12:00",
    ]


def test_what_was_said_in_one_minute_stands_together() -> None:
    said = [Said("Antwort", ERIKA, MORNING), Said("Erläuterung", ERIKA, MORNING.replace(second=50))]
    assert say_authors(said, "") == ["Antwort und Erläuterung: Erika Muster (Bauamt), 12.01.2027, 10:42"]


def test_nobody_said_nothing() -> None:
    assert say_authors([], "") == []
