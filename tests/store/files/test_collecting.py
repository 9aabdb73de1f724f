"""What nobody names goes, and nothing else."""

from __future__ import annotations

import io
import os
import threading
from datetime import timedelta

from sqlalchemy import delete

from selfcheck.core.files.content import Accepted
from selfcheck.core.files.kinds import LARGEST, FileKind
from selfcheck.store.data.purge import purge
from selfcheck.store.database import tables, transactions
from selfcheck.store.database.transactions import writing
from selfcheck.store.files.collecting import collect
from selfcheck.store.files.depot import INCOMING, open_depot
from selfcheck.store.files.revisions import keep_file
from tests.store.conftest import EVERYTHING, Store
from tests.store.files.conftest import names_on_disk, send


def make_old(store: Store, days: int = 60) -> None:
    """Lets everything have lain there for so long."""
    came = (store.now - timedelta(days=days)).timestamp()
    for path in open_depot().folder.rglob("*"):
        os.utime(path, (came, came))


def test_only_what_nobody_names_goes_and_only_after_its_time(store: Store, piece: int) -> None:
    send(store, piece, b"eins")
    send(store, piece, b"zwei")
    with writing() as connection:
        connection.execute(delete(tables.PieceFile).where(tables.PieceFile.number == 1))
    make_old(store, days=20)
    assert collect(store.now) == 0
    make_old(store)
    assert collect(store.now) == 1
    assert len(names_on_disk(store)) == 1
    assert collect(store.now) == 0


def test_what_never_got_a_name_of_its_own_goes_after_a_day(store: Store) -> None:
    incoming = open_depot().folder / INCOMING
    incoming.mkdir(parents=True)
    (incoming / "abgebrochen").write_bytes(b"halb")
    (incoming / "unterwegs").write_bytes(b"halb")
    make_old(store, days=0)
    os.utime(incoming / "abgebrochen", (0, 0))
    collect(store.now)
    assert names_on_disk(store) == {"unterwegs"}


def test_a_deleted_self_check_takes_its_files_along(store: Store, piece: int) -> None:
    send(store, piece, b"eins")
    make_old(store)
    with writing() as connection:
        check = tables.SelfCheck.__table__
        connection.execute(check.update().values(deleted_at=store.now, changed_at=store.now))
    store.later(days=40)
    dry = purge(store.now, dry=True)
    assert (dry.deleted, dry.files) == (1, 1)
    assert len(names_on_disk(store)) == 1
    gone = purge(store.now)
    assert (gone.deleted, gone.files) == (1, 1)
    assert names_on_disk(store) == set()


def test_nothing_goes_that_an_upload_is_about_to_name(store: Store, piece: int) -> None:
    """Old bytes that nobody names, and somebody sends them again while they are collected."""
    send(store, piece, b"eins")
    make_old(store)
    with writing() as connection:
        connection.execute(delete(tables.PieceFile))
    done: list[int] = []

    def clear_up() -> None:
        with store.app.app_context():
            done.append(collect(store.now))

    collector = threading.Thread(target=clear_up)
    with open_depot().receive(io.BytesIO(b"eins"), LARGEST) as received, writing() as connection:
        accepted = Accepted(FileKind.PDF, "Leitbild.pdf")
        keep_file(
            connection,
            store.check.id,
            piece,
            received,
            accepted,
            store.who,
            store.now,
            scanned=True,
            allowed=EVERYTHING,
        )
        collector.start()
        collector.join(timeout=0.5)
        assert not done
    collector.join()
    assert done == [0]
    assert len(names_on_disk(store)) == 1
    transactions.look_again()
