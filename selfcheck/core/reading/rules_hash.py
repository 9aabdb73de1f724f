"""What counts in a questionnaire, as one number: it changes exactly when the rules change, never with the wording."""

from __future__ import annotations

import json
from decimal import Decimal
from hashlib import sha256

from selfcheck.core.questionnaire.model import (
    All,
    Any,
    Condition,
    Measure,
    Not,
    NumberWithin,
    ProfileIs,
    Question,
    QuestionIs,
    Questionnaire,
)

_Plain = dict[str, object]


def rules_hash(questionnaire: Questionnaire) -> str:
    """The SHA-256, in hex, of the rules as JSON: keys sorted, numbers as normalised strings, in questionnaire order."""
    bonus, validity = questionnaire.bonus, questionnaire.validity
    rules = {
        "pass_mark": questionnaire.pass_mark,
        "goal_margin": questionnaire.goal_margin,
        "bonus": {"at_most": bonus.at_most, "per_project": bonus.per_project, "per_goal": bonus.per_goal},
        "goals": str(questionnaire.goals),
        "validity_years": {"first": str(validity.first), "renewal": str(validity.renewal)},
        "criteria": [
            {"id": criterion.id, "questions": [_question(question) for question in criterion.questions]}
            for criterion in questionnaire.criteria
        ],
    }
    text = json.dumps(rules, sort_keys=True, separators=(",", ":"), default=_number)
    return sha256(text.encode()).hexdigest()


def _number(number: Decimal) -> str:
    return format(number.normalize() + 0, "f")


def _question(question: Question) -> _Plain:
    return {
        "id": question.id,
        "kind": question.kind,
        "options": [{"id": option.id, "points": option.points} for option in question.options],
        "at_most": question.at_most,
        "minimum": question.minimum,
        "maximum": question.maximum,
        "decimals": str(question.decimals),
        "steps": [{"from": step.start, "points": step.points} for step in question.steps],
        "applies_if": None if question.applies_if is None else _condition(question.applies_if),
        "not_applicable": question.not_applicable,
        "needs_evidence": question.needs_evidence,
        "measures": [_measure(question, measure) for measure in question.measures],
    }


def _measure(question: Question, measure: Measure) -> _Plain:
    goal: object = measure.leads_to
    if isinstance(goal, frozenset):
        goal = [option for option in question.option if option in goal]
    return {
        "id": measure.id,
        "effort": measure.effort,
        "months": str(measure.months),
        "needs": measure.needs,
        "leads_to": goal,
    }


def _condition(condition: Condition) -> _Plain:
    match condition:
        case QuestionIs(question, any_of):
            return {"question": question, "any_of": any_of}
        case NumberWithin(question, at_least, at_most):
            return {"question": question, "at_least": at_least, "at_most": at_most}
        case ProfileIs(field, values):
            return {"profile": field, "any_of": values}
        case All(parts):
            return {"all": [_condition(part) for part in parts]}
        case Any(parts):
            return {"any": [_condition(part) for part in parts]}
        case Not(part):
            return {"not": _condition(part)}
