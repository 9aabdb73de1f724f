"""Events of the team in the words of the history."""

from __future__ import annotations

import pytest

from selfcheck.reporting.history.change_text import ChangeFacts, say_change
from tests.core.builders import questionnaire, yes_no

ASKED = questionnaire([yes_no("leitbild", 4), yes_no("strategie", 2)])


@pytest.mark.parametrize(
    ("facts", "title", "about"),
    [
        (
            {"event": "invited", "label": "Bauamt", "questions": ["leitbild", "strategie"], "due_on": "2027-02-01"},
            "Eingeladen",
            "Bauamt, 2 Fragen, Antworten bis 01.02.2027",
        ),
        ({"event": "invited", "label": "Hauptamt", "questions": []}, "Eingeladen", "Hauptamt"),
        (
            {"event": "extended", "label": "Bauamt", "due_on": "kaputt", "ends_on": "2027-03-03"},
            "Zeit geändert",
            "Bauamt, Antworten bis kaputt, Link gilt bis 03.03.2027",
        ),
        (
            {"event": "asked", "label": "Bauamt", "added": ["leitbild"], "removed": ["fort"]},
            "Fragen geändert",
            "Bauamt, dazu: {leitbild}, nicht mehr: fort",
        ),
        (
            {"event": "reassigned", "label": "Bauamt", "question": "leitbild", "to": ""},
            "Frage neu zugeordnet",
            "{leitbild}: von Bauamt an Koordination",
        ),
        ({"event": "withdrawn", "label": "Bauamt"}, "Zugang zurückgezogen", "Bauamt"),
        (
            {"event": "appointed", "label": "Erika Muster", "reason": "Wechsel im Amt"},
            "Koordination durch den Betreiber eingesetzt",
            "Erika Muster, Grund: Wechsel im Amt",
        ),
        ({"event": "later invention"}, "Team: later invention", ""),
    ],
)
def test_events_are_said(facts: dict[str, object], title: str, about: str) -> None:
    said = say_change(ASKED, ChangeFacts("team", "abc", None, facts), {})
    numbers = {question.id: question.number for question in ASKED.questions}
    assert (said.title, said.about, said.before, said.after) == (title, about.format(**numbers), "", "")


@pytest.mark.parametrize("label", ["erika@stadt.example", ""])
@pytest.mark.parametrize("event", ["taken_over", "handed_over", "promoted", "left", "appointed"])
def test_no_address_stands_in_the_place_of_a_name(event: str, label: str) -> None:
    """Colleagues read the history; older rows of it hold the address of whoever had no name."""
    facts = {"event": event, "label": label, "reason": "Wechsel im Amt"}
    said = say_change(ASKED, ChangeFacts("team", "abc", None, facts), {})
    assert said.about.startswith("ohne Namen")
