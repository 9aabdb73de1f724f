"""Changes to accounts, each with the mail that belongs to it in one transaction.

A change that somebody must not outlive (password, address, second factor taken away) gives the account a new mark:
sessions that began with the old one, and links, end (`sessions`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, delete, func, literal, or_, select, update

from selfcheck.core.permissions import MEMBER
from selfcheck.core.text.mail import tidy_mail
from selfcheck.store.accounts.accounts import CONFIRM_WITHIN, Account, read_account
from selfcheck.store.database import limits, tables
from selfcheck.store.database.times import RESTORABLE, UtcDateTime
from selfcheck.store.database.tokens import hash_token, new_token
from selfcheck.store.database.transactions import insert_new, writing
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail

Letter = Callable[[Account], NewMail | None]
"""Writes what an account is to be told; None sends nothing."""


@dataclass(frozen=True, slots=True)
class NewAccount:
    """`mail` is normalised, `password` a hash."""

    mail: str
    name: str
    password: str


@dataclass(frozen=True, slots=True)
class AccountsForgotten:
    """How many accounts went: deleted ones after 30 days, and those whose address nobody confirmed."""

    deleted: int
    unconfirmed: int


def register(new: NewAccount, confirm: Letter, known: Letter, now: datetime) -> None:
    """Takes somebody in whose address is yet to be confirmed.

    An address that is known and confirmed changes nothing, and is told so (`known`). One that was never confirmed gets
    what was typed last: only who knows that password can confirm it.
    """
    mark = new_token()
    typed = {"name": limits.keep_line(new.name, "name", limits.NAME), "password": new.password, "fs_uniquifier": mark}
    row = typed | {
        "email": limits.keep_tidy(new.mail, tidy_mail, "mail", limits.MAIL),
        "position": MEMBER,
        "active": True,
        "tf_counter": 0,
        "created_at": now,
        "last_seen_at": now,
    }
    unconfirmed = (tables.Account.email == row["email"], tables.Account.confirmed_at.is_(None), tables.Account.active)
    with writing() as connection:
        insert_new(connection, tables.Account, [row])
        connection.execute(update(tables.Account).where(*unconfirmed).values(typed))
        mine = select(tables.Account).where(tables.Account.email == row["email"])
        account = read_account(connection.execute(mine).one())
        _tell(connection, account, known if account.confirmed else confirm, now)


def tell(account: Account, letter: Letter, now: datetime) -> None:
    """Sends a mail that changes nothing."""
    with writing() as connection:
        _tell(connection, account, letter, now)


def tell_if_known(mail: str, letter: Callable[[Account], NewMail], now: datetime) -> None:
    """Sends a mail to the account of a normalised address, if there is one that may sign in.

    Without one it does the same work, so that the time it takes tells nobody: the mail is written and taken back.
    """
    with writing() as connection:
        row = connection.execute(select(tables.Account).where(tables.Account.email == mail)).first()
        account = read_account(row) if row is not None else None
        known = account is not None and account.may_sign_in(now)
        nobody = Account(0, mail, "", MEMBER, None, new_token(), False, False, None, 0, (), None)
        written = outbox.put(connection, letter(account if account is not None and known else nobody), now)
        outbox.take_back(connection, outbox.NO_MAIL if known else written)


def confirm(mark: str, now: datetime) -> str | None:
    """The address is theirs. Returns the new mark: the link that was used has no further use. None: no such account."""
    return _renew(mark, now, lambda account: None, confirmed_at=_first(now))


def note_sign_in(account_id: int, now: datetime) -> None:
    """A sign-in takes back that the account was deleted."""
    with writing() as connection:
        mine = update(tables.Account).where(tables.Account.id == account_id)
        connection.execute(mine.values(last_seen_at=now, deleted_at=None))


def set_password(mark: str, password: str, letter: Letter, now: datetime, *, reset: bool = False) -> str | None:
    """Returns the new mark; all other sessions end. `reset`: by a link from a mail, which confirms the address too."""
    more = {"confirmed_at": _first(now)} if reset else {}
    return _renew(mark, now, letter, password=password, **more)


def silent(account: Account) -> NewMail | None:
    """No mail at all."""
    return None


def set_mail(mark: str, mail: str, old: Letter, now: datetime, new: Letter = silent) -> str | None:
    """Moves an account to a new, confirmed address and tells the `old` one, and the `new` one. Returns the new mark:
    all sessions end. None where another account has the address."""
    kept = limits.keep_tidy(mail, tidy_mail, "mail", limits.MAIL)
    with writing() as connection:
        row = connection.execute(select(tables.Account).where(tables.Account.fs_uniquifier == mark)).first()
        taken = select(tables.Account.id).where(tables.Account.email == kept, tables.Account.confirmed_at.is_not(None))
        if row is None or connection.execute(taken).first() is not None:
            return None
        _tell(connection, read_account(row), old, now)
        # somebody who never confirmed it stands in nobody's way
        connection.execute(delete(tables.Account).where(tables.Account.email == kept))
        renewed = new_token()
        mine = update(tables.Account).where(tables.Account.id == row.id)
        moved = connection.execute(mine.values(email=kept, fs_uniquifier=renewed).returning(tables.Account)).one()
        _tell(connection, read_account(moved), new, now)
    return renewed


def set_name(account_id: int, name: str) -> None:
    kept = limits.keep_line(name, "name", limits.NAME)
    with writing() as connection:
        connection.execute(update(tables.Account).where(tables.Account.id == account_id).values(name=kept))


def sign_out_everywhere(mark: str, now: datetime) -> None:
    _renew(mark, now, lambda account: None)


def set_second_factor(account_id: int, totp: str, counter: int, codes: list[str], letter: Letter, now: datetime) -> str:
    """Sets up a second factor; of the recovery codes only hashes are kept. Returns the new mark: sessions that began
    with the password alone end.
    """
    renewed = new_token()
    values = {
        "tf_primary_method": "authenticator",
        "tf_totp_secret": totp,
        "tf_counter": counter,
        "mf_recovery_codes": [hash_token(code) for code in codes],
        "fs_uniquifier": renewed,
    }
    with writing() as connection:
        changed = connection.execute(
            update(tables.Account).where(tables.Account.id == account_id).values(values).returning(tables.Account)
        ).one()
        _tell(connection, read_account(changed), letter, now)
    return renewed


def drop_second_factor(mark: str, letter: Letter, now: datetime) -> str | None:
    """Returns the new mark; sessions that begun with the second factor end."""
    none = {"tf_primary_method": None, "tf_totp_secret": None, "mf_recovery_codes": None}
    return _renew(mark, now, letter, **none)


def set_recovery_codes(account_id: int, codes: list[str]) -> None:
    hashes = [hash_token(code) for code in codes]
    mine = update(tables.Account).where(tables.Account.id == account_id)
    with writing() as connection:
        connection.execute(mine.values(mf_recovery_codes=hashes))


def use_code(account_id: int, counter: int, sealed: str | None = None) -> bool:
    """Uses up a code of the second factor: each one, and every earlier one, is good once.

    `sealed`: the secret as it is kept from now on, if otherwise than before.
    """
    mine = update(tables.Account).where(tables.Account.id == account_id, tables.Account.tf_counter < counter)
    changed: dict[str, object] = {"tf_counter": counter}
    if sealed is not None:
        changed["tf_totp_secret"] = sealed
    with writing() as connection:
        return connection.execute(mine.values(changed)).rowcount == 1


def use_recovery_code(account_id: int, code: str) -> bool:
    """Uses up a recovery code, if it is one that is left."""
    mine, hashed = tables.Account.id == account_id, hash_token(code)
    with writing() as connection:
        stored = select(tables.Account.mf_recovery_codes).where(mine).with_for_update()
        left = connection.execute(stored).scalar() or []
        if hashed not in left:
            return False
        kept = [each for each in left if each != hashed]
        connection.execute(update(tables.Account).where(mine).values(mf_recovery_codes=kept))
        return True


def delete_account(mark: str, letter: Letter, now: datetime) -> None:
    """Deletes an account: everywhere signed out at once, gone for good 30 days later (`forget`). The cases that it
    looks after as an advisor become nobody's, so that a colleague takes them."""
    mine = select(tables.Account.id).where(tables.Account.fs_uniquifier == mark[:64])
    with writing() as connection:
        cases = update(tables.ReviewCase).where(tables.ReviewCase.advisor_id.in_(mine))
        connection.execute(cases.values(advisor_id=None))
        _renew(mark, now, letter, deleted_at=now)


