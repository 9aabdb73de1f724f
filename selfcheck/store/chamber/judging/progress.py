"""How far the review of a case is: what the newest Stand holds, and which questions the chamber has judged."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import or_, select

from selfcheck.store.chamber.cases import Case
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import reading
from selfcheck.store.sharing.stands import is_sound


def read_newest(case: Case) -> dict[str, Any] | None:
    """The plain data of the newest Stand that was shared with the chamber: one statement. None where it is damaged."""
    frozen, sent = tables.Snapshot, tables.CaseStand
    wanted = (
        select(frozen.content, frozen.sha256, frozen.redacted_sha256)
        .join(sent, sent.snapshot_id == frozen.id)
        .where(sent.case_id == case.id, frozen.number == case.stand)
    )
    row = reading().execute(wanted).first()
    if row is None or not is_sound(row.content, row.sha256, row.redacted_sha256):
        return None
    content = json.loads(row.content)
    return content if isinstance(content, dict) else None


def list_judged(case_id: int) -> frozenset[str]:
    """The questions of which the chamber has said points or a verdict: one statement."""
    judgement = tables.Judgement
    said = or_(judgement.points.is_not(None), judgement.verdict != "")
    rows = reading().execute(select(judgement.question).where(judgement.case_id == case_id, said))
    return frozenset(row.question for row in rows)
