"""Sessions in the store: what a cookie names, what ends one of them, some or all, and when they are over anyway."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from selfcheck.store.accounts import account_writes, sessions
from selfcheck.store.accounts.accounts import Account
from selfcheck.store.chamber import advisors
from selfcheck.store.database import tables, transactions
from selfcheck.store.database.transactions import reading, writing
from tests.store.accounts.test_accounts import MAIL, confirmed, find, silent
from tests.store.conftest import Store

FIREFOX = "Firefox auf Windows"


def begin(store: Store, account: Account) -> str:
    token = sessions.begin(account.mark, FIREFOX, store.now)
    assert token is not None
    return token


def is_signed_in(store: Store, token: str) -> bool:
    transactions.look_again()
    return sessions.find(token, store.now) is not None


def test_a_session_says_whose_it_is_with_one_statement(store: Store) -> None:
    account = confirmed(store)
    token = begin(store, account)
    transactions.look_again()
    with store.counted() as statements:
        found = sessions.find(token, store.now)
    assert statements.count == 1
    assert found is not None
    who = found.account
    assert (who.id, who.mail, who.name, who.position) == (account.id, MAIL, "Erika Muster", "member")
    assert (who.confirmed, who.second_factor) == (True, False)
    for odd in ("", "x" * 500, account.mark, "\ud800"):
        assert not is_signed_in(store, odd)


def test_what_the_cookie_holds_is_kept_nowhere(store: Store) -> None:
    token = begin(store, confirmed(store))
    row = reading().execute(select(tables.AccountSession)).one()
    assert token not in map(str, row)


ENDING: dict[str, Callable[[Account, Store], object]] = {
    "password": lambda account, store: account_writes.set_password(account.mark, "new", silent, store.now),
    "address": lambda account, store: account_writes.set_mail(account.mark, "neu@stadt.example", silent, store.now),
    "factor set": lambda account, store: account_writes.set_second_factor(
        account.id, "secret", 1, ["code"], silent, store.now
    ),
    "factor dropped": lambda account, store: account_writes.drop_second_factor(account.mark, silent, store.now),
    "everywhere": lambda account, store: account_writes.sign_out_everywhere(account.mark, store.now),
    "deleted": lambda account, store: account_writes.delete_account(account.mark, silent, store.now),
    "position": lambda account, store: advisors.appoint(account.mail, "advisor", "darmstadt"),
}


@pytest.mark.parametrize("what", ENDING)
def test_what_nobody_must_outlive_ends_every_session(store: Store, what: str) -> None:
    account, other = confirmed(store), confirmed(store, "kai@stadt.example")
    mine, theirs = [begin(store, account), begin(store, account)], begin(store, other)
    ENDING[what](account, store)
    assert [is_signed_in(store, token) for token in (*mine, theirs)] == [False, False, True]
    assert sessions.of_account(account.id, store.now) == []


def test_nothing_else_ends_one(store: Store) -> None:
    account = confirmed(store)
    token = begin(store, account)
    account_writes.set_name(account.id, "Erika Meier")
    account_writes.set_recovery_codes(account.id, ["code"])
    account_writes.note_sign_in(account.id, store.now)
    advisors.appoint(account.mail, "member")
    assert is_signed_in(store, token)


def test_sessions_end_one_by_one(store: Store) -> None:
    account, other = confirmed(store), confirmed(store, "kai@stadt.example")
    first, second = begin(store, account), begin(store, account)
    theirs = begin(store, other)
    sessions.end(first)
    assert [is_signed_in(store, token) for token in (first, second, theirs)] == [False, True, True]
    (listed,) = sessions.of_account(account.id, store.now)
    assert (listed.browser, listed.began_at, listed.seen_at) == (FIREFOX, store.now, store.now)
    assert not sessions.end_one(other.id, listed.id), "somebody else's"
    assert sessions.end_one(account.id, listed.id)
    assert not sessions.end_one(account.id, listed.id)
    assert [is_signed_in(store, token) for token in (second, theirs)] == [False, True]


def test_a_session_is_over_ninety_days_after_a_visit_and_half_a_year_after_its_beginning(store: Store) -> None:
    account = confirmed(store)
    unused, used = begin(store, account), begin(store, account)
    for _ in range(2):
        store.later(days=89)
        found = sessions.find(used, store.now)
        assert found is not None
        sessions.see(found.id, store.now)
    assert not is_signed_in(store, unused)
    assert [each.id for each in sessions.of_account(account.id, store.now)] == [found.id]
    store.later(days=3)
    assert not is_signed_in(store, used)


def test_sessions_that_are_over_are_forgotten(store: Store) -> None:
    account, other = confirmed(store), confirmed(store, "kai@stadt.example")
    begin(store, account)
    kept = begin(store, other)
    account_writes.sign_out_everywhere(account.mark, store.now)
    with writing() as connection:
        assert sessions.forget(connection, store.now) == 1
    assert is_signed_in(store, kept)
    with writing() as connection:
        assert sessions.forget(connection, store.later(days=91)) == 1
    assert store.count_rows("account_session") == 0


def test_a_blocked_account_has_no_session_and_a_gone_one_begins_none(store: Store) -> None:
    account = confirmed(store)
    token = begin(store, account)
    with writing() as connection:
        connection.execute(update(tables.Account).values(active=False))
    assert not is_signed_in(store, token)
    account_writes.sign_out_everywhere(find(store).mark, store.now)
    assert sessions.begin("gibt es nicht", FIREFOX, store.now) is None


def test_a_session_from_the_future_is_one(store: Store) -> None:
    """A clock that was wrong for a while signs nobody out."""
    account = confirmed(store)
    token = sessions.begin(account.mark, FIREFOX, store.now + timedelta(days=2))
    assert token is not None
    assert is_signed_in(store, token)
