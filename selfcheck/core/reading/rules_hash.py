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
    Value,
)

_Plain = dict[str, object]


def rules_hash(questionnaire: Questionnaire) -> str:
    """The SHA-256, in hex, of the rules as JSON: keys sorted, numbers as normalised strings, in questionnaire order."""
    rules = {
        "pass_mark": _number(questionnaire.pass_mark),
        "goal_margin": _number(questionnaire.goal_margin),
        "bonus": {
            "at_most": _number(questionnaire.bonus.at_most),
            "per_project": _number(questionnaire.bonus.per_project),
            "per_goal": _number(questionnaire.bonus.per_goal),
        },
        "goals": _number(questionnaire.goals),
        "validity_years": {
            "first": _number(questionnaire.validity.first),
            "renewal": _number(questionnaire.validity.renewal),
        },
        "criteria": [
            {"id": criterion.id, "questions": [_question(question) for question in criterion.questions]}
            for criterion in questionnaire.criteria
        ],
    }
    return sha256(json.dumps(rules, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _number(number: Decimal | int) -> str:
    return format(Decimal(number).normalize() + 0, "f")


def _optional(number: Decimal | None) -> str | None:
    return None if number is None else _number(number)


def _question(question: Question) -> _Plain:
    return {
        "id": question.id,
        "kind": question.kind.value,
        "options": [{"id": option.id, "points": _number(option.points)} for option in question.options],
        "at_most": _optional(question.at_most),
        "minimum": _optional(question.minimum),
        "maximum": _optional(question.maximum),
        "decimals": _number(question.decimals),
        "steps": [{"from": _number(step.start), "points": _number(step.points)} for step in question.steps],
        "applies_if": None if question.applies_if is None else _condition(question.applies_if),
        "not_applicable": None if question.not_applicable is None else question.not_applicable.value,
        "needs_evidence": question.needs_evidence,
        "measures": [_measure(question, measure) for measure in question.measures],
    }


def _measure(question: Question, measure: Measure) -> _Plain:
    return {
        "id": measure.id,
        "effort": measure.effort.value,
        "months": _number(measure.months),
        "needs": [need.value for need in measure.needs],
        "leads_to": _value(question, measure.leads_to),
    }


def _value(question: Question, value: Value) -> object:
    if isinstance(value, frozenset):
        return [option.id for option in question.options if option.id in value]
    return _number(value) if isinstance(value, Decimal) else value


def _condition(condition: Condition) -> _Plain:
    match condition:
        case QuestionIs(question, any_of):
            return {"question": question, "any_of": list(any_of)}
        case NumberWithin(question, at_least, at_most):
            return {"question": question, "at_least": _optional(at_least), "at_most": _optional(at_most)}
        case ProfileIs(field, values):
            return {"profile": field, "any_of": list(values)}
        case All(parts):
            return {"all": [_condition(part) for part in parts]}
        case Any(parts):
            return {"any": [_condition(part) for part in parts]}
        case Not(part):
            return {"not": _condition(part)}
