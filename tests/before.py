"""What version 0.1.0 left behind (`tests/store/before`), as a database to work with."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Engine, MetaData, Table, create_engine, insert, select
from sqlalchemy.pool import NullPool

FOLDER = Path(__file__).parent / "store" / "before"
KEY = "a made-up secret for tests only, 1234567890"
PASSWORD = "Rathaus am Mühlbach 7"
NOW = datetime(2026, 11, 27, 9, 16, tzinfo=UTC)
REVISION = "0002"
EVERYTHING = (FOLDER / "alle-daten.json").read_bytes()

TABLES = {"link": "place", "link_token": "link"}
"""What tables were called then, and are called now."""
NEW_TABLES = (
    "account_session",
    "advisor_invitation",
    "agreed_goal",
    "audit_before",
    "case_change",
    "case_flag",
    "case_note",
    "case_reader",
    "case_release",
    "case_reminder",
    "case_result",
    "case_stand",
    "case_step",
    "chamber_setting",
    "good_example",
    "interim",
    "interview_row",
    "interview_text",
    "job",
    "judgement",
    "only_there",
    "piece_file",
    "purge_run",
    "record_version",
    "recommendation",
    "review_case",
    "sheet_line",
    "sheet_mark",
    "text_block",
    "thread",
    "thread_message",
)
NEW_SECTIONS = (
    "chamber_shares",
    "files",
    "good_examples",
    "interims",
    "only_there",
    "queries",
    "recommendations",
    "results",
    "sheet",
    "sheet_mark",
    "stands",
)
"""What the file with all data has since."""
COLUMNS = {
    "self_check": {"place": "centrality"},
    "link_token": {"link_id": "place_id"},
    "grant": {"link_id": "place_id", "token_id": "link_id"},
    "assignment": {"link_id": "place_id"},
    "evidence": {"link_id": "place_id"},
    "share": {"link_id": "place_id"},
}
DOCUMENT: dict[str, Any] = {"name": "", "kind": "", "dated": None}
PAST_GOAL: dict[str, Any] = {"location": "", "outcome": ""}
ADDED: dict[str, dict[str, Any]] = {
    "account": {"chamber": ""},
    "link": {"mail_refused_at": None},
    "self_check": {
        "written": 0,
        "chamber_mail": "",
        "chamber_version": 0,
        "chamber_by": "",
        "chamber_at": None,
        "awarded": None,
    },
    "answer": {"unconfirmed": ""},
    "step": {"place_id": None},
    "grant": {"bundles": False, "told_at": None, "asked_on": None},
    "evidence": {**DOCUMENT, "also": ""},
    "past_goal": PAST_GOAL,
    "mail": {"fault": "", "refused_at": None},
}
"""What rows got since, by the table's name then."""

Rows = dict[str, list[dict[str, Any]]]


def complete(file: dict[str, Any]) -> dict[str, Any]:
    """The data file of then with what its entries say since."""
    evidence = [{**piece, **DOCUMENT, "also": []} for piece in file["evidence"]]
    answers = [{**each, "choice": {**each["choice"], "unconfirmed": ""}} for each in file["answers"]]
    past_goals = [{**goal, **PAST_GOAL} for goal in file["past_goals"]]
    check = {**file["self_check"], "awarded": None}
    said = {"self_check": check, "answers": answers, "evidence": evidence, "past_goals": past_goals}
    return {**file, **said, **{name: [] for name in NEW_SECTIONS}}


def restore(file: Path) -> None:
    """The SQLite database as it was."""
    with sqlite3.connect(file) as connection:
        connection.executescript((FOLDER / "0.1.0.sql").read_text(encoding="utf-8"))
    connection.close()


def engine_of(url: str) -> Engine:
    return create_engine(url, poolclass=NullPool)


def read_rows(url: str) -> Rows:
    """Every row of every table, in no order that means anything; points in time know their zone."""
    engine = engine_of(url)
    with engine.connect() as connection:
        rows = {table.name: connection.execute(select(table)).mappings().all() for table in _tables(engine)}
    return {name: _sort({key: _aware(value) for key, value in row.items()} for row in of) for name, of in rows.items()}


def write_rows(url: str, rows: Rows) -> None:
    """Into the empty tables of another database of the same revision."""
    engine = engine_of(url)
    with engine.begin() as connection:
        for table in _tables(engine):
            for column in table.columns:
                if isinstance(column.type, JSON):
                    column.type.none_as_null = True
            if rows[table.name]:
                connection.execute(insert(table), rows[table.name])


def renamed(rows: Rows) -> Rows:
    """The rows as they are called now, with the columns that came since."""
    now = {
        TABLES.get(table, table): _sort(
            {COLUMNS.get(table, {}).get(name, name): value for name, value in row.items()} | ADDED.get(table, {})
            for row in of
        )
        for table, of in rows.items()
    }
    _number(now["snapshot"])
    return now | {table: [] for table in NEW_TABLES}


def _number(snapshots: list[dict[str, Any]]) -> None:
    """The Stände of each self-check have been counted since, from the first."""
    listed = sorted(snapshots, key=lambda row: (row["check_id"], row["id"]))
    for _, mine in groupby(listed, key=lambda row: row["check_id"]):
        for number, row in enumerate(mine, start=1):
            row["number"] = number


def without_additions(file: dict[str, Any]) -> dict[str, Any]:
    """The file with all data without what it has got since."""
    check = {name: value for name, value in file["self_check"].items() if name != "chamber"}
    shares = [{name: value for name, value in share.items() if name != "number"} for share in file["shares"]]
    return file | {"self_check": check, "shares": shares}


def _sort(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (row.get("id", 0), repr(sorted(row.items()))))


def _tables(engine: Engine) -> Iterable[Table]:
    metadata = MetaData()
    metadata.reflect(engine)
    return [table for table in metadata.sorted_tables if table.name != "alembic_version"]


def _aware(value: Any) -> Any:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value
