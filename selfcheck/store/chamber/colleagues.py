"""The other advisors of a chamber, to whom a case can be handed or pointed out."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, select

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
    wanted = select(account.id, account.name, account.email)
    others = wanted.where(*_advising(advisor.chamber), account.id != advisor.account_id)
    found = [Colleague(row.id, name_author(row.name, row.email), row.email) for row in reading().execute(others)]
    return sorted(found, key=lambda each: (sort_key(each.name), each.account_id))


def advises_at(connection: Connection, account_id: int, chamber: str) -> bool:
    """Whether this account can sign in and advise there, and goes on doing so until the transaction ends."""
    account = tables.Account
    wanted = select(account.id).where(account.id == account_id, *_advising(chamber))
    return connection.execute(wanted.with_for_update(read=True, key_share=True)).first() is not None


def _advising(chamber: str) -> tuple[ColumnElement[bool], ...]:
    account = tables.Account
    return account.position == ADVISOR, account.chamber == chamber, account.usable()
