"""How a chamber works: whether a second advisor reads what is to be released."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from selfcheck.store.chamber.cases import Advisor
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import reading, upsert, writing
from selfcheck.store.parts.writes import Conflict, Current, Saved, Unchanged, settle


@dataclass(frozen=True, slots=True)
class Settings:
    """Version 0: never set."""

    second_reader: bool = False
    version: int = 0
    by: str = ""
    at: datetime | None = None


def read_settings(chamber: str) -> Settings:
    """One statement."""
    return find_settings(reading(), chamber)


def find_settings(connection: Connection, chamber: str) -> Settings:
    """The same inside a transaction."""
    table = tables.ChamberSetting
    columns = (table.second_reader, table.version, table.by, table.at)
    row = connection.execute(select(*columns).where(table.chamber == chamber)).first()
    return Settings(*row) if row is not None else Settings()


def save_settings(
    advisor: Advisor, seen_version: int, second_reader: bool, now: datetime
) -> Saved | Unchanged | Conflict:
    """For the advisor's own chamber."""
    with writing() as connection:
        stored = find_settings(connection, advisor.chamber)
        current = Current(stored.second_reader, stored.second_reader, stored.version, stored.by, stored.at)
        outcome = settle(current, seen_version, second_reader, now)
        if isinstance(outcome, Saved):
            row = {
                "chamber": advisor.chamber,
                "second_reader": second_reader,
                "version": outcome.version,
                "by": advisor.author,
                "at": now,
            }
            upsert(connection, tables.ChamberSetting, [row], ("chamber",))
        return outcome
