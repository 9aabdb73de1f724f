"""What nobody has used since a day: the second fact that everything needs which goes for good.

A day that people type, a mark that a hand or a wrong clock has set: each of them may be wrong for one night. So none of
them is enough, and what somebody works with stays.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from selfcheck.store.database import tables
from selfcheck.store.database.times import local_day


def unused_since(when: datetime) -> tuple[ColumnElement[bool], ...]:
    """The self-checks that nobody has changed or visited since `when`; a reader's visit counts, and an advisor's."""
    grants = select(tables.Grant.id).join(tables.Place).where(tables.Place.check_id == tables.SelfCheck.id)
    seen = grants.where(tables.Grant.last_seen_at >= when).correlate(tables.SelfCheck)
    looks = select(tables.CaseLook.case_id).join(tables.ReviewCase)
    looked = looks.where(tables.ReviewCase.check_id == tables.SelfCheck.id, tables.CaseLook.last_at >= when)
    return tables.SelfCheck.changed_at < when, ~seen.exists(), ~looked.correlate(tables.SelfCheck).exists()


def closed_before(when: datetime) -> tuple[ColumnElement[bool], ...]:
    """The places that were withdrawn, or ran out, before `when`; nobody was there since, and no link was made to it."""
    over = or_(tables.Place.withdrawn_at < when, tables.Place.ends_on < local_day(when))
    seen = select(tables.Grant.place_id).where(tables.Grant.last_seen_at >= when)
    asked = select(tables.Link.place_id).where(tables.Link.issued_at >= when)
    return over, tables.Place.created_at < when, tables.Place.id.not_in(seen), tables.Place.id.not_in(asked)


def left_before(when: datetime) -> ColumnElement[bool]:
    """The grants that ended, or whose place closed, before `when`, and that nobody came back with."""
    of_closed = tables.Grant.place_id.in_(select(tables.Place.id).where(*closed_before(when)))
    return and_(tables.Grant.last_seen_at < when, or_(tables.Grant.ended_at < when, of_closed))
