"""Self-checks: begin, delete, restore."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from selfcheck.core.permissions import Role
from selfcheck.store.access import grants, links
from selfcheck.store.database import tables
from selfcheck.store.database.times import RESTORABLE
from selfcheck.store.database.tokens import new_public_id
from selfcheck.store.database.transactions import once, writing
from selfcheck.store.parts.changes import Entered, write_changes
from selfcheck.store.parts.kinds.details import details_columns, keep_details
from selfcheck.store.parts.loading import CHECK_COLUMNS, read_check
from selfcheck.store.parts.values import COORDINATION, Check, Details, Holder, Who, author
from selfcheck.store.parts.work import hash_key
from selfcheck.store.parts.writes import Part

SENT_TWICE = timedelta(hours=1)
"""How long a form that begins a self-check, sent again by a browser that may open it, leads to the same one."""
DOUBLE_CLICK = timedelta(minutes=1)
"""How long it does so for a browser that has not got its cookie yet; nobody signs out and comes back that fast."""


@once
def begin(
    questionnaire: str,
    details: Details,
    now: datetime,
    creation_key: str = "",
    held: Sequence[str] = (),
    account: Holder | None = None,
) -> tuple[Check, str | None]:
    """A new self-check, and the secret of the grant of the browser that began it; none where an account did.

    The same form (`creation_key`) sent twice leads to the same self-check, within an hour for a browser whose grants
    (`held`) open it (then without a new secret), within a minute for any other, unless somebody has signed out of it
    since.
    """
    creation = hash_key("creation", creation_key) if creation_key else None
    with writing() as connection:
        begun = begin_with(connection, questionnaire, details, creation, "begun", now, held, account)
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
    known = select(*CHECK_COLUMNS).where(tables.SelfCheck.creation_hash == creation)
    row = connection.execute(known).first() if creation else None
    earlier = read_check(row) if row is not None else None
    if earlier is not None and earlier.deleted_at is None and now - earlier.created_at <= SENT_TWICE:
        if grants.holds(connection, held, earlier.id, account.id if account else None):
            return Begun(earlier, None, again=True)
        own = links.own_place(connection, earlier.id)
        soon = now - earlier.created_at <= DOUBLE_CLICK and not grants.was_left(connection, earlier.id)
        if own is not None and soon and account is None:
            return Begun(earlier, grants.begin_grant(connection, own, None, now), again=True)
    check = _insert(connection, questionnaire, details, None if earlier else creation, now)
    happened = Entered(Part.CHECK, check.public_id, None, event)
    by = author(account.name if account else "", COORDINATION)
    write_changes(connection, check.id, [happened], Who(None, by), now)
    place_id = links.add_place(connection, check.id, Role.COORDINATOR, COORDINATION, now)
    if account is None:
        return Begun(check, grants.begin_grant(connection, place_id, None, now))
    grants.begin_account_grant(connection, place_id, account.id, account.name, now)
    return Begun(check, None)


def delete(check_id: int, now: datetime, by: Who | None = None) -> None:
    """Deletes a self-check; for 30 days it can be restored. Twice is once."""
    _mark(check_id, None, now, now, by)


def restore(check_id: int, now: datetime, by: Who | None = None) -> bool:
    """Takes a deletion back. False where there is none, or it is more than 30 days old."""
    return _mark(check_id, now - RESTORABLE, None, now, by)


def _mark(check_id: int, after: datetime | None, deleted_at: datetime | None, now: datetime, by: Who | None) -> bool:
    deleted = tables.SelfCheck.deleted_at
    fits = deleted.is_(None) if after is None else deleted >= after
    statement = update(tables.SelfCheck).where(tables.SelfCheck.id == check_id, fits).values(deleted_at=deleted_at)
    with writing() as connection:
        public_id = connection.execute(statement.returning(tables.SelfCheck.public_id)).scalar()
        if public_id is not None:
            event = Entered(Part.CHECK, public_id, None, "deleted" if deleted_at else "restored")
            write_changes(connection, check_id, [event], by or Who(None, COORDINATION), now)
    return public_id is not None


def _insert(connection: Connection, questionnaire: str, details: Details, creation: str | None, now: datetime) -> Check:
    id, _, version = questionnaire.partition("/")
    row = details_columns(keep_details(details)) | {
        "public_id": new_public_id(),
        "creation_hash": creation,
        "questionnaire_id": id,
        "questionnaire_version": version,
        "version": 1,
        "by": COORDINATION,
        "at": now,
        "created_at": now,
        "changed_at": now,
    }
    return read_check(connection.execute(insert(tables.SelfCheck).values(row).returning(*CHECK_COLUMNS)).one())
