"""What goes for good after its time, and what stays."""

from __future__ import annotations

from datetime import UTC, datetime

from selfcheck import data_command
from selfcheck.store import access, checks, shares
from selfcheck.store.database import db
from selfcheck.store.purge import Purged, purge
from selfcheck.store.records import ProjectText
from selfcheck.store.steps import remember_first_seen
from selfcheck.store.throttle import throttle
from selfcheck.store.writes import EntryWrite, EvidenceWrite, NoteWrite
from tests.store.conftest import NOON, Store, no, yes
from tests.store.test_saving import LEITBILD

NOTHING = Purged(0, 0, 0, 0)


def fill(store: Store) -> str:
    """Something in every table; returns the secret of a reader."""
    store.save(*(yes(name) for name in ("leitbild", "strategie", "frage-0")), NoteWrite(LEITBILD, 0, "Notiz"))
    store.save(EvidenceWrite(LEITBILD, None, True, "Beschluss", True), EntryWrite(None, 0, ProjectText("Messe")))
    remember_first_seen(store.check.id, ["team:contact"], store.now.date())
    access.issue_personal_link(store.check.id, store.now)
    shared = shares.share(store.check.id, {}, "IHK", None, store.who, store.now)
    reader = access.open_link(shared.token, store.now)
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
    assert {"change", "snapshot", "share", "share_read", "link_token", "step", "project"} <= left(store)
    checks.delete(store.check.id, store.now)
    assert purge(store.later(days=30)) == NOTHING
    assert purge(store.later(seconds=1)) == Purged(1, 0, 0, 0)
    assert left(store) == set()
    assert purge(store.now) == NOTHING


def test_barely_begun_self_checks_go_after_30_days_without_a_visit(store: Store) -> None:
    other, secret = store.begin("Anderstadt")
    store.save(yes("leitbild"), yes("strategie"), NoteWrite(LEITBILD, 0, "Notiz"))
    store.later(days=20)
    assert access.visitor([secret], other.public_id, store.now) is not None
    assert purge(store.later(days=11)) == Purged(0, 1, 0, 0)
    assert [mine.check.id for mine in access.my_checks([store.secret, secret], store.now)] == [other.id]
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
    assert purge(store.later(days=300)) == NOTHING


def test_a_leap_day_is_no_trouble(store: Store) -> None:
    store.now = datetime(2028, 2, 29, 12, 0, tzinfo=UTC)
    assert purge(store.now) == Purged(0, 1, 0, 0)


def test_old_attempts_go(store: Store) -> None:
    throttle("token", "192.0.2.7", 5, 600, store.now)
    assert purge(store.later(days=2)) == NOTHING
    assert purge(store.later(seconds=1)).attempts == 1


def test_the_command_says_what_went(store: Store) -> None:
    store.now = NOON.replace(year=2020)
    checks.delete(store.begin("Altstadt")[0].id, store.now)
    data_command.register(store.app)
    said = store.app.test_cli_runner().invoke(args=["data", "purge"])
    assert said.exit_code == 0
    assert "1 Selbstcheck entfernt: gelöscht vor mehr als 30 Tagen" in said.output
    again = store.app.test_cli_runner().invoke(args=["data", "purge"])
    assert "0 Selbstchecks entfernt: gelöscht" in again.output
