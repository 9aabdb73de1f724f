"""Stände: plain data frozen as it was, numbered for people, and known to be whole; a link is no part of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, func, insert, select

from selfcheck.core.removed import Removed
from selfcheck.store.database import tables
from selfcheck.store.database.times import local_day
from selfcheck.store.database.transactions import once, reading, writing
from selfcheck.store.parts.loading import charge

DAYS = frozenset({"frozen_on", "day"})
"""What differs on another day although nobody changed anything."""
NOT_COMPARED = DAYS | {"remarks"}
"""The same, and what a Stand holds for one reader only."""


class Frozen(NamedTuple):
    """The row of a Stand, and its number."""

    id: int
    number: int


@dataclass(frozen=True, slots=True)
class KeptStand:
    """A Stand with what was frozen; `redacted` says when and by whom a text was taken out of it since."""

    number: int
    frozen_at: datetime
    content: dict[str, Any]
    redacted: Removed | None = None


@once
def keep_stand(check_id: int, content: Mapping[str, object], now: datetime) -> KeptStand:
    """The last Stand of a self-check if it says the same as `content` (plain data), else a new one. Raises
    `HistoryFull`.
    """
    same = find_same(check_id, content)
    if same is not None:
        return same
    text = dump_content(content)
    with writing() as connection:
        same = _find_same(connection, check_id, content)  # somebody was faster by a hair
        if same is not None:
            return same
        return KeptStand(freeze(connection, check_id, text, now).number, now, json.loads(text))


def find_same(check_id: int, content: Mapping[str, object]) -> KeptStand | None:
    """The last Stand, if `keep_stand` would take it: one statement."""
    return _find_same(reading(), check_id, content)


def _find_same(connection: Connection, check_id: int, content: Mapping[str, object]) -> KeptStand | None:
    frozen = tables.Snapshot
    redacted = (frozen.redacted_sha256, frozen.redacted_at, frozen.redacted_by)
    wanted = select(frozen.number, frozen.created_at, frozen.content, frozen.sha256, *redacted)
    row = connection.execute(wanted.where(frozen.check_id == check_id).order_by(frozen.number.desc()).limit(1)).first()
    kept = read_same(row, dump_content(content), NOT_COMPARED)
    if row is None or kept is None:
        return None
    removed = Removed(local_day(row.redacted_at), row.redacted_by) if row.redacted_at else None
    return KeptStand(row.number, row.created_at, kept, removed)


def read_same(row: Row[*tuple[Any, ...]] | None, text: str, apart: frozenset[str]) -> dict[str, Any] | None:
    """What was frozen in `row` (content, sha256, redacted_sha256), where it is whole and says what `text` says but for
    what is named `apart`; else None."""
    if row is None or not is_sound(row.content, row.sha256, row.redacted_sha256):
        return None
    kept, now = json.loads(row.content), json.loads(text)
    if not isinstance(kept, dict):
        return None
    same = all(kept.get(name) == now.get(name) for name in (kept.keys() | now.keys()) - apart)
    return kept if same else None


def freeze(connection: Connection, check_id: int, text: str, now: datetime) -> Frozen:
    """Keeps what `dump_content` made as the next Stand, for good. Raises `HistoryFull`."""
    charge(connection, check_id, len(text))
    digest = hashlib.sha256(text.encode()).hexdigest()
    number = connection.execute(next_stand(check_id)).scalar_one()
    frozen = {"check_id": check_id, "number": number, "content": text, "sha256": digest, "created_at": now}
    made = insert(tables.Snapshot).values(frozen).returning(tables.Snapshot.id)
    return Frozen(connection.execute(made).scalar_one(), number)


def next_number(check_id: int) -> int:
    """The number of the Stand that would be frozen next."""
    return reading().execute(next_stand(check_id)).scalar_one()


def next_stand(check_id: int) -> Select[int]:
    return select(func.coalesce(func.max(tables.Snapshot.number), 0) + 1).where(tables.Snapshot.check_id == check_id)


def dump_content(content: Mapping[str, object]) -> str:
    """Plain data as it is kept. Raises `TypeError` or `ValueError` for anything else."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def is_sound(text: str, sha256: str, redacted_sha256: str | None) -> bool:
    """Whether this is what was frozen, or what was left of it when a text was taken out."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest() in (sha256, redacted_sha256)
