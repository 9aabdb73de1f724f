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
from click import ClickException
from passlib.totp import TOTP
from sqlalchemy import text

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


def go_back_to(url: str, revision: str, key: str = KEY) -> None:
    with opened(url) as app:
        app.config["SECRET_KEY"] = key
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
    assert before.read_rows(old) == before.renamed(rows)
    go_back_to(old, before.REVISION)
    assert before.read_rows(old) == rows


WALLET = TOTP.using(issuer="Selbstcheck", secrets={"1": sha256(f"second factor\n{KEY}".encode()).hexdigest()})
"""How version 0.1.0 kept secrets of second factors."""
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def read_secrets(url: str) -> list[str | None]:
    with before.engine_of(url).connect() as connection:
        return list(connection.execute(text("SELECT tf_totp_secret FROM account ORDER BY id")).scalars())


def write_secret(url: str, account: int, secret: str) -> None:
    with before.engine_of(url).begin() as connection:
        connection.execute(SET_SECRET, {"id": account, "secret": secret})


def test_no_migration_makes_a_second_factor_unreadable(old: str) -> None:
    """Whatever key it runs with: with another one secrets of version 0.1.0 become nonsense, without any error."""
    write_secret(old, 1, WALLET(key=SECRET).to_json(encrypt=True))
    kept = read_secrets(old)
    with opened(old) as app:
        app.config["SECRET_KEY"] = "another made-up secret for tests, 0987654321"
        transactions.add_migrations(app)
        flask_migrate.upgrade()
    assert read_secrets(old) == kept
    with opened(old):
        assert factor.factor_key(kept[0] or "").replace("-", "") == SECRET


def test_sealed_secrets_are_opened_on_the_way_back_with_the_right_key_only(old: str) -> None:
    migrate(old)
    former = WALLET(key=SECRET).to_json(encrypt=True)
    with opened(old):
        sealed = factor.seal_anew(former) or ""
    write_secret(old, 1, sealed)
    write_secret(old, 2, "of another key")
    with pytest.raises(ClickException, match="Geändert wurde nichts"):
        go_back_to(old, before.REVISION, "another made-up secret for tests, 0987654321")
    assert read_secrets(old)[:2] == [sealed, "of another key"]
    go_back_to(old, before.REVISION)
    back, other = read_secrets(old)[:2]
    assert WALLET.from_source(back).base32_key == SECRET
    assert other == "of another key"


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
        then = json.loads(before.EVERYTHING)
        assert {**found, "exported_at": ""} == {**then, "exported_at": ""}


def test_the_file_of_then_is_taken_with_everything_it_holds(store: Store) -> None:
    taken = export(take(before.EVERYTHING, towns.questionnaire()))
    assert without_open_ones(content(taken)) == without_open_ones(content(before.EVERYTHING))


def without_open_ones(found: dict[str, Any]) -> dict[str, Any]:
    """Without answers that were taken back: there is nothing to be taken."""
    said = [each for each in found["answers"] if each["choice"]["state"] != "open" or each["note"]["text"]]
    return found | {"answers": said}
