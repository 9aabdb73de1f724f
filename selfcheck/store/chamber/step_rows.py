"""What happened in a case, as rows: whoever changes a case enters it here, in the same transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from selfcheck.core.review.case import Ball, CaseState, StepKind
from selfcheck.store.chamber.case_changes import find_newest
from selfcheck.store.database import tables

MARKED = (StepKind.PREPARED, StepKind.READ_OVER)
"""Steps that are about the result as it stands."""


def enter_step(
    connection: Connection,
    case_id: int,
    kind: StepKind,
    by: str,
    account_id: int | None,
    now: datetime,
    *,
    before: tuple[CaseState, Ball] | None = None,
    **more: object,
) -> None:
    """Adds a step. `before` is what the case was, for whoever has changed that already; `more` are further columns."""
    if before is None:
        case = tables.ReviewCase
        state, ball = connection.execute(select(case.state, case.waits_on).where(case.id == case_id)).one()
        before = CaseState(state), Ball(ball)
    step = {
        "case_id": case_id,
        "kind": kind,
        "account_id": account_id,
        "by": by,
        "state_before": before[0],
        "ball_before": before[1],
        "at": now,
        "change_id": find_newest(connection, case_id) if kind in MARKED else None,
    }
    connection.execute(insert(tables.CaseStep).values(step | more))
