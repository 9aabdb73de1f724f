"""Where parts lie: tables whose rows hold one or several of them, and all rows of one self-check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Connection, Select, bindparam, select
from sqlalchemy import Row as DatabaseRow

from selfcheck.store.database.rows import field_names
from selfcheck.store.database.transactions import Base, upsert

Row = TypeVar("Row")
Fields = dict[str, Any]
"""Values by the names of their fields or columns."""


class Shelf(Generic[Row]):
    """A table whose rows hold parts. `row` is the value of a row: its fields are columns, `key` finds it within a
    self-check; `section` is what the data file calls the rows.
    """

    inside: frozenset[str] = frozenset({"id", "place_id"})
    """Columns that mean nothing outside of this database."""
    exported = True
    """Whether the data file has its rows as a section of their own."""
    with_removed = True
    """Whether it also has those that were removed."""

    def __init__(self, section: str, table: type[Base], row: type[Row], key: str = "key") -> None:
        self.section, self.table, self.row, self.key = section, table, row, key
        self.columns = tuple(name for name in field_names(row) if name in table.__table__.columns)
        self.select = self._select()

    def _select(self) -> Select[*tuple[object, ...]]:
        columns = self.table.__table__.columns
        rows = select(*(columns[name] for name in self.columns)).where(columns["check_id"] == bindparam("check_id"))
        return rows.order_by(*self.table.__table__.primary_key)

    def read(self, connection: Connection, check_id: int) -> dict[str, Row]:
        """All rows of a self-check, removed ones too: one statement. Raises `DamagedRow`."""
        rows = [self.row(*row) for row in connection.execute(self.select, {"check_id": check_id})]
        return {self.key_of(row): row for row in rows}

    def read_many(self, connection: Connection, check_ids: Sequence[int]) -> dict[int, dict[str, Row]]:
        """The same of several self-checks, by their ids: one statement. Raises `DamagedRow`."""
        found: dict[int, dict[str, Row]] = {id: {} for id in check_ids}
        for row in connection.execute(self._select_many(check_ids)):
            made = self.make(row)
            found[row.check_id][self.key_of(made)] = made
        return found

    def _select_many(self, check_ids: Sequence[int]) -> Select[*tuple[object, ...]]:
        columns = self.table.__table__.columns
        rows = select(columns["check_id"], *(columns[name] for name in self.columns))
        return rows.where(columns["check_id"].in_(check_ids)).order_by(*self.table.__table__.primary_key)

    def make(self, row: DatabaseRow[*tuple[object, ...]]) -> Row:
        """The value of a row that holds its columns, and maybe others."""
        return self.row(*(row._mapping[name] for name in self.columns))

    def key_of(self, row: Row) -> str:
        """What finds the row within its self-check."""
        return str(getattr(row, self.key))

    def store(
        self, connection: Connection, check_id: int, rows: Mapping[str, Row], stock: dict[str, Row]
    ) -> Mapping[int, int]:
        """Puts `rows` down with one statement. The ids that new ones got, by those that stood in for them."""
        upsert(connection, self.table, [self.values(check_id, row) for row in rows.values()], ("check_id", self.key))
        return {}

    def values(self, check_id: int, row: Row) -> Fields:
        return {"check_id": check_id} | {name: getattr(row, name) for name in self.columns if name != "id"}

    def export(self, row: Row) -> Fields:
        """The row as an entry of the data file."""
        return {name: getattr(row, name) for name in self.columns if name not in self.inside}


AnyShelf = Shelf[Any]


@dataclass
class Stock:
    """The rows of one self-check by shelf, removed ones too; what was not needed yet is not read yet."""

    check_id: int
    shelves: dict[str, dict[str, object]] = field(default_factory=dict)

    def rows(self, shelf: Shelf[Row], connection: Connection | None = None) -> dict[str, Row]:
        """The rows of a shelf by what finds them; without a `connection` only those that were read before."""
        if shelf.section not in self.shelves:
            found = shelf.read(connection, self.check_id) if connection is not None else {}
            self.fill(shelf, found)
        return cast(dict[str, Row], self.shelves[shelf.section])

    def fill(self, shelf: Shelf[Row], rows: dict[str, Row]) -> None:
        self.shelves[shelf.section] = cast(dict[str, object], rows)


def is_live(row: object) -> bool:
    return getattr(row, "removed_at", None) is None


def live(rows: Iterable[Row]) -> list[Row]:
    """Those that were not removed."""
    return [row for row in rows if is_live(row)]
