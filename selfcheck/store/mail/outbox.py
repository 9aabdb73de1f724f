"""Mails on their way: put into the database with what they belong to, taken out by whoever sends them.

Nothing here talks to a mail server; `delivery` does.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from flask import current_app
from sqlalchemy import ColumnElement, Connection, Select, Update, case, delete, func, insert, literal, select, update

from selfcheck.core.text.contents import clean
from selfcheck.core.text.mail import tidy_mail
from selfcheck.store.database import limits, tables
from selfcheck.store.database.damage import DamagedRow
from selfcheck.store.database.rows import field_names
from selfcheck.store.database.times import CLOCKS_APART, UtcDateTime
from selfcheck.store.database.tokens import hash_personal, hash_token
from selfcheck.store.database.transactions import after_commit, reading, take_turn, writing

log = logging.getLogger(__name__)
MOST_NEW_RECIPIENTS = 20
"""That one account may write to within a day; whoever it wrote to before is not new."""
MOST_TO_ONE = 10
"""Mails of one account to one recipient within a day; one person can be several offices."""
NO_MAIL = 0
ONE_DAY = timedelta(days=1)
BATCH = 10
DELAYS = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 180, 360))
"""How long a mail waits after each attempt, the last one again and again. The first is longer than a batch may take:
until then nobody else sends what this process is sending."""
GIVEN_UP = timedelta(days=4)
KEPT = timedelta(days=365)
WAKE = "selfcheck.wake_courier"
"""Where an application keeps what is to be called when there is something to send."""
EMPTIED = {"address": "", "subject": "", "body": "", "stop": ""}
NOT_THE_ADDRESS = {"subject": "", "body": "", "stop": ""}
ADDRESS_KEPT = timedelta(days=30)
"""Of a mail that was refused for good: so long the operator finds it by its address."""
NOT_IN_A_NAME = re.compile(r"[/\\@<>\s]+")
LOOKS_LIKE_ADDRESS = re.compile(r"[.。](?=\w)")


class Fault(StrEnum):
    """Why a mail did not go out."""

    SERVER = "server"
    RECIPIENT = "recipient"
    CONTENT = "content"
    ADDRESS = "address"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class NewMail:
    """A mail to be sent, with fixed words. `account_id`: on whose behalf; None for what an account gets about itself.

    `stop` is an address that ends mails of this kind.
    """

    account_id: int | None
    address: str
    subject: str
    body: str
    stop: str = ""


@dataclass(frozen=True, slots=True)
class DueMail:
    id: int
    address: str
    subject: str
    body: str
    stop: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many mails went: those sent long ago, and those that could not be sent for days."""

    old: int
    undeliverable: int


class NoMoreMails(Exception):
    """The account has written to as many as it may within a day."""


def put(connection: Connection, mail: NewMail, now: datetime) -> int:
    """Takes a mail in, inside a `writing` block: it is sent if, and only if, that commits. Returns its id.

    Raises `TooLong` where address, subject or text have no room.
    """
    row = {
        "account_id": mail.account_id,
        "recipient": hash_address(mail.address),
        "address": limits.keep_tidy(mail.address, tidy_mail, "address", limits.MAIL),
        "subject": limits.keep_line(mail.subject, "subject", limits.LINE),
        "body": limits.keep_text(mail.body, "body", limits.NOTE),
        "stop": limits.keep_line(mail.stop, "stop", limits.LINK),
        "created_at": now,
        "attempts": 0,
        "next_at": now,
    }
    id = connection.execute(insert(tables.Mail).values(row).returning(tables.Mail.id)).scalar_one()
    wake = current_app.extensions.get(WAKE)
    if wake is not None:
        after_commit(wake)
    return int(id)


def put_limited(connection: Connection, mail: NewMail, now: datetime) -> None:
    """The same, on behalf of an account, with its limits. Raises `NoMoreMails`, and what `put` raises."""
    if not has_room(connection, mail, now):
        raise NoMoreMails
    put(connection, mail, now)


def has_room(connection: Connection, mail: NewMail, now: datetime) -> bool:
    """Whether the account may write to this address today: it did before, though not ten times today, or it has not had
    20 new recipients yet. Holds until the `writing` block ends: mails of one account are counted one after the other.
    """
    if mail.account_id is None:
        return True
    take_turn(connection, hash_token(f"mails of {mail.account_id}"))
    recipient, since, until = hash_address(mail.address), now - ONE_DAY, now + CLOCKS_APART
    first = (
        select(
            tables.Mail.recipient,
            func.min(tables.Mail.created_at).label("first"),
            func.count(case(((tables.Mail.created_at > since) & (tables.Mail.created_at <= until), 1))).label("today"),
        )
        .where(tables.Mail.account_id == mail.account_id)
        .group_by(tables.Mail.recipient)
        .subquery()
    )
    counted = select(
        func.count(case(((first.c.first > since) & (first.c.first <= until), 1))).label("new"),
        func.max(case((first.c.recipient == recipient, first.c.today))).label("today"),
    )
    row = connection.execute(counted).one()
    return bool(row.new < MOST_NEW_RECIPIENTS if row.today is None else row.today < MOST_TO_ONE)


def take_back(connection: Connection, id: int) -> None:
    """Takes a mail out again that the same `writing` block put in; `NO_MAIL` takes nothing, with the same work."""
    connection.execute(delete(tables.Mail).where(tables.Mail.id == id))


