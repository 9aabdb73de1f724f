"""What stands on an office's paper: blank questions without examples and without names of other questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from selfcheck.core.questionnaire.model import Kind, NotApplicable, OptionId, QuestionId, QuestionIs
from selfcheck.core.rules.answers import Answer, Evidence, State
from selfcheck.reporting.report.office_paper import ask_on_paper, list_answers
from selfcheck.reporting.words.condition_text import only_if
from tests.core.builders import options, question, questionnaire, yes_no

HELP = "**Zählt:** ein Konzept.\n\n**Zählt nicht:** ein Plan.\n\n**Beispiel:** In Dreieich gibt es eines."
FIRST = replace(yes_no("konzept", 2, evidence=("Konzept",), not_applicable=NotApplicable.ZERO), help=HELP)
SECOND = replace(
    question("angebot", Kind.MANY, options=options(fahrplan=1, gutscheine=1)),
    applies_if=QuestionIs(QuestionId("konzept"), (OptionId("ja"),)),
)
QUESTIONNAIRE = questionnaire([FIRST, SECOND])
KONZEPT, ANGEBOT = (QUESTIONNAIRE.question[QuestionId(id)] for id in ("konzept", "angebot"))
DAY = date(2027, 6, 15)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (None, f"Zählt nur, wenn {KONZEPT.number} mit „Ja“ beantwortet ist."),
        ({"konzept"}, f"Zählt nur, wenn {KONZEPT.number} mit „Ja“ beantwortet ist."),
        ({"angebot"}, "Zählt nur, falls eine andere Angabe der Kommune zutrifft."),
    ],
)
def test_a_condition_names_only_known_questions(known: set[QuestionId] | None, said: str) -> None:
    assert only_if(QUESTIONNAIRE, ANGEBOT, known) == said


def test_help_comes_without_examples_and_marks() -> None:
    (blank,) = ask_on_paper(QUESTIONNAIRE, [KONZEPT], {})
    assert blank.help == ("Zählt: ein Konzept.", "Zählt nicht: ein Plan.")


def test_what_can_be_ticked_follows_the_kind_of_question() -> None:
    konzept, angebot = ask_on_paper(QUESTIONNAIRE, [KONZEPT, ANGEBOT], {})
    assert konzept.options == ("Ja", "Nein")
    assert konzept.states == ("wissen wir nicht", "nicht unsere Zuständigkeit", "trifft nicht zu, weil:")
    assert angebot.states == ("nichts davon", "wissen wir nicht", "nicht unsere Zuständigkeit")


def test_what_stands_there_so_far_is_said() -> None:
    answers = {KONZEPT.id: Answer(State.GIVEN, OptionId("ja"))}
    konzept, angebot = ask_on_paper(QUESTIONNAIRE, [KONZEPT, ANGEBOT], answers)
    assert (konzept.so_far, angebot.so_far) == ("Ja", "")


def test_a_copy_holds_answer_reason_note_and_evidence() -> None:
    piece = Evidence("Konzept", True, date(2027, 1, 1))
    said = Answer(State.NOT_APPLICABLE, None, "Zu klein", "Siehe Ordner", (piece,))
    line, untouched = list_answers([KONZEPT, ANGEBOT], {KONZEPT.id: said}, DAY)
    assert (line.answer, line.reason, line.note) == (("trifft nicht zu",), "Zu klein", "Siehe Ordner")
    assert [each.status for each in line.evidence] == ["gilt nur bis 01.01.2027"]
    assert (untouched.answer, untouched.reason, untouched.evidence) == (("offen",), "", ())
