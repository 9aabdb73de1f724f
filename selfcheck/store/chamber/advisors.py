"""Who advises for which chamber, and what the operator changes about it. Each change signs the account out everywhere.

Who advises reads of towns only what they share with the chamber: an account that works in a self-check, or that
operates the server, becomes no advisor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select, update

from selfcheck.core.permissions import ADVISOR, MEMBER, Role
from selfcheck.core.text.order import sort_key
from selfcheck.store.database import tables
from selfcheck.store.database.rows import read_row
from selfcheck.store.database.tokens import new_token
from selfcheck.store.database.transactions import abandon, reading, writing
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail

Letter = Callable[[str], NewMail]
"""Writes to an address what the operator has changed."""


@dataclass(frozen=True, slots=True)
class AdvisorListed:
    """An account that advises; `chamber` is empty where nobody has said yet for which one. `cases`: how many it looks
    after; `last_seen_at`: when it last signed in."""

    id: int
    name: str
    mail: str
    chamber: str
    last_seen_at: datetime
    second_factor: bool
    cases: int


@dataclass(frozen=True, slots=True)
class Freed:
    """What became of a change: how many cases nobody looks after any more."""

    cases: int


class Refusal(StrEnum):
    """Why somebody cannot become an advisor."""

    UNKNOWN = "unknown"
    OPERATES = "operates"
    ADVISES = "advises"
    WORKS = "works"
    INVITED = "invited"
    OTHER = "other"
    KNOWN = "known"


def list_all_advisors() -> list[AdvisorListed]:
    """Those of all chambers, and of none: one statement."""
    return _list()


def find_advisor(account_id: int) -> AdvisorListed | None:
    return next(iter(_list(tables.Account.id == account_id)), None)


def appoint(mail: str, position: str, chamber: str = "") -> Refusal | Freed:
    """Gives an account a position, an advisor also the chamber; it stays as it is where it has both already."""
    with writing() as connection:
        _hold_cases(connection, tables.Account.email == mail)
        account = connection.execute(_select_account(tables.Account.email == mail)).first()
        if account is None:
            return Refusal.UNKNOWN
        if position == ADVISOR and works_somewhere(connection, account.id):
            return Refusal.WORKS
        return _change(connection, account, position, chamber if position == ADVISOR else "")


def move(account_id: int, chamber: str, now: datetime, letter: Letter) -> Freed | None:
    """Another chamber; the cases of the one before become nobody's. None: no such advisor."""
    return _change_advisor(account_id, ADVISOR, chamber, now, letter)


def disable(account_id: int, now: datetime, letter: Letter) -> Freed | None:
    """An advisor no longer: a member as everybody else, whose cases become nobody's. None: no such advisor."""
    return _change_advisor(account_id, MEMBER, "", now, letter)


def refuse(connection: Connection, account: Row[*tuple[object, ...]]) -> Refusal | None:
    """Why the account of this row, with its `id`, `position` and `chamber`, cannot become an advisor; None where it
    can, also for an advisor whom nobody has given a chamber yet."""
    if account.position == ADVISOR and account.chamber:
        return Refusal.ADVISES
    if account.position not in (MEMBER, ADVISOR):
        return Refusal.OPERATES
    return Refusal.WORKS if works_somewhere(connection, account.id) else None


def works_somewhere(connection: Connection, account_id: int) -> bool:
    """Whether an account has a place in a self-check; what is deleted does not count, nor what one only reads."""
    mine = (
        select(tables.Grant.id)
        .join(tables.Place, tables.Place.id == tables.Grant.place_id)
        .join(tables.SelfCheck, tables.SelfCheck.id == tables.Place.check_id)
        .where(
            tables.Grant.account_id == account_id,
            tables.Grant.ended_at.is_(None),
            tables.Place.role != Role.READER,
            tables.Place.withdrawn_at.is_(None),
            tables.SelfCheck.deleted_at.is_(None),
        )
        .limit(1)
    )
    return connection.execute(mine).first() is not None


def _change_advisor(account_id: int, position: str, chamber: str, now: datetime, letter: Letter) -> Freed | None:
    with writing() as connection:
        wanted = (tables.Account.id == account_id, tables.Account.position == ADVISOR)
        _hold_cases(connection, *wanted)
        account = connection.execute(_select_account(*wanted)).first()
        if account is None:
            abandon()
            return None
        done = _change(connection, account, position, chamber)
        if account.chamber != chamber:
            outbox.put(connection, letter(account.email), now)
        return done


def _change(connection: Connection, account: Row[*tuple[object, ...]], position: str, chamber: str) -> Freed:
    if (account.position, account.chamber) == (position, chamber):
        return Freed(0)
    mine = update(tables.Account).where(tables.Account.id == account.id)
    connection.execute(mine.values(position=position, chamber=chamber, fs_uniquifier=new_token()))
    cases = update(tables.ReviewCase).where(
        tables.ReviewCase.advisor_id == account.id, tables.ReviewCase.chamber != chamber
    )
    return Freed(connection.execute(cases.values(advisor_id=None)).rowcount)


def _hold_cases(connection: Connection, *wanted: ColumnElement[bool]) -> None:
    """What this account looks after, before the account itself: whoever does a step has the case already when it names
    its account."""
    case = tables.ReviewCase
    mine = select(case.id).join(tables.Account, tables.Account.id == case.advisor_id).where(*wanted).order_by(case.id)
    connection.execute(mine.with_for_update(of=case, key_share=True))


def _select_account(*wanted: ColumnElement[bool]) -> Select[int, str, str, str]:
    columns = (tables.Account.id, tables.Account.position, tables.Account.chamber, tables.Account.email)
    return select(*columns).where(*wanted).with_for_update()


def _list(*wanted: ColumnElement[bool]) -> list[AdvisorListed]:
    cases = select(func.count()).where(tables.ReviewCase.advisor_id == tables.Account.id).correlate(tables.Account)
    found = select(
        tables.Account.id,
        tables.Account.name,
        tables.Account.email.label("mail"),
        tables.Account.chamber,
        tables.Account.last_seen_at,
        tables.Account.tf_totp_secret.is_not(None).label("second_factor"),
        cases.scalar_subquery().label("cases"),
    ).where(tables.Account.position == ADVISOR, tables.Account.usable(), *wanted)
    listed = [read_row(AdvisorListed, row) for row in reading().execute(found)]
    return sorted(listed, key=lambda each: (sort_key(each.name or each.mail), each.id))
