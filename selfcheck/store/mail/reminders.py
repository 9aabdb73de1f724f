"""Who is to be reminded of what, and that nobody is reminded twice on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import current_app
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    false,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from selfcheck.core.permissions import Role
from selfcheck.core.rules.answers import State
from selfcheck.core.rules.reminders import earliest_due, latest_due, should_remind
from selfcheck.store.database import tables
from selfcheck.store.database.damage import sound_rows
from selfcheck.store.database.times import local_day
from selfcheck.store.database.tokens import hash_personal, hash_token, new_token
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail, NoMoreMails
from selfcheck.store.parts.loading import (
    AnyRow,
)

GRANTED, PLACED = "g", "p"
"""Whose reminders a stop ends: those of an account on a place, or those that go to the address of a place."""


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a reminder goes to: the grant of an account, or a place with an address (`kind`).

    `made_at` is when that was made: a database can give an id again, and an old address must not stop what came later.
    """

    kind: str
    id: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """Open questions of one place that are due. `place_id` is None for an account, which signs in instead."""

    target: Target
    check: str
    municipality: str
    due_on: date
    questions: int
    place_id: int | None


@dataclass(frozen=True, slots=True)
class Person:
    """Everything that waits for one address. `account_id`: on whose behalf the server writes, None for an account that
    hears about itself."""

    address: str
    account_id: int | None
    waiting: tuple[Waiting, ...]


Letter = Callable[[Person, Mapping[int, str]], NewMail]
"""Writes the mail; a token for each place without an account, by `place_id`."""


def find_people(now: datetime) -> list[Person]:
    """Everybody who is to be reminded on this day and was not yet: three statements."""
    today = local_day(now)
    with sound_rows():
        rows = [*reading().execute(_of_accounts(today)), *reading().execute(_of_offices(today))]
        last = _last_days(rows)
    due = [row for row in rows if should_remind(row.due_on, today, last.get(_hash(row.address)))]
    people: dict[str, list[AnyRow]] = {}
    for row in due:
        people.setdefault(_hash(row.address), []).append(row)
    return [_read_person(rows) for rows in people.values()]


def remind(person: Person, letter: Letter, now: datetime) -> bool:
    """Puts the mail into the outbox, in one transaction with the note that this person had theirs today.

    False where they had it already, or the account on whose behalf it goes has no new recipient left today.
    """
    try:
        with writing() as connection:
            row = {"person": _hash(person.address), "day": local_day(now)}
            connection.execute(insert(tables.Reminder).values(row))
            tokens = _issue(connection, (each.place_id for each in person.waiting), now)
            outbox.put_limited(connection, letter(person, tokens), now)
    except (IntegrityError, NoMoreMails):  # another process was faster
        return False
    return True


def set_reminders(targets: Iterable[Target], wanted: bool) -> None:
    """Switches the reminders of these places and grants; what is gone is passed over."""
    found = list(targets)
    with writing() as connection:
        for table, kind in ((tables.Grant, GRANTED), (tables.Place, PLACED)):
            connection.execute(update(table).where(_is_one_of(table, kind, found)).values(reminders=wanted))


@dataclass(frozen=True, slots=True)
class Named:
    """A target as one calls it: its town and its place, and whether it is reminded."""

    target: Target
    municipality: str
    place: str
    reminded: bool


def name_targets(targets: Iterable[Target]) -> list[Named]:
    """Those of the targets that are still there, in two statements."""
    found = list(targets)
    of_grants = _seated().where(_is_one_of(tables.Grant, GRANTED, found), tables.Grant.ended_at.is_(None))
    return _name(GRANTED, of_grants) + _name(
        PLACED, _names(tables.Place).where(_is_one_of(tables.Place, PLACED, found))
    )


def targets_of_account(account_id: int) -> list[Named]:
    """All places on which an account sits, with its reminders there: one statement."""
    mine = (tables.Grant.account_id == account_id, tables.Grant.ended_at.is_(None), tables.Place.withdrawn_at.is_(None))
    living = _seated().where(*mine, tables.SelfCheck.deleted_at.is_(None))
    return _name(GRANTED, living.order_by(tables.SelfCheck.municipality, tables.Grant.id))


def targets_of(check_id: int, grant_id: int, *, offices: bool) -> list[Named]:
    """The reminders that somebody may switch in a self-check: their own, and with `offices` those of its places."""
    own = _name(GRANTED, _seated().where(tables.Grant.id == grant_id, tables.Grant.account_id.is_not(None)))
    if not offices:
        return own
    open_offices = (tables.Place.check_id == check_id, tables.Place.role == Role.OFFICE.value, tables.Place.mail != "")
    mailed = _names(tables.Place).where(*open_offices, tables.Place.withdrawn_at.is_(None))
    return own + _name(PLACED, mailed.order_by(tables.Place.id))


_Names = Select[int, datetime, bool, str, str]


def _is_one_of(table: type[tables.Grant | tables.Place], kind: str, targets: Iterable[Target]) -> ColumnElement[bool]:
    mine = [target for target in targets if target.kind == kind]
    return or_(false(), *(and_(table.id == each.id, table.created_at == each.made_at) for each in mine))


def _name(kind: str, wanted: _Names) -> list[Named]:
    rows = reading().execute(wanted)
    return [Named(Target(kind, row.id, row.created_at), row.municipality, row.label, row.reminders) for row in rows]


