"""Files of a piece: revisions, bytes kept once, taken out for good, and nothing left where something breaks."""

from __future__ import annotations

import hashlib
import io

import pytest

from selfcheck.store.database.limits import ENTRIES, TooMany
from selfcheck.store.files import revisions
from selfcheck.store.files.depot import TooLarge, open_depot
from selfcheck.store.history import redaction
from selfcheck.store.history.changes import history
from selfcheck.store.history.redaction import Taken
from selfcheck.store.parts.work import Gone
from tests import writes
from tests.store.conftest import QUESTIONNAIRE, Store, yes
from tests.store.files.conftest import add_piece, files_of, names_on_disk, send

TAKEN = Taken("Koordination", "(entfernt am 10.01.2027 durch Koordination)", "Personaldaten")


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_file_lies_under_its_hash_and_is_private(store: Store, piece: int) -> None:
    kept = send(store, piece, b"eins")
    path = open_depot().find(sha(b"eins"))
    assert path.read_bytes() == b"eins"
    assert path.stat().st_mode & 0o077 == 0
    assert (kept.number, kept.name, kept.size, kept.by, kept.scanned) == (1, "Leitbild.pdf", 4, "Amt 12", False)
    assert names_on_disk(store) == {sha(b"eins")}


def test_a_new_file_is_a_new_revision_and_the_old_one_stays(store: Store, piece: int) -> None:
    send(store, piece, b"eins")
    store.later(days=1)
    send(store, piece, b"zwei", "Leitbild neu.pdf")
    assert [(file.number, file.name) for file in files_of(store, piece)] == [
        (2, "Leitbild neu.pdf"),
        (1, "Leitbild.pdf"),
    ]
    assert names_on_disk(store) == {sha(b"eins"), sha(b"zwei")}


def test_the_newest_file_comes_with_its_piece_in_no_statement_more(store: Store, piece: int) -> None:
    with store.counted() as before:
        store.load()
    send(store, piece, b"eins")
    send(store, piece, b"zwei!")
    with store.counted() as after:
        (stored,) = store.load().evidence[QUESTIONNAIRE.questions[0].id]
    assert after.count == before.count
    assert stored.file is not None
    assert (stored.file.number, stored.file.size) == (2, 5)
    assert stored.evidence.located


def test_saving_a_piece_keeps_its_file(store: Store, piece: int) -> None:
    send(store, piece, b"eins")
    store.save(writes.evidence("leitbild", piece, False, "Leitbild 2031", True, seen_version=1))
    (stored,) = store.load().evidence[QUESTIONNAIRE.questions[0].id]
    assert stored.title == "Leitbild 2031"
    assert stored.file is not None


def test_the_same_file_twice_is_one_revision(store: Store, piece: int) -> None:
    assert send(store, piece, b"eins").number == 1
    assert send(store, piece, b"eins").number == 1
    assert send(store, piece, b"eins", "Anders.pdf").number == 2
    assert names_on_disk(store) == {sha(b"eins")}


def test_the_history_says_that_it_came_and_not_what_it_is_called(store: Store, piece: int) -> None:
    send(store, piece, b"eins", "Gehälter.pdf")
    newest = history(store.check.id, 1)[0]
    assert (newest.part, newest.after) == ("file", {"question": "leitbild", "number": 1, "size": 4})


def test_what_breaks_leaves_nothing_behind(store: Store, piece: int) -> None:
    with pytest.raises(TooLarge), open_depot().receive(io.BytesIO(b"12345"), 4):
        pass
    with pytest.raises(Gone):
        send(store, piece + 1000, b"eins")
    other, _ = store.begin("Nachbarstadt")
    with pytest.raises(Gone):
        send(store, piece, b"eins", check=other)
    assert names_on_disk(store) == set()
    assert store.count_rows("piece_file") == 0


def test_a_piece_has_at_most_so_many_revisions(store: Store, piece: int) -> None:
    for number in range(ENTRIES):
        send(store, piece, b"%d" % number)
    with pytest.raises(TooMany):
        send(store, piece, b"noch eine")
    assert len(names_on_disk(store)) == ENTRIES


def test_one_file_is_taken_out_for_good(store: Store, piece: int) -> None:
    send(store, piece, b"eins")
    send(store, piece, b"zwei", "Geheim.pdf")
    assert redaction.redact_file(store.check, piece, 2, TAKEN, store.who, store.now)
    assert not redaction.redact_file(store.check, piece, 2, TAKEN, store.who, store.now)
    newest, oldest = files_of(store, piece)
    assert (newest.name, newest.sha256, newest.removed_by) == ("", None, "Koordination")
    assert oldest.name == "Leitbild.pdf"
    assert names_on_disk(store) == {sha(b"eins")}
    (stored,) = store.load().evidence[QUESTIONNAIRE.questions[0].id]
    assert stored.file is not None
    assert stored.file.number == 1
    assert send(store, piece, b"drei").number == 3


def test_bytes_that_another_piece_names_stay(store: Store, piece: int) -> None:
    other = add_piece(store, "Beschluss")
    send(store, piece, b"eins")
    send(store, other, b"eins")
    redaction.redact_file(store.check, piece, 1, TAKEN, store.who, store.now)
    assert names_on_disk(store) == {sha(b"eins")}
    redaction.redact_file(store.check, other, 1, TAKEN, store.who, store.now)
    assert names_on_disk(store) == set()


def test_taking_out_the_texts_of_a_piece_takes_its_files(store: Store, piece: int) -> None:
    store.save(yes("leitbild"))
    send(store, piece, b"eins")
    key = history(store.check.id, 1)[0].subject
    texts = redaction.find_texts(store.check, QUESTIONNAIRE, "evidence", key)
    assert texts is not None
    assert texts.files == 1
    redaction.redact(store.check, QUESTIONNAIRE, "evidence", key, TAKEN, store.who, store.now)
    assert names_on_disk(store) == set()
    assert files_of(store, piece)[0].removed_at == store.now


def test_all_files_of_a_self_check_are_listed(store: Store, piece: int) -> None:
    send(store, piece, b"eins")
    send(store, add_piece(store, "Beschluss"), b"zwei")
    assert [file.number for file in revisions.list_all(store.check.id)] == [1, 1]
    assert len(files_of(store, piece)) == 1
