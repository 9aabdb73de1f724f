"""A frozen Stand: everything a report needs, to and from the plain data that is kept.

What is kept may be damaged or old; reading it either gives a whole Stand or raises `DamagedStand`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from selfcheck.core.plain import from_plain, to_plain
from selfcheck.core.questionnaire.model import PROFILE_KEYS, DepartmentId, Profile, Question, QuestionId, Questionnaire
from selfcheck.core.rules.answers import Answer, Answers, Contact, State, value_from_plain
from selfcheck.core.rules.audit_sheet import Beside
from selfcheck.core.rules.estimate import Estimate
from selfcheck.core.rules.to_do.departments import OwnDepartments
from selfcheck.reporting.report.way import RouteSummary, StepItem


class DamagedStand(Exception):
    """What is kept is not a whole Stand of this questionnaire."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A goal, a past goal or a project: its title and what else was written about it, by field."""

    title: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody asked or said about a question, on which day; `open`: nobody has resolved it.

    By its `key` it is found when its text has to be taken out.
    """

    key: str
    text: str
    by: str
    day: date
    open: bool


@dataclass(frozen=True)
class Stand:
    """`frozen_on` is the day of the Stand, `day` the day that counts for evidence.

    `remarks` are None where they were not shared, and in a Stand from before there were any; `beside` is None as long
    as no Prüfbogen was laid beside; `numbers_there` are the numbers that questions have in it. `departments`: what the
    town calls those that have another name in the questionnaire; None where all have the same. `answers_due_on` belongs
    to the checklist: the next day on which an office is to hand back.
    """

    municipality: str
    district: str
    chamber: str
    contact: Contact
    profile: Profile
    interview: date | None
    day: date
    frozen_on: date
    questionnaire: str
    rules_version: int
    answers: Answers
    goals: tuple[Entry, ...]
    past_goals: tuple[Entry, ...]
    projects: tuple[Entry, ...]
    estimate: Estimate
    route: RouteSummary | None = None
    checklist: tuple[StepItem, ...] | None = None
    remarks: Mapping[QuestionId, tuple[Remark, ...]] | None = None
    beside: Beside | None = None
    numbers_there: Mapping[QuestionId, str] | None = None
    departments: Mapping[DepartmentId, str] | None = None
    answers_due_on: date | None = None

    def name_departments(self, questionnaire: Questionnaire) -> OwnDepartments:
        """The departments as the town calls them."""
        return OwnDepartments(questionnaire, self.departments or {})


def stand_to_plain(stand: Stand) -> dict[str, Any]:
    """Only dicts, lists, texts, truth values, None and small whole numbers."""
    profile = {key: getattr(stand.profile, name) for key, name in PROFILE_KEYS.items()}
    return {**to_plain(stand), "profile": profile}


def stand_from_plain(questionnaire: Questionnaire, plain: Any) -> Stand:
    """The Stand kept as `plain`. Raises `DamagedStand` for anything that is not one of this questionnaire."""
    try:
        answers = {
            question.id: _read_answer(question, plain["answers"][question.id])
            for question in questionnaire.questions
            if question.id in plain["answers"]
        }
        profile = {name: plain["profile"][key] for key, name in PROFILE_KEYS.items()}
        stand = replace(from_plain(Stand, {**plain, "profile": profile, "answers": {}}), answers=answers)
        _check_estimate(questionnaire, stand.estimate)
        if stand.beside is not None:
            _check_estimate(questionnaire, stand.beside.estimate)
    except (KeyError, ValueError, TypeError) as error:
        raise DamagedStand(repr(error)) from error
    return stand


def _read_answer(question: Question, plain: Any) -> Answer:
    """Only the question knows what its value is."""
    answer = from_plain(Answer, {**plain, "value": None})
    if answer.state is not State.GIVEN:
        return answer
    value = value_from_plain(question, plain["value"])
    if value is None:
        raise ValueError(question.id)
    return answer._replace(value=value)


def _check_estimate(questionnaire: Questionnaire, estimate: Estimate) -> None:
    """That it speaks of all questions of this questionnaire."""
    known = {criterion.id: {question.id for question in criterion.questions} for criterion in questionnaire.criteria}
    said = {criterion.id: {line.question for line in criterion.lines} for criterion in estimate.criteria}
    if known != said or any(id not in questionnaire.question for id in estimate.excluded):
        raise ValueError("the estimate speaks of other questions")
