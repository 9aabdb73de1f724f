"""How far the review of a case is: which questions the chamber has judged."""

from __future__ import annotations

from sqlalchemy import or_, select

from selfcheck.store.database import tables
from selfcheck.store.database.transactions import reading


def list_judged(case_id: int) -> frozenset[str]:
    """The questions of which the chamber has said points or a verdict: one statement."""
    judgement = tables.Judgement
    said = or_(judgement.points.is_not(None), judgement.verdict != "")
    rows = reading().execute(select(judgement.question).where(judgement.case_id == case_id, said))
    return frozenset(row.question for row in rows)