def safe_name(text: str) -> str:
    """A name as it may stand in a mail: one line of at most 80 characters, nothing that could become a link, also not
    by letters that look like others, or by signs that cannot be seen."""
    plain = unicodedata.normalize("NFKC", clean(text))
    seen = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")
    name = NOT_IN_A_NAME.sub(" ", seen)
    return LOOKS_LIKE_ADDRESS.sub(". ", name).strip()[: limits.NAME].rstrip()


def claim(now: datetime) -> list[DueMail]:
    """The next mails to be sent. They belong to whoever called until their next attempt is due."""
    due = (
        select(tables.Mail.id)
        .where(*_unsent(now), tables.Mail.next_at <= now)
        .order_by(tables.Mail.next_at, tables.Mail.id)
        .limit(BATCH)
    )
    try:
        return _take(due.with_for_update(skip_locked=True), now)
    except DamagedRow:  # one damaged mail must not hold up the others
        return [mail for id in reading().execute(due).scalars().all() for mail in _take_if_sound(id, now)]


def _take(wanted: Select[int], now: datetime) -> list[DueMail]:
    taken = _put_off(wanted, now).returning(*(getattr(tables.Mail, name) for name in field_names(DueMail)))
    with writing() as connection:
        rows = connection.execute(taken).all()
    return sorted((DueMail(*row) for row in rows), key=lambda mail: mail.id)


def _take_if_sound(id: int, now: datetime) -> list[DueMail]:
    mine = select(tables.Mail.id).where(tables.Mail.id == id, tables.Mail.next_at <= now)
    try:
        return _take(mine, now)
    except DamagedRow as damage:
        log.error("Mail %d is damaged and stays: %s", id, damage)
        with writing() as connection:
            connection.execute(_put_off(mine, now))
        return []


def _put_off(wanted: Select[int], now: datetime) -> Update:
    """Counts an attempt, and says when the next one is due."""
    waits = {attempts: literal(now + delay, UtcDateTime()) for attempts, delay in enumerate(DELAYS)}
    again = case(waits, value=tables.Mail.attempts, else_=literal(now + DELAYS[-1], UtcDateTime()))
    return (
        update(tables.Mail)
        .where(tables.Mail.id.in_(wanted))
        .values(attempts=tables.Mail.attempts + 1, next_at=again, fault="")
    )


def note_sent(mail: DueMail, now: datetime) -> None:
    """Empties a mail that is out of the house; its row still counts towards the limit."""
    with writing() as connection:
        connection.execute(update(tables.Mail).where(tables.Mail.id == mail.id).values(EMPTIED | {"sent_at": now}))
        _mark_places(connection, mail.address, None)


def note_faults(mails: Sequence[DueMail], fault: Fault) -> None:
    """Why these did not go out this time; those that did stay as they are."""
    ids = [mail.id for mail in mails]
    with writing() as connection:
        failed = (tables.Mail.id.in_(ids), tables.Mail.sent_at.is_(None))
        connection.execute(update(tables.Mail).where(*failed).values(fault=fault))


def note_refused(mail: DueMail, now: datetime, fault: Fault = Fault.OTHER) -> None:
    """Gives up a mail that nobody will ever take; the places to which it was to invite say so."""
    over = NOT_THE_ADDRESS | {"sent_at": now, "refused_at": now, "fault": fault}
    with writing() as connection:
        connection.execute(update(tables.Mail).where(tables.Mail.id == mail.id).values(over))
        _mark_places(connection, mail.address, now)


def _mark_places(connection: Connection, address: str, refused_at: datetime | None) -> None:
    """What a mail server says of an address holds for every place that has it."""
    marked = update(tables.Place).where(tables.Place.mail == address)
    if refused_at is None:
        marked = marked.where(tables.Place.mail_refused_at.is_not(None))
    connection.execute(marked.values(mail_refused_at=refused_at))


def next_due(now: datetime) -> datetime | None:
    """When the next attempt is due; None where nothing waits."""
    due: datetime | None = reading().execute(select(func.min(tables.Mail.next_at)).where(*_unsent(now))).scalar()
    return due


def forget(connection: Connection, now: datetime) -> Forgotten:
    """Removes mails sent 12 months ago, and those that nobody could deliver for days; the places to which these were to
    invite say so.
    """
    old = delete(tables.Mail).where(tables.Mail.sent_at < now - KEPT)
    refused = update(tables.Mail).where(tables.Mail.refused_at < now - ADDRESS_KEPT, tables.Mail.address != "")
    connection.execute(refused.values(address=""))
    given_up = (tables.Mail.sent_at.is_(None), tables.Mail.created_at <= now - GIVEN_UP)
    lost = tables.Place.mail.in_(select(tables.Mail.address).where(*given_up))
    connection.execute(update(tables.Place).where(tables.Place.mail != "", lost).values(mail_refused_at=now))
    undeliverable = delete(tables.Mail).where(*given_up)
    return Forgotten(connection.execute(old).rowcount, connection.execute(undeliverable).rowcount)


def waiting(now: datetime) -> Sequence[datetime]:
    """Since when each unsent mail waits, longest first."""
    unsent = select(tables.Mail.created_at).where(*_unsent(now)).order_by(tables.Mail.created_at)
    return reading().execute(unsent).scalars().all()


def _unsent(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return tables.Mail.sent_at.is_(None), tables.Mail.created_at > now - GIVEN_UP


def hash_address(address: str) -> str:
    """By what an address is known again without being kept."""
    return hash_personal(tidy_mail(address).casefold(), current_app.config.get("SECRET_KEY") or b"")
