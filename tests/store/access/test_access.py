"""Ways in: beginning, personal links, signing out, what a browser may open, and counting attempts."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from selfcheck.core.permissions import Role
from selfcheck.store.access import grants as access
from selfcheck.store.access import links, self_checks
from selfcheck.store.access.links import Ended, Valid, Why
from selfcheck.store.accounts.throttle import throttle
from selfcheck.store.database import transactions
from selfcheck.store.database.tokens import new_token
from tests.store.conftest import Store


def test_who_began_a_self_check_coordinates_it(store: Store) -> None:
    found = store.visit(store.secret)
    assert (found.role, found.check.municipality, found.label) == (Role.COORDINATOR, "Musterstadt", "Koordination")
    assert found.check == store.check
    assert len(store.check.public_id) >= 20


def test_a_visitor_without_the_right_grant_finds_nothing(store: Store) -> None:
    _, secret = store.begin("Anderstadt")
    public_id = store.check.public_id
    assert access.visitor([secret, "", "ä\ud800", "x" * 5000], public_id, store.now) is None
    assert access.visitor([], public_id, store.now) is None
    for address in ("keinesolche", "", "a\x00b", "\ud800", "ä", "x" * 5000):
        assert access.visitor([store.secret], address, store.now) is None
    assert access.visitor([secret, store.secret], public_id, store.now) is not None


def test_a_question_page_asks_who_is_there_with_one_statement(store: Store) -> None:
    secrets = [new_token() for _ in range(19)]
    with store.counted() as statements:
        access.visitor([*secrets, store.secret], store.check.public_id, store.now)
    assert statements.count == 1


def test_a_visit_is_written_down_at_most_once_an_hour(store: Store) -> None:
    for minutes, written in ((59, 0), (1, 1), (30, 0), (31, 1)):
        store.later(minutes=minutes)
        with store.counted() as statements:
            store.visit(store.secret)
        assert statements.count == 1 + written, minutes
    store.later(hours=2)
    with store.counted() as statements:
        access.visitor([store.secret], store.check.public_id, store.now, note_visit=False)
    assert statements.count == 1


def test_the_form_sent_twice_begins_one_self_check(store: Store) -> None:
    first, _ = store.begin(creation_key="0123456789abcdef")
    store.later(minutes=1)
    second, secret = store.begin(creation_key="0123456789abcdef")
    assert first == second
    assert access.visitor([secret], first.public_id, store.now) is not None
    store.later(hours=2)
    third, _ = store.begin(creation_key="0123456789abcdef")
    assert third.id != first.id


def test_no_secret_stands_in_the_database(store: Store) -> None:
    token = links.issue_personal_link(store.check.id, store.now)
    for table in ("grant", "link"):
        stored = transactions.reading().execute(text(f'SELECT hash FROM "{table}"')).scalars().all()
        assert stored
        assert not {token, store.secret} & set(stored)
    assert len(token) >= 22


def test_the_personal_link_leads_into_the_self_check_on_another_machine(store: Store) -> None:
    token = links.issue_personal_link(store.check.id, store.now)
    found = links.look_up(token, store.now)
    assert isinstance(found, Valid)
    assert (found.role, found.check.municipality, found.share) == (Role.COORDINATOR, "Musterstadt", None)
    grants = store.count_rows("grant")
    links.look_up(token, store.now)
    assert store.count_rows("grant") == grants
    secret = links.open_link(token, store.now)
    assert secret is not None
    assert store.visit(secret).role is Role.COORDINATOR


def test_an_unknown_token_is_nothing(store: Store) -> None:
    for token in ("", new_token(), "ä\x00\ud800", "x" * 10_000):
        assert links.look_up(token, store.now) is None
        assert links.open_link(token, store.now) is None


def test_withdrawing_ends_all_links_and_devices_but_not_who_asks(store: Store) -> None:
    token = links.issue_personal_link(store.check.id, store.now)
    first, asking = links.open_link(token, store.now), links.open_link(token, store.now)
    assert first is not None
    assert asking is not None
    store.later(minutes=1)
    links.withdraw_personal_links(store.check.id, store.visit(asking).grant_id, store.now)
    ended = links.look_up(token, store.now)
    assert isinstance(ended, Ended)
    assert (ended.why, ended.when) == (Why.WITHDRAWN, store.now)
    assert links.open_link(token, store.now) is None
    assert access.visitor([first], store.check.public_id, store.now) is None
    assert store.visit(asking)
    assert access.visitor([store.secret], store.check.public_id, store.now) is None, "where it began ends too"
    newer = links.issue_personal_link(store.check.id, store.now)
    assert isinstance(links.look_up(newer, store.now), Valid)


def test_signing_out_ends_it_here_and_nowhere_else(store: Store) -> None:
    token = links.issue_personal_link(store.check.id, store.now)
    here = links.open_link(token, store.now)
    assert here is not None
    other, elsewhere = store.begin("Anderstadt")
    assert access.end_grants([elsewhere, here], store.check.id, store.now) == [here]
    assert access.visitor([here], store.check.public_id, store.now) is None
    assert access.visitor([elsewhere], other.public_id, store.now) is not None
    assert store.visit(store.secret)


def test_my_self_checks_are_listed_once_with_what_was_deleted_lately(store: Store) -> None:
    token = links.issue_personal_link(store.check.id, store.now)
    again = links.open_link(token, store.now)
    store.later(minutes=1)
    other, secret = store.begin("Anderstadt")
    mine = [store.secret, again or "", secret]
    assert [each.check.municipality for each in access.my_checks(mine, store.now)] == ["Anderstadt", "Musterstadt"]
    self_checks.delete(other.id, store.now)
    listed = access.my_checks(mine, store.later(days=29))
    assert [each.check.deleted_at is None for each in listed] == [True, False]
    assert [each.check.municipality for each in access.my_checks(mine, store.later(days=2))] == ["Musterstadt"]
    assert access.my_checks([], store.now) == []


def test_a_deleted_self_check_can_be_restored_for_30_days(store: Store) -> None:
    self_checks.delete(store.check.id, store.now)
    deleted_at = store.now
    self_checks.delete(store.check.id, store.later(days=1))
    assert store.visit(store.secret).check.deleted_at == deleted_at
    token = links.issue_personal_link(store.check.id, store.now)
    ended = links.look_up(token, store.now)
    assert isinstance(ended, Ended)
    assert ended.why is Why.DELETED
    store.later(days=29)
    assert self_checks.restore(store.check.id, store.now)
    assert store.visit(store.secret).check.deleted_at is None
    assert not self_checks.restore(store.check.id, store.now)
    self_checks.delete(store.check.id, store.now)
    assert not self_checks.restore(store.check.id, store.later(days=31))


def test_attempts_are_counted_by_kind_and_key_within_the_window(store: Store) -> None:
    def attempt(kind: str = "token", key: str = "192.0.2.7") -> bool:
        return throttle(kind, key, limit=3, window=600, now=store.now)

    assert [attempt() for _ in range(5)] == [True, True, True, False, False]
    assert attempt(key="192.0.2.8")
    assert attempt(kind="begin")
    store.now += timedelta(minutes=11)
    assert attempt()
    keys = transactions.reading().execute(text("SELECT key FROM attempt")).scalars().all()
    assert not any("192.0.2" in key for key in keys)
