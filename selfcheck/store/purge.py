"""What goes for good after its time: deleted and forgotten self-checks, old attempts. Safe to run twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select

from selfcheck.core.answers import State
from selfcheck.store.access import GRANT, LINK, RESTORABLE
from selfcheck.store.database import forget_journal, writing
from selfcheck.store.loading import ANSWER, SELF_CHECK
from selfcheck.store.throttle import ATTEMPT

BARELY_BEGUN = timedelta(days=30)
FEW_ANSWERS = 3
ATTEMPTS_KEPT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Purged:
    """How many self-checks went: deleted ones, barely begun ones, unvisited ones; and attempts."""

    deleted: int
    barely_begun: int
    unvisited: int
    attempts: int


def purge(now: datetime) -> Purged:
    """Removes, with all that belongs to them, self-checks deleted more than 30 days ago; with fewer than three answers
    after 30 days without a visit; all others after 12 months without one. A save and a reader's visit count as visits.
    """
    with writing() as connection:
        purged = Purged(
            deleted=_delete(connection, SELF_CHECK, SELF_CHECK.c.deleted_at < now - RESTORABLE),
            barely_begun=_delete(
                connection, SELF_CHECK, _answers() < FEW_ANSWERS, *_unvisited_since(now - BARELY_BEGUN)
            ),
            unvisited=_delete(connection, SELF_CHECK, *_unvisited_since(_year_before(now))),
            attempts=_delete(connection, ATTEMPT, ATTEMPT.c.at < now - ATTEMPTS_KEPT),
        )
    forget_journal()
    return purged


def _delete(connection: Connection, table: Table, *conditions: ColumnElement[bool]) -> int:
    return connection.execute(delete(table).where(*conditions)).rowcount


def _answers() -> ColumnElement[int]:
    mine = (ANSWER.c.check_id == SELF_CHECK.c.id, ANSWER.c.state != State.OPEN.value)
    return select(func.count()).select_from(ANSWER).where(*mine).correlate(SELF_CHECK).scalar_subquery()


def _unvisited_since(moment: datetime) -> tuple[ColumnElement[bool], ...]:
    grants = select(GRANT.c.id).join(LINK, LINK.c.id == GRANT.c.link_id)
    seen = grants.where(LINK.c.check_id == SELF_CHECK.c.id, GRANT.c.last_seen_at >= moment).correlate(SELF_CHECK)
    return SELF_CHECK.c.deleted_at.is_(None), SELF_CHECK.c.changed_at < moment, ~seen.exists()


def _year_before(moment: datetime) -> datetime:
    """The same day a year ago; for 29 February the day after the 28th."""
    try:
        return moment.replace(year=moment.year - 1)
    except ValueError:
        return moment.replace(year=moment.year - 1, month=3, day=1)
