"""Rows as plain values: a column is called like the field that takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import TypeVar, TypeVarTuple, cast

from sqlalchemy import ColumnElement, Connection, Row, Select
from sqlalchemy.orm import InstrumentedAttribute

from selfcheck.store.database.damage import DamagedRow

Record = TypeVar("Record")
Columns = TypeVarTuple("Columns")


def field_names(kind: type[object]) -> tuple[str, ...]:
    """The names of the fields of a dataclass or a named tuple, in their order."""
    if is_dataclass(kind):
        return tuple(each.name for each in fields(kind))
    return cast(tuple[str, ...], getattr(kind, "_fields", ()))


def read_row(kind: type[Record], row: Row[*tuple[object, ...]], /, **beside: object) -> Record:
    """A `kind` of `row`, in which `beside` stands instead of columns; other columns are passed over."""
    return kind(**{name: row._mapping[name] for name in field_names(kind) if name not in beside}, **beside)


def read_sound(
    connection: Connection, statement: Select[*Columns], key: ColumnElement[int] | InstrumentedAttribute[int]
) -> tuple[Sequence[Row[*Columns]], list[int]]:
    """The rows of a list that is about many self-checks, and the keys of those that cannot be read.

    One damaged row must not take the others along: where there is one, each is fetched by itself. `key` is what
    differs from row to row.
    """
    try:
        return connection.execute(statement).all(), []
    except DamagedRow:
        keys = connection.execute(statement.with_only_columns(key, maintain_column_froms=True)).scalars().all()
    rows: list[Row[*Columns]] = []
    damaged = []
    for each in keys:
        try:
            rows += connection.execute(statement.limit(None).offset(None).where(key == each)).all()
        except DamagedRow:
            damaged.append(each)
    return rows, damaged
