"""A database of version 0.1.0 comes along with everything in it, and so does a file that was exported then."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from passlib.totp import TOTP
from sqlalchemy import Connection, text

from selfcheck.store.data.exports import write_export
from selfcheck.store.database import transactions
from selfcheck.store.database.transactions import db
from selfcheck.web.accounts import factor
from tests import before, towns
from tests.store.conftest import KEY, Store, migrate, new_database, opened
from tests.store.data.test_imports import content, export, take

SET_SECRET = text("UPDATE account SET tf_totp_secret = :secret WHERE id = :id")


def migrate_to(url: str, revision: str) -> None:
    with opened(url) as app:
        transactions.add_migrations(app)
        flask_migrate.upgrade(revision=revision)


def go_back_to(url: str, revision: str) -> None:
    with opened(url) as app:
        transactions.add_migrations(app)
        flask_migrate.downgrade(revision=revision)


@pytest.fixture
def old_sqlite(tmp_path: Path) -> str:
    before.restore(tmp_path / "before.sqlite3")
    return f"sqlite:///{tmp_path / 'before.sqlite3'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, old_sqlite: str) -> Iterator[str]:
    """The address of a database at the revision of then, with all its rows."""
    if request.param == "sqlite":
        yield old_sqlite
        return
    with new_database(request.getfixturevalue("postgresql")) as url:
        migrate_to(url, before.REVISION)
        before.write_rows(url, before.read_rows(old_sqlite))
        yield url


def test_every_row_comes_along_and_goes_back(old: str, old_sqlite: str) -> None:
    rows = before.read_rows(old)
    assert rows == before.read_rows(old_sqlite)
    assert all(rows.values()), "a table without rows shows nothing"
    migrate(old)
    assert without_secrets(before.read_rows(old)) == without_secrets(before.renamed(rows))
    go_back_to(old, before.REVISION)
    assert without_secrets(before.read_rows(old)) == without_secrets(rows)


def without_secrets(rows: before.Rows) -> before.Rows:
    """Secrets are kept in another way; a test of their own looks at them."""
    accounts = [account | {"tf_totp_secret": account["tf_totp_secret"] is not None} for account in rows["account"]]
    return rows | {"account": accounts}


def test_secrets_of_second_factors_are_sealed_and_opened_again(old: str) -> None:
    """As version 0.1.0 kept them: readable with the same server's key only, but changed without anybody noticing."""
    key = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    wallet = TOTP.using(issuer="Selbstcheck", secrets={"1": sha256(f"second factor\n{KEY}".encode()).hexdigest()})
    stored = {1: wallet(key=key).to_json(encrypt=True), 2: "of another key", 3: None}

    def put(connection: Connection) -> None:
        for account, secret in stored.items():
            connection.execute(SET_SECRET, {"id": account, "secret": secret})

    def read(connection: Connection) -> list[str | None]:
        return list(connection.execute(text("SELECT tf_totp_secret FROM account ORDER BY id")).scalars())

    engine = before.engine_of(old)
    with engine.begin() as connection:
        put(connection)
    migrate(old)
    with opened(old), engine.connect() as connection:
        sealed, *others = read(connection)
        assert sealed is not None
        assert factor.factor_key(sealed).replace("-", "") == key
        assert others[:2] == ["of another key", None]
    go_back_to(old, before.REVISION)
    with engine.connect() as connection:
        back, *others = read(connection)
        assert wallet.from_source(back).base32_key == key
        assert others[:2] == ["of another key", None]


def test_what_refers_to_a_row_still_finds_it(old: str) -> None:
    migrate(old)
    with opened(old), db.engine.connect() as connection:
        if db.engine.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
            assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
        connection.execute(text("DELETE FROM self_check"))
        for table in ("place", "link", "grant", "assignment", "evidence", "share"):
            assert connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one() == 0


def test_the_file_with_all_data_is_the_same_as_then(old: str) -> None:
    migrate(old)
    with opened(old):
        file = BytesIO()
        write_export(1, file, before.NOW)
        found = json.loads(file.getvalue())
        then = before.complete(json.loads(before.EVERYTHING))
        assert {**found, "exported_at": ""} == {**then, "exported_at": ""}


def test_the_file_of_then_is_taken_with_everything_it_holds(store: Store) -> None:
    taken = export(take(before.EVERYTHING, towns.questionnaire()))
    assert without_open_ones(content(taken)) == without_open_ones(
        content(json.dumps(before.complete(json.loads(before.EVERYTHING))).encode())
    )


def without_open_ones(found: dict[str, Any]) -> dict[str, Any]:
    """Without answers that were taken back: there is nothing to be taken."""
    said = [each for each in found["answers"] if each["choice"]["state"] != "open" or each["note"]["text"]]
    return found | {"answers": said}
