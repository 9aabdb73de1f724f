"""A change in words: a piece of evidence has the title that pages show, and nothing is called by its inner name."""

from __future__ import annotations

import pytest

from selfcheck.reporting.history.change_text import ChangeFacts, say_change
from tests.towns import questionnaire

SUGGESTED = {"question": "leitbild", "title": "Konzept oder Auszug", "usual": True, "available": False, "name": ""}
GONE = "strand-und-meer"
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
