"""Sharing: a frozen Stand that later edits do not change, its link, withdrawing, and who read it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from selfcheck.core.permissions import Role
from selfcheck.store.access import grants, links, self_checks
from selfcheck.store.access.links import Ended, Valid, Why
from selfcheck.store.database.limits import TooLong
from selfcheck.store.history.changes import history
from selfcheck.store.parts.writes import Part
from selfcheck.store.sharing import readers, shares, stands
from selfcheck.store.sharing.shares import Report, Shared
from tests.store.conftest import Store, yes

LAST_DAY = date(2027, 4, 10)
CONTENT = {"municipality": "Köln „am Rhein“ 😀", "answers": {"b": [1, None, True], "a": "1.5"}}


def share(store: Store) -> Shared:
    return shares.share(store.check.id, CONTENT, "IHK Nord", LAST_DAY, store.who, store.now)


def read(store: Store, secret: str, shared: Shared) -> Report:
    found = shares.open_report([secret], shared.public_id, store.now)
    assert isinstance(found, Report)
    return found


def open_link(store: Store, shared: Shared) -> str:
    secret = links.open_link(shared.token, store.now)
    assert secret is not None
    return secret


def test_a_reader_opens_the_frozen_content_and_nothing_else(store: Store) -> None:
    shared = share(store)
    found = links.look_up(shared.token, store.now)
    assert isinstance(found, Valid)
    assert (found.role, found.share, found.ends_on, found.label) == (
        Role.READER,
        shared.public_id,
        LAST_DAY,
        "IHK Nord",
    )
    secret = open_link(store, shared)
    store.save(yes("leitbild"))
    report = read(store, secret, shared)
    assert report.content == CONTENT
    assert (report.role, report.frozen_at) == (Role.READER, store.now)
    assert grants.visitor([secret], store.check.public_id, store.now) is None


def test_a_report_is_open_to_its_readers_and_its_owners_only(store: Store) -> None:
    first, second = share(store), share(store)
    reader = open_link(store, first)
    _, stranger = store.begin("Anderstadt")
    assert shares.open_report([reader], second.public_id, store.now) is None
    assert shares.open_report([stranger, "x"], first.public_id, store.now) is None
    assert shares.open_report([], first.public_id, store.now) is None
    for address in ("keinesolche", "", "a\x00b", "\ud800", "x" * 5000):
        assert shares.open_report([reader], address, store.now) is None
        assert shares.issue_again(store.check.id, address, store.now) is None
        assert not shares.withdraw(store.check.id, address, store.who, store.now)
    assert read(store, store.secret, first).role is Role.COORDINATOR
    with store.counted() as statements:
        read(store, reader, first)
    assert statements.count == 1


def test_a_share_lasts_until_the_end_of_its_last_day_in_germany(store: Store) -> None:
    shared = share(store)
    secret = open_link(store, shared)
    store.now = datetime(2027, 4, 10, 21, 59, tzinfo=UTC)
    assert read(store, secret, shared)
    store.now = datetime(2027, 4, 10, 22, 0, tzinfo=UTC)
    ended = shares.open_report([secret], shared.public_id, store.now)
    assert isinstance(ended, Ended)
    assert (ended.why, ended.when, ended.check.municipality) == (Why.EXPIRED, store.now, "Musterstadt")
    assert isinstance(links.look_up(shared.token, store.now), Ended)
    assert links.open_link(shared.token, store.now) is None


def test_withdrawing_works_at_once_and_only_for_the_own_shares(store: Store) -> None:
    shared = share(store)
    secret = open_link(store, shared)
    other, _ = store.begin("Anderstadt")
    assert not shares.withdraw(other.id, shared.public_id, store.who, store.now)
    assert read(store, secret, shared)
    assert shares.withdraw(store.check.id, shared.public_id, store.who, store.later(minutes=1))
    assert not shares.withdraw(store.check.id, shared.public_id, store.who, store.now)
    for ended in (shares.open_report([secret], shared.public_id, store.now), links.look_up(shared.token, store.now)):
        assert isinstance(ended, Ended)
        assert (ended.why, ended.when) == (Why.WITHDRAWN, store.now)
    assert shares.issue_again(store.check.id, shared.public_id, store.now) is None
    assert [change.part for change in history(store.check.id, 2)] == [Part.SHARE, Part.SHARE]


def test_a_link_issued_again_leaves_the_first_one_alive(store: Store) -> None:
    shared = share(store)
    other, _ = store.begin("Anderstadt")
    assert shares.issue_again(other.id, shared.public_id, store.now) is None
    token = shares.issue_again(store.check.id, shared.public_id, store.now)
    assert token is not None
    for each in (shared.token, token):
        assert isinstance(links.look_up(each, store.now), Valid)


def test_sharing_again_adds_a_stand(store: Store) -> None:
    first = share(store)
    store.later(days=1)
    second = share(store)
    listed = shares.shares_of(store.check.id)
    assert [each.public_id for each in listed] == [second.public_id, first.public_id]
    assert listed[0].snapshot_id != listed[1].snapshot_id
    assert (listed[1].label, listed[1].ends_on, listed[1].readings) == ("IHK Nord", LAST_DAY, 0)


def test_readings_count_once_per_visitor_and_hour_and_owners_never(store: Store) -> None:
    shared = share(store)
    secrets = [open_link(store, shared), open_link(store, shared)]
    first = store.now
    for minutes in (0, 30, 31):
        store.later(minutes=minutes)
        for secret in [*secrets, store.secret]:
            shares.note_reading(read(store, secret, shared), store.now)
    summary = shares.shares_of(store.check.id)[0]
    assert (summary.readings, summary.first_read, summary.last_read) == (4, first, store.now)


def test_the_report_of_a_deleted_self_check_is_gone_and_comes_back_with_it(store: Store) -> None:
    shared = share(store)
    secret = open_link(store, shared)
    self_checks.delete(store.check.id, store.now)
    ended = shares.open_report([secret], shared.public_id, store.now)
    assert isinstance(ended, Ended)
    assert ended.why is Why.DELETED
    assert grants.my_checks([secret], store.now) == []
    self_checks.restore(store.check.id, store.now)
    assert read(store, secret, shared)


def test_my_self_checks_name_the_reports_of_a_reader(store: Store) -> None:
    shared = share(store)
    (mine,) = grants.my_checks([open_link(store, shared)], store.now)
    assert (mine.role, mine.share, mine.label) == (Role.READER, shared.public_id, "IHK Nord")


def test_only_plain_data_is_frozen(store: Store) -> None:
    for content in ({"points": Decimal(1)}, {"points": float("nan")}, {"day": LAST_DAY}):
        with pytest.raises((TypeError, ValueError)):
            shares.share(store.check.id, content, "IHK Nord", LAST_DAY, store.who, store.now)
    with pytest.raises(TooLong):
        shares.share(store.check.id, CONTENT, "x" * 121, LAST_DAY, store.who, store.now)
    assert shares.shares_of(store.check.id) == []


def test_the_same_form_sent_again_shares_once_until_that_is_withdrawn(store: Store) -> None:
    def send(key: str) -> Shared:
        return shares.share(store.check.id, CONTENT, "IHK Nord", LAST_DAY, store.who, store.now, key)

    first, again, other = send("a"), send("a"), send("b")
    assert first.public_id == again.public_id != other.public_id
    assert first.token != again.token
    assert open_link(store, first)
    assert open_link(store, again)
    shares.withdraw(store.check.id, first.public_id, store.who, store.now)
    assert send("a").public_id not in (first.public_id, other.public_id)


def test_the_staende_of_a_self_check_are_counted(store: Store) -> None:
    other, _ = store.begin("Anderstadt")
    assert stands.next_number(store.check.id) == 1
    share(store)
    second = share(store)
    shares.share(other.id, CONTENT, "IHK Nord", LAST_DAY, store.who, store.now)
    assert [each.number for each in shares.shares_of(store.check.id)] == [2, 1]
    assert [each.number for each in shares.shares_of(other.id)] == [1]
    shares.withdraw(store.check.id, second.public_id, store.who, store.now)
    assert stands.next_number(store.check.id) == 3, "no number is given twice"


def share_with(store: Store, label: str) -> Shared:
    return shares.share(store.check.id, CONTENT, label, LAST_DAY, store.who, store.now)


def newer(store: Store, secrets: list[str], shared: Shared) -> int | None:
    report = shares.open_report(secrets, shared.public_id, store.now)
    assert isinstance(report, Report)
    found = readers.find_newer(report, secrets, store.now)
    return found.number if found else None


def test_a_reader_hears_of_what_they_hold_and_of_what_was_made_for_the_same_name(store: Store) -> None:
    first = share_with(store, "IHK Nord")
    secret = open_link(store, first)
    assert newer(store, [secret], first) is None
    share_with(store, "Bürgermeisterin Kraft")
    assert newer(store, [secret], first) is None
    third = share_with(store, "ihk nord")
    assert newer(store, [secret], first) == 3
    fourth = share_with(store, "Frau Beispiel")
    assert newer(store, [secret], first) == 3
    also = open_link(store, fourth)
    assert newer(store, [secret, also], first) == 4
    assert newer(store, [secret, also], fourth) is None
    shares.withdraw(store.check.id, third.public_id, store.who, store.now)
    assert newer(store, [secret], first) is None


def test_what_a_reader_holds_is_one_statement(store: Store) -> None:
    first, second = share_with(store, "IHK Nord"), share_with(store, "IHK Nord")
    secrets = [open_link(store, first), open_link(store, second)]
    with store.counted() as statements:
        found = readers.list_reports(secrets, store.now)
    assert statements.count == 1
    assert [(each.edition.number, each.newer.number if each.newer else None) for each in found.reports] == [
        (2, None),
        (1, 2),
    ]
    assert readers.list_reports([store.secret], store.now).reports == [], "whoever works on it holds no report"
    shares.withdraw(store.check.id, first.public_id, store.who, store.now)
    assert [each.edition.number for each in readers.list_reports(secrets, store.now).reports] == [2]
    self_checks.delete(store.check.id, store.now)
    assert readers.list_reports(secrets, store.now).reports == []
