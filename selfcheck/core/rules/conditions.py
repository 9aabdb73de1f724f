"""What applies, given the answers: conditions with three outcomes, and what follows for every question.

What a question is worth is `estimate`'s business.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum

from selfcheck.core.questionnaire.model import (
    PROFILE_KEYS,
    All,
    Any,
    Condition,
    Not,
    NumberWithin,
    Profile,
    ProfileIs,
    QuestionId,
    QuestionIs,
    Questionnaire,
    Value,
)
from selfcheck.core.rules.answers import OPEN, Answers, State


class Applies(StrEnum):
    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"


APPLIES = {True: Applies.YES, False: Applies.NO, None: Applies.UNDECIDED}

Comparison = QuestionIs | NumberWithin


def decide(
    condition: Condition, profile: Profile, answers: Answers, applies: Mapping[QuestionId, Applies]
) -> bool | None:
    """Whether `condition` holds; None while it is undecided.

    `applies` knows at least the questions that the condition names; they all come before its own question.
    """
    match condition:
        case QuestionIs() | NumberWithin():
            return _compare(condition, answers, applies)
        case ProfileIs():
            value = getattr(profile, PROFILE_KEYS[condition.field])
            return None if value == "unknown" else value in condition.any_of
        case Not():
            holds = decide(condition.part, profile, answers, applies)
            return None if holds is None else not holds
        case All() | Any():
            settles = isinstance(condition, Any)  # one part that holds settles an Any, one that does not settles an All
            parts = {decide(part, profile, answers, applies) for part in condition.parts}
            if settles in parts:
                return settles
            return None if None in parts else not settles


def decide_all(questionnaire: Questionnaire, profile: Profile, answers: Answers) -> dict[QuestionId, Applies]:
    """Which questions apply, in questionnaire order."""
    applies: dict[QuestionId, Applies] = {}
    for question in questionnaire.questions:
        condition = question.applies_if
        applies[question.id] = APPLIES[condition is None or decide(condition, profile, answers, applies)]
    return applies


def comparisons(condition: Condition) -> Iterator[Comparison | ProfileIs]:
    """Everything that `condition` asks about, from left to right."""
    match condition:
        case All() | Any():
            for part in condition.parts:
                yield from comparisons(part)
        case Not():
            yield from comparisons(condition.part)
        case _:
            yield condition


def named_questions(condition: Condition) -> frozenset[QuestionId]:
    """The questions whose answers decide `condition`."""
    return frozenset(part.question for part in comparisons(condition) if not isinstance(part, ProfileIs))


def _compare(condition: Comparison, answers: Answers, applies: Mapping[QuestionId, Applies]) -> bool | None:
    if applies[condition.question] is Applies.UNDECIDED:
        return None
    answer = answers.get(condition.question, OPEN)
    if applies[condition.question] is Applies.NO or answer.state is State.NOT_APPLICABLE:
        return False
    if answer.state is not State.GIVEN or answer.value is None:
        return None
    return _matches(condition, answer.value)


def _matches(condition: Comparison, value: Value) -> bool:
    if isinstance(condition, NumberWithin):
        least, most = condition.at_least, condition.at_most
        if not isinstance(value, Decimal):
            return False
        return (least is None or value >= least) and (most is None or value <= most)
    if isinstance(value, frozenset):
        return not value.isdisjoint(condition.any_of)
    return value in condition.any_of
