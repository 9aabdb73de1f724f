"""Self-checks: begin, load, save, delete, restore. The door to everything that is said in one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.store.access import grants, links
from selfcheck.store.database import tables
from selfcheck.store.database.tokens import new_public_id
from selfcheck.store.database.transactions import abandon, reading, writing
from selfcheck.store.history.changes import write_changes
from selfcheck.store.parts import answer_writes, entry_writes, evidence_writes
from selfcheck.store.parts.details import details_columns, details_to_plain, keep_details
from selfcheck.store.parts.loading import (
    CHECK_COLUMNS,
    build,
    read_check,
    read_stock,
)
from selfcheck.store.parts.locking import Gone, lock
from selfcheck.store.parts.values import (
    Check,
    Details,
    Holder,
    Loaded,
    NewCheck,
    Who,
    author,
)
from selfcheck.store.parts.work import (
    DoesNotFit,
    Entered,
    Work,
    hash_key,
)
from selfcheck.store.parts.writes import (
    ChoiceWrite,
    Current,
    EntryRemoval,
    EntryWrite,
    EvidenceRemoval,
    EvidenceWrite,
    NoteWrite,
    Outcome,
    Part,
    Saved,
    SaveResult,
    Write,
    settle,
)

__all__ = ["DoesNotFit", "Gone", "begin", "delete", "load", "restore", "save", "save_details"]

SENT_TWICE = timedelta(hours=1)
"""How long a form that begins a self-check, sent again by a browser that may open it, leads to the same one."""
DOUBLE_CLICK = timedelta(minutes=1)
"""How long it does so for a browser that has not got its cookie yet; nobody signs out and comes back that fast."""

_APPLY: dict[type, Any] = {
    ChoiceWrite: answer_writes.apply_choice,
    NoteWrite: answer_writes.apply_note,
    EvidenceWrite: evidence_writes.apply_evidence,
    EvidenceRemoval: evidence_writes.apply_removal,
    EntryWrite: entry_writes.apply_entry,
    EntryRemoval: entry_writes.apply_removal,
}


def begin(
    new: NewCheck, now: datetime, held: Sequence[str] = (), account: Holder | None = None
) -> tuple[Check, str | None]:
    """A new self-check, and the secret of the grant of the browser that began it; none where an account did.

    The same form sent twice leads to the same self-check, within an hour for a browser whose grants (`held`) open it
    (then without a new secret), within a minute for any other, unless somebody has signed out of it since.
    """
    try:
        return _begin(new, now, held, account)
    except IntegrityError:  # a double click: the other one was faster by a hair and is found now
        return _begin(new, now, held, account)


def _begin(new: NewCheck, now: datetime, held: Sequence[str], account: Holder | None) -> tuple[Check, str | None]:
    creation = hash_key("creation", new.creation_key) if new.creation_key else None
    details = Details(new.municipality, new.district, new.profile, new.interview)
    with writing() as connection:
        begun = begin_with(connection, new.questionnaire, details, creation, "begun", now, held, account)
    return begun.check, begun.secret


@dataclass(frozen=True, slots=True)
class Begun:
    """`again`: the same form had begun this self-check before; `secret` as `begin` returns it."""

    check: Check
    secret: str | None
    again: bool = False


def begin_with(
    connection: Connection,
    questionnaire: str,
    details: Details,
    creation: str | None,
    event: str,
    now: datetime,
    held: Sequence[str],
    account: Holder | None,
) -> Begun:
    """`begin` inside of a write transaction; `creation` is what a form sent twice is known by, `event` stands in the
    history as what happened."""
    earlier = _find_creation(connection, creation) if creation else None
    if earlier is not None and earlier.deleted_at is None and now - earlier.created_at <= SENT_TWICE:
        if grants.holds(connection, held, earlier.id, account.id if account else None):
            return Begun(earlier, None, again=True)
        own = links.own_link(connection, earlier.id)
        soon = now - earlier.created_at <= DOUBLE_CLICK and not grants.was_left(connection, earlier.id)
        if own is not None and soon and account is None:
            return Begun(earlier, grants.begin_grant(connection, own, None, now), again=True)
    check = _insert(connection, questionnaire, details, None if earlier else creation, now)
    happened = Entered(Part.CHECK, check.public_id, None, event)
    by = author(account.name if account else "", grants.COORDINATION)
    write_changes(connection, check.id, [happened], Who(None, by), now)
    link = links.add_link(connection, check.id, Role.COORDINATOR, grants.COORDINATION, None, now)
    return Begun(check, _sit_down(connection, link, account, now))


def _sit_down(connection: Connection, link: int, account: Holder | None, now: datetime) -> str | None:
    if account is None:
        return grants.begin_grant(connection, link, None, now)
    grants.begin_account_grant(connection, link, account.id, account.name, now)
    return None


def load(check: Check, questionnaire: Questionnaire) -> Loaded:
    """Everything said in `check`, in three statements."""
    return build(check, questionnaire, read_stock(reading(), check.id))


def save(
    check: Check,
    questionnaire: Questionnaire,
    writes: Sequence[Write],
    by: Who,
    now: datetime,
    *,
    decided: bool = False,
) -> SaveResult:
    """Applies `writes` in one transaction: stale ones change nothing of their part and let the others through.

    `decided`: a conflict was decided with them, so the history keeps them apart from what was there before.
    Raises `Gone`, `DoesNotFit` or `TooLong`; then nothing at all is written.
    """
    with writing() as connection:
        current = lock(connection, check.id, now)
        work = Work(check.id, questionnaire, read_stock(connection, check.id), by, now, decided)
        outcomes: list[Outcome] = [_APPLY[type(write)](work, write) for write in writes]
        ids: dict[int, int] = {}
        if work.changes:
            answer_writes.store_answers(work, connection)
            ids = evidence_writes.store_evidence(work, connection)
            entry_writes.store_entries(work, connection)
            write_changes(connection, check.id, work.changes, by, now)
        else:
            abandon()
            current = replace(current, changed_at=check.changed_at)
    named = [replace(outcome, id=ids.get(outcome.id, outcome.id)) if outcome.id else outcome for outcome in outcomes]
    return SaveResult(named, build(current, questionnaire, work.stock))


def save_details(
    check_id: int, seen_version: int, details: Details, by: Who, now: datetime, *, decided: bool = False
) -> Outcome:
    """Saves what is said about the municipality; a conflict shows the `Details` that stand there. Raises `Gone`."""
    wanted = keep_details(details)
    with writing() as connection:
        check = lock(connection, check_id, now)
        current = Current(check.details, check.details, check.version, check.by, check.at)
        outcome = settle(current, seen_version, wanted, now)
        if not isinstance(outcome, Saved):
            abandon()
            return outcome
        stamp = {"version": outcome.version, "by": by.label, "at": now}
        connection.execute(
            update(tables.SelfCheck).where(tables.SelfCheck.id == check_id).values(details_columns(wanted) | stamp)
        )
        before, after = details_to_plain(check.details), details_to_plain(wanted)
        write_changes(connection, check_id, [Entered(Part.DETAILS, "", before, after, decided)], by, now)
        return outcome


def delete(check_id: int, now: datetime, by: Who | None = None) -> None:
    """Deletes a self-check; for 30 days it can be restored. Twice is once."""
    with writing() as connection:
        _mark(connection, check_id, None, now, now, by)


def restore(check_id: int, now: datetime, by: Who | None = None) -> bool:
    """Takes a deletion back. False where there is none, or it is more than 30 days old."""
    with writing() as connection:
        return _mark(connection, check_id, now - grants.RESTORABLE, None, now, by)


def _mark(
    connection: Connection,
    check_id: int,
    after: datetime | None,
    deleted_at: datetime | None,
    now: datetime,
    by: Who | None,
) -> bool:
    deleted = tables.SelfCheck.deleted_at
    fits = deleted.is_(None) if after is None else deleted >= after
    statement = update(tables.SelfCheck).where(tables.SelfCheck.id == check_id, fits).values(deleted_at=deleted_at)
    changed = connection.execute(statement.returning(tables.SelfCheck.public_id)).scalar()
    if changed is None:
        return False
    event = Entered(Part.CHECK, changed, None, "deleted" if deleted_at else "restored")
    write_changes(connection, check_id, [event], by or Who(None, grants.COORDINATION), now)
    return True


def _find_creation(connection: Connection, creation: str) -> Check | None:
    row = connection.execute(select(*CHECK_COLUMNS).where(tables.SelfCheck.creation_hash == creation)).first()
    return read_check(row) if row is not None else None


def _insert(connection: Connection, questionnaire: str, details: Details, creation: str | None, now: datetime) -> Check:
    id, _, version = questionnaire.partition("/")
    row = details_columns(keep_details(details)) | {
        "public_id": new_public_id(),
        "creation_hash": creation,
        "questionnaire_id": id,
        "questionnaire_version": version,
        "version": 1,
        "by": grants.COORDINATION,
        "at": now,
        "created_at": now,
        "changed_at": now,
    }
    return read_check(connection.execute(insert(tables.SelfCheck).values(row).returning(*CHECK_COLUMNS)).one())
