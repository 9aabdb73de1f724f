"""Sharing a frozen Stand: the snapshot, the link to its report, and who read it when."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Select, and_, func, insert, null, or_, select, update
from sqlalchemy.orm import aliased

from selfcheck.core.permissions import Role
from selfcheck.core.removed import Removed
from selfcheck.store.access.grants import SEEN_AGAIN, held_by
from selfcheck.store.access.links import Ended, Why, add_link, add_place, find_end
from selfcheck.store.database import limits, tables
from selfcheck.store.database.rows import read_row
from selfcheck.store.database.times import local_day
from selfcheck.store.database.tokens import may_be_public_id, new_public_id
from selfcheck.store.database.transactions import note, once, reading, writing
from selfcheck.store.parts.changes import Entered, write_changes
from selfcheck.store.parts.loading import CHECK_COLUMNS, read_check
from selfcheck.store.parts.values import Check, Who
from selfcheck.store.parts.work import hash_key
from selfcheck.store.parts.writes import Part
from selfcheck.store.sharing.stands import dump_content, freeze, is_sound

INSIDE = (Role.COORDINATOR, Role.COLLEAGUE)
"""Who works on a self-check reads its reports without their link."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A new share: its public id, and the token of its link, which can be shown this once."""

    public_id: str
    token: str


@dataclass(frozen=True, slots=True)
class ShareSummary:
    """A share as its owner sees it. `number` is that of its Stand; `readings` counts at most one per visitor and
    hour."""

    public_id: str
    label: str
    snapshot_id: int
    number: int
    frozen_at: datetime
    shared_at: datetime
    ends_on: date | None
    withdrawn_at: datetime | None
    readings: int
    first_read: datetime | None
    last_read: datetime | None


@dataclass(frozen=True, slots=True)
class Report:
    """What a visitor may read: the frozen content, None if it is not what was frozen (damaged or tampered with).

    `last_read` is that of the visitor's own grant; `redacted` says that a text was taken out since, the last one when.
    """

    share: str
    label: str
    content: dict[str, object] | None
    number: int
    frozen_at: datetime
    ends_on: date | None
    check: Check
    role: Role
    grant_id: int
    last_read: datetime | None
    share_id: int
    redacted: Removed | None = None


@once
def share(
    check_id: int,
    content: Mapping[str, object],
    label: str,
    ends_on: date | None,
    by: Who,
    now: datetime,
    creation_key: str = "",
) -> Shared:
    """Keeps plain data as it is now, for good, and makes a link to its report, until the end of the day `ends_on`.

    The same form (`creation_key`) sent again leads to the same share, with one more link; once that is
    withdrawn, to a new one. Raises `TooLong`, `HistoryFull`, and `TypeError` or `ValueError` for what is no plain data.
    """
    text, label = dump_content(content), limits.keep_line(label, "label", limits.LABEL)
    creation = hash_key("share", str(check_id), creation_key) if creation_key else None
    with writing() as connection:
        shares = select(tables.Share.public_id, tables.Share.place_id, tables.Place.withdrawn_at).join(tables.Place)
        earlier = connection.execute(shares.where(tables.Share.creation_hash == creation)).first() if creation else None
        if earlier is not None and earlier.withdrawn_at is None:
            return Shared(earlier.public_id, add_link(connection, earlier.place_id, now))
        snapshot_id = freeze(connection, check_id, text, now).id
        place_id, public_id = add_place(connection, check_id, Role.READER, label, now, ends_on), new_public_id()
        row = {"public_id": public_id, "snapshot_id": snapshot_id, "place_id": place_id}
        connection.execute(insert(tables.Share).values(row | {"creation_hash": None if earlier else creation}))
        after = {"label": label, "ends_on": ends_on.isoformat() if ends_on else None}
        write_changes(connection, check_id, [Entered(Part.SHARE, public_id, None, after)], by, now)
        return Shared(public_id, add_link(connection, place_id, now))


def issue_again(check_id: int, public_id: str, now: datetime) -> str | None:
    """One more link to a share (Neu ausstellen). None where it is no open share of this self-check."""
    if not may_be_public_id(public_id):
        return None
    with writing() as connection:
        mine = (tables.Place.check_id == check_id, tables.Share.public_id == public_id)
        statement = select(tables.Place.id).join(tables.Share).where(*mine, tables.Place.withdrawn_at.is_(None))
        place_id = connection.execute(statement).scalar()
        return add_link(connection, place_id, now) if place_id is not None else None


def withdraw(check_id: int, public_id: str, by: Who, now: datetime) -> bool:
    """Ends a share at once. False where it is no open share of this self-check."""
    if not may_be_public_id(public_id):
        return False
    with writing() as connection:
        mine = select(tables.Share.place_id).where(tables.Share.public_id == public_id)
        statement = update(tables.Place).where(
            tables.Place.check_id == check_id, tables.Place.id.in_(mine), tables.Place.withdrawn_at.is_(None)
        )
        label = connection.execute(statement.values(withdrawn_at=now).returning(tables.Place.label)).scalar()
        if label is None:
            return False
        write_changes(connection, check_id, [Entered(Part.SHARE, public_id, {"label": label}, None)], by, now)
        return True


