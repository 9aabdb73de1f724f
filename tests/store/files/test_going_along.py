"""Files of pieces go along into the next audit; the bytes are kept once."""

from __future__ import annotations

from selfcheck.store.database import transactions
from selfcheck.store.files.revisions import list_all
from tests.store.conftest import Store
from tests.store.files.conftest import files_of, names_on_disk, send
from tests.store.renewal.test_moving import NEWER, fill, load, renew


def test_the_newest_file_of_each_piece_goes_along(store: Store, piece: int) -> None:
    fill(store)
    send(store, piece, b"eins")
    send(store, piece, b"zwei", "Leitbild neu.pdf")
    new = renew(store)
    transactions.look_again()
    (file,) = list_all(new.id)
    assert (file.number, file.name, file.size) == (1, "Leitbild neu.pdf", 4)
    pieces = [each for pieces in load(new, NEWER).evidence.values() for each in pieces if each.file is not None]
    assert [each.id for each in pieces] == [file.evidence_id]
    assert len(files_of(store, piece)) == 2
    assert len(names_on_disk(store)) == 2


def test_a_piece_without_a_file_begins_without_one(store: Store) -> None:
    fill(store)
    assert not list_all(renew(store).id)
