"""How many bytes there is room for: in one self-check, in all of them, on the disk."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import ColumnElement, Connection, Select, func, select

from selfcheck.store.database import tables
from selfcheck.store.files.depot import Depot, Received


class NoRoom(Exception):
    """There is no room for a file."""


class CheckFull(NoRoom):
    """This self-check has as many bytes as one may have; `used` of `limit`."""

    def __init__(self, used: int, limit: int) -> None:
        super().__init__(f"{used} of {limit}")
        self.used, self.limit = used, limit


class AllFull(NoRoom):
    """All self-checks together have, or the disk is nearly full: for the operator to mend."""


def refuse_without_room(connection: Connection, depot: Depot, check_id: int, received: Received) -> None:
    """Raises `CheckFull` or `AllFull`. Bytes that lie there already take no room a second time.

    Asked inside of the write transaction that names the file, while the turn is held: nobody else adds any.
    """
    mine = connection.execute(_sum(tables.PieceFile.check_id == check_id)).scalar_one()
    limit = current_app.config["FILES_PER_CHECK"]
    if not _is_named(connection, received.sha256, check_id) and mine + received.size > limit:
        raise CheckFull(mine, limit)
    if _is_named(connection, received.sha256):
        return
    together = connection.execute(_sum()).scalar_one()
    # what came in lies on the disk by now
    if together + received.size > current_app.config["FILES_TOTAL"] or depot.free < current_app.config["FILES_RESERVE"]:
        raise AllFull


def refuse_without_reserve(depot: Depot, size: int) -> None:
    """Raises `AllFull` before anything of `size` bytes is put down on a disk that is nearly full."""
    if depot.free - size < current_app.config["FILES_RESERVE"]:
        raise AllFull


def measure(connection: Connection, check_id: int) -> int:
    """Bytes of all files of one self-check, each once."""
    return connection.execute(_sum(tables.PieceFile.check_id == check_id)).scalar_one()


def _sum(*conditions: ColumnElement[bool]) -> Select[int]:
    named = select(tables.PieceFile.sha256, func.max(tables.PieceFile.size).label("size"))
    each = named.where(tables.PieceFile.sha256.is_not(None), *conditions).group_by(tables.PieceFile.sha256).subquery()
    return select(func.coalesce(func.sum(each.c.size), 0))


def _is_named(connection: Connection, sha256: str, check_id: int | None = None) -> bool:
    row = select(tables.PieceFile.id).where(tables.PieceFile.sha256 == sha256)
    if check_id is not None:
        row = row.where(tables.PieceFile.check_id == check_id)
    return connection.execute(row.limit(1)).first() is not None
