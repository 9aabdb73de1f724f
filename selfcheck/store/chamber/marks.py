"""What advisors stick on a case: a flag for a colleague, with the reason, and reminders for themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, select, update

from selfcheck.store.chamber.cases import Advisor
from selfcheck.store.chamber.colleagues import Colleague
from selfcheck.store.chamber.locking import lock_case
from selfcheck.store.database import limits, tables
from selfcheck.store.database.rows import read_row, read_sound
from selfcheck.store.database.tables.accounts import name_author
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail


@dataclass(frozen=True, slots=True)
class Flag:
    """`by` points the case out to `name`; `mine`: it is for the one who asks."""

    id: int
    by: str
    name: str
    mine: bool
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reminder:
    id: int
    due: date
    text: str


def list_flags(case_id: int, account_id: int) -> list[Flag]:
    """The open flags of a case, for whoever they are: one statement."""
    flag, account = tables.CaseFlag, tables.Account
    wanted = (
        select(flag.id, flag.by, flag.reason, flag.at, flag.account_id, account.name, account.email)
        .join(account, account.id == flag.account_id)
        .where(flag.case_id == case_id, flag.done_at.is_(None))
        .order_by(flag.id)
    )
    return [
        read_row(Flag, row, name=name_author(row.name, row.email), mine=row.account_id == account_id)
        for row in reading().execute(wanted)
    ]


def flag(
    case_id: int, advisor: Advisor, colleague: Colleague, reason: str, now: datetime, letter: NewMail | None
) -> bool:
    """Points a case out to a colleague; the same twice is once. `letter` goes to them; whether it does.

    Raises `CaseGone`, `TooLong` and `TooMany`.
    """
    said = {
        "case_id": case_id,
        "account_id": colleague.account_id,
        "by": advisor.author,
        "reason": limits.keep_text(reason, "reason", limits.REASON),
    }
    with writing() as connection:
        lock_case(connection, case_id)
        table = tables.CaseFlag
        here = select(func.count()).where(table.case_id == case_id, table.done_at.is_(None))
        same = (table.account_id == said["account_id"], table.by == said["by"], table.reason == said["reason"])
        if connection.execute(here.where(*same)).scalar_one():
            return True
        limits.keep_few("flags of a case", connection.execute(here).scalar_one())
        connection.execute(insert(table).values(said | {"at": now}))
        if letter is None or not outbox.has_room(connection, letter, now):
            return False
        outbox.put(connection, letter, now)
        return True


def settle_flag(case_id: int, account_id: int, flag_id: int, now: datetime) -> bool:
    """Done by whoever it was for; whether there is such a flag. Twice is once."""
    table = tables.CaseFlag
    mine = (table.id == flag_id, table.case_id == case_id, table.account_id == account_id)
    with writing() as connection:
        connection.execute(update(table).where(*mine, table.done_at.is_(None)).values(done_at=now))
        return connection.execute(select(table.id).where(*mine)).first() is not None


def list_reminders(case_id: int, account_id: int) -> list[Reminder]:
    """One's own open reminders of a case, the next first: one statement."""
    table = tables.CaseReminder
    mine = (table.case_id == case_id, table.account_id == account_id, table.done_at.is_(None))
    wanted = select(table.id, table.due, table.text).where(*mine).order_by(table.due, table.id)
    return [read_row(Reminder, row) for row in reading().execute(wanted)]


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A reminder whose day has come, with its case."""

    id: int
    due: date
    text: str
    public_id: str
    municipality: str


def list_due(advisor: Advisor, today: date, most: int) -> list[DueReminder]:
    """One's own reminders whose day has come, the longest due first: one statement. Those of cases that are gone
    rest."""
    table, case = tables.CaseReminder, tables.ReviewCase
    wanted = (
        select(table.id, table.due, table.text, case.public_id, case.municipality)
        .join(case, case.id == table.case_id)
        .join(tables.SelfCheck, tables.SelfCheck.id == case.check_id)
        .where(table.account_id == advisor.account_id, table.done_at.is_(None), table.due <= today)
        .where(case.chamber == advisor.chamber, case.withdrawn_at.is_(None), tables.SelfCheck.deleted_at.is_(None))
        .order_by(table.due, table.id)
        .limit(most)
    )
    rows, _ = read_sound(reading(), wanted, table.id)
    return [read_row(DueReminder, row) for row in rows]


def remind(case_id: int, account_id: int, due: date, text: str, now: datetime) -> None:
    """A reminder for oneself; the same twice is once. Raises `CaseGone`, `TooLong` and `TooMany`."""
    table = tables.CaseReminder
    said = {"case_id": case_id, "account_id": account_id, "due": due}
    said |= {"text": limits.keep_line(text, "text", limits.LINE)}
    with writing() as connection:
        lock_case(connection, case_id)
        mine = select(func.count()).where(
            table.case_id == case_id, table.account_id == account_id, table.done_at.is_(None)
        )
        if connection.execute(mine.where(table.due == due, table.text == said["text"])).scalar_one():
            return
        limits.keep_few("reminders of a case", connection.execute(mine).scalar_one())
        connection.execute(insert(table).values(said | {"at": now}))


def settle_reminder(case_id: int, account_id: int, reminder_id: int, now: datetime) -> bool:
    """Done; whether there is such a reminder of one's own. Twice is once."""
    table = tables.CaseReminder
    mine = (table.id == reminder_id, table.case_id == case_id, table.account_id == account_id)
    with writing() as connection:
        connection.execute(update(table).where(*mine, table.done_at.is_(None)).values(done_at=now))
        return connection.execute(select(table.id).where(*mine)).first() is not None
