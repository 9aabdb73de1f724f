"""Accounts in the store: what one change ends, what is good once, and what goes after its time."""

from __future__ import annotations

import threading
from datetime import timedelta

from sqlalchemy import select, update

from selfcheck.core.permissions import Role
from selfcheck.store.access import grants, links
from selfcheck.store.accounts import account_writes, accounts
from selfcheck.store.accounts.account_writes import AccountsForgotten, NewAccount
from selfcheck.store.accounts.accounts import Account
from selfcheck.store.database import tables, transactions
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.mail.outbox import NewMail
from tests.store.conftest import Store

MAIL = "erika@stadt.example"


def letter(account: Account) -> NewMail:
    return NewMail(None, account.mail, "Bestätigen", account.mark)


def known(account: Account) -> NewMail:
    return NewMail(None, account.mail, "Bekannt", "")


def silent(account: Account) -> None:
    return None


def register(store: Store, mail: str = MAIL, password: str = "hash") -> None:
    account_writes.register(NewAccount(mail, "Erika Muster", password), letter, known, store.now)


def find(store: Store, mail: str = MAIL) -> Account:
    transactions.look_again()
    found = accounts.find_by_mail(mail)
    assert found is not None
    return found


def confirmed(store: Store, mail: str = MAIL) -> Account:
    register(store, mail)
    assert account_writes.confirm(find(store, mail).mark, store.now)
    return find(store, mail)


def subjects(store: Store) -> list[str]:
    transactions.look_again()
    return list(reading().execute(select(tables.Mail.subject).order_by(tables.Mail.id)).scalars())


def test_registering_twice_keeps_one_account_with_what_was_typed_last(store: Store) -> None:
    register(store, password="first")
    first = find(store)
    register(store, password="second")
    second = find(store)
    assert (first.id, first.password, second.password) == (second.id, "first", "second")
    assert accounts.find_by_mark(first.mark) is None
    assert subjects(store) == ["Bestätigen", "Bestätigen"]


def test_registering_a_confirmed_address_changes_nothing(store: Store) -> None:
    before = confirmed(store)
    register(store, password="other")
    assert find(store) == before
    assert subjects(store) == ["Bestätigen", "Bekannt"]


def test_registering_one_address_at_once_makes_one_account(store: Store) -> None:
    transactions.let_go()
    together = threading.Barrier(4)

    def work() -> None:
        with store.app.app_context():
            together.wait()
            register(store)
            transactions.let_go()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert store.count_rows("account") == 1
    assert len(subjects(store)) == 4


def test_a_mark_that_was_used_changes_nothing_more(store: Store) -> None:
    account = confirmed(store)
    account_writes.sign_out_everywhere(account.mark, store.now)
    assert account_writes.set_password(account.mark, "late", known, store.now) is None
    assert account_writes.set_mail(account.mark, "late@stadt.example", known, store.now) is None
    assert account_writes.drop_second_factor(account.mark, known, store.now) is None
    assert find(store).password == "hash"
    assert subjects(store) == ["Bestätigen"]


def test_a_code_is_good_once_however_many_try(store: Store) -> None:
    account = confirmed(store)
    account_writes.set_second_factor(account.id, "secret", 10, ["aaaa", "bbbb"], silent, store.now)
    transactions.let_go()
    together, steps, codes = threading.Barrier(4), [], []

    def work() -> None:
        with store.app.app_context():
            together.wait()
            steps.append(account_writes.use_code(account.id, 11))
            codes.append(account_writes.use_recovery_code(account.id, "aaaa"))
            transactions.let_go()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert (steps.count(True), codes.count(True)) == (1, 1)
    assert len(find(store).codes) == 1
    assert not account_writes.use_code(account.id, 10)
    assert not account_writes.use_recovery_code(account.id, "cccc")


def test_deleted_accounts_go_after_thirty_days_and_unconfirmed_after_a_week(store: Store) -> None:
    account = confirmed(store)
    register(store, "nie@stadt.example")
    kept = confirmed(store, "kai@stadt.example")
    account_writes.delete_account(account.mark, silent, store.now)
    for days, gone in ((6, (0, 0)), (2, (0, 1)), (21, (0, 0)), (2, (1, 0)), (1, (0, 0))):
        store.later(days=days)
        with writing() as connection:
            assert account_writes.forget(connection, store.now) == AccountsForgotten(*gone)
    assert accounts.find_by_mail(MAIL) is None
    assert find(store, "kai@stadt.example") == kept


def test_a_forgotten_account_leaves_its_places(store: Store) -> None:
    account = confirmed(store)
    sit(store, account.id, Role.COLLEAGUE)
    account_writes.delete_account(account.mark, silent, store.now)
    store.later(days=31)
    with writing() as connection:
        account_writes.forget(connection, store.now)
    transactions.look_again()
    row = reading().execute(
        select(tables.Grant.account_id, tables.Grant.name, tables.Grant.ended_at).where(tables.Grant.hash.is_(None))
    )
    assert [tuple(each) for each in row] == [(None, "", store.now)]


def test_signing_in_takes_the_deletion_back(store: Store) -> None:
    account = confirmed(store)
    account_writes.delete_account(account.mark, silent, store.now)
    assert find(store).may_sign_in(store.now + timedelta(days=30))
    assert not find(store).may_sign_in(store.now + timedelta(days=30, seconds=1))
    account_writes.note_sign_in(account.id, store.later(days=1))
    assert find(store).deleted_at is None


def sit(store: Store, account_id: int, role: Role, check_id: int | None = None) -> None:
    with writing() as connection:
        place_id = links.add_place(connection, check_id or store.check.id, role, "Koordination", store.now)
        grants.begin_account_grant(connection, place_id, account_id, "Erika", store.now)


def test_self_checks_without_another_coordinator_are_named(store: Store) -> None:
    account, other = confirmed(store), confirmed(store, "kai@stadt.example")
    alone, _ = store.begin("Alleinstadt")
    with writing() as connection:  # the browser that began it has left
        connection.execute(update(tables.Grant).where(tables.Grant.hash.is_not(None)).values(ended_at=store.now))
    assert accounts.only_coordinated_by(account.id) == []
    sit(store, account.id, Role.COORDINATOR, alone.id)
    assert accounts.only_coordinated_by(account.id) == [(alone.public_id, "Alleinstadt")]
    sit(store, other.id, Role.COLLEAGUE, alone.id)
    assert accounts.only_coordinated_by(account.id) == [(alone.public_id, "Alleinstadt")]
    sit(store, other.id, Role.COORDINATOR, alone.id)
    assert accounts.only_coordinated_by(account.id) == []
    assert accounts.only_coordinated_by(other.id) == []


def test_a_coordinator_whose_account_is_deleted_does_not_count(store: Store) -> None:
    account, other = confirmed(store), confirmed(store, "kai@stadt.example")
    check, _ = store.begin("Alleinstadt")
    with writing() as connection:
        connection.execute(update(tables.Grant).where(tables.Grant.hash.is_not(None)).values(ended_at=store.now))
    sit(store, account.id, Role.COORDINATOR, check.id)
    sit(store, other.id, Role.COORDINATOR, check.id)
    account_writes.delete_account(other.mark, silent, store.now)
    assert accounts.only_coordinated_by(account.id) == [(check.public_id, "Alleinstadt")]


def test_an_address_has_one_account(store: Store) -> None:
    account, _ = confirmed(store), confirmed(store, "kai@stadt.example")
    assert account_writes.set_mail(account.mark, "kai@stadt.example", known, store.now) is None
    assert find(store).mark == account.mark
