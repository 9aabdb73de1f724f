"""The outbox: what was promised is sent once; a mail server that is gone delays mails and nothing else."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import insert, text, update

from selfcheck.core.permissions import Role
from selfcheck.store.data.purge import purge
from selfcheck.store.database import tables, transactions
from selfcheck.store.database.limits import TooLong
from selfcheck.store.database.transactions import abandon, reading, writing
from selfcheck.store.mail import delivery, outbox
from selfcheck.store.mail.delivery import Courier, Delivered
from selfcheck.store.mail.outbox import Forgotten, NewMail, NoMoreMails
from selfcheck.store.team.places import places_of
from selfcheck.web.http import clock
from tests.mail_server import MailServer, config_for, free_port
from tests.places import add_place
from tests.store.conftest import Store

MAIL = NewMail(None, "erika@stadt.example", "Bestätigen Sie Ihre Adresse", "Grüß Gott,\nhier ist Ihr Link.")


def no_turn(app: Flask) -> None:
    """Mails are all that is done here."""


@pytest.fixture
def server(store: Store) -> Iterator[MailServer]:
    server = MailServer()
    store.app.config.update(config_for(server.port))
    delivery.init(store.app, clock.now, no_turn)
    server.start()
    yield server
    transactions.let_go()
    wait_until(lambda: transactions.db.engine.pool.checkedout() == 0)  # the courier is through with what it did
    server.stop()


def wait_until(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not happened() and time.monotonic() < until:
        time.sleep(0.02)
    assert happened()


def put(store: Store, *mails: NewMail) -> None:
    with writing() as connection:
        for mail in mails:
            outbox.put(connection, mail, store.now)


def may_write(store: Store, account: int, address: str) -> bool:
    with writing() as connection:
        return outbox.has_room(connection, NewMail(account, address, "", ""), store.now)


def send(store: Store) -> Delivered:
    return delivery.send_due(lambda: store.now)


def account(store: Store, name: str = "a") -> int:
    row = {
        "email": f"{name}@stadt.example",
        "name": "",
        "position": "member",
        "active": True,
        "fs_uniquifier": name,
        "created_at": store.now,
        "last_seen_at": store.now,
    }
    with writing() as connection:
        return int(connection.execute(insert(tables.Account).values(row).returning(tables.Account.id)).scalar_one())


def rows(store: Store) -> list[tuple[str, str, str, str, int]]:
    transactions.look_again()
    found = reading().execute(text("SELECT address, subject, body, stop, attempts FROM mail ORDER BY id"))
    return [tuple(row) for row in found]


def test_a_mail_is_sent_once_and_emptied(store: Store, server: MailServer) -> None:
    put(store, MAIL)
    assert send(store) == Delivered(1, 0)
    assert send(store) == Delivered(0, 0)
    (message,) = server.received
    assert (message["To"], message["Subject"]) == ("erika@stadt.example", "Bestätigen Sie Ihre Adresse")
    assert message["From"] == "selbstcheck@example.de"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] is None
    assert message.get_content().replace("\r\n", "\n").strip() == MAIL.body
    assert rows(store) == [("", "", "", "", 1)]


def test_a_mail_says_how_to_end_its_kind(store: Store, server: MailServer) -> None:
    put(store, NewMail(None, "erika@stadt.example", "Erinnerung", "Text", "https://selbstcheck.example/genug/abc"))
    send(store)
    assert server.received[0]["List-Unsubscribe"] == "<https://selbstcheck.example/genug/abc>"
    assert server.received[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nothing_is_sent_of_what_was_taken_back(store: Store, server: MailServer) -> None:
    with writing() as connection:
        outbox.put(connection, MAIL, store.now)
        abandon()
    assert send(store) == Delivered(0, 0)
    assert server.received == []


def test_a_server_that_is_gone_delays_mails_more_and_more(store: Store, server: MailServer) -> None:
    server.stop()
    put(store, MAIL)
    waits = []
    for _ in range(7):
        assert send(store) == Delivered(0, 1)
        assert send(store) == Delivered(0, 0)
        due = outbox.next_due(store.now)
        assert due is not None
        waits.append(due - store.now)
        store.now = due
    assert waits == [timedelta(minutes=each) for each in (5, 15, 60, 180, 360, 360, 360)]
    server.start()
    assert send(store) == Delivered(1, 0)
    assert server.recipients == ["erika@stadt.example"]


def test_one_refused_mail_does_not_hold_up_the_others(store: Store, server: MailServer) -> None:
    addresses = ["weg@stadt.example", *(f"person{number}@stadt.example" for number in range(12))]
    put(store, *(NewMail(None, address, "Betreff", "Text") for address in addresses))
    assert send(store) == Delivered(12, 1)
    assert sorted(server.recipients) == sorted(addresses[1:])


def test_what_is_refused_for_good_ends_at_once_and_says_so_at_the_place(store: Store, server: MailServer) -> None:
    put(store, NewMail(None, "weg@stadt.example", "Betreff", "Text"), NewMail(None, "amt@stadt.example", "B", "T"))
    with writing() as connection:
        for address in ("weg@stadt.example", "amt@stadt.example"):
            place = add_place(connection, store.check.id, Role.OFFICE, "Bauamt", store.now)
            connection.execute(update(tables.Place).where(tables.Place.id == place).values(mail=address))
    assert send(store) == Delivered(1, 1)
    assert rows(store) == [("weg@stadt.example", "", "", "", 1), ("", "", "", "", 1)]
    assert outbox.next_due(store.now) is None
    assert refused(store) == {"weg@stadt.example"}
    server.accepts_all = True
    put(store, NewMail(None, "weg@stadt.example", "Betreff", "Text"))
    assert send(store) == Delivered(1, 0)
    assert refused(store) == set()


def refused(store: Store) -> set[str]:
    """The addresses of places of which a mail server takes nothing."""
    return {place.mail for place in places_of(store.check.id) if place.mail_refused_at is not None}


@pytest.mark.parametrize("answer", ["450 try again later", "421 too busy"])
def test_what_is_refused_for_now_is_tried_again(store: Store, server: MailServer, answer: str) -> None:
    server.answer = answer
    put(store, NewMail(None, "weg@stadt.example", "Betreff", "Text"))
    assert send(store) == Delivered(0, 1)
    assert outbox.next_due(store.now) is not None
    server.accepts_all = True
    store.later(minutes=5)
    assert send(store) == Delivered(1, 0)


def test_what_nobody_could_deliver_for_days_is_given_up(store: Store, server: MailServer) -> None:
    put(store, MAIL)
    store.later(days=4)
    assert send(store) == Delivered(0, 0)
    assert outbox.next_due(store.now) is None
    with writing() as connection:
        assert outbox.forget(connection, store.now) == Forgotten(old=0, undeliverable=1)
    assert rows(store) == []


def test_what_never_got_through_is_said_at_the_place_it_invited_to(store: Store, server: MailServer) -> None:
    with writing() as connection:
        for address in ("weg@stadt.example", "amt@stadt.example", ""):
            place = add_place(connection, store.check.id, Role.OFFICE, "Bauamt", store.now)
            connection.execute(update(tables.Place).where(tables.Place.id == place).values(mail=address))
    server.answer = "450 try again later"
    put(store, NewMail(None, "weg@stadt.example", "Betreff", "Text"), NewMail(None, "amt@stadt.example", "B", "T"))
    send(store)
    store.later(days=3)
    assert purge(store.now).mails == 0
    assert refused(store) == set()
    assert purge(store.later(days=1)).mails == 1
    assert refused(store) == {"weg@stadt.example"}


def test_sent_mails_are_forgotten_after_a_year(store: Store, server: MailServer) -> None:
    put(store, MAIL)
    send(store)
    for days, gone in ((365, 0), (1, 1), (0, 0)):
        store.later(days=days)
        with writing() as connection:
            assert outbox.forget(connection, store.now) == Forgotten(old=gone, undeliverable=0)


def test_several_that_send_at_once_send_each_mail_once(store: Store, server: MailServer) -> None:
    put(store, *(NewMail(None, f"person{number}@stadt.example", "Betreff", "Text") for number in range(25)))
    transactions.let_go()
    together, totals = threading.Barrier(3), []

    def work() -> None:
        with store.app.app_context():
            together.wait()
            totals.append(send(store).sent)

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(totals) == 25
    assert len(set(server.recipients)) == len(server.recipients) == 25


def test_twenty_new_recipients_a_day_and_account(store: Store) -> None:
    mine, other = account(store, "a"), account(store, "b")
    first = [f"person{number}@stadt.example" for number in range(20)]
    for address in first:
        assert may_write(store, mine, address)
        put(store, NewMail(mine, address, "Einladung", "Text"))
    assert may_write(store, mine, "PERSON3@stadt.example ")
    assert not may_write(store, mine, "neu@stadt.example")
    assert may_write(store, other, "neu@stadt.example")
    store.later(days=1)
    assert may_write(store, mine, "neu@stadt.example")
    put(store, *(NewMail(mine, address, "Erinnerung", "Text") for address in first))
    assert may_write(store, mine, "neu@stadt.example")


def test_a_clock_that_was_ahead_uses_up_no_room(store: Store) -> None:
    sender, right = account(store), store.now
    store.later(days=3)
    for number in range(20):
        put(store, NewMail(sender, f"{number}@example.org", "Betreff", "Text"))
    assert not may_write(store, sender, "neu@example.org")
    store.now = right
    assert may_write(store, sender, "neu@example.org")


def test_what_has_no_room_is_refused(store: Store) -> None:
    for mail in (
        NewMail(None, "x" * 255, "Betreff", "Text"),
        NewMail(None, "a@b", "x" * 201, "Text"),
        NewMail(None, "a@b", "Betreff", "x" * 5001),
    ):
        with pytest.raises(TooLong):
            put(store, mail)
    assert rows(store) == []


def test_no_subject_becomes_two_heads(store: Store, server: MailServer) -> None:
    put(store, NewMail(None, "erika@stadt.example", "Betreff\r\nBcc: alle@stadt.example", "Text"))
    send(store)
    assert server.received[0]["Subject"] == "Betreff Bcc: alle@stadt.example"
    assert server.received[0]["Bcc"] is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Erika Muster", "Erika Muster"),
        ("  Dr. Erika\n Muster ", "Dr. Erika Muster"),
        ("https://boese.example/x", "https: boese. example x"),
        ("erika@stadt.example", "erika stadt. example"),
        ("a\x00b<c>", "ab c"),
        ("x" * 100, "x" * 80),
        ("boese．example＠x／y", "boese. example x y"),
        ("boese。example", "boese. example"),
        ("a\u202eb\u200b.\u200bde", "ab. de"),
        ("", ""),
    ],
)
def test_a_name_in_a_mail_is_one_line_and_no_link(typed: str, kept: str) -> None:
    assert outbox.safe_name(typed) == kept


def test_without_a_mail_server_mails_lie_in_the_data_folder(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store.app.config["DATA"] = tmp_path
    delivery.init(store.app, clock.now, no_turn)
    put(store, MAIL)
    assert send(store) == Delivered(1, 0)
    (file,) = (tmp_path / "mails").iterdir()
    written = file.read_text("utf-8")
    assert written.startswith("An: erika@stadt.example\nBetreff: Bestätigen Sie Ihre Adresse\n\nGrüß Gott,\n")
    assert "hier ist Ihr Link." in caplog.text


def test_a_mail_goes_out_soon_after_the_request_that_put_it(store: Store, server: MailServer) -> None:
    store.now = datetime.now(UTC)
    with store.app.test_request_context():
        put(store, MAIL)
        transactions.let_go()
    wait_until(lambda: not rows(store)[0][0])
    assert server.recipients == ["erika@stadt.example"]


def test_a_mail_that_waited_at_a_restart_goes_out_with_the_first_request(store: Store, server: MailServer) -> None:
    store.now = datetime.now(UTC)
    put(store, MAIL)
    assert server.recipients == []
    store.app.test_client().get("/")
    wait_until(lambda: not rows(store)[0][0])
    assert server.recipients == ["erika@stadt.example"]


def test_no_later_request_begins_another_thread(store: Store, server: MailServer) -> None:
    client = store.app.test_client()
    client.get("/")
    before = threading.active_count()
    client.get("/")
    assert threading.active_count() == before


def test_commands_begin_no_thread(store: Store, server: MailServer) -> None:
    before = threading.active_count()
    put(store, MAIL)
    assert threading.active_count() == before
    assert isinstance(store.app.extensions[outbox.WAKE].__self__, Courier)


def test_a_port_where_nobody_listens_keeps_the_mail(store: Store) -> None:
    store.app.config.update(config_for(free_port()))
    delivery.init(store.app, clock.now, no_turn)
    put(store, MAIL)
    assert send(store) == Delivered(0, 1)
    assert rows(store)[0][0] == "erika@stadt.example"


@pytest.mark.parametrize("address", ["a@[0.'$", '(@_"+~.)"', '().@""..+)', "x@" + "ä" * 80 + ".de"])
def test_an_address_that_no_mail_can_have_stops_nothing(store: Store, server: MailServer, address: str) -> None:
    put(store, NewMail(None, address, "Betreff", "Text"), MAIL)
    assert send(store) == Delivered(1, 1)
    assert server.recipients == ["erika@stadt.example"]


def test_the_limit_holds_when_all_invite_at_once(store: Store) -> None:
    mine = account(store)
    put(store, *(NewMail(mine, f"person{number}@stadt.example", "Einladung", "Text") for number in range(15)))
    together = threading.Barrier(8)

    def invite(number: int) -> bool:
        with store.app.app_context():
            together.wait()
            try:
                with writing() as connection:
                    outbox.put_limited(connection, NewMail(mine, f"neu{number}@stadt.example", "", ""), store.now)
            except NoMoreMails:
                return False
            finally:
                transactions.let_go()
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(invite, range(8))) == 5
    assert len(rows(store)) == 20


def test_nobody_gets_more_than_ten_mails_a_day_of_one_account(store: Store) -> None:
    mine, other, address = account(store, "a"), account(store, "b"), "opfer@stadt.example"
    for _ in range(10):
        assert may_write(store, mine, address)
        put(store, NewMail(mine, address, "Einladung", "Text"))
    assert not may_write(store, mine, address)
    assert may_write(store, mine, "neu@stadt.example")
    assert may_write(store, other, address)
    store.later(days=1)
    assert may_write(store, mine, address)
