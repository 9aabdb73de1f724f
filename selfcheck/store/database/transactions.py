"""The connection to the database: SQLite or PostgreSQL, short read and write transactions. Knows no tables."""

from __future__ import annotations

import logging
import sqlite3
import time
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
from sqlalchemy import Connection, Dialect, Insert, MetaData, Row, event, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, registry
from sqlalchemy.pool import ConnectionPoolEntry

from selfcheck.store.database.damage import SOUND_TYPES, name_undecoded, read_json
from selfcheck.store.database.sqlite_file import SqliteFile
from selfcheck.store.database.times import Day, UtcDateTime
from selfcheck.store.database.write_queue import Busy, WriteQueue

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

Made = TypeVar("Made")
Arguments = ParamSpec("Arguments")
log = logging.getLogger(__name__)
MIGRATIONS = Path(__file__).parent / "migrations"
QUEUE = "selfcheck.write_queue"
IMMEDIATE = "immediate"
BUSY_SECONDS = 15.0
"""That a save waits for others, all in all."""
IN_PASSING = 0.3
"""Seconds that a page waits to note something that nobody asked for."""
WRITERS_OF_EIGHT = 7
"""Of eight threads so many may wait to write; the others answer pages. Twenty people who save without a pause, most of
them at one worker, all wait their turn; whoever is one too many is told at once that nothing was saved."""
PATIENCE = "patience"
PAGES_KEPT = 256
"""Kilobytes of the SQLite file that each connection keeps; there are dozens, and the system keeps the file for all."""
STATEMENTS_KEPT = 32
"""That each connection keeps prepared, of those it sent last; there are dozens of connections in a worker."""
FILE = "selfcheck.sqlite_file"
PRIMARY = 0xFF
"""The bits of SQLite's result code that say what kind of error it is."""
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
    if url.startswith("sqlite"):
        options["connect_args"] = {"cached_statements": STATEMENTS_KEPT}
    else:
        options["pool_pre_ping"] = True
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", options)
    db.init_app(app)
    app.teardown_appcontext(let_go)
    if click.get_current_context(silent=True) is not None:
        add_migrations(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            if db.engine.url.database not in (None, "", ":memory:"):
                _take_turns(app, Path(str(db.engine.url.database)))
            event.listen(db.engine, "connect", _set_up_sqlite)
            event.listen(db.engine, "begin", _begin_sqlite)
            event.listen(db.engine, "handle_error", name_undecoded)
            db.engine.dialect.colspecs = {**db.engine.dialect.colspecs, **SOUND_TYPES}
        else:
            event.listen(db.engine, "connect", _set_up_postgresql)


def _take_turns(app: Flask, path: Path) -> None:
    """Writers of the file at `path` queue up, and every connection opens the same one."""
    app.extensions[QUEUE] = WriteQueue(path, max(1, app.config["THREADS"] * WRITERS_OF_EIGHT // 8))
    file = app.extensions[FILE] = SqliteFile(path)

    def prepare(dialect: Dialect, entry: ConnectionPoolEntry, *arguments: object) -> None:
        file.prepare()

    event.listen(db.engine, "do_connect", prepare)


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

    def mark(self, *, writing: bool, patience: float = BUSY_SECONDS) -> None:
        self.writing = writing
        self.connection.execution_options(**{IMMEDIATE: writing, PATIENCE: patience})


def reading() -> Connection:
    """The connection of this request; its first statement begins a read transaction."""
    return _hold().connection


def look_again() -> None:
    """Ends an open read: what is read next is what stands there then."""
    _hold().connection.rollback()


@contextmanager
def writing(patience: float | None = None) -> Iterator[Connection]:
    """One write transaction: committed at the end, rolled back on an exception. It ends an open read first.

    SQLite writers wait for their turn. Inside another `writing` it is a step of that one: both are committed together.
    Raises `Busy` where others wrote all of `patience` seconds, which are `BUSY_SECONDS` if nothing else is said.
    """
    held = _hold()
    if held.writing:
        with held.connection.begin_nested():
            yield held.connection
        return
    held.connection.rollback()
    patience = BUSY_SECONDS if patience is None else patience
    until = time.monotonic() + patience
    queue: WriteQueue | None = current_app.extensions.get(QUEUE)
    with queue.turn(patience) if queue else nullcontext():
        held.mark(writing=True, patience=max(0.0, until - time.monotonic()))
        try:
            refuse_other_file()
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


def note(write: Callable[[Connection], object]) -> bool:
    """Writes what nobody asked for: that somebody was here. Whether it was written; a page never fails or waits for it.

    Inside another `writing` it is a step of that one.
    """
    try:
        with writing(IN_PASSING) as connection:
            write(connection)
        return True
    except (DBAPIError, Busy) as error:
        log.warning("A visit could not be noted (%s).", type(error).__name__)
        return False


def refuse_other_file() -> None:
    """Raises `OperationalError` where the file that is open is not the one that lies there: what is written into it
    would be gone with the next start."""
    file: SqliteFile | None = current_app.extensions.get(FILE)
    if file is not None and not file.lies_there():
        raise OperationalError("BEGIN", None, sqlite3.OperationalError("the database file was taken away"))


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
    connection.execute(f"PRAGMA busy_timeout = {_milliseconds(BUSY_SECONDS)}")
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute(f"PRAGMA cache_size = -{PAGES_KEPT}")


def _set_up_postgresql(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute(f"SET lock_timeout = {_milliseconds(BUSY_SECONDS)}")
    cursor.close()
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    raw = connection.connection.driver_connection
    if raw is None:
        return
    if not options.get(IMMEDIATE):
        _begin(raw, "BEGIN")
        return
    raw.execute(f"PRAGMA busy_timeout = {_milliseconds(options.get(PATIENCE, BUSY_SECONDS))}")
    try:
        _begin(raw, "BEGIN IMMEDIATE")
    finally:
        raw.execute(f"PRAGMA busy_timeout = {_milliseconds(BUSY_SECONDS)}")


def _begin(raw: sqlite3.Connection, statement: str) -> None:
    try:
        raw.execute(statement)
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & PRIMARY == sqlite3.SQLITE_BUSY:
            raise Busy from error
        raise OperationalError(statement, None, error) from error


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
