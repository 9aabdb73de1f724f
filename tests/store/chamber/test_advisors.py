"""Who advises for which chamber, invitations and their links, and what becomes of cases when somebody goes."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from selfcheck.core.permissions import ADVISOR, Role
from selfcheck.store.access import grants
from selfcheck.store.accounts import account_writes, accounts, sessions
from selfcheck.store.accounts.accounts import Account
from selfcheck.store.chamber import advisors, invitations
from selfcheck.store.chamber.advisors import Freed, Refusal
from selfcheck.store.chamber.cases import Advisor
from selfcheck.store.chamber.colleagues import list_colleagues
from selfcheck.store.chamber.invitations import Accepted, Invitation, Person
from selfcheck.store.data.purge import purge
from selfcheck.store.database import tables, transactions
from selfcheck.store.database.times import local_day
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.mail.outbox import NewMail
from tests.places import add_account, add_place
from tests.store.conftest import Store

MAIL = "berta@ihk.example"
PERSON = Person("Berta Beispiel", "a hash")


def letter(invitation: Invitation, token: str) -> NewMail:
    return NewMail(None, invitation.mail, "Einladung", token)


def told(address: str) -> NewMail:
    return NewMail(None, address, "Neues", "Es hat sich etwas geändert.")


def tokens() -> list[str]:
    transactions.look_again()
    sent = select(tables.Mail.body).where(tables.Mail.subject == "Einladung").order_by(tables.Mail.id)
    return list(reading().execute(sent).scalars())


def invite(store: Store, mail: str = MAIL, chamber: str = "darmstadt") -> str:
    """The secret of the link."""
    done = invitations.invite(mail, "Berta", chamber, store.now, letter)
    assert isinstance(done, Invitation)
    return tokens()[-1]


def add(store: Store, mail: str = MAIL, position: str = "member", chamber: str = "") -> int:
    with writing() as connection:
        account, _ = add_account(connection, mail, store.now, position)
        connection.execute(update(tables.Account).where(tables.Account.id == account).values(chamber=chamber))
    return account


def find(mail: str = MAIL) -> Account:
    transactions.look_again()
    found = accounts.find_by_mail(mail)
    assert found is not None
    return found


def seat(store: Store, account: int) -> None:
    """A place of the coordination for this account."""
    with writing() as connection:
        place = add_place(connection, store.check.id, Role.COORDINATOR, "Koordination", store.now)
        grants.begin_account_grant(connection, place, account, "", store.now)


def add_case(store: Store, advisor: int, chamber: str = "darmstadt") -> int:
    row = {
        "public_id": f"case{advisor}",
        "check_id": store.check.id,
        "chamber": chamber,
        "municipality": "Musterstadt",
        "district": "06431",
        "audit": "first",
        "stand": 1,
        "asked": 38,
        "shared_at": store.now,
        "state": "received",
        "papers_missing": False,
        "advisor_id": advisor,
        "sender": "open",
        "sender_name": "",
        "sender_mail": "",
        "sender_by": "",
        "waits_on": "chamber",
        "waits_since": store.now,
        "created_at": store.now,
    }
    with writing() as connection:
        return int(
            connection.execute(insert(tables.ReviewCase).values(row).returning(tables.ReviewCase.id)).scalar_one()
        )


def advisor_of_case(case: int) -> int | None:
    transactions.look_again()
    return reading().execute(select(tables.ReviewCase.advisor_id).where(tables.ReviewCase.id == case)).scalar_one()


def test_a_case_is_handed_to_whoever_can_sign_in(store: Store) -> None:
    one, other = add(store, position=ADVISOR, chamber="darmstadt"), add(store, "carl@ihk.example", ADVISOR, "darmstadt")
    me = Advisor(one, "Berta", MAIL, "darmstadt")
    assert [each.account_id for each in list_colleagues(me)] == [other]
    for lost in ({"confirmed_at": None}, {"active": False}, {"deleted_at": store.now}):
        with writing() as connection:
            connection.execute(update(tables.Account).where(tables.Account.id == other).values(lost))
        transactions.look_again()
        assert list_colleagues(me) == []
        back = {"confirmed_at": store.now, "active": True, "deleted_at": None}
        with writing() as connection:
            connection.execute(update(tables.Account).where(tables.Account.id == other).values(back))


def of_darmstadt() -> list[advisors.AdvisorListed]:
    return [each for each in advisors.list_all_advisors() if each.chamber == "darmstadt"]


def test_a_new_person_becomes_an_advisor_of_the_chamber_that_invited(store: Store) -> None:
    token = invite(store)
    done = invitations.accept_new(token, PERSON, store.now)
    account = find()
    assert done == Accepted(account.mark)
    assert (account.position, account.chamber, account.confirmed, account.name) == (
        "advisor",
        "darmstadt",
        True,
        "Berta Beispiel",
    )
    (listed,) = advisors.list_all_advisors()
    assert (listed.mail, listed.name, listed.second_factor, listed.cases) == (MAIL, "Berta Beispiel", False, 0)
    assert listed.chamber == "darmstadt"
    assert invitations.list_waiting() == []


def test_of_the_link_only_a_hash_is_kept(store: Store) -> None:
    token = invite(store)
    kept = reading().execute(select(tables.AdvisorInvitation.hash)).scalar_one()
    assert token not in kept
    assert invitations.look_up(token) is not None
    assert invitations.look_up(kept) is None


def test_a_link_is_good_once(store: Store) -> None:
    token = invite(store)
    assert isinstance(invitations.accept_new(token, PERSON, store.now), Accepted)
    before = find().mark
    assert invitations.accept_new(token, Person("Eve", "other"), store.now) is Refusal.UNKNOWN
    assert invitations.accept(token, find().id, store.now) is Refusal.UNKNOWN
    assert find().mark == before


@pytest.mark.parametrize(("days", "good"), [(14, True), (15, False)])
def test_a_link_is_good_for_fourteen_days(store: Store, days: int, good: bool) -> None:
    token = invite(store)
    assert isinstance(invitations.accept_new(token, PERSON, store.later(days=days)), Accepted) is good
    assert (accounts.find_by_mail(MAIL) is not None) is good


def test_a_withdrawn_link_opens_nothing(store: Store) -> None:
    token = invite(store)
    (waiting,) = invitations.list_waiting()
    assert invitations.withdraw(waiting.id, store.now)
    assert invitations.withdraw(waiting.id, store.now), "twice is once"
    assert invitations.accept_new(token, PERSON, store.now) is Refusal.UNKNOWN
    assert invitations.send_again(waiting.id, store.now, letter) is None
    assert not invitations.withdraw(waiting.id + 1, store.now)


def test_a_new_mail_ends_the_link_of_the_one_before(store: Store) -> None:
    first = invite(store)
    (waiting,) = invitations.list_waiting()
    again = invitations.send_again(waiting.id, store.later(days=20), letter)
    assert again is not None
    assert again.ends_on == local_day(store.now) + timedelta(days=14)
    assert invitations.accept_new(first, PERSON, store.now) is Refusal.UNKNOWN
    assert isinstance(invitations.accept_new(tokens()[-1], PERSON, store.now), Accepted)


def test_inviting_twice_is_once(store: Store) -> None:
    invite(store)
    assert isinstance(invitations.invite(MAIL, "Berta", "darmstadt", store.now, letter), Invitation)
    assert len(tokens()) == len(invitations.list_waiting()) == 1
    assert invitations.invite(MAIL, "Berta", "frankfurt", store.now, letter) is Refusal.INVITED
    store.later(days=15)
    invite(store, chamber="frankfurt")
    assert [each.chamber for each in invitations.list_waiting()] == ["frankfurt"]


def test_two_clicks_at_once_make_one_account(store: Store) -> None:
    token, done = invite(store), []

    def accept() -> None:
        with store.app.app_context():
            done.append(invitations.accept_new(token, PERSON, store.now))
            transactions.let_go()

    transactions.let_go()
    threads = [threading.Thread(target=accept) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(isinstance(each, Refusal) for each in done) == [False, True, True, True]


def test_who_has_an_account_accepts_with_it_and_is_signed_out(store: Store) -> None:
    account, token = add(store), invite(store)
    session = sessions.begin(find().mark, "Browser", store.now)
    assert session is not None
    assert invitations.accept_new(token, PERSON, store.now) is Refusal.KNOWN, "nobody else takes the account over"
    assert invitations.accept(token, add(store, "eve@ihk.example"), store.now) is Refusal.OTHER
    assert isinstance(invitations.accept(token, account, store.now), Accepted)
    assert (find().position, find().chamber) == ("advisor", "darmstadt")
    transactions.look_again()
    assert sessions.find(session, store.now) is None


def test_an_address_that_somebody_else_registered_goes_to_who_reads_its_mails(store: Store) -> None:
    account = add(store)
    with writing() as connection:
        mine = update(tables.Account).where(tables.Account.id == account)
        connection.execute(mine.values(confirmed_at=None, password="of a stranger", name="Eve"))
    before = find().mark
    done = invitations.accept_new(invite(store), PERSON, store.now)
    found = find()
    assert (found.id, found.name, found.password, found.confirmed) == (account, PERSON.name, PERSON.password, True)
    assert done == Accepted(found.mark)
    assert found.mark != before


@pytest.mark.parametrize(
    ("position", "chamber", "works", "why"),
    [
        ("operator", "", False, Refusal.OPERATES),
        ("advisor", "frankfurt", False, Refusal.ADVISES),
        ("member", "", True, Refusal.WORKS),
    ],
)
def test_who_operates_advises_already_or_works_in_a_self_check_is_refused(
    store: Store, position: str, chamber: str, works: bool, why: Refusal
) -> None:
    token = invite(store)
    account = add(store, position=position, chamber=chamber)
    if works:
        seat(store, account)
    assert invitations.accept(token, account, store.now) is why
    assert (find().position, find().chamber) == (position, chamber)
    found = invitations.look_up(token)
    assert found is not None
    assert found.used_at is None, "it can still be accepted once the reason is gone"
    store.later(days=15)
    assert invitations.invite(MAIL, "", "darmstadt", store.now, letter) is why


def test_appointing_needs_an_account_of_nobody_in_a_town(store: Store) -> None:
    account = add(store)
    seat(store, account)
    assert advisors.appoint(MAIL, "advisor", "darmstadt") is Refusal.WORKS
    assert advisors.appoint("niemand@ihk.example", "advisor", "darmstadt") is Refusal.UNKNOWN
    with writing() as connection:
        connection.execute(update(tables.SelfCheck).values(deleted_at=store.now))
    assert advisors.appoint(MAIL, "advisor", "darmstadt") == Freed(0)
    assert (find().position, find().chamber) == ("advisor", "darmstadt")
    mark = find().mark
    assert advisors.appoint(MAIL, "advisor", "darmstadt") == Freed(0)
    assert find().mark == mark, "nothing changed, so nobody is signed out"


@pytest.mark.parametrize("what", ["moved", "disabled", "appointed", "deleted"])
def test_nothing_lies_dead_when_an_advisor_goes(store: Store, what: str) -> None:
    account, other = add(store, position="advisor", chamber="darmstadt"), add(store, "bodo@ihk.example", "advisor")
    mine, theirs = add_case(store, account), add_case(store, other, "frankfurt")
    mark = find().mark
    done = {
        "moved": lambda: advisors.move(account, "frankfurt", store.now, told),
        "disabled": lambda: advisors.disable(account, store.now, told),
        "appointed": lambda: advisors.appoint(MAIL, "operator"),
        "deleted": lambda: account_writes.delete_account(mark, account_writes.silent, store.now),
    }[what]()
    assert done == (None if what == "deleted" else Freed(1))
    assert (advisor_of_case(mine), advisor_of_case(theirs)) == (None, other)
    assert find().mark != mark
    position = {
        "moved": ("advisor", "frankfurt"),
        "disabled": ("member", ""),
        "appointed": ("operator", ""),
        "deleted": ("advisor", "darmstadt"),
    }[what]
    assert (find().position, find().chamber) == position
    assert of_darmstadt() == []


def test_moving_to_the_same_chamber_changes_nothing_and_tells_nobody(store: Store) -> None:
    account = add(store, position="advisor", chamber="darmstadt")
    mark, case = find().mark, add_case(store, account)
    assert advisors.move(account, "darmstadt", store.now, told) == Freed(0)
    assert (find().mark, advisor_of_case(case)) == (mark, account)
    assert store.count_rows("mail") == 0
    member = add(store, "erika@stadt.example")
    assert advisors.move(member, "darmstadt", store.now, told) is None
    assert advisors.disable(member, store.now, told) is None


def test_an_advisor_without_a_chamber_is_listed_for_the_operator(store: Store) -> None:
    account = add(store, position="advisor")
    assert [each.id for each in advisors.list_all_advisors()] == [account]
    assert advisors.move(account, "darmstadt", store.now, told) == Freed(0)
    assert [each.id for each in of_darmstadt()] == [account]
    without = add(store, "bodo@ihk.example", position="advisor")
    assert isinstance(invitations.accept(invite(store, "bodo@ihk.example"), without, store.now), Accepted)
    assert len(of_darmstadt()) == 2


def test_a_list_takes_one_statement_however_many_advise(store: Store) -> None:
    for number in range(12):
        add_case(store, add(store, f"a{number}@ihk.example", "advisor", "darmstadt"), f"chamber-{number}")
    transactions.look_again()
    with store.counted() as statements:
        assert len(of_darmstadt()) == 12
    assert statements.count == 1


def test_addresses_that_were_invited_go_after_a_month(store: Store) -> None:
    invite(store)
    purge(store.later(days=44))
    assert store.count_rows("advisor_invitation") == 1
    purge(store.later(days=2))
    assert store.count_rows("advisor_invitation") == 0
