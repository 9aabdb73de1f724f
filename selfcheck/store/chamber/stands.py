"""The Stände that were shared with a chamber in a case, and nothing else of the self-check."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, or_, select

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
    wanted = _select_stands(case.id)
    if number is not None:
        wanted = wanted.where(tables.Snapshot.number == number)
    row = reading().execute(wanted.order_by(tables.Snapshot.number.desc()).limit(1)).first()
    return _read(row) if row is not None else None


def read_stands(case: Case, numbers: Collection[int]) -> dict[int, SharedStand]:
    """The newest Stand of a case, the one shared before it, and those with these `numbers`: one statement."""
    number = tables.Snapshot.number
    shared = select(number).join(tables.CaseStand, tables.CaseStand.snapshot_id == tables.Snapshot.id)
    last_two = shared.where(tables.CaseStand.case_id == case.id).order_by(number.desc()).limit(2)
    wanted = _select_stands(case.id).where(or_(number.in_(numbers), number.in_(last_two)))
    return {row.number: _read(row) for row in reading().execute(wanted)}


def _select_stands(case_id: int) -> Select[*tuple[object, ...]]:
    frozen = tables.Snapshot
    columns = (frozen.number, frozen.created_at, frozen.content, frozen.sha256)
    redacted = (frozen.redacted_sha256, frozen.redacted_at, frozen.redacted_by)
    wanted = select(*columns, *redacted).join(tables.CaseStand, tables.CaseStand.snapshot_id == frozen.id)
    return wanted.where(tables.CaseStand.case_id == case_id)


def _read(row: Row[*tuple[object, ...]]) -> SharedStand:
    sound = is_sound(row.content, row.sha256, row.redacted_sha256)
    content = json.loads(row.content) if sound else None
    removed = Removed(local_day(row.redacted_at), row.redacted_by) if row.redacted_at else None
    return SharedStand(row.number, row.created_at, content if isinstance(content, dict) else None, removed)