def forget(connection: Connection, now: datetime) -> AccountsForgotten:
    """Removes accounts deleted more than 30 days ago, and those whose address nobody confirmed within a week."""
    deleted, unconfirmed = _past_their_time(now)
    connection.execute(update(tables.Grant).where(tables.Grant.account_id.in_(gone(now))).values(ended_at=now, name=""))
    first = connection.execute(delete(tables.Account).where(deleted)).rowcount
    return AccountsForgotten(first, connection.execute(delete(tables.Account).where(unconfirmed)).rowcount)


def gone(now: datetime) -> Select[int]:
    """The ids of the accounts that `forget` removes."""
    return select(tables.Account.id).where(or_(*_past_their_time(now)))


def _past_their_time(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Which were deleted, and which were never confirmed; nobody has used them since."""
    deleted = (tables.Account.deleted_at < now - RESTORABLE) & _unused_since(now - RESTORABLE)
    unconfirmed = tables.Account.confirmed_at.is_(None) & (tables.Account.created_at < now - CONFIRM_WITHIN)
    return deleted, unconfirmed & _unused_since(now - CONFIRM_WITHIN)


def _unused_since(when: datetime) -> ColumnElement[bool]:
    """Nobody has signed in since, nor visited a self-check: what says that an account is over may be wrong."""
    mine = (tables.Grant.account_id == tables.Account.id, tables.Grant.last_seen_at >= when)
    visits = select(tables.Grant.id).where(*mine).correlate(tables.Account)
    return (tables.Account.last_seen_at < when) & ~visits.exists()


def _first(now: datetime) -> ColumnElement[datetime]:
    """Since when the address is confirmed: what stands there already, else now."""
    return func.coalesce(tables.Account.confirmed_at, literal(now, UtcDateTime()))


def _renew(mark: str, now: datetime, letter: Letter, **values: object) -> str | None:
    """Changes an account and gives it a new mark, which it returns; None where no account has this one (any more)."""
    renewed = new_token()
    mine = update(tables.Account).where(tables.Account.fs_uniquifier == mark[:64], tables.Account.active)
    with writing() as connection:
        row = connection.execute(mine.values(fs_uniquifier=renewed, **values).returning(tables.Account)).first()
        if row is None:
            return None
        _tell(connection, read_account(row), letter, now)
    return renewed


def _tell(connection: Connection, account: Account, letter: Letter, now: datetime) -> None:
    mail = letter(account)
    if mail is not None:
        outbox.put(connection, mail, now)
