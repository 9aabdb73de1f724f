"""Who is to be told by mail that a chamber asked or recommended something, or that a town answered: that it did, never
what.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from selfcheck.core.permissions import ADVISOR
from selfcheck.core.review.thread import FINISHED, MessageKind, ThreadState
from selfcheck.store.database import tables
from selfcheck.store.database.rows import read_row, read_sound
from selfcheck.store.database.times import local_day
from selfcheck.store.database.transactions import reading
from selfcheck.store.mail.bundles import Event, select_granted, wants_example, was_recommended

OLDEST = timedelta(days=14)
"""An answer that nobody has looked at for so long is no news any more."""
_CASE, _THREAD, _MESSAGE = tables.ReviewCase, tables.Thread, tables.ThreadMessage


@dataclass(frozen=True, slots=True)
class Queried:
    """What a chamber asked, recommended or would show in the self-check `check`, whose grant was not told of it."""

    address: str
    grant_id: int
    made_at: datetime
    check: str
    municipality: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """A town answered in a case that this advisor looks after, and they have not looked since; `at`: the last time."""

    address: str
    case: str
    municipality: str
    at: datetime

    def is_news(self, last_mail: date | None) -> bool:
        """Whether the advisor does not know it from the mail of the day `last_mail`. What came on that very day is told
        once more: no one can say which of both was earlier."""
        return last_mail is None or local_day(self.at) >= last_mail


def find_queried(today: date) -> list[Queried]:
    """Accounts that coordinate and have not switched reminders off: one statement."""
    waiting = [waits.label(event) for event, waits in _FROM_CHAMBER.items()]
    asked_for = (tables.Place.coordinating(), tables.Grant.reminders, or_(*_FROM_CHAMBER.values()))
    wanted = select_granted(today, *waiting).where(*asked_for)
    rows, _ = read_sound(reading(), wanted, tables.Grant.id)
    return [
        read_row(Queried, row, events=tuple(event for event in _FROM_CHAMBER if getattr(row, event))) for row in rows
    ]


def _since(column: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]) -> ColumnElement[bool]:
    """Whether it happened after the grant was told last, or made."""
    return column > func.coalesce(tables.Grant.told_at, tables.Grant.created_at)


def _was_queried() -> ColumnElement[bool]:
    asked = (
        select(_MESSAGE.id)
        .join(_THREAD, _THREAD.id == _MESSAGE.thread_id)
        .join(_CASE, _CASE.id == _THREAD.case_id)
        .where(
            _CASE.check_id == tables.SelfCheck.id, _CASE.withdrawn_at.is_(None), _CASE.state.not_in(sorted(FINISHED))
        )
        .where(_THREAD.state == ThreadState.OPEN, _MESSAGE.kind != MessageKind.ANSWER, _since(_MESSAGE.at))
    )
    return asked.correlate(tables.SelfCheck, tables.Grant).exists()


_FROM_CHAMBER = {
    Event.QUERIED: _was_queried(),
    Event.EXAMPLE: wants_example(_since),
    Event.RECOMMENDED: was_recommended(_since),
}


def find_answered(now: datetime) -> list[Answered]:
    """Advisors whose cases have answers to look at: one statement, a row for each case."""
    reader = tables.CaseLook
    newest = (
        select(_THREAD.case_id, func.max(_MESSAGE.at).label("at"))
        .join(_MESSAGE, _MESSAGE.thread_id == _THREAD.id)
        .where(_THREAD.state == ThreadState.ANSWERED, _MESSAGE.kind == MessageKind.ANSWER, _MESSAGE.at > now - OLDEST)
        .group_by(_THREAD.case_id)
        .subquery()
    )
    mine = and_(reader.case_id == _CASE.id, reader.account_id == tables.Account.id)
    wanted = (
        select(tables.Account.email, _CASE.public_id, _CASE.municipality, newest.c.at)
        .select_from(_CASE)
        .join(newest, newest.c.case_id == _CASE.id)
        .join(tables.Account, tables.Account.id == _CASE.advisor_id)
        .join(tables.SelfCheck, tables.SelfCheck.id == _CASE.check_id)
        .outerjoin(reader, mine)
        .where(_CASE.withdrawn_at.is_(None), tables.SelfCheck.deleted_at.is_(None), tables.Account.usable())
        .where(tables.Account.position == ADVISOR, tables.Account.chamber == _CASE.chamber)
        .where(or_(reader.last_at.is_(None), reader.last_at < newest.c.at))
        .order_by(_CASE.id)
    )
    rows, _ = read_sound(reading(), wanted, _CASE.id)
    return [Answered(*row) for row in rows]
