"""The store on both databases: a tiny application, a small questionnaire, and a self-check that has just begun."""

from __future__ import annotations

import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.pool import NullPool

from selfcheck.core.permissions import Allowed, Role
from selfcheck.core.questionnaire.model import Kind, NotApplicable, Profile, QuestionId, Questionnaire
from selfcheck.core.rules.answers import State
from selfcheck.store.access import grants, links, self_checks
from selfcheck.store.access.grants import Access
from selfcheck.store.database import transactions
from selfcheck.store.database.transactions import db
from selfcheck.store.parts import saving
from selfcheck.store.parts.saving import SaveResult
from selfcheck.store.parts.values import Check, Details, Loaded, Who
from selfcheck.store.parts.writes import Outcome, Write
from tests import writes
from tests.core.builders import number, options, question, questionnaire, yes_no

NOON = datetime(2027, 1, 10, 11, 0, tzinfo=UTC)
PROFILE = Profile("mittelzentrum", "first", "HE")
EVERYTHING = Allowed(Role.COORDINATOR)
KEY = "not a secret, used in tests only"
ROUNDS = 38
MEGABYTE = 1024 * 1024
NO_DATA = "/nonexistent"
"""The data folder of an application that keeps no files."""
THREADS = 16
QUESTIONNAIRE = questionnaire(
    [
        yes_no("leitbild", 4, partly=2, evidence=("Leitbild", "Beschluss"), not_applicable=NotApplicable.ZERO),
        yes_no("strategie", 2, evidence=("Strategie",)),
        question("angebot", Kind.MANY, options=options(fahrplan=1, gutscheine=1)),
        number("quote", {0: 0, 30: 2}),
        question("sonstiges", Kind.TEXT),
        *(yes_no(f"frage-{place}", 1) for place in range(ROUNDS)),
    ]
)


def office_of(place_id: int) -> Allowed:
    """An office that is asked nothing."""
    return Allowed(Role.OFFICE, place_id=place_id)


@dataclass
class Statements:
    """What was sent to the database."""

    sent: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.sent)


@dataclass
class Store:
    """An application on one database, with one self-check to work on; `now` goes on only when told to."""

    app: Flask
    url: str
    now: datetime = NOON
    questionnaire: Questionnaire = QUESTIONNAIRE

    def __post_init__(self) -> None:
        self.check, self.secret = self.begin()
        self.access = self.visit(self.secret)

    @property
    def postgresql(self) -> bool:
        return self.url.startswith("postgresql")

    @property
    def who(self) -> Who:
        return Who(self.access.grant_id, "Amt 12")

    def begin(self, municipality: str = "Musterstadt", creation_key: str = "") -> tuple[Check, str]:
        details = Details(municipality, "06431", PROFILE, None)
        return self_checks.begin(QUESTIONNAIRE.name, details, self.now, creation_key)

    def visit(self, secret: str) -> Access:
        found = grants.visitor([secret], self.check.public_id, self.now)
        assert found is not None
        return found

    def second_person(self) -> Who:
        """A colleague who opened the personal link on another machine."""
        secret = links.open_link(links.issue_personal_link(self.check.id, self.now), self.now)
        assert secret is not None
        return Who(self.visit(secret).grant_id, "Amt 40")

    def save_all(self, *writes: Write, by: Who | None = None, allowed: Allowed = EVERYTHING) -> SaveResult:
        return saving.save(self.check, QUESTIONNAIRE, writes, by or self.who, self.now, allowed=allowed)

    def save(self, *writes: Write, by: Who | None = None, allowed: Allowed = EVERYTHING) -> list[Outcome]:
        return list(self.save_all(*writes, by=by, allowed=allowed).outcomes)

    def save_one(self, write: Write, by: Who | None = None, allowed: Allowed = EVERYTHING) -> Outcome:
        return self.save(write, by=by, allowed=allowed)[0]

    def load(self) -> Loaded:
        transactions.look_again()
        return saving.load(self.check, QUESTIONNAIRE)

    def later(self, **time: float) -> datetime:
        self.now += timedelta(**time)
        return self.now

    def count_rows(self, table: str) -> int:
        transactions.look_again()
        return int(transactions.reading().execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one())

    @contextmanager
    def counted(self) -> Iterator[Statements]:
        """Counts the statements of everything inside."""
        statements = Statements()

        def note(connection: Connection, cursor: object, statement: str, *further: object) -> None:
            statements.sent.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(db.engine, "before_cursor_execute", note)


def yes(name: str, seen_version: int = 0) -> Write:
    return writes.choice(QuestionId(name), seen_version, State.GIVEN, "ja")


def no(name: str, seen_version: int = 0) -> Write:
    return writes.choice(QuestionId(name), seen_version, State.GIVEN, "nein")


def make_app(url: str) -> Flask:
    app = Flask("store")
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SECRET_KEY=KEY, THREADS=THREADS)
    room = {"FILES_PER_CHECK": 500 * MEGABYTE, "FILES_TOTAL": 1000 * MEGABYTE, "FILES_RESERVE": 0}
    app.config.update(DATA=Path(NO_DATA), **room)
    transactions.init(app)
    return app


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sqlite") / "selfcheck.sqlite3"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql: str) -> str:
    """The address of a database with all tables; who uses it empties it."""
    with new_database(postgresql) as url:
        migrate(url)
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    with new_database(request.getfixturevalue("postgresql")) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with all tables and no rows."""
    if request.param == "sqlite":
        file = tmp_path / "selfcheck.sqlite3"
        file.write_bytes(request.getfixturevalue("migrated_sqlite").read_bytes())
        yield f"sqlite:///{file}"
        return
    address = request.getfixturevalue("migrated_postgresql")
    yield address
    engine = create_engine(address, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM self_check"))
        connection.execute(text("DELETE FROM attempt"))
        connection.execute(text("DELETE FROM mail"))
        connection.execute(text("DELETE FROM account"))
        connection.execute(text("DELETE FROM advisor_invitation"))
        connection.execute(text("DELETE FROM reminder"))
        connection.execute(text("DELETE FROM purge_run"))
        connection.execute(text("DELETE FROM job"))
        connection.execute(text("DELETE FROM text_block"))
        connection.execute(text("DELETE FROM advisor_invitation"))


@pytest.fixture
def store(url: str, tmp_path: Path) -> Iterator[Store]:
    with opened(url) as app:
        app.config["DATA"] = tmp_path
        yield Store(app, url)


@contextmanager
def opened(url: str) -> Iterator[Flask]:
    """An application on `url` with its context; its connections are closed afterwards."""
    app = make_app(url)
    with app.app_context():
        try:
            yield app
        finally:
            transactions.let_go()
            db.engine.dispose()


@contextmanager
def new_database(server: str) -> Iterator[str]:
    name = f"t{uuid.uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.replace("/postgres?", f"/{name}?")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def migrate(url: str) -> None:
    """All migrations; closing the last connection leaves an SQLite database in one file."""
    with opened(url) as app:
        transactions.add_migrations(app)
        flask_migrate.upgrade()


@pytest.fixture
def start_process() -> Callable[..., subprocess.Popen[str]]:
    """Starts a module of these tests as a process of its own."""

    def start(module: str, *arguments: str) -> subprocess.Popen[str]:
        root = Path(__file__).resolve().parents[2]
        command = [sys.executable, "-W", "error", "-m", module, *arguments]
        return subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    return start


def no_labels(name: str) -> None:
    """Of no questionnaire is known how long its label is valid, so nobody is asked what became of goals."""
