"""The connection to the database: SQLite or PostgreSQL, short read and write transactions. Knows no tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click
from flask import Flask, current_app, g
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Insert, MetaData, Row, event, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, registry
from sqlalchemy.pool import ConnectionPoolEntry

from selfcheck.store.database.damage import SOUND_TYPES, name_undecoded, read_json
from selfcheck.store.database.times import Day, UtcDateTime
from selfcheck.store.database.write_queue import WriteQueue

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

Made = TypeVar("Made")
Arguments = ParamSpec("Arguments")
MIGRATIONS = Path(__file__).parent / "migrations"
QUEUE = "selfcheck.write_queue"
IMMEDIATE = "immediate"
BUSY_SECONDS = 15
SPARE_CONNECTIONS = 2
"""Beside one for each thread that answers: one for the mails, one for whoever empties the journal."""
NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(naming_convention=NAMES), type_annotation_map={datetime: UtcDateTime(), date: Day()}
    )


db = SQLAlchemy(model_class=Base)


def init(app: Flask) -> None:
    """Connects `app` to the database that its `SQLALCHEMY_DATABASE_URI` names; commands also get `flask db`.

    There is a connection for each of its `THREADS`, and two to spare.
    """
    url = str(app.config["SQLALCHEMY_DATABASE_URI"])
    options: dict[str, object] = {
        "pool_size": app.config["THREADS"] + SPARE_CONNECTIONS,
        "max_overflow": 0,
        "pool_use_lifo": True,  # the one that was just used knows its statements and pages still
        "json_deserializer": read_json,
        "hide_parameters": True,  # what people wrote does not belong into a log
    }
    if not url.startswith("sqlite"):
        options["pool_pre_ping"] = True
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", options)
    db.init_app(app)
    app.teardown_appcontext(let_go)
    if click.get_current_context(silent=True) is not None:
        add_migrations(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            if db.engine.url.database not in (None, "", ":memory:"):
                app.extensions[QUEUE] = WriteQueue(Path(str(db.engine.url.database)))
            event.listen(db.engine, "connect", _set_up_sqlite)
            event.listen(db.engine, "begin", _begin_sqlite)
            event.listen(db.engine, "handle_error", name_undecoded)
            db.engine.dialect.colspecs = {**db.engine.dialect.colspecs, **SOUND_TYPES}


def add_migrations(app: Flask) -> None:
    """Lets `flask_migrate` find the migrations of `app`."""
    # Not at the top: no page migrates anything, and it costs nine megabytes in every worker.
    from flask_migrate import Migrate

    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True)


@dataclass(slots=True)
class _Held:
    """The connection of a request, or of whatever else runs in an application context."""

    connection: Connection
    writing: bool = False
    afterwards: dict[Callable[[], None], None] = field(default_factory=dict)

    def mark(self, *, writing: bool) -> None:
        self.writing = writing
        self.connection.execution_options(**{IMMEDIATE: writing})


def reading() -> Connection:
    """The connection of this request; its first statement begins a read transaction."""
    return _hold().connection


def look_again() -> None:
    """Ends an open read: what is read next is what stands there then."""
    _hold().connection.rollback()


@contextmanager
def writing() -> Iterator[Connection]:
    """One write transaction: committed at the end, rolled back on an exception. It ends an open read first.

    SQLite writers wait for their turn. Inside another `writing` it is a step of that one: both are committed together.
    """
    held = _hold()
    if held.writing:
        with held.connection.begin_nested():
            yield held.connection
        return
    held.connection.rollback()
    queue = current_app.extensions.get(QUEUE)
    with queue.turn() if queue else nullcontext():
        held.mark(writing=True)
        try:
            yield held.connection
            held.connection.commit()
        except BaseException:
            held.afterwards.clear()
            let_go()  # takes everything back; where beginning failed, this connection would begin nothing any more
            raise
        finally:
            held.mark(writing=False)
    calls, held.afterwards = held.afterwards, {}
    for call in calls:
        call()


def once(make: Callable[Arguments, Made]) -> Callable[Arguments, Made]:
    """For what looks first whether the same form has made it before: where a double click was faster by a hair, it is
    asked again and finds that."""

    @wraps(make)
    def make_once(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Made:
        try:
            return make(*args, **kwargs)
        except IntegrityError:
            return make(*args, **kwargs)

    return make_once


def take_turn(connection: Connection, hashed: str) -> None:
    """Makes transactions that count under one hash go one after the other; SQLite writers do so anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": int(hashed[:15], 16)})


