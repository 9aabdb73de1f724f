"""The steps of a self-check's checklist, derived once per request for whatever page shows something of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.rules.situation import Situation
from selfcheck.core.rules.to_do.checklist import Around, Kept, Step
from selfcheck.core.rules.to_do.departments import OwnDepartments, call_departments, find_since
from selfcheck.reporting.report.way import ANSWERS
from selfcheck.reporting.words import german
from selfcheck.store.access.grants import Access
from selfcheck.store.parts import saving
from selfcheck.store.parts.saving import Steps
from selfcheck.store.parts.values import Check
from selfcheck.store.team.deeds import NO_DEEDS, Deeds, load_deeds


@dataclass(frozen=True, slots=True)
class Checklist:
    """`steps` are those that have a cause, in the order to show them; `stored` is what is kept of all of them, and
    `departments` what the town calls those that they are about.

    `answers_due_on`: the next day on which an office is to hand back; `with_offices`: the questions that wait for one.
    """

    steps: tuple[Step, ...]
    stored: Steps
    departments: OwnDepartments
    answers_due_on: date | None = None
    with_offices: frozenset[QuestionId] = frozenset()


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that somebody has to keep, and what for."""

    day: date
    what: str
    overdue: bool

    @property
    def said(self) -> str:
        return f"{'überfällig seit ' if self.overdue else ''}{german.day(self.day)}"


def list_days(found: Checklist, interview: date | None, today: date) -> list[Deadline]:
    """What comes next, the same on every page: steps that are not done, answers of offices, the interview."""
    own = (step for step in found.stored.values() if step.own)
    days = [(step.due, step.text) for step in found.steps if not step.done]
    days += [(step.due, step.title) for step in own if not step.done]
    days += [(found.answers_due_on, ANSWERS)]
    days += [(interview, "Prüfgespräch")] if interview and interview >= today else []
    listed = [Deadline(day, what, day < today) for day, what in days if day is not None]
    return sorted(listed, key=lambda one: one.day)


def derive_checklist(access: Access, situation: Situation, *, shared_on: date | None = None) -> Checklist:
    """Two statements, three where a chamber recommended something, none for the sample town. `shared_on` is the day of
    a report that is being shared and not stored yet.
    """
    stored, deeds = _load(access, situation.today)
    chamber = {question: question not in access.chamber_asks for question in access.chamber_asked}
    return put_together(access.check, situation, stored, deeds, shared_on=shared_on, chamber=chamber)


def put_together(
    check: Check,
    situation: Situation,
    stored: Steps,
    deeds: Deeds,
    *,
    shared_on: date | None = None,
    chamber: Mapping[QuestionId, bool] = MappingProxyType({}),
) -> Checklist:
    """The checklist of `check` where everything is read already; `chamber` is as in `Around`."""
    departments = call_departments(situation, deeds.offices)
    around = Around(
        contact=check.contact,
        shared_on=deeds.shared_on or shared_on,
        asked=deeds.asked,
        offices=find_since(situation.questionnaire, deeds.offices),
        chamber=chamber,
        recommended=deeds.recommended,
        called=departments.names,
    )
    kept = {key: Kept(step.first_seen, step.done, step.due) for key, step in stored.items() if not step.own}
    steps = situation.checklist(kept, around)
    return Checklist(steps, stored, departments, deeds.answers_due_on, deeds.with_offices)


def remember(access: Access, today: date, found: Checklist) -> Checklist:
    """The same, where steps that stand there for the first time are written down with today."""
    keys = [step.key for step in found.steps]
    if not access.may(Right.ANSWER) or all(key in found.stored for key in keys):
        return found
    return replace(found, stored=saving.remember_first_seen(access.check.id, keys, today))


def _load(access: Access, today: date) -> tuple[Steps, Deeds]:
    if access.sample is not None:
        return access.sample.steps, NO_DEEDS
    return saving.load_steps(access.check.id), load_deeds(access.check.id, today)
