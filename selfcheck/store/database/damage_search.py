"""Where stored rows are damaged: table, column and row, never what stands there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Dialect, Table, select, true, type_coerce
from sqlalchemy.types import NullType

from selfcheck.store.database import tables
from selfcheck.store.database.belonging import find_rows
from selfcheck.store.database.damage import DamagedRow
from selfcheck.store.database.transactions import db

Reader = Callable[[object], object]


def find_damage(connection: Connection, public_id: str | None = None) -> Iterator[str]:
    """What nobody can read, as `answer.note of (7, leitbild): no text`; of one self-check, or of everything."""
    check = select(tables.SelfCheck.id).where(tables.SelfCheck.public_id == public_id).scalar_subquery()
    for table in db.metadata.sorted_tables:
        wanted = find_rows(table, check) if public_id is not None else true()
        if wanted is not None:
            yield from _find_in(connection, table, wanted)


def _find_in(connection: Connection, table: Table, wanted: ColumnElement[bool]) -> Iterator[str]:
    readers = [_reader(column, connection.dialect) for column in table.columns]
    keys = [position for position, column in enumerate(table.columns) if column.primary_key]
    raw = select(*(type_coerce(column, NullType()).label(column.name) for column in table.columns)).where(wanted)
    try:
        for row in connection.execute(raw):
            named = ", ".join(str(row[position]) for position in keys)
            for column, read, value in zip(table.columns, readers, row, strict=True):
                wrong = _what_is_wrong(read, value)
                if wrong:
                    yield f"{table.name}.{column.name} of ({named}): {wrong}"
    except DamagedRow as damage:
        yield f"{table.name}: {damage}"


def _reader(column: Column[Any], dialect: Dialect) -> Reader | None:
    return column.type.dialect_impl(dialect).result_processor(dialect, None)


def _what_is_wrong(read: Reader | None, value: object) -> str:
    try:
        if read is not None:
            read(value)
    except (DamagedRow, ValueError, TypeError) as damage:
        return str(damage) if isinstance(damage, DamagedRow) else "not to be read"
    return ""
