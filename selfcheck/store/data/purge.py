"""What goes for good after its time, and names that go from what stays. Safe to run twice.

Nothing goes because of one value alone: whatever says that something is over, nobody may have used it since.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, func, select

from selfcheck.core.permissions import Role
from selfcheck.core.rules.answers import State
from selfcheck.store.accounts import account_writes, sessions
from selfcheck.store.data.forgetting import forget_names
from selfcheck.store.data.unused import closed_before, left_before, unused_since
from selfcheck.store.database import tables
from selfcheck.store.database.journal import forget_journal
from selfcheck.store.database.times import RESTORABLE, local_day, year_before
from selfcheck.store.database.transactions import Base, abandon, writing
from selfcheck.store.files.collecting import collect, list_unnamed
from selfcheck.store.files.depot import open_depot
from selfcheck.store.mail import outbox

BARELY_BEGUN = timedelta(days=30)
FEW_ANSWERS = 3
ATTEMPTS_KEPT = timedelta(days=2)
REMINDERS_KEPT = timedelta(days=60)
INVITED = (Role.COLLEAGUE, Role.OFFICE)


@dataclass(frozen=True, slots=True)
class Purged:
    """How many self-checks went: deleted ones, barely begun ones, unvisited ones; attempts; names of persons; places,
    readings and mails of more than 12 months ago; accounts that were deleted or never confirmed; files that
    nobody names.
    """

    deleted: int
    barely_begun: int
    unvisited: int
    attempts: int
    names: int = 0
    places: int = 0
    readings: int = 0
    mails: int = 0
    accounts: int = 0
    files: int = 0

    @property
    def total(self) -> int:
        return sum(astuple(self))


def purge(now: datetime, *, dry: bool = False) -> Purged:
    """Removes, with all that belongs to them, self-checks deleted more than 30 days ago, and of those that no account
    coordinates the ones with fewer than three answers after 30 days without a visit, all others after 12 months
    without one. A save and a reader's visit count as visits. Names go before the places that tell whose they were.

    With `dry` the same is done and taken back: it says what would go.
    """
    with writing() as connection:
        purged = _purge(connection, now)
        if dry:
            purged = replace(purged, files=len(list_unnamed(connection, open_depot(), now)))
            abandon()
    if dry:
        return purged
    forget_journal()
    return replace(purged, files=collect(now))


def _purge(connection: Connection, now: datetime) -> Purged:
    names = forget_names(now)
    year_ago, month_ago = year_before(now), now - RESTORABLE
    accounts = account_writes.forget(connection, now)
    deleted = _delete(connection, tables.SelfCheck, tables.SelfCheck.deleted_at < month_ago, *unused_since(month_ago))
    barely_begun = _delete(connection, tables.SelfCheck, _answers() < FEW_ANSWERS, *_forsaken_since(now - BARELY_BEGUN))
    unvisited = _delete(connection, tables.SelfCheck, *_forsaken_since(year_ago))
    readings = _delete(connection, tables.ShareRead, tables.ShareRead.at < year_ago)
    places = _close_for_good(connection, year_ago)
    mails = outbox.forget(connection, now)
    _delete(connection, tables.Reminder, tables.Reminder.day < local_day(now - REMINDERS_KEPT))
    sessions.forget(connection, now)
    _forget_invitations(connection, month_ago)
    attempts = _delete(connection, tables.Attempt, tables.Attempt.at < now - ATTEMPTS_KEPT)
    gone = mails.old + mails.undeliverable
    forgotten = accounts.deleted + accounts.unconfirmed
    return Purged(deleted, barely_begun, unvisited, attempts, names, places, readings, gone, forgotten)


def _forget_invitations(connection: Connection, when: datetime) -> None:
    """Removes addresses that were invited to advise, once their link has ended and whatever became of it."""
    ended = (tables.AdvisorInvitation.ends_on < local_day(when), tables.AdvisorInvitation.at < when)
    _delete(connection, tables.AdvisorInvitation, *ended)


def _delete(connection: Connection, table: type[Base], *conditions: ColumnElement[bool]) -> int:
    return connection.execute(delete(table).where(*conditions)).rowcount


def _answers() -> ColumnElement[int]:
    mine = (tables.Answer.check_id == tables.SelfCheck.id, tables.Answer.state != State.OPEN)
    return select(func.count()).select_from(tables.Answer).where(*mine).correlate(tables.SelfCheck).scalar_subquery()


def _forsaken_since(when: datetime) -> tuple[ColumnElement[bool], ...]:
    """What nobody has looked at since then, and no account coordinates: who has one can be asked, and deletes it."""
    grants = select(tables.Grant.id).join(tables.Place).where(tables.Place.check_id == tables.SelfCheck.id)
    kept = grants.join(tables.Account).where(tables.Place.coordinating(), tables.Grant.ended_at.is_(None))
    return tables.SelfCheck.deleted_at.is_(None), *unused_since(when), ~kept.correlate(tables.SelfCheck).exists()


def _close_for_good(connection: Connection, when: datetime) -> int:
    """Removes places of colleagues and offices that closed before `when`, and whoever left any place before it.

    The places of readers stay as long as what was shared; their links and grants do not.
    """
    closed = select(tables.Place.id).where(*closed_before(when))
    _delete(connection, tables.Grant, left_before(when))
    _delete(connection, tables.Link, tables.Link.place_id.in_(closed))
    return _delete(connection, tables.Place, tables.Place.id.in_(closed), tables.Place.role.in_(INVITED))