def shares_of(check_id: int) -> list[ShareSummary]:
    """All shares of a self-check, newest first, ended ones too: one statement."""
    reads = (
        select(
            tables.ShareRead.share_id,
            func.count().label("readings"),
            func.min(tables.ShareRead.at).label("first_read"),
            func.max(tables.ShareRead.at).label("last_read"),
        )
        .group_by(tables.ShareRead.share_id)
        .subquery()
    )
    statement = (
        select(
            tables.Share.public_id,
            tables.Place.label,
            tables.Snapshot.id,
            tables.Snapshot.number,
            tables.Snapshot.created_at,
            tables.Place.created_at,
            tables.Place.ends_on,
            tables.Place.withdrawn_at,
            func.coalesce(reads.c.readings, 0),
            reads.c.first_read,
            reads.c.last_read,
        )
        .select_from(tables.Share)
        .join(tables.Place)
        .join(tables.Snapshot)
        .outerjoin(reads, reads.c.share_id == tables.Share.id)
        .where(tables.Place.check_id == check_id)
        .order_by(tables.Share.id.desc())
    )
    return [ShareSummary(*row) for row in reading().execute(statement)]


def open_report(
    grant_secrets: Sequence[str], public_id: str, now: datetime, account_id: int | None = None
) -> Report | Ended | None:
    """The report for whoever holds a grant of its link, or works on its self-check: one statement.

    `Ended` for those whose grant opened it once, None for all others.
    """
    if not (grant_secrets or account_id) or not may_be_public_id(public_id):
        return None
    row = reading().execute(_find_report(grant_secrets, public_id, now, account_id)).first()
    if row is None:
        return None
    check, ended = read_check(row), find_end(row, now)
    if ended is not None:
        return Ended(*ended, check)
    if row.grant_ended_at is not None:
        return Ended(row.grant_ended_at, Why.LEFT, check)
    content = json.loads(row.content) if is_sound(row.content, row.sha256, row.redacted_sha256) else None
    return read_row(
        Report,
        row,
        share=public_id,
        check=check,
        content=content if isinstance(content, dict) else None,
        redacted=Removed(local_day(row.redacted_at), row.redacted_by) if row.redacted_at else None,
    )


def _find_report(
    grant_secrets: Sequence[str], public_id: str, now: datetime, account_id: int | None
) -> Select[*tuple[object, ...]]:
    """The report with the visitor's best grant: one that is open before one that ended, a place in the self-check
    before the link to the report."""
    mine = aliased(tables.Place)
    own_check = and_(mine.check_id == tables.Place.check_id, mine.role.in_(INSIDE), mine.open_on(local_day(now)))
    last_read = select(func.max(tables.ShareRead.at)).where(
        tables.ShareRead.share_id == tables.Share.id, tables.ShareRead.grant_id == tables.Grant.id
    )
    return (
        select(
            *CHECK_COLUMNS,
            tables.Share.id.label("share_id"),
            tables.Snapshot.content,
            tables.Snapshot.sha256,
            tables.Snapshot.redacted_sha256,
            tables.Snapshot.redacted_at,
            tables.Snapshot.redacted_by,
            tables.Snapshot.number,
            tables.Snapshot.created_at.label("frozen_at"),
            tables.Place.label,
            tables.Place.ends_on,
            tables.Place.withdrawn_at.label("place_withdrawn_at"),
            null().label("link_withdrawn_at"),
            tables.Grant.ended_at.label("grant_ended_at"),
            tables.Grant.id.label("grant_id"),
            mine.role,
            last_read.scalar_subquery().label("last_read"),
        )
        .select_from(tables.Share)
        .join(tables.Place)
        .join(tables.Snapshot)
        .join(tables.SelfCheck)
        .join(mine, or_(mine.id == tables.Place.id, own_check))
        .join(tables.Grant, tables.Grant.place_id == mine.id)
        .where(tables.Share.public_id == public_id, held_by(grant_secrets, account_id))
        .order_by(
            tables.Grant.ended_at.is_not(None), mine.role == Role.READER, mine.role.desc(), tables.Grant.id.desc()
        )
        .limit(1)
    )


def note_reading(report: Report, now: datetime) -> None:
    """Writes down that a reader reads, at most once per visitor and hour; a look from inside does not count."""
    if report.role is not Role.READER:
        return
    if report.last_read is not None and now - report.last_read < SEEN_AGAIN:
        return

    def write(connection: Connection) -> None:
        connection.execute(insert(tables.ShareRead).values(share_id=report.share_id, grant_id=report.grant_id, at=now))
        connection.execute(update(tables.Grant).where(tables.Grant.id == report.grant_id).values(last_seen_at=now))

    note(write)
