"""Rows as plain values: a column is called like the field that takes it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TypeVar, cast

from sqlalchemy import Row

Record = TypeVar("Record")


def field_names(kind: type[object]) -> tuple[str, ...]:
    """The names of the fields of a dataclass or a named tuple, in their order."""
    if is_dataclass(kind):
        return tuple(each.name for each in fields(kind))
    return cast(tuple[str, ...], getattr(kind, "_fields", ()))


def read_row(kind: type[Record], row: Row[*tuple[object, ...]], **beside: object) -> Record:
    """A `kind` of `row`, in which `beside` stands instead of columns; other columns are passed over."""
    return kind(**{name: row._mapping[name] for name in field_names(kind) if name not in beside}, **beside)
