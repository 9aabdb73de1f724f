"""Which rows of a table belong to a self-check or a chamber, however many tables lie between."""

from __future__ import annotations

from sqlalchemy import Column, ColumnElement, Table, select

from selfcheck.store.database import tables
from selfcheck.store.database.transactions import db

AUTHORS: list[Column[str]] = [
    column
    for table in tables.SelfCheck.metadata.sorted_tables
    for column in table.columns
    if column.name == "by" or column.name.endswith("_by")
]
"""Every column that says who."""


def find_rows(table: Table, check: ColumnElement[int]) -> ColumnElement[bool] | None:
    """The condition on rows of `table` for the self-check whose id is `check`; None where it knows no self-check."""
    columns = table.columns
    if table.name == tables.SelfCheck.__tablename__:
        return columns["id"] == check
    if "check_id" in columns:
        return columns["check_id"] == check
    for column, other in (("case_id", tables.ReviewCase), ("thread_id", tables.Thread), ("place_id", tables.Place)):
        if column in columns:
            rows = db.metadata.tables[other.__tablename__]
            above = find_rows(rows, check)
            return None if above is None else columns[column].in_(select(rows.columns["id"]).where(above))
    return None


def find_rows_of_chamber(table: Table, chamber: ColumnElement[str]) -> ColumnElement[bool] | None:
    """The same for the chamber with the id `chamber`: its cases, what lies in them, and what it keeps beside."""
    columns = table.columns
    if ("by" in columns and "chamber" in columns) or table.name == tables.ReviewCase.__tablename__:
        return columns["chamber"] == chamber
    for column, other in (("case_id", tables.ReviewCase), ("thread_id", tables.Thread)):
        if column in columns:
            rows = db.metadata.tables[other.__tablename__]
            above = find_rows_of_chamber(rows, chamber)
            return None if above is None else columns[column].in_(select(rows.columns["id"]).where(above))
    return None
