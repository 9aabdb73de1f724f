"""One save of a self-check at a time: whoever changes something in it takes this lock first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, update

from selfcheck.store.database import tables
from selfcheck.store.parts.loading import CHECK_COLUMNS, read_check
from selfcheck.store.parts.records import Check

_TOUCH = (
    update(tables.SelfCheck)
    .where(tables.SelfCheck.id == bindparam("check_id"))
    .values(changed_at=bindparam("now"))
    .returning(*CHECK_COLUMNS)
)


class Gone(LookupError):
    """The self-check was purged in the meantime."""


def lock(connection: Connection, check_id: int, now: datetime) -> Check:
    """The self-check as it stands; no other save of it goes on before this transaction ends. Raises `Gone`."""
    row = connection.execute(_TOUCH, {"check_id": check_id, "now": now}).first()
    if row is None:
        raise Gone(check_id)
    return read_check(row)
