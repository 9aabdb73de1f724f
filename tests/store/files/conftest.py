"""A piece of evidence that files are sent for."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from selfcheck.core.files.content import Accepted
from selfcheck.core.files.kinds import LARGEST, FileKind
from selfcheck.store.database import transactions
from selfcheck.store.database.transactions import writing
from selfcheck.store.files.depot import open_depot
from selfcheck.store.files.revisions import StoredFile, keep_file, list_files
from selfcheck.store.parts.values import Check
from selfcheck.store.parts.writes import Saved
from tests import writes
from tests.store.conftest import EVERYTHING, Store

Send = Callable[..., StoredFile]


@pytest.fixture
def piece(store: Store) -> int:
    return add_piece(store)


def add_piece(store: Store, title: str = "Leitbild 2030") -> int:
    saved = store.save_one(writes.evidence("leitbild", None, False, title, True, creation_key=title))
    assert isinstance(saved, Saved)
    assert saved.id is not None
    return saved.id


def send(
    store: Store, piece: int, content: bytes, name: str = "Leitbild.pdf", check: Check | None = None
) -> StoredFile:
    """One upload, from its bytes to its row."""
    with open_depot().receive(io.BytesIO(content), LARGEST) as received, writing() as connection:
        check_id, accepted = (check or store.check).id, Accepted(FileKind.PDF, name)
        return keep_file(
            connection, check_id, piece, received, accepted, store.who, store.now, scanned=False, allowed=EVERYTHING
        )


def files_of(store: Store, piece: int) -> Sequence[StoredFile]:
    transactions.look_again()
    return list_files(store.check.id, piece)


def names_on_disk(store: Store) -> set[str]:
    """What lies in the folder, temporary names too."""
    folder = Path(store.app.config["DATA"]) / "files"
    return {path.name for path in folder.rglob("*") if path.is_file()}