def _seated() -> _Names:
    return _names(tables.Grant).join(tables.Grant, tables.Grant.place_id == tables.Place.id)


def _names(table: type[tables.Grant | tables.Place]) -> _Names:
    """What `_name` reads, of grants or of places."""
    columns = (table.id, table.created_at, table.reminders, tables.Place.label, tables.SelfCheck.municipality)
    return (
        select(*columns).select_from(tables.Place).join(tables.SelfCheck, tables.SelfCheck.id == tables.Place.check_id)
    )


def _of_offices(today: date) -> Select[*tuple[Any, ...]]:
    """Offices that have an address, on behalf of an account that coordinates and has confirmed its own."""
    coordinator = aliased(tables.Place, name="coordinator")
    behalf = (
        select(func.min(tables.Account.id))
        .join(tables.Grant, tables.Grant.account_id == tables.Account.id)
        .join(coordinator, coordinator.id == tables.Grant.place_id)
        .where(coordinator.check_id == tables.Place.check_id, coordinator.role == Role.COORDINATOR.value)
        .where(coordinator.withdrawn_at.is_(None), tables.Grant.ended_at.is_(None), *_may_mail())
        .correlate(tables.Place)
        .scalar_subquery()
    )
    columns = (literal(PLACED).label("kind"), tables.Place.id.label("target"), tables.Place.mail.label("address"))
    made = tables.Place.created_at.label("made_at")
    chosen = _due(today, *columns, made, behalf.label("account_id"), tables.Place.id.label("place_id"))
    return chosen.where(
        tables.Place.role == Role.OFFICE.value, tables.Place.mail != "", tables.Place.reminders, behalf.is_not(None)
    )


def _of_accounts(today: date) -> Select[*tuple[Any, ...]]:
    """Accounts on a place that is asked questions."""
    columns = (literal(GRANTED).label("kind"), tables.Grant.id.label("target"), tables.Account.email.label("address"))
    made = tables.Grant.created_at.label("made_at")
    chosen = _due(today, *columns, made, null().label("account_id"), null().label("place_id"))
    seated = chosen.join(tables.Grant, tables.Grant.place_id == tables.Place.id).join(
        tables.Account, tables.Account.id == tables.Grant.account_id
    )
    return seated.where(tables.Grant.ended_at.is_(None), tables.Grant.reminders, *_may_mail())


def _may_mail() -> tuple[ColumnElement[bool], ...]:
    return (
        tables.Account.confirmed_at.is_not(None),
        tables.Account.active == true(),
        tables.Account.deleted_at.is_(None),
    )


def _due(today: date, *columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """Open places of living self-checks with a due date around today and open questions, not handed back."""
    questions = _open_questions()
    return (
        select(
            *columns,
            tables.SelfCheck.public_id,
            tables.SelfCheck.municipality,
            tables.Place.due_on,
            questions.label("questions"),
        )
        .select_from(tables.Place)
        .join(tables.SelfCheck, tables.SelfCheck.id == tables.Place.check_id)
        .where(
            tables.SelfCheck.deleted_at.is_(None),
            tables.Place.withdrawn_at.is_(None),
            tables.Place.returned_at.is_(None),
            or_(tables.Place.ends_on.is_(None), tables.Place.ends_on >= today),
            tables.Place.due_on.between(earliest_due(today), latest_due(today)),
            questions > 0,
        )
        .order_by(tables.Place.due_on, tables.Place.id)
    )


def _open_questions() -> ColumnElement[int]:
    answered = and_(
        tables.Answer.check_id == tables.Assignment.check_id, tables.Answer.question == tables.Assignment.question
    )
    return (
        select(func.count())
        .select_from(tables.Assignment)
        .outerjoin(tables.Answer, answered)
        .where(tables.Assignment.place_id == tables.Place.id, tables.Assignment.declined_at.is_(None))
        .where(or_(tables.Answer.state.is_(None), tables.Answer.state == State.OPEN.value))
        .correlate(tables.Place)
        .scalar_subquery()
    )


def _last_days(rows: Sequence[AnyRow]) -> dict[str, date]:
    people = {_hash(row.address) for row in rows}
    last = select(tables.Reminder.person, func.max(tables.Reminder.day)).where(tables.Reminder.person.in_(people))
    return {person: day for person, day in reading().execute(last.group_by(tables.Reminder.person))}


def _read_person(rows: Sequence[AnyRow]) -> Person:
    """An account comes before its address on a place: it signs in, and hears about itself."""
    own = any(row.kind == GRANTED for row in rows)
    account = None if own else rows[0].account_id
    waiting = tuple(
        Waiting(
            target=Target(row.kind, row.target, row.made_at),
            check=row.public_id,
            municipality=row.municipality,
            due_on=row.due_on,
            questions=row.questions,
            place_id=row.place_id,
        )
        for row in rows
    )
    return Person(rows[0].address, account, waiting)


def _issue(connection: Connection, link_ids: Iterable[int | None], now: datetime) -> dict[int, str]:
    """One more token for each place, with one statement."""
    tokens = {id: new_token() for id in link_ids if id is not None}
    rows = [{"place_id": id, "hash": hash_token(token), "issued_at": now} for id, token in tokens.items()]
    if rows:
        connection.execute(insert(tables.Link), rows)
    return tokens


def _hash(address: str) -> str:
    return hash_personal(address.strip().casefold(), current_app.config.get("SECRET_KEY") or b"")
