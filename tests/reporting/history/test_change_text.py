"""A change of a piece of evidence in words: it has one title, the one that pages show."""

from __future__ import annotations

import pytest

from selfcheck.reporting.history.change_text import ChangeFacts, say_change
from tests.towns import questionnaire

SUGGESTED = {"question": "leitbild", "title": "Konzept oder Auszug", "usual": True, "available": False, "name": ""}
NAMED = SUGGESTED | {"available": True, "name": "Innenstadtkonzept"}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (None, NAMED, ("(leer)", "Titel: Innenstadtkonzept\nliegt vor")),
        (SUGGESTED, NAMED, ("Titel: Konzept oder Auszug\nfehlt noch", "Titel: Innenstadtkonzept\nliegt vor")),
        (NAMED, NAMED | {"name": "Zentrenkonzept"}, ("Titel: Innenstadtkonzept", "Titel: Zentrenkonzept")),
        (NAMED, NAMED | {"name": ""}, ("Titel: Innenstadtkonzept", "Titel: Konzept oder Auszug")),
    ],
)
def test_a_piece_of_evidence_has_one_title(before: object, after: object, said: tuple[str, str]) -> None:
    change = say_change(questionnaire(), ChangeFacts("evidence", "7", before, after), {})
    assert (change.before, change.after) == said
    assert change.title == "Beleg"
