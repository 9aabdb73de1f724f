"""The inbox of an advisor: groups, order, what stands beside each case, and how little it costs."""

from __future__ import annotations

from datetime import timedelta

from selfcheck.core.review.case import StepKind
from selfcheck.store.chamber import marks, steps
from selfcheck.store.chamber.cases import Advisor, Case
from selfcheck.store.chamber.colleagues import list_colleagues
from selfcheck.store.chamber.inbox import Group, Inbox, InboxRow, Sorting, Wanted
from selfcheck.store.database.times import local_day
from selfcheck.store.database.transactions import look_again
from tests.store.chamber.builders import CHAMBER, OTHER, add_thread, advisor, again, judge, look, send, share
from tests.store.conftest import Store

MOST = 50


def open_inbox(store: Store, who: Advisor) -> Inbox:
    look_again()
    return Inbox(who, local_day(store.now))


def names(inbox: Inbox, wanted: Wanted, most: int = MOST, skip: int = 0) -> list[str]:
    ids = inbox.find(wanted, most, skip)
    rows = inbox.read(ids)
    return [rows[id].case.municipality for id in ids]


def do(store: Store, case: Case, who: Advisor, *kinds: StepKind) -> None:
    for kind in kinds:
        done = steps.do(case.id, who, kind, steps.list_steps(case.id, 0)[0].id, store.now)
        assert isinstance(done, steps.Done)


def row_of(store: Store, who: Advisor, case: Case) -> InboxRow:
    return open_inbox(store, who).read([case.id])[case.id]


def test_each_case_is_in_the_group_of_whose_turn_it_is(store: Store) -> None:
    anna, berta = advisor(store, "anna@example.org"), advisor(store, "berta@example.org")
    share(store, "Neustadt")
    mine, hers, asked, closed = (share(store, name)[0] for name in ("Meinstadt", "Ihrstadt", "Fragstadt", "Altstadt"))
    do(store, mine, anna, StepKind.TAKEN)
    do(store, hers, berta, StepKind.TAKEN)
    add_thread(asked, store)
    do(store, asked, anna, StepKind.TAKEN, StepKind.ASKED)
    do(store, closed, anna, StepKind.TAKEN, StepKind.CLOSED)
    inbox = open_inbox(store, anna)
    assert set(names(inbox, Wanted(Group.WAITING))) == {"Neustadt", "Meinstadt"}
    assert names(inbox, Wanted(Group.TOWN)) == ["Fragstadt"]
    assert names(inbox, Wanted(Group.DONE)) == ["Altstadt"]
    assert len(names(inbox, Wanted(Group.ALL))) == 5
    assert inbox.count() == {
        Group.WAITING: 2,
        Group.FLAGGED: 0,
        Group.TOWN: 1,
        Group.DONE: 1,
        Group.ALL: 5,
    }


def test_nobody_sees_cases_of_another_chamber(store: Store) -> None:
    share(store, "Musterstadt")
    carla = advisor(store, "carla@example.org", OTHER)
    inbox = open_inbox(store, carla)
    assert set(inbox.count().values()) == {0}
    assert names(inbox, Wanted(Group.ALL, search="Muster")) == []
    assert inbox.list_districts() == []


def test_a_reminder_that_is_due_brings_a_case_back(store: Store) -> None:
    anna = advisor(store, "anna@example.org")
    case, _ = share(store)
    add_thread(case, store)
    do(store, case, anna, StepKind.TAKEN, StepKind.ASKED)
    marks.remind(case.id, anna.account_id, local_day(store.now) + timedelta(days=1), "Nachfragen", store.now)
    assert names(open_inbox(store, anna), Wanted(Group.WAITING)) == []
    store.later(days=1)
    assert names(open_inbox(store, anna), Wanted(Group.WAITING)) == ["Musterstadt"]
    due = marks.list_due(anna, local_day(store.now), MOST)
    assert [each.text for each in due] == ["Nachfragen"]
    for _ in range(2):
        assert marks.settle_reminder(case.id, anna.account_id, due[0].id, store.now)
    assert names(open_inbox(store, anna), Wanted(Group.WAITING)) == []


