"""A frozen Stand: everything a report needs, to and from the plain data that is kept.

What is kept may be damaged or old; reading it either gives a whole Stand or raises `DamagedStand`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from selfcheck.core.questionnaire.model import (
    PROFILE_KEYS,
    Profile,
    Question,
    QuestionId,
    Questionnaire,
)
from selfcheck.core.rules.answers import (
    Answer,
    Answers,
    Contact,
    Evidence,
    State,
    value_from_plain,
    value_to_plain,
)
from selfcheck.core.rules.estimate import Estimate, Points
from selfcheck.core.rules.estimate_json import estimate_from_plain, estimate_to_plain
from selfcheck.reporting.report.plain import (
    LARGEST,
    Plain,
    read_day,
    read_text,
    write_day,
)
from selfcheck.reporting.report.way import (
    RouteSummary,
    StepItem,
    route_from_plain,
    route_to_plain,
    step_from_plain,
    step_to_plain,
)


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

    `remarks` are None where they were not shared, and in a Stand from before there were any.
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


def stand_to_plain(stand: Stand) -> Plain:
    """Only dicts, lists, texts, booleans, None and small whole numbers."""
    return {
        "municipality": stand.municipality,
        "district": stand.district,
        "chamber": stand.chamber,
        "contact": {name: getattr(stand.contact, name) for name in Contact.__slots__},
        "profile": {key: getattr(stand.profile, name) for key, name in PROFILE_KEYS.items()},
        "interview": write_day(stand.interview),
        "day": stand.day.isoformat(),
        "frozen_on": stand.frozen_on.isoformat(),
        "questionnaire": stand.questionnaire,
        "rules_version": stand.rules_version,
        "answers": {id: _answer_to_plain(answer) for id, answer in stand.answers.items()},
        "goals": [_entry_to_plain(entry) for entry in stand.goals],
        "past_goals": [_entry_to_plain(entry) for entry in stand.past_goals],
        "projects": [_entry_to_plain(entry) for entry in stand.projects],
        "estimate": estimate_to_plain(stand.estimate),
        "route": None if stand.route is None else route_to_plain(stand.route),
        "checklist": None if stand.checklist is None else [step_to_plain(step) for step in stand.checklist],
        "remarks": None if stand.remarks is None else _remarks_to_plain(stand.remarks),
    }


def stand_from_plain(questionnaire: Questionnaire, plain: object) -> Stand:
    """The Stand kept as `plain`. Raises `DamagedStand` for anything that is not one of this questionnaire."""
    try:
        stand = _read(questionnaire, plain)
        _check_estimate(questionnaire, stand.estimate)
    except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        raise DamagedStand(repr(error)) from error
    return stand


def _read(questionnaire: Questionnaire, plain: Any) -> Stand:
    return Stand(
        municipality=read_text(plain["municipality"]),
        district=read_text(plain["district"]),
        chamber=read_text(plain["chamber"]),
        contact=Contact(**{name: read_text(plain["contact"][name]) for name in Contact.__slots__}),
        profile=Profile(**{name: read_text(plain["profile"][key]) for key, name in PROFILE_KEYS.items()}),
        interview=read_day(plain["interview"]),
        day=date.fromisoformat(plain["day"]),
        frozen_on=date.fromisoformat(plain["frozen_on"]),
        questionnaire=read_text(plain["questionnaire"]),
        rules_version=int(plain["rules_version"]),
        answers=_read_answers(questionnaire, plain["answers"]),
        goals=tuple(_read_entry(entry) for entry in plain["goals"]),
        past_goals=tuple(_read_entry(entry) for entry in plain["past_goals"]),
        projects=tuple(_read_entry(entry) for entry in plain["projects"]),
        estimate=estimate_from_plain(plain["estimate"]),
        route=None if plain["route"] is None else route_from_plain(plain["route"]),
        checklist=None if plain["checklist"] is None else tuple(step_from_plain(step) for step in plain["checklist"]),
        remarks=None if plain.get("remarks") is None else _read_remarks(questionnaire, plain["remarks"]),
    )


def _check_estimate(questionnaire: Questionnaire, estimate: Estimate) -> None:
    """That it speaks of all questions of this questionnaire and holds numbers that can be shown."""
    known = {criterion.id: {question.id for question in criterion.questions} for criterion in questionnaire.criteria}
    said = {criterion.id: {line.question for line in criterion.lines} for criterion in estimate.criteria}
    if known != said or any(id not in questionnaire.question for id in estimate.excluded):
        raise ValueError("the estimate speaks of other questions")
    sums = [estimate.points, *(criterion.points for criterion in estimate.criteria)]
    sums += [line.points for line in estimate.line.values()]
    for line in estimate.line.values():
        read_text(line.reason)
    numbers = [estimate.bonus, estimate.documented_bonus, estimate.mark, estimate.full_possible]
    numbers += [getattr(points, name) for points in sums for name in Points._fields]
    if not all(number.is_finite() and 0 <= number <= LARGEST for number in numbers):
        raise ValueError("the estimate holds impossible numbers")


def _answer_to_plain(answer: Answer) -> Plain:
    return {
        "state": answer.state.value,
        "value": value_to_plain(answer.value),
        "reason": answer.reason,
        "note": answer.note,
        "evidence": [_evidence_to_plain(piece) for piece in answer.evidence],
    }


def _read_answers(questionnaire: Questionnaire, plain: Any) -> dict[QuestionId, Answer]:
    return {
        question.id: _read_answer(question, plain[question.id])
        for question in questionnaire.questions
        if question.id in plain
    }


def _read_answer(question: Question, plain: Any) -> Answer:
    state = State(plain["state"])
    value = value_from_plain(question, plain["value"]) if state is State.GIVEN else None
    if state is State.GIVEN and value is None:
        raise ValueError(question.id)
    evidence = tuple(_read_evidence(piece) for piece in plain["evidence"])
    return Answer(state, value, read_text(plain["reason"]), read_text(plain["note"]), evidence)


def _evidence_to_plain(piece: Evidence) -> Plain:
    return {
        "title": piece.title,
        "available": piece.available,
        "valid_until": write_day(piece.valid_until),
        "link": piece.link,
        "file_number": piece.file_number,
        "page": piece.page,
    }


def _read_evidence(plain: Any) -> Evidence:
    return Evidence(
        title=read_text(plain["title"]),
        available=plain["available"] is True,
        valid_until=read_day(plain["valid_until"]),
        link=read_text(plain["link"]),
        file_number=read_text(plain["file_number"]),
        page=read_text(plain["page"]),
    )


def _entry_to_plain(entry: Entry) -> Plain:
    return {"title": entry.title, "fields": dict(entry.fields)}


def _read_entry(plain: Any) -> Entry:
    return Entry(
        read_text(plain["title"]), {read_text(key): read_text(value) for key, value in plain["fields"].items()}
    )


def _remarks_to_plain(remarks: Mapping[QuestionId, tuple[Remark, ...]]) -> Plain:
    return {
        str(question): [
            {"key": each.key, "text": each.text, "by": each.by, "day": each.day.isoformat(), "open": each.open}
            for each in listed
        ]
        for question, listed in remarks.items()
    }


def _read_remarks(questionnaire: Questionnaire, plain: Any) -> dict[QuestionId, tuple[Remark, ...]]:
    return {
        question.id: tuple(_read_remark(each) for each in plain[question.id])
        for question in questionnaire.questions
        if question.id in plain
    }


def _read_remark(plain: Any) -> Remark:
    day = date.fromisoformat(plain["day"])
    key, text, by = (read_text(plain[name]) for name in ("key", "text", "by"))
    return Remark(key, text, by, day, plain["open"] is True)
