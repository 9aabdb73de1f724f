"""A change in words: what the questionnaire does not know any more is named without its inner name."""

from __future__ import annotations

import pytest

from selfcheck.reporting.history.change_text import ChangeFacts, say_change
from tests.towns import questionnaire

GONE = "strand-und-meer"
PIECE = {"title": "Ratsbrief", "question": GONE, "also": [GONE]}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (ChangeFacts("note", GONE, "", "Beschluss"), "frühere Frage"),
        (ChangeFacts("charge", GONE, None, True), "frühere Frage"),
        (ChangeFacts("evidence", "7", None, PIECE), "gehört auch zu: frühere Frage"),
        (
            ChangeFacts("goal", "1", {"title": "Radwege", "criterion": ""}, {"title": "Radwege", "criterion": GONE}),
            "früheres Kriterium",
        ),
    ],
)
def test_what_only_another_version_knows_has_no_inner_name(change: ChangeFacts, said: str) -> None:
    text = say_change(questionnaire(), change, {})
    whole = f"{text.title} {text.about} {text.before} {text.after}"
    assert said in whole
    assert GONE not in whole
