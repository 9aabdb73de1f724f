"""What happened in a case, as rows: whoever changes a case enters it here, in the same transaction."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from selfcheck.core.review.case import Ball, CaseState, StepKind
from selfcheck.store.chamber.case_changes import find_newest
from selfcheck.store.chamber.locking import CaseRow
from selfcheck.store.database import tables

MARKED = (StepKind.PREPARED, StepKind.READ_OVER)
"""Steps that are about the result as it stands."""


class Before(NamedTuple):
    """What a case was before a step: it goes back to that where the step is taken back."""

    state: CaseState
    ball: Ball
    waits_since: datetime


def before(row: CaseRow) -> Before:
    """`row` as it was read before the step."""
    return Before(CaseState(row.state), Ball(row.waits_on), row.waits_since)


def enter_step(
    connection: Connection,
    case_id: int,
    kind: StepKind,
    by: str,
    account_id: int | None,
    now: datetime,
    *,
    was: Before | None = None,
    **more: object,
) -> None:
    """Adds a step. `was` is what the case was, for whoever has changed that already; `more` are further columns."""
    if was is None:
        case = tables.ReviewCase
        wanted = select(case.state, case.waits_on, case.waits_since).where(case.id == case_id)
        was = before(connection.execute(wanted).one())
    step = {
        "case_id": case_id,
        "kind": kind,
        "account_id": account_id,
        "by": by,
        "state_before": was.state,
        "ball_before": was.ball,
        "waits_since_before": was.waits_since,
        "at": now,
        "change_id": find_newest(connection, case_id) if kind in MARKED else None,
    }
    connection.execute(insert(tables.CaseStep).values(step | more))