def test_reminders_and_flags_belong_to_one_advisor(store: Store) -> None:
    anna, berta = advisor(store, "anna@example.org"), advisor(store, "berta@example.org")
    case, _ = share(store)
    marks.remind(case.id, anna.account_id, local_day(store.now), "Nachfragen", store.now)
    for _ in range(2):
        marks.flag(case.id, anna, list_colleagues(anna)[0], "Kennst du die Schule?", store.now, None)
    look_again()
    assert marks.list_reminders(case.id, berta.account_id) == []
    (reminder,) = marks.list_reminders(case.id, anna.account_id)
    assert not marks.settle_reminder(case.id, berta.account_id, reminder.id, store.now)
    (flag,) = marks.list_flags(case.id, berta.account_id)
    assert (flag.by, flag.name, flag.mine, flag.reason) == ("Anna", "Berta", True, "Kennst du die Schule?")
    assert not marks.settle_flag(case.id, anna.account_id, flag.id, store.now)
    assert names(open_inbox(store, berta), Wanted(Group.FLAGGED)) == ["Musterstadt"]
    assert marks.settle_flag(case.id, berta.account_id, flag.id, store.now)
    assert names(open_inbox(store, berta), Wanted(Group.FLAGGED)) == []


def test_what_needs_a_decision_comes_first_then_the_largest_difference(store: Store) -> None:
    anna = advisor(store, "anna@example.org")
    cases = {name: share(store, name)[0] for name in ("Wenig", "Viel", "Antwort", "Neu")}
    for name in ("Wenig", "Viel", "Antwort"):
        do(store, cases[name], anna, StepKind.TAKEN)
    judge(cases["Wenig"], store, "leitbild", 50)
    judge(cases["Viel"], store, "leitbild", -400)
    judge(cases["Antwort"], store, "leitbild", 100)
    add_thread(cases["Antwort"], store, "answered", answered=True)
    assert names(open_inbox(store, anna), Wanted(Group.WAITING)) == ["Antwort", "Neu", "Viel", "Wenig"]


def test_names_are_found_and_sorted_as_people_do(store: Store) -> None:
    anna = advisor(store, "anna@example.org")
    for name in ("Zell", "Äppelstadt", "Bad Vilbel", "Gräfenhausen"):
        share(store, name)
    inbox = open_inbox(store, anna)
    assert names(inbox, Wanted(Group.ALL, search="graefen")) == ["Gräfenhausen"]
    by_name = Wanted(Group.ALL, sorting=Sorting.MUNICIPALITY)
    assert names(inbox, by_name) == ["Äppelstadt", "Bad Vilbel", "Gräfenhausen", "Zell"]
    assert names(inbox, by_name, 2, 2) == ["Gräfenhausen", "Zell"]
    assert names(inbox, Wanted(Group.ALL, district="00000")) == []
    assert len(names(inbox, Wanted(Group.ALL, district="06431"))) == 4


def test_every_sorting_lists_every_case_once(store: Store) -> None:
    anna = advisor(store, "anna@example.org")
    for number in range(5):
        share(store, f"Stadt {number}")
    inbox = open_inbox(store, anna)
    for sorting in Sorting:
        pages = [name for skip in (0, 2, 4) for name in names(inbox, Wanted(Group.ALL, sorting=sorting), 2, skip)]
        assert sorted(pages) == [f"Stadt {number}" for number in range(5)]


def test_beside_a_case_stands_what_is_open_and_what_changed(store: Store) -> None:
    anna = advisor(store, "anna@example.org")
    case, check = share(store)
    assert not row_of(store, anna, case).looked
    look(case, anna, store)
    judge(case, store, "leitbild", -150)
    judge(case, store, "strategie", 0, verdict="")
    add_thread(case, store)
    store.later(hours=1)
    row = row_of(store, anna, case)
    assert (row.open_threads, row.answered_threads, row.not_judged, row.difference) == (1, 0, 37, 150)
    assert not row.changed
    add_thread(case, store, "answered", answered=True)
    assert row_of(store, anna, case).changed
    other, other_check = share(store, "Zweitstadt")
    look(other, anna, store)
    send(store, other_check)
    assert row_of(store, anna, again(CHAMBER, other.public_id)).changed
    assert check.id != other_check.id


def test_many_cases_take_as_many_statements_as_few(store: Store) -> None:
    anna = advisor(store, "anna@example.org")

    def count() -> int:
        inbox = open_inbox(store, anna)
        with store.counted() as statements:
            inbox.count()
            inbox.read(inbox.find(Wanted(Group.WAITING), MOST))
        return statements.count

    share(store, "Erststadt")
    few = count()
    for number in range(12):
        judge(share(store, f"Stadt {number}")[0], store, "leitbild", number)
    assert count() == few
