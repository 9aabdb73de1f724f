"""Which advisors a chamber has, and who of them is told that a report waits."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, select

from selfcheck.core.permissions import ADVISOR
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import reading
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail


@dataclass(frozen=True, slots=True)
class Told:
    """An advisor who is told of a case; `again`: of a later Stand of what they have looked at."""

    mail: str
    case: str
    again: bool


Letter = Callable[[Told], NewMail]


def find_staffed(chambers: Collection[str]) -> frozenset[str]:
    """Those of `chambers` for which somebody advises here: one statement, none for none."""
    if not chambers:
        return frozenset()
    wanted = select(tables.Account.chamber).distinct().where(tables.Account.chamber.in_(chambers), *_advises())
    return frozenset(reading().execute(wanted).scalars())


def tell(connection: Connection, case_id: int, letter: Letter, last_shared: datetime | None, now: datetime) -> None:
    """One mail to whoever looks after the case, else to each advisor of its chamber.

    `last_shared`: when the Stand before was shared, which they were told of. Whoever has not looked since knows already
    that something waits.
    """
    case, look = tables.ReviewCase, tables.CaseLook
    wanted = (
        select(tables.Account.id, tables.Account.email, case.public_id, case.advisor_id, look.last_at)
        .select_from(case)
        .join(tables.Account, tables.Account.chamber == case.chamber)
        .outerjoin(look, and_(look.case_id == case.id, look.account_id == tables.Account.id))
        .where(case.id == case_id, *_advises())
        .order_by(tables.Account.id)
    )
    rows = connection.execute(wanted).all()
    for row in [row for row in rows if row.id == row.advisor_id] or rows:
        if last_shared is not None and (row.last_at is None or row.last_at < last_shared):
            continue
        mail = letter(Told(row.email, row.public_id, again=last_shared is not None))
        if outbox.has_room(connection, mail, now):
            outbox.put(connection, mail, now)


def _advises() -> tuple[ColumnElement[bool], ...]:
    return tables.Account.position == ADVISOR, tables.Account.usable()
