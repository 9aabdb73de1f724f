"""Conditions in words: when a question is asked."""

from __future__ import annotations

from collections.abc import Collection

from selfcheck.core.questionnaire.model import (
    All,
    Any,
    Condition,
    Kind,
    Not,
    NumberWithin,
    ProfileIs,
    Question,
    QuestionId,
    QuestionIs,
    Questionnaire,
)
from selfcheck.core.rules.conditions import named_questions
from selfcheck.core.rules.wording import listing, number
from selfcheck.reporting.words.german import NO_BREAK
from selfcheck.reporting.words.names import CENTRALITIES

SENTENCES = {"place": "Ihre Kommune {} ist", "audit": "es um {} geht", "land": "Ihre Kommune in {} liegt"}
VALUES = CENTRALITIES | {
    "first": "eine Erstauditierung",
    "renewal": "eine Re-Auditierung",
    "HE": "Hessen",
    "RP": "Rheinland-Pfalz",
    "BY": "Bayern",
}


def only_if(questionnaire: Questionnaire, question: Question, known: Collection[QuestionId] | None = None) -> str:
    """`Zählt nur, wenn B3 mit „Ja“ beantwortet ist.`; empty for a question that is always asked.

    Where only the questions `known` may be named, a condition on any other one says no more than that there is one.
    """
    if question.applies_if is None:
        return ""
    what = "Zählt nur" if question.scores else "Wird nur gefragt"
    if known is not None and not named_questions(question.applies_if) <= set(known):
        return f"{what}, falls eine andere Angabe der Kommune zutrifft."
    return f"{what}, wenn {_say(question.applies_if, questionnaire)}."


def _say(condition: Condition, questionnaire: Questionnaire) -> str:
    match condition:
        case QuestionIs():
            return _say_answer(condition, questionnaire)
        case NumberWithin():
            return _say_range(condition, questionnaire.question[condition.question])
        case ProfileIs():
            words = listing([VALUES[value] for value in condition.any_of], "oder")
            return SENTENCES[condition.field].format(words)
        case Not():
            return f"nicht gilt, dass {_say(condition.part, questionnaire)}"
        case All():
            return " und ".join(_say_part(part, questionnaire) for part in condition.parts)
        case Any():
            return " oder ".join(_say_part(part, questionnaire) for part in condition.parts)


def _say_part(part: Condition, questionnaire: Questionnaire) -> str:
    """A part that has parts itself goes into brackets, so that nobody reads „und“ and „oder“ wrongly."""
    said = _say(part, questionnaire)
    return f"({said})" if isinstance(part, All | Any) and len(part.parts) > 1 else said


def _say_answer(condition: QuestionIs, questionnaire: Questionnaire) -> str:
    question = questionnaire.question[condition.question]
    chosen = listing([f"„{question.option[option].text}“" for option in condition.any_of], "oder")
    if question.kind is Kind.MANY:
        return f"bei {question.number} {chosen} gewählt ist"
    return f"{question.number} mit {chosen} beantwortet ist"


def _say_range(condition: NumberWithin, question: Question) -> str:
    bounds = {"mindestens": condition.at_least, "höchstens": condition.at_most}
    unit = "" if question.unit[:1].isalpha() or not question.unit else f"{NO_BREAK}{question.unit}"
    said = [f"{word} {number(bound)}{unit}" for word, bound in bounds.items() if bound is not None]
    return f"bei {question.number} {' und '.join(said)} angegeben {'sind' if unit else 'ist'}"
