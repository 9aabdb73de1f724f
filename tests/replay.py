"""The history told again from its beginning: what comes out must be what stands in the self-check."""

from __future__ import annotations

from sqlalchemy import select

from selfcheck.store.database import tables
from selfcheck.store.database.transactions import reading
from selfcheck.store.history.changes import CHANGES, read_changes
from selfcheck.store.history.contents import Slot, settle_all
from selfcheck.store.history.moments import read_present
from selfcheck.store.parts.kinds.register import returning
from selfcheck.store.parts.loading import CHECK_COLUMNS, read_check
from selfcheck.store.parts.writes import Part


def replayed(check_id: int) -> dict[Slot, object]:
    """What must stand in a self-check after its whole history, the details only if they changed; to be compared with
    `present_contents`."""
    parts = [kind.part for kind in returning()]
    mine = CHANGES.where(tables.Change.check_id == check_id, tables.Change.part.in_(parts))
    changes = read_changes(reading(), mine.order_by(tables.Change.id))
    return settle_all({(change.part, change.subject): change.after for change in changes})


def present_contents(check_id: int) -> dict[Slot, object]:
    """What stands in a self-check, by slot; the details only if they were changed since it began."""
    connection = reading()
    check = read_check(connection.execute(select(*CHECK_COLUMNS).where(tables.SelfCheck.id == check_id)).one())
    contents = dict(read_present(connection, check).contents)
    if check.version == 1:
        del contents[Part.DETAILS, ""]
    return contents
