"""The outbox as the operator reads it."""

from __future__ import annotations

from sqlalchemy import select

from selfcheck.store.database import tables, transactions
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.mail import listing, outbox
from selfcheck.store.mail.listing import Outbox
from selfcheck.store.mail.outbox import Fault, NewMail
from tests.store.conftest import Store


def put(store: Store, *addresses: str) -> None:
    with writing() as connection:
        for address in addresses:
            outbox.put(connection, NewMail(None, address, "Betreff", "Text"), store.now)


def fail(store: Store, *, final: bool = False) -> None:
    """One round in which nothing goes out."""
    due = outbox.claim(store.now)
    for mail in due if final else ():
        outbox.note_refused(mail, store.now, Fault.RECIPIENT)
    if not final:
        outbox.note_faults(due, Fault.SERVER)
    transactions.look_again()


def test_what_waits_says_since_when_and_why(store: Store) -> None:
    put(store, "erika@stadt.example")
    fail(store)
    put(store, "kai@stadt.example")
    first, second = listing.list_waiting(store.now)
    assert (first.address, first.attempts, first.fault) == ("erika@stadt.example", 1, Fault.SERVER)
    assert (second.address, second.attempts, second.fault) == ("kai@stadt.example", 0, None)
    assert listing.count(store.now) == Outbox(waiting=2, failing=1, sent=0, refused=0)
    assert [each.address for each in listing.list_waiting(store.now, "KAI@")] == ["kai@stadt.example"]


def test_a_refused_mail_is_found_by_its_address_for_a_month(store: Store) -> None:
    put(store, "weg@stadt.example")
    fail(store, final=True)
    (found,) = listing.list_refused("weg")
    assert (found.address, found.fault, found.refused_at) == ("weg@stadt.example", Fault.RECIPIENT, store.now)
    assert listing.list_refused("erika") == listing.list_waiting(store.now) == []
    assert listing.count(store.now) == Outbox(waiting=0, failing=0, sent=0, refused=1)
    for days, kept in ((29, "weg@stadt.example"), (2, "")):
        with writing() as connection:
            outbox.forget(connection, store.later(days=days))
        transactions.look_again()
        assert reading().execute(select(tables.Mail.address, tables.Mail.body)).one() == (kept, "")


def test_trying_again_makes_a_failed_mail_due_and_no_other(store: Store) -> None:
    put(store, "erika@stadt.example")
    (mail,) = listing.list_waiting(store.now)
    assert not listing.try_again(mail.id, store.now), "its first attempt is to come"
    fail(store)
    assert outbox.claim(store.now) == []
    assert listing.try_again(mail.id, store.now)
    assert [each.id for each in outbox.claim(store.now)] == [mail.id]
    assert not listing.try_again(mail.id, store.now), "somebody sends it now"
    assert not listing.try_again(mail.id + 1, store.now)
