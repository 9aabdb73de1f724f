"""Invitations to advise for a chamber: a link by mail, good for 14 days and once.

Of the link only a hash is kept. An address has one open invitation at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from selfcheck.core.permissions import ADVISOR, MEMBER
from selfcheck.store.chamber.advisors import Refusal, refuse
from selfcheck.store.database import limits, tables
from selfcheck.store.database.rows import read_row
from selfcheck.store.database.times import local_day
from selfcheck.store.database.tokens import hash_token, new_token
from selfcheck.store.database.transactions import abandon, reading, take_turn, writing
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail

DAYS = 14
"""For so long the link of an invitation is good."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """`chamber` is an id of `chambers.yaml`, `ends_on` the last day of its link; `used_at` and `withdrawn_at` say since
    when it is over."""

    id: int
    mail: str
    name: str
    chamber: str
    at: datetime
    ends_on: date
    used_at: datetime | None
    withdrawn_at: datetime | None

    def is_open(self, today: date) -> bool:
        return self.used_at is None and self.withdrawn_at is None and today <= self.ends_on


@dataclass(frozen=True, slots=True)
class Person:
    """Who makes an account with an invitation; `password` is a hash."""

    name: str
    password: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """Somebody became an advisor; `mark` is the one that the account has now."""

    mark: str


Letter = Callable[[Invitation, str], NewMail]
"""Writes the mail with the link, whose secret it is told."""


def invite(mail: str, name: str, chamber: str, now: datetime, letter: Letter) -> Invitation | Refusal:
    """Invites a normalised address. The same once more changes nothing and writes no second mail; for another chamber
    it is refused, as are accounts that cannot become advisors. Raises `TooLong`.
    """
    row = {
        "email": limits.keep_line(mail, "mail", limits.MAIL),
        "name": limits.keep_line(name, "name", limits.NAME),
        "chamber": chamber,
    }
    with writing() as connection:
        take_turn(connection, hash_token(f"invitation of {mail}"))
        known = connection.execute(_select().where(tables.AdvisorInvitation.email == mail)).all()
        waiting = next((each for each in map(_read, known) if each.is_open(local_day(now))), None)
        if waiting is not None:
            return waiting if waiting.chamber == chamber else Refusal.INVITED
        account = connection.execute(_select_account(mail)).first()
        refusal = refuse(connection, account) if account is not None else None
        if refusal is not None:
            return refusal
        _withdraw_others(connection, mail, now)
        token = new_token()
        made = insert(tables.AdvisorInvitation).values(row | _link(token, now)).returning(*_COLUMNS)
        invitation = _read(connection.execute(made).one())
        outbox.put(connection, letter(invitation, token), now)
        return invitation


def send_again(invitation_id: int, now: datetime, letter: Letter) -> Invitation | None:
    """A fresh link for another 14 days; the one before opens nothing any more. None where nobody waits for one."""
    token = new_token()
    with writing() as connection:
        row = connection.execute(
            update(tables.AdvisorInvitation)
            .where(tables.AdvisorInvitation.id == invitation_id, *_UNUSED)
            .values(_link(token, now))
            .returning(*_COLUMNS)
        ).first()
        if row is None:
            return None
        invitation = _read(row)
        outbox.put(connection, letter(invitation, token), now)
        return invitation


def withdraw(invitation_id: int, now: datetime) -> bool:
    """Ends an invitation; twice is once. False where there is none, or where it was accepted."""
    mine = (tables.AdvisorInvitation.id == invitation_id, tables.AdvisorInvitation.used_at.is_(None))
    first = func.coalesce(tables.AdvisorInvitation.withdrawn_at, now)
    with writing() as connection:
        return bool(
            connection.execute(update(tables.AdvisorInvitation).where(*mine).values(withdrawn_at=first)).rowcount
        )


def list_waiting() -> list[Invitation]:
    """Invitations that nobody has accepted and nobody withdrawn, newest first; also those whose link has ended."""
    found = _select().where(*_UNUSED).order_by(tables.AdvisorInvitation.id.desc())
    return [_read(row) for row in reading().execute(found)]


def look_up(token: str) -> Invitation | None:
    """The invitation that a link is for, also one that is over; None for what we never sent."""
    row = reading().execute(_select().where(tables.AdvisorInvitation.hash == hash_token(token))).first()
    return _read(row) if row is not None else None


def accept(token: str, account_id: int, now: datetime) -> Accepted | Refusal:
    """The account that is signed in accepts, and gets a new mark: all its sessions end. Refused is
    another address than the one that was invited (`OTHER`), and a link that is over (`UNKNOWN`).
    """
    with writing() as connection:
        invitation = _use(connection, token, now)
        if invitation is None:
            return Refusal.UNKNOWN
        account = connection.execute(_select_account(invitation.mail)).first()
        if account is None or account.id != account_id or not account.confirmed:
            abandon()
            return Refusal.OTHER
        refusal = refuse(connection, account)
        if refusal is not None:
            abandon()
            return refusal
        return _seat(connection, account.id, {"position": ADVISOR, "chamber": invitation.chamber})


def accept_new(token: str, person: Person, now: datetime) -> Accepted | Refusal:
    """Makes the account of the invited address, which the link has confirmed. One that was registered
    and never confirmed becomes theirs: who reads the mails of the address decides. Refused where the address has an
    account (`KNOWN`), and for a link that is over (`UNKNOWN`).
    """
    with writing() as connection:
        invitation = _use(connection, token, now)
        if invitation is None:
            return Refusal.UNKNOWN
        account = connection.execute(_select_account(invitation.mail)).first()
        if account is not None and (account.confirmed or not account.active or account.position != MEMBER):
            abandon()
            return Refusal.KNOWN
        said = {
            "name": limits.keep_line(person.name, "name", limits.NAME),
            "password": person.password,
            "confirmed_at": now,
            "last_seen_at": now,
            "position": ADVISOR,
            "chamber": invitation.chamber,
        }
        if account is not None:
            return _seat(connection, account.id, said | {"deleted_at": None})
        mark = new_token()
        fresh = {"email": invitation.mail, "active": True, "tf_counter": 0, "created_at": now, "fs_uniquifier": mark}
        connection.execute(insert(tables.Account).values(said | fresh))
        return Accepted(mark)


_COLUMNS = (
    tables.AdvisorInvitation.id,
    tables.AdvisorInvitation.email.label("mail"),
    tables.AdvisorInvitation.name,
    tables.AdvisorInvitation.chamber,
    tables.AdvisorInvitation.at,
    tables.AdvisorInvitation.ends_on,
    tables.AdvisorInvitation.used_at,
    tables.AdvisorInvitation.withdrawn_at,
)
_UNUSED = (tables.AdvisorInvitation.used_at.is_(None), tables.AdvisorInvitation.withdrawn_at.is_(None))


def _select() -> Select[*tuple[object, ...]]:
    return select(*_COLUMNS)


def _read(row: Row[*tuple[object, ...]]) -> Invitation:
    return read_row(Invitation, row)


def _link(token: str, now: datetime) -> dict[str, object]:
    return {"hash": hash_token(token), "at": now, "ends_on": local_day(now) + timedelta(days=DAYS)}


def _use(connection: Connection, token: str, now: datetime) -> Invitation | None:
    """The invitation of this link, which from now on is used; None where it is none, or over."""
    mine = (
        tables.AdvisorInvitation.hash == hash_token(token),
        tables.AdvisorInvitation.ends_on >= local_day(now),
        *_UNUSED,
    )
    row = connection.execute(
        update(tables.AdvisorInvitation).where(*mine).values(used_at=now).returning(*_COLUMNS)
    ).first()
    if row is None:
        return None
    invitation = _read(row)
    _withdraw_others(connection, invitation.mail, now)
    return invitation


def _withdraw_others(connection: Connection, mail: str, now: datetime) -> None:
    """Of those to the same address, whose links have ended."""
    others = (tables.AdvisorInvitation.email == mail, *_UNUSED)
    connection.execute(update(tables.AdvisorInvitation).where(*others).values(withdrawn_at=now))


def _select_account(mail: str) -> Select[*tuple[object, ...]]:
    return (
        select(
            tables.Account.id,
            tables.Account.position,
            tables.Account.chamber,
            tables.Account.active,
            (tables.Account.confirmed_at.is_not(None)).label("confirmed"),
        )
        .where(tables.Account.email == mail)
        .with_for_update()
    )


def _seat(connection: Connection, account_id: int, values: dict[str, object]) -> Accepted:
    mark = new_token()
    mine = update(tables.Account).where(tables.Account.id == account_id)
    connection.execute(mine.values(values | {"fs_uniquifier": mark}))
    return Accepted(mark)
