"""What came from the chamber and went there, in the words of the history."""

from __future__ import annotations

from datetime import date

import pytest

from selfcheck.core.removed import Removed
from selfcheck.core.review.told import Told
from selfcheck.reporting.history.change_text import ChangeFacts, ChangeText, say_change
from selfcheck.reporting.history.removed_text import is_removed, say_removed
from tests.core.builders import questionnaire, yes_no

ASKED = questionnaire([yes_no("leitbild", 4)])


def say(after: object, subject: str = "") -> ChangeText:
    return say_change(ASKED, ChangeFacts("talk", subject, None, after), {})


@pytest.mark.parametrize("event", Told)
def test_everything_that_can_happen_has_words_and_no_gap(event: Told) -> None:
    said = say({"event": event, "label": "C6-1"})
    assert "IHK" in said.title or "Beispiel" in said.title or "C6-1" in said.title
    assert event.value not in said.title
    assert (said.before, said.after) == ("", "")


def test_it_is_said_at_its_question() -> None:
    said = say({"event": "replied", "label": "C6-1"}, "leitbild")
    assert said.title == "Antwort auf Empfehlung C6-1 an die IHK gesendet"
    assert said.question == "leitbild"
    assert said.about == ASKED.questions[0].name


@pytest.mark.parametrize("after", [None, "quatsch", ["x"], {}, {"event": ["x"]}, {"event": "in Zukunft"}])
def test_what_nobody_knows_is_named_as_it_is_stored(after: object) -> None:
    assert say(after, "fort").title.startswith("Austausch mit der IHK: ")
    assert say(after, "fort").about == "fort"


def test_the_words_that_stand_where_a_text_was_are_known_again() -> None:
    assert is_removed(say_removed(Removed(date(2027, 1, 12), "Bürgermeisteramt (Süd)")))
    for text in ("", "entfernt", "entfernt am 1.1.2027 durch X", "Er wurde entfernt am 01.01.2027 durch uns"):
        assert not is_removed(text)
