"""The steps of a self-check's checklist, derived once per request for whatever page shows something of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import DepartmentId, Questionnaire
from selfcheck.core.rules.checklist import Around, Kept, Step
from selfcheck.core.rules.situation import Situation
from selfcheck.core.text.order import fold
from selfcheck.store.access.grants import Access
from selfcheck.store.parts import saving
from selfcheck.store.parts.saving import Steps
from selfcheck.store.team.deeds import NO_DEEDS, Deeds, load_deeds


@dataclass(frozen=True, slots=True)
class Checklist:
    """`steps` are those that have a cause, in the order to show them; `stored` is what is kept of all of them."""

    steps: tuple[Step, ...]
    stored: Steps


def derive_checklist(access: Access, situation: Situation, *, shared_on: date | None = None) -> Checklist:
    """Two statements, none for the sample town. `shared_on` is the day of a report that is being shared and not stored
    yet.
    """
    stored, deeds = _load(access)
    around = Around(
        contact=access.check.contact,
        shared_on=deeds.shared_on or shared_on,
        asked=deeds.asked,
        offices=_find_departments(situation.questionnaire, deeds),
    )
    kept = {key: Kept(step.first_seen, step.done, step.due) for key, step in stored.items() if not step.own}
    return Checklist(situation.checklist(kept, around), stored)


def remember(access: Access, today: date, found: Checklist) -> Checklist:
    """The same, where steps that stand there for the first time are written down with today."""
    keys = [step.key for step in found.steps]
    if not access.may(Right.ANSWER) or all(key in found.stored for key in keys):
        return found
    return Checklist(found.steps, saving.remember_first_seen(access.check.id, keys, today))


def _load(access: Access) -> tuple[Steps, Deeds]:
    if access.sample is not None:
        return access.sample.steps, NO_DEEDS
    return saving.load_steps(access.check.id), load_deeds(access.check.id)


def _find_departments(questionnaire: Questionnaire, deeds: Deeds) -> dict[DepartmentId, date]:
    """The departments by whose name an office is asked."""
    days = {fold(label): day for label, day in reversed(list(deeds.offices.items()))}
    return {each.id: days[fold(each.title)] for each in questionnaire.departments if fold(each.title) in days}
