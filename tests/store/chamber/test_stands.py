"""What a chamber has of a town: sharing, taking back, looking, and whom it knows as sender."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import insert, select, update

from selfcheck.core.review.case import Ball, CaseState, Sender
from selfcheck.core.rules.to_do.checklist import is_for_chamber
from selfcheck.store.accounts import account_writes
from selfcheck.store.chamber import cases, senders, sending, stands, telling
from selfcheck.store.chamber.cases import Advisor, Case
from selfcheck.store.chamber.sending import Account, SenderRefused
from selfcheck.store.chamber.telling import Told
from selfcheck.store.data.forgetting import forget_names
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import look_again, reading, writing
from selfcheck.store.history.changes import history
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.team.deeds import load_deeds
from tests.places import add_account
from tests.store.chamber.builders import add_thread
from tests.store.conftest import Store

NORD = "nord"


def content(**more: object) -> dict[str, object]:
    return {"municipality": "Köln „am Rhein“ 😀", "frozen_on": "2027-01-10", "answers": {"a": "1.5"}, **more}


def account(store: Store, mail: str = "erika@example.org", position: str = "member") -> Account:
    with writing() as connection:
        id, _ = add_account(connection, mail, store.now, position)
        if position == telling.ADVISOR:
            connection.execute(update(tables.Account).where(tables.Account.id == id).values(chamber=NORD))
    return Account(id, "Erika Muster", mail)


def advisor(store: Store, mail: str = "beate@example.org") -> Advisor:
    return Advisor(account(store, mail, telling.ADVISOR).id, "Beate Rat", mail, NORD)


def send(store: Store, by: Account, mails: list[str] | None = None, **more: object) -> Case:
    def letter(told: Told) -> NewMail:
        if mails is not None:
            mails.append(f"{told.mail}{' again' if told.again else ''}")
        return NewMail(by.id, told.mail, "Es wartet etwas", f"/beratung/{told.case}")

    sending.send(store.check, NORD, content(**more), 38, by, store.who, store.now, name="IHK Nord", letter=letter)
    return find(store)


def find(store: Store) -> Case:
    look_again()
    [case] = cases.list_cases_of(store.check.id)
    return case


def test_a_chamber_reads_what_was_shared_and_nothing_else(store: Store) -> None:
    case = send(store, account(store))
    found = stands.read_stand(case)
    assert found is not None
    assert (found.number, found.content, found.sent_by) == (1, content(), store.who.label)
    assert stands.read_stand(case, 2) is None
    assert (case.state, case.waits_on, case.sender) == (CaseState.RECEIVED, Ball.CHAMBER, Sender.OPEN)
    assert [each.number for each in stands.list_stands(case)] == [1]
    with store.counted() as statements:
        stands.read_stand(case)
    assert statements.count == 1


def test_what_says_the_same_is_shared_once(store: Store) -> None:
    me = account(store)
    send(store, me)
    store.later(days=3)
    assert send(store, me, frozen_on="2027-01-13").stand == 1
    assert send(store, me, remarks={"a": []}).stand == 2, "what is shown beside is a part of it"
    case = send(store, account(store, "kai@example.org"), remarks={"a": []})
    assert (case.stand, case.sender_mail) == (3, "kai@example.org"), "it is another sender"


def test_taken_back_stands_stay_closed(store: Store) -> None:
    me = account(store)
    case = send(store, me)
    assert sending.withdraw(store.check.id, case.public_id, me.id, store.who, store.now, "IHK Nord")
    assert not sending.withdraw(store.check.id, case.public_id, me.id, store.who, store.now, "IHK Nord")
    gone = find(store)
    assert (gone.gone, gone.waits_on) == (store.now, Ball.NOBODY)
    assert stands.read_stand(gone) is None
    store.later(days=1)
    again = send(store, me)
    assert (again.id, again.stand, again.gone) == (case.id, 2, None)
    assert stands.read_stand(again, 1) is None
    assert [each.number for each in stands.list_stands_of(store.check.id)] == [2]
    changes = [(change.after, change.before) for change in history(store.check.id, 10) if change.part == "share"]
    label = {"label": "IHK Nord", "chamber": NORD}
    assert changes == [({**label, "stand": 2}, None), (None, label), ({**label, "stand": 1}, None)]


@pytest.mark.parametrize("made_up", ["keiner", "", "a\x00b", "\ud800", "x" * 5000])
def test_nothing_is_taken_back_of_what_is_not_there(store: Store, made_up: str) -> None:
    send(store, account(store))
    assert not sending.withdraw(store.check.id, made_up, None, store.who, store.now)
    other, _ = store.begin("Anderstadt")
    assert not sending.withdraw(other.id, find(store).public_id, None, store.who, store.now)


def test_a_refused_account_shares_no_more(store: Store) -> None:
    me, beate = account(store), advisor(store)
    case = send(store, me)
    assert senders.decide_sender(case, beate, Sender.REFUSED, store.now, Sender.OPEN)
    assert senders.decide_sender(case, beate, Sender.REFUSED, store.now, Sender.OPEN), "twice is once"
    assert not senders.decide_sender(case, beate, Sender.CONFIRMED, store.now, Sender.OPEN)
    with pytest.raises(SenderRefused):
        send(store, me, more=1)
    assert find(store).waits_on is Ball.TOWN
    assert send(store, account(store, "kai@example.org")).sender is Sender.OPEN


def test_a_confirmation_of_somebody_else_counts_nothing(store: Store) -> None:
    beate = advisor(store)
    seen = send(store, account(store))
    send(store, account(store, "kai@example.org"))
    assert not senders.decide_sender(seen, beate, Sender.CONFIRMED, store.now, Sender.OPEN)
    assert find(store).sender is Sender.OPEN


def test_a_look_is_noted_once_an_hour_and_stand(store: Store) -> None:
    me, beate = account(store), advisor(store)
    case, first = send(store, me), store.now
    stands.note_look(case, beate, store.now)
    stands.note_look(case, beate, store.later(minutes=59))
    assert [(look.first_at, look.last_at) for look in _looks(store)] == [(first, first)]
    stands.note_look(case, beate, store.later(minutes=1))
    assert [(look.by, look.first_at, look.last_at) for look in _looks(store)] == [("Beate Rat", first, store.now)]
    case = send(store, me, more=1)
    stands.note_look(case, beate, store.later(minutes=5))
    stands.note_look(case, beate, store.later(hours=2), 1)
    assert [(look.stand, look.last_at) for look in _looks(store)] == [(2, store.now)], "an older one is no step back"


def test_a_look_after_an_answer_is_noted_at_once(store: Store) -> None:
    me, beate = account(store), advisor(store)
    case = send(store, me)
    stands.note_look(case, beate, store.now)
    store.later(minutes=10)
    add_thread(case, store, "answered", answered=True)
    stands.note_look(case, beate, store.later(minutes=10))
    assert [look.last_at for look in _looks(store)] == [store.now]
    seen = store.now
    stands.note_look(case, beate, store.later(minutes=10))
    assert [look.last_at for look in _looks(store)] == [seen], "nothing is new"


def _looks(store: Store) -> list[stands.Look]:
    look_again()
    return stands.list_looks_of(store.check.id)


def test_whom_a_chamber_tells(store: Store) -> None:
    me, beate, bodo = account(store), advisor(store), advisor(store, "bodo@example.org")
    mails: list[str] = []
    case = send(store, me, mails)
    assert mails == [beate.mail, bodo.mail]
    send(store, me, mails, more=1)
    assert len(mails) == 2, "nobody has looked since"
    for each in (beate, bodo):
        stands.note_look(case, each, store.later(minutes=1))
    send(store, me, mails, more=2)
    assert mails[2:] == [f"{beate.mail} again", f"{bodo.mail} again"]
    with writing() as connection:
        connection.execute(update(tables.ReviewCase).values(advisor_id=bodo.account_id))
    stands.note_look(find(store), bodo, store.later(minutes=1))
    send(store, me, mails, more=3)
    assert mails[4:] == [f"{bodo.mail} again"]
    sending.withdraw(store.check.id, case.public_id, me.id, store.who, store.later(minutes=1))
    send(store, me, mails, more=4)
    assert mails[5:] == [bodo.mail]


def test_a_chamber_is_staffed_where_somebody_may_sign_in(store: Store) -> None:
    assert telling.find_staffed([NORD]) == frozenset()
    beate = advisor(store)
    assert telling.find_staffed([NORD, "sued"]) == {NORD}
    with writing() as connection:
        connection.execute(update(tables.Account).where(tables.Account.id == beate.account_id).values(active=False))
    assert telling.find_staffed([NORD]) == frozenset()
    assert telling.find_staffed([]) == frozenset()


def test_it_counts_as_shared_from_the_first_day(store: Store) -> None:
    today = date(2027, 1, 10)
    assert not is_for_chamber("Bürgermeisterin")
    assert load_deeds(store.check.id, today).shared_on is None
    me = account(store)
    case = send(store, me)
    store.later(days=40)
    sending.withdraw(store.check.id, case.public_id, me.id, store.who, store.now)
    assert load_deeds(store.check.id, today).shared_on == today


def test_who_shared_is_forgotten_with_the_account(store: Store) -> None:
    me = account(store)
    send(store, me)
    with writing() as connection:
        gone = {"deleted_at": store.now, "last_seen_at": store.now}
        connection.execute(update(tables.Account).where(tables.Account.id == me.id).values(gone))
    store.later(days=20)
    forget_names(store.now)
    assert find(store).sender_mail == me.mail
    store.later(days=20)
    assert me.id in reading().execute(account_writes.gone(store.now)).scalars().all()
    forget_names(store.now)
    forgotten = find(store)
    assert (forgotten.sender_name, forgotten.sender_mail) == ("", "")


def test_an_advisor_is_forgotten_with_the_account(store: Store) -> None:
    beate, bodo = advisor(store), advisor(store, "bodo@example.org")
    with writing() as connection:
        for each, name in ((beate, "Beate Rat"), (bodo, "Bodo Rat")):
            connection.execute(update(tables.Account).where(tables.Account.id == each.account_id).values(name=name))
    case = send(store, account(store))
    senders.decide_sender(case, beate, Sender.CONFIRMED, store.now, Sender.OPEN)
    with writing() as connection:
        for each in ("Beate Rat", "Bodo Rat"):
            row = {"chamber": NORD, "title": each, "text": "", "by": each, "version": 1, "at": store.now}
            connection.execute(insert(tables.TextBlock).values(row))
        gone = {"deleted_at": store.now, "last_seen_at": store.now}
        connection.execute(update(tables.Account).where(tables.Account.id == beate.account_id).values(gone))
    store.later(days=40)
    forget_names(store.now)
    assert find(store).sender_by == "IHK"
    look_again()
    assert set(reading().execute(select(tables.CaseStep.by)).scalars()) == {store.who.label, "IHK"}
    assert set(reading().execute(select(tables.TextBlock.by)).scalars()) == {"Bodo Rat", "IHK"}


def test_who_shared_is_forgotten_where_nobody_has_used_the_self_check_for_a_year(store: Store) -> None:
    send(store, account(store))
    store.later(days=340)
    forget_names(store.now)
    assert find(store).sender_name == "Erika Muster"
    store.later(days=40)
    forget_names(store.now)
    assert (find(store).sender_name, find(store).sender_mail) == ("", "")


def test_what_an_advisor_works_with_is_in_use(store: Store) -> None:
    beate, case = advisor(store), send(store, account(store))
    store.later(days=300)
    stands.note_look(case, beate, store.now)
    store.later(days=200)
    forget_names(store.now)
    assert find(store).sender_name == "Erika Muster"


def test_a_look_at_what_was_taken_back_is_none(store: Store) -> None:
    me, beate = account(store), advisor(store)
    case = send(store, me)
    sending.withdraw(store.check.id, case.public_id, me.id, store.who, store.now)
    stands.note_look(find(store), beate, store.now)
    assert _looks(store) == []


def test_what_a_town_deletes_for_good_takes_its_cases_along(store: Store) -> None:
    beate = advisor(store)
    stands.note_look(send(store, account(store)), beate, store.now)
    with writing() as connection:
        connection.execute(tables.SelfCheck.__table__.delete().where(tables.SelfCheck.id == store.check.id))
    for table in ("review_case", "case_stand", "case_step", "case_reader"):
        assert store.count_rows(table) == 0
