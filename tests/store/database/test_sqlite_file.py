"""The file of the database: only its owner reads it, nobody begins it anew by mistake, its journal is emptied."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from selfcheck.store.database import journal, transactions
from selfcheck.store.database.journal import Journal, forget_journal
from tests.store.conftest import migrate, opened

ENDINGS = ("", "-wal", "-shm")


@contextmanager
def loose_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    tmp_path.chmod(0o755)
    return tmp_path / "selfcheck.sqlite3"


def write(url: str) -> None:
    with opened(url), transactions.writing() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS x (y)"))
        connection.execute(text("INSERT INTO x VALUES ('Geheim')"))


def modes(file: Path) -> set[int]:
    return {Path(f"{file}{ending}").stat().st_mode & 0o777 for ending in ENDINGS}


def test_nobody_else_reads_a_new_database_whatever_the_umask_says(file: Path) -> None:
    with loose_umask(), opened(f"sqlite:///{file}"), transactions.writing() as connection:
        connection.execute(text("CREATE TABLE x (y)"))
        assert modes(file) == {0o600}


def test_nobody_else_reads_a_migrated_one(file: Path) -> None:
    with loose_umask():
        migrate(f"sqlite:///{file}")
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_database_that_others_could_read_is_taken_from_them(file: Path) -> None:
    with sqlite3.connect(file) as old:
        old.execute("PRAGMA journal_mode = WAL")
        old.execute("CREATE TABLE x (y)")
        for ending in ENDINGS:
            Path(f"{file}{ending}").chmod(0o644)
        with opened(f"sqlite:///{file}"), transactions.writing() as connection:
            connection.execute(text("INSERT INTO x VALUES (1)"))
            assert modes(file) == {0o600}
    old.close()


def test_a_database_that_is_gone_is_not_begun_anew(file: Path) -> None:
    write(f"sqlite:///{file}")
    file.unlink()
    with opened(f"sqlite:///{file}"), pytest.raises(OperationalError, match="fehlt, obwohl es sie schon gab"):
        transactions.ping()
    assert not file.exists()


def test_a_reader_holds_up_the_emptying_of_the_journal_only_shortly(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "PATIENCE", 0.1)
    write(f"sqlite:///{file}")
    with opened(f"sqlite:///{file}") as app:
        app.testing = True
        journal.init(app)
        reader = sqlite3.connect(file, isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM x").fetchall()
        with transactions.writing() as connection:
            connection.execute(text("UPDATE x SET y = 'Noch geheimer'"))
        begun = time.monotonic()
        forget_journal()
        assert time.monotonic() - begun < 5
        waiting: Journal = app.extensions[journal.KEY]
        assert waiting.waiting
        assert not waiting.try_again()
        reader.close()
        assert waiting.try_again()
        assert not waiting.waiting
        assert Path(f"{file}-wal").stat().st_size == 0
