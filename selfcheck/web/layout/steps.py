"""The steps of a self-check's checklist, derived once per request for whatever page shows something of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import DepartmentId, Questionnaire
from selfcheck.core.rules.checklist import Around, Kept, Step
from selfcheck.core.text.order import fold
from selfcheck.store.parts import saving
from selfcheck.store.parts.saving import Steps
from selfcheck.store.team.deeds import NO_DEEDS, Deeds, load_deeds
from selfcheck.web.layout.check_page import CheckPage


@dataclass(frozen=True, slots=True)
class Checklist:
    """`steps` are those that have a cause, in the order to show them; `stored` is what is kept of all of them."""

    steps: tuple[Step, ...]
    stored: Steps


def load_checklist(page: CheckPage, *, shared_on: date | None = None) -> Checklist:
    """Two statements; steps that stand there for the first time are written down with today.

    `shared_on` is the day of a report that is being shared and not stored yet.
    """
    stored = page.load_steps()
    deeds = load_deeds(page.check.id) if page.access.sample is None else NO_DEEDS
    around = Around(
        contact=page.check.contact,
        shared_on=deeds.shared_on or shared_on,
        asked=deeds.asked,
        offices=_find_departments(page.questionnaire, deeds),
    )
    kept = {key: Kept(step.first_seen, step.done, step.due) for key, step in stored.items() if not step.own}
    steps = page.situation.checklist(kept, around)
    if page.may(Right.ANSWER) and any(step.key not in stored for step in steps):
        stored = saving.remember_first_seen(page.check.id, [step.key for step in steps], page.today)
    return Checklist(steps, stored)


def _find_departments(questionnaire: Questionnaire, deeds: Deeds) -> dict[DepartmentId, date]:
    """The departments by whose name an office is asked."""
    days = {fold(label): day for label, day in reversed(list(deeds.offices.items()))}
    return {each.id: days[fold(each.title)] for each in questionnaire.departments if fold(each.title) in days}
