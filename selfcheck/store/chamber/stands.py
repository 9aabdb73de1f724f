"""The Stände that were shared with a chamber in a case, and nothing else of the self-check."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from selfcheck.core.removed import Removed
from selfcheck.store.chamber.cases import Case
from selfcheck.store.database import tables
from selfcheck.store.database.times import local_day
from selfcheck.store.database.transactions import reading
from selfcheck.store.sharing.stands import is_sound


@dataclass(frozen=True, slots=True)
class SharedStand:
    """What the town shared: `content` is None where it is not what was frozen; `redacted` says that a text was taken
    out since."""

    number: int
    frozen_at: datetime
    content: dict[str, object] | None
    redacted: Removed | None


def read_stand(case: Case, number: int | None = None) -> SharedStand | None:
    """The newest Stand of a case, or the one with this `number`; None where none such was shared: one statement."""
    frozen = tables.Snapshot
    columns = (frozen.number, frozen.created_at, frozen.content, frozen.sha256)
    redacted = (frozen.redacted_sha256, frozen.redacted_at, frozen.redacted_by)
    wanted = select(*columns, *redacted).join(tables.CaseStand, tables.CaseStand.snapshot_id == frozen.id)
    wanted = wanted.where(tables.CaseStand.case_id == case.id)
    if number is not None:
        wanted = wanted.where(frozen.number == number)
    row = reading().execute(wanted.order_by(frozen.number.desc()).limit(1)).first()
    if row is None:
        return None
    sound = is_sound(row.content, row.sha256, row.redacted_sha256)
    content = json.loads(row.content) if sound else None
    removed = Removed(local_day(row.redacted_at), row.redacted_by) if row.redacted_at else None
    return SharedStand(row.number, row.created_at, content if isinstance(content, dict) else None, removed)
