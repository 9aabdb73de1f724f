"""The other advisors of a chamber, to whom a case can be handed or pointed out."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from selfcheck.core.permissions import ADVISOR
from selfcheck.core.text.order import sort_key
from selfcheck.store.chamber.cases import Advisor
from selfcheck.store.database import tables
from selfcheck.store.database.tables.accounts import name_author
from selfcheck.store.database.transactions import reading


@dataclass(frozen=True, slots=True)
class Colleague:
    account_id: int
    name: str
    mail: str


def list_colleagues(advisor: Advisor) -> list[Colleague]:
    """The others of the own chamber who can sign in, by name: one statement."""
    account = tables.Account
    wanted = select(account.id, account.name, account.email).where(
        account.position == ADVISOR,
        account.usable(),
        account.chamber == advisor.chamber,
        account.id != advisor.account_id,
    )
    found = [Colleague(row.id, name_author(row.name, row.email), row.email) for row in reading().execute(wanted)]
    return sorted(found, key=lambda each: (sort_key(each.name), each.account_id))
