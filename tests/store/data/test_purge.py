"""What goes for good after its time, and what stays."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, insert, update

from selfcheck.core.permissions import Role
from selfcheck.store.access import grants, links, self_checks
from selfcheck.store.accounts.throttle import throttle
from selfcheck.store.data.purge import Purged, purge
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import db, writing
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.parts.saving import remember_first_seen
from selfcheck.store.parts.values import Holder, ProjectText, Who
from selfcheck.store.sharing import shares
from selfcheck.store.team import hand_over
from tests import writes
from tests.places import add_account, add_place
from tests.store.conftest import Store, no, yes
from tests.store.parts.test_saving import LEITBILD

NOTHING = Purged(0, 0, 0, 0)


def fill(store: Store) -> str:
    """Something in every table; returns the secret of a reader."""
    store.save(*(yes(name) for name in ("leitbild", "strategie", "frage-0")), writes.note(LEITBILD, 0, "Notiz"))
    store.save(writes.evidence(LEITBILD, None, True, "Beschluss", True), writes.entry(None, 0, ProjectText("Messe")))
    remember_first_seen(store.check.id, ["team:contact"], store.now.date())
    links.issue_personal_link(store.check.id, store.now)
    shared = shares.share(store.check.id, {}, "IHK", None, store.who, store.now)
    reader = links.open_link(shared.token, store.now)
    assert reader is not None
    report = shares.open_report([reader], shared.public_id, store.now)
    assert isinstance(report, shares.Report)
    shares.note_reading(report, store.now)
    return reader


def left(store: Store) -> set[str]:
    """The tables that have rows."""
    return {table.name for table in db.metadata.sorted_tables if store.count_rows(table.name)}


def test_a_deleted_self_check_goes_after_30_days_with_everything_that_belongs_to_it(store: Store) -> None:
    fill(store)
    assert {"change", "snapshot", "share", "share_read", "link", "step", "project"} <= left(store)
    self_checks.delete(store.check.id, store.now)
    assert purge(store.later(days=30)) == NOTHING
    assert purge(store.later(seconds=1)) == Purged(1, 0, 0, 0)
    assert left(store) == set()
    assert purge(store.now) == NOTHING


def test_barely_begun_self_checks_go_after_30_days_without_a_visit(store: Store) -> None:
    other, secret = store.begin("Anderstadt")
    store.save(yes("leitbild"), yes("strategie"), writes.note(LEITBILD, 0, "Notiz"))
    store.later(days=20)
    assert grants.visitor([secret], other.public_id, store.now) is not None
    assert purge(store.later(days=11)) == Purged(0, 1, 0, 0)
    assert [mine.check.id for mine in grants.my_checks([store.secret, secret], store.now)] == [other.id]
    assert purge(store.later(days=20)) == Purged(0, 1, 0, 0)


def test_a_third_answer_keeps_a_self_check_for_a_year_from_its_last_visit(store: Store) -> None:
    store.save(yes("leitbild"), no("strategie"), yes("frage-0"))
    assert purge(store.later(days=300)) == NOTHING
    store.visit(store.secret)
    assert purge(store.later(days=366)) == NOTHING  # 2028 is a leap year: a year later is one day later still
    assert purge(store.later(seconds=1)) == Purged(0, 0, 1, 0)


def test_a_reader_counts_as_a_visit(store: Store) -> None:
    reader = fill(store)
    public_id = shares.shares_of(store.check.id)[0].public_id
    report = shares.open_report([reader], public_id, store.later(days=200))
    assert isinstance(report, shares.Report)
    shares.note_reading(report, store.now)
    assert purge(store.later(days=300)) == replace(NOTHING, readings=1)
    assert purge(store.later(days=65)) == replace(NOTHING, readings=0)


def test_a_leap_day_is_no_trouble(store: Store) -> None:
    store.now = datetime(2028, 2, 29, 12, 0, tzinfo=UTC)
    assert purge(store.now) == Purged(0, 1, 0, 0)


def test_a_self_check_that_an_account_coordinates_waits_for_it(store: Store) -> None:
    with writing() as connection:
        account, _ = add_account(connection, "erika@example.org", store.now)
    hand_over.take_over(store.check.id, Holder(account, "Erika"), [store.secret], store.now)
    assert purge(store.later(days=900)).unvisited == 0
    assert store.count_rows("self_check") == 1
    with writing() as connection:
        connection.execute(delete(tables.Account))
    assert purge(store.now).barely_begun == 1


def test_a_deleted_account_goes_after_30_days_with_its_name_and_its_self_check_waits_like_a_guest_s(
    store: Store,
) -> None:
    with writing() as connection:
        account, _ = add_account(connection, "erika@example.org", store.now)
    hand_over.take_over(store.check.id, Holder(account, "Erika Muster"), [store.secret], store.now)
    store.save(
        yes("leitbild"), no("strategie"), yes("frage-0"), by=Who(store.access.grant_id, "Erika Muster (Koordination)")
    )
    with writing() as connection:
        connection.execute(update(tables.Account).values(deleted_at=store.now))
    assert purge(store.later(days=30)).accounts == 0
    assert purge(store.later(seconds=1)) == replace(NOTHING, names=1, accounts=1)
    assert purge(store.now) == NOTHING
    assert {answer.choice_by for answer in store.load().stored.values()} == {"Koordination"}
    assert purge(store.later(days=336)).unvisited == 1  # now nobody can be asked: it waits like a guest's


def test_a_place_that_an_account_only_works_on_does_not_keep_it(store: Store) -> None:
    with writing() as connection:
        account, _ = add_account(connection, "kai@example.org", store.now)
        place = add_place(connection, store.check.id, Role.COLLEAGUE, "Kollegium", store.now)
        grants.begin_account_grant(connection, place, account, "Kai", store.now)
    assert purge(store.later(days=31)).barely_begun == 1


def test_old_readings_mails_and_reminders_go(store: Store) -> None:
    fill(store)
    with writing() as connection:
        outbox.put(connection, NewMail(None, "e@example.org", "Betreff", "Text"), store.now)
        row = {"person": "x" * 64, "day": store.now.date()}
        connection.execute(insert(tables.Reminder).values(row))
    for mail in outbox.claim(store.now):
        outbox.note_sent(mail, store.now)
    store.visit(store.secret)
    assert purge(store.now + timedelta(days=61)) == NOTHING
    assert store.count_rows("reminder") == 0
    store.now += timedelta(days=365)
    store.save(yes("frage-1"))
    assert purge(store.now + timedelta(days=1)) == replace(NOTHING, readings=1, mails=1)
    assert purge(store.now + timedelta(days=1)) == NOTHING


def test_links_that_closed_long_ago_open_nothing_and_are_not_even_known(store: Store) -> None:
    reader = fill(store)
    share = shares.shares_of(store.check.id)[0].public_id
    shares.withdraw(store.check.id, share, store.who, store.now)
    store.later(days=365)
    store.save(yes("frage-1"))
    store.visit(store.secret)
    assert isinstance(shares.open_report([reader], share, store.now), links.Ended)
    purge(store.later(days=2))
    assert shares.open_report([reader], share, store.now) is None
    assert [each.public_id for each in shares.shares_of(store.check.id)] == [share]


def test_two_purges_at_once_harm_nobody(store: Store) -> None:
    fill(store)
    self_checks.delete(store.check.id, store.now)
    now = store.later(days=31)

    def clean() -> int:
        with store.app.app_context():
            return purge(now).deleted

    with ThreadPoolExecutor(2) as pool:
        done = [task.result() for task in [pool.submit(clean) for _ in range(2)]]
    assert sorted(done) == [0, 1]
    assert left(store) == set()


def test_old_attempts_go(store: Store) -> None:
    throttle("token", "192.0.2.7", 5, 600, store.now)
    assert purge(store.later(days=2)) == NOTHING
    assert purge(store.later(seconds=1)).attempts == 1
