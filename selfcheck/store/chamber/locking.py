"""The row of a case, which nobody else changes until the transaction ends; whoever writes for the chamber takes it
first, and learns there whether the town has taken its report back meanwhile.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, select

from selfcheck.store.database import tables

CaseRow = Row[*tuple[object, ...]]
"""All columns of `tables.ReviewCase`, with the `deleted_at` of its self-check."""


class CaseGone(Exception):
    """The town took its report back at `since`, or deleted the self-check; None where nothing is left of the case."""

    def __init__(self, since: datetime | None) -> None:
        super().__init__(since)
        self.since = since


def lock_case(connection: Connection, case_id: int) -> CaseRow:
    """The case, for whoever writes in it. Raises `CaseGone`."""
    row = hold_case(connection, tables.ReviewCase.id == case_id)
    if row is None or gone_since(row) is not None:
        raise CaseGone(gone_since(row) if row is not None else None)
    return row


def hold_case(connection: Connection, *wanted: ColumnElement[bool]) -> CaseRow | None:
    """The same for whoever goes on with a case that is gone; None where there is none."""
    case = tables.ReviewCase
    found = (
        select(*case.__table__.columns, tables.SelfCheck.deleted_at)
        .join(tables.SelfCheck, tables.SelfCheck.id == case.check_id)
        .where(*wanted)
        .with_for_update(of=case, key_share=True)
    )
    return connection.execute(found).first()


def hold_check(connection: Connection, check_id: int) -> None:
    """The self-check, for whoever writes in it and in a case: it is taken first, as everywhere."""
    check = tables.SelfCheck
    connection.execute(select(check.id).where(check.id == check_id).with_for_update(key_share=True))


def gone_since(row: CaseRow) -> datetime | None:
    """Since when nobody at the chamber reads the reports of this case."""
    since: datetime | None = row.withdrawn_at or row.deleted_at
    return since
