"""Files that are there before a page is opened: sent past the pages, as `store/files` keeps them."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import select, update

from selfcheck.core.files.content import Accepted
from selfcheck.core.files.kinds import LARGEST, FileKind
from selfcheck.core.permissions import Allowed, Role
from selfcheck.store.database import tables, transactions
from selfcheck.store.database.transactions import writing
from selfcheck.store.files.depot import open_depot
from selfcheck.store.files.revisions import StoredFile, keep_file
from selfcheck.store.parts.values import Who

AT = datetime(2027, 2, 8, 9, 0, tzinfo=UTC)


def send(app: Flask, piece: int, content: bytes, name: str, largest: int = LARGEST) -> StoredFile:
    """A new revision of a piece of evidence."""
    with app.app_context():
        transactions.look_again()
        with open_depot().receive(io.BytesIO(content), largest) as received, writing() as connection:
            wanted = select(tables.Evidence.check_id).where(tables.Evidence.id == piece)
            check_id = connection.execute(wanted).scalar_one()
            accepted = Accepted(FileKind(name.rpartition(".")[2]), name)
            coordination = Allowed(Role.COORDINATOR)
            return keep_file(
                connection,
                check_id,
                piece,
                received,
                accepted,
                Who(None, "Bauamt"),
                AT,
                scanned=False,
                allowed=coordination,
            )


def pieces(app: Flask, check_id: str = "") -> dict[int, str]:
    """The titles of all pieces by their id, in the order in which they came; only those of one self-check if named."""
    with app.app_context():
        transactions.look_again()
        wanted = select(tables.Evidence.id, tables.Evidence.title).order_by(tables.Evidence.id)
        if check_id:
            mine = select(tables.SelfCheck.id).where(tables.SelfCheck.public_id == check_id)
            wanted = wanted.where(tables.Evidence.check_id == mine.scalar_subquery())
        return {row.id: row.title for row in transactions.reading().execute(wanted)}


def call(app: Flask, piece: int, title: str) -> None:
    """Gives a piece a title, past everything that looks at it."""
    with app.app_context(), writing() as connection:
        connection.execute(update(tables.Evidence).where(tables.Evidence.id == piece).values(title=title))


def place_of(app: Flask, file: StoredFile) -> Path:
    """Where its bytes lie."""
    with app.app_context():
        return open_depot().find(file.sha256 or "")