def after_commit(call: Callable[[], None]) -> None:
    """Has `call` called once the open write transaction is committed; never if it is taken back."""
    _hold().afterwards[call] = None


def abandon() -> None:
    """Takes back what the innermost open `writing` has done so far; it ends with that."""
    held = _hold()
    step = held.connection.get_nested_transaction()
    if step is not None:
        step.rollback()
        return
    held.connection.rollback()
    held.afterwards.clear()


def _hold() -> _Held:
    if "selfcheck_database" not in g:
        g.selfcheck_database = _Held(db.engine.connect())
    held: _Held = g.selfcheck_database
    return held


def let_go(error: BaseException | None = None) -> None:
    """Gives the connection back; the next statement gets another one."""
    held: _Held | None = g.pop("selfcheck_database", None)
    if held is not None:
        held.connection.close()


def ping() -> None:
    """Raises `SQLAlchemyError` where the database does not answer."""
    reading().execute(text("SELECT 1"))


def forget_journal() -> None:
    """Empties SQLite's journal: what was deleted must not lie there any longer. Elsewhere it does nothing."""
    if db.engine.dialect.name == "sqlite":
        look_again()
        connection = db.engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()


def upsert(connection: Connection, model: type[Base], rows: Sequence[Mapping[str, object]], key: Sequence[str]) -> None:
    """Inserts whole rows with one statement; where `key` is taken, the other columns that they name are replaced."""
    connection.execute(_make_upsert(connection.dialect.name, model, tuple(rows[0]), tuple(key)), list(rows))


def upsert_returning(
    connection: Connection,
    model: type[Base],
    rows: Sequence[Mapping[str, object]],
    key: Sequence[str],
    returning: tuple[InstrumentedAttribute[str], InstrumentedAttribute[int]],
) -> Sequence[Row[str, int]]:
    """The same; of every row it returns two columns."""
    statement = _make_upsert(connection.dialect.name, model, tuple(rows[0]), tuple(key))
    return connection.execute(statement.returning(*returning), list(rows)).all()


@lru_cache(maxsize=64)
def _make_upsert(dialect: str, model: type[Base], names: tuple[str, ...], key: tuple[str, ...]) -> Insert:
    insert = _insert(dialect, model)
    replaced = {name: insert.excluded[name] for name in names if name not in key}
    return insert.on_conflict_do_update(index_elements=list(key), set_=replaced)


def insert_new(connection: Connection, model: type[Base], rows: Sequence[Mapping[str, object]]) -> int:
    """Inserts rows with one statement and says how many; those whose unique key is taken already are passed over."""
    statement = _insert(connection.dialect.name, model).on_conflict_do_nothing()
    return len(connection.execute(statement.returning(*model.__table__.primary_key), list(rows)).all())


def _insert(dialect: str, model: type[Base]) -> postgresql.Insert | sqlite.Insert:
    if dialect != "postgresql":
        return sqlite.insert(model)
    # Not at the top: three megabytes in every worker that are for nothing on SQLite.
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(model)


def _set_up_sqlite(connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions begin where `_begin_sqlite` says so, not where the driver guesses
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")


def _begin_sqlite(connection: Connection) -> None:
    statement = "BEGIN IMMEDIATE" if connection.get_execution_options().get(IMMEDIATE) else "BEGIN"
    raw = connection.connection.driver_connection
    try:
        if raw is not None:
            raw.execute(statement)
    except sqlite3.OperationalError as error:
        raise OperationalError(statement, None, error) from error
