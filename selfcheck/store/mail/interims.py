"""Who coordinates a town whose agreed goals are to be looked at, and is to be asked for it today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, exists, func, select

from selfcheck.core.goals.interim import Reached, Times, find_times, should_ask
from selfcheck.core.questionnaire.model import Validity
from selfcheck.store.database import tables
from selfcheck.store.database.rows import read_row, read_sound
from selfcheck.store.database.transactions import reading
from selfcheck.store.mail.bundles import select_granted

Validities = Callable[[str], Validity | None]
"""How long the label of a questionnaire `id/version` is valid; None where that is not known."""


@dataclass(frozen=True, slots=True)
class DueInterim:
    """Nobody has said yet in the self-check `check` what became of its goals by this `year` of the label."""

    address: str
    grant_id: int
    made_at: datetime
    check: str
    municipality: str
    year: int


_SAID = (
    select(func.max(tables.Interim.year))
    .where(tables.Interim.check_id == tables.SelfCheck.id, tables.Interim.reached != Reached.UNSAID)
    .correlate(tables.SelfCheck)
    .scalar_subquery()
)
_GOALS = (
    exists()
    .where(tables.Goal.check_id == tables.SelfCheck.id, tables.Goal.removed_at.is_(None))
    .correlate(tables.SelfCheck)
)


def find_due_interims(today: date, validities: Validities) -> list[DueInterim]:
    """Accounts that coordinate and have not switched reminders off: one statement."""
    check = tables.SelfCheck
    audit = (check.questionnaire_id, check.questionnaire_version, check.audit, check.awarded)
    wanted = (
        select_granted(today, *audit, tables.Grant.asked_on, _SAID.label("said"))
        .where(check.awarded < today, _GOALS)
        .where(tables.Place.coordinating(), tables.Grant.reminders)
    )
    rows, _ = read_sound(reading(), wanted, tables.Grant.id)
    found = [(row, _find_times(row, today, validities)) for row in rows]
    return [
        read_row(DueInterim, row, year=times.year)
        for row, times in found
        if times is not None and (row.said or 0) < times.year and should_ask(times, row.asked_on)
    ]


def _find_times(row: Row[*tuple[Any, ...]], today: date, validities: Validities) -> Times | None:
    validity = validities(f"{row.questionnaire_id}/{row.questionnaire_version}")
    return find_times(row.awarded, row.audit, validity, today) if validity is not None else None
