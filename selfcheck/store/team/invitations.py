"""Places for colleagues and offices: made with a link, asked, extended, reminded, withdrawn; all of it in the history.

Tokens and grants of a withdrawn place open nothing from that moment on: every request asks the place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, insert, or_, select, update
from sqlalchemy.orm import aliased

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.access.links import add_token
from selfcheck.store.database import limits, tables
from selfcheck.store.database.times import local_day
from selfcheck.store.database.tokens import may_be_public_id, new_public_id
from selfcheck.store.database.transactions import (
    abandon,
    insert_new,
    once,
    upsert,
    writing,
)
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.parts.changes import Entered, write_changes
from selfcheck.store.parts.loading import AnyRow, lock
from selfcheck.store.parts.values import Who
from selfcheck.store.parts.work import hash_key
from selfcheck.store.parts.writes import Part

INVITED = (Role.COLLEAGUE.value, Role.OFFICE.value)


Letter = Callable[[str], NewMail]
"""Writes the mail that goes with a token."""


class Reminded(StrEnum):
    """What became of a reminder; nobody is reminded twice a day, nor without an address, nor against their will."""

    SENT = "sent"
    TODAY = "today"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place to be made. `creation_key` comes from the form: sent twice, it makes one place."""

    role: Role
    label: str
    mail: str = ""
    due_on: date | None = None
    ends_on: date | None = None
    questions: tuple[QuestionId, ...] = ()
    creation_key: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """A link that can be shown this once; `again` where the same form had made the place before."""

    public_id: str
    token: str
    again: bool = False


def invite(check_id: int, new: NewPlace, by: Who, now: datetime, letter: Letter | None = None) -> Issued:
    """Makes a place and a link to it, which `letter` takes to its address. The same form sent again leads to the same
    place, with one more token and no mail; once that is withdrawn, to a new one. Raises `TooLong`, `TooMany` where
    there are too many open places, and `NoMoreMails`.
    """
    creation = hash_key("place", str(check_id), new.creation_key) if new.creation_key else None
    return once(lambda: _invite_once(check_id, new, creation, by, now, letter))


def _invite_once(
    check_id: int, new: NewPlace, creation: str | None, by: Who, now: datetime, letter: Letter | None
) -> Issued:
    with writing() as connection:
        earlier = _find_creation(connection, creation) if creation else None
        if earlier is not None and earlier.withdrawn_at is None:
            return Issued(earlier.public_id, add_token(connection, earlier.id, now), again=True)
        limits.keep_few("team", _count_open(connection, check_id))
        public_id = new_public_id()
        place_id = _insert(connection, check_id, new, public_id, None if earlier else creation, now)
        _ask(connection, check_id, place_id, new.questions, now)
        said = {"role": new.role.value, "due_on": _plain(new.due_on), "ends_on": _plain(new.ends_on)}
        note(connection, check_id, public_id, "invited", by, now, label=new.label, questions=new.questions, **said)
        token = add_token(connection, place_id, now)
        if letter is not None:
            outbox.put_limited(connection, letter(token), now)
        return Issued(public_id, token)


def _find_creation(connection: Connection, creation: str) -> Row[int, str | None, datetime | None] | None:
    found = select(tables.Place.id, tables.Place.public_id, tables.Place.withdrawn_at).where(
        tables.Place.creation_hash == creation
    )
    return connection.execute(found).first()


def _count_open(connection: Connection, check_id: int) -> int:
    mine = (tables.Place.check_id == check_id, tables.Place.role.in_(INVITED), tables.Place.withdrawn_at.is_(None))
    return int(connection.execute(select(func.count()).select_from(tables.Place).where(*mine)).scalar_one())


def _insert(
    connection: Connection, check_id: int, new: NewPlace, public_id: str, creation: str | None, now: datetime
) -> int:
    row = {
        "public_id": public_id,
        "check_id": check_id,
        "role": new.role.value,
        "label": limits.keep_line(new.label, "label", limits.LABEL),
        "mail": limits.keep_line(new.mail, "mail", limits.MAIL),
        "due_on": new.due_on,
        "ends_on": new.ends_on,
        "created_at": now,
        "creation_hash": creation,
    }
    return int(connection.execute(insert(tables.Place).values(row).returning(tables.Place.id)).scalar_one())


def change(
    check_id: int,
    public_id: str,
    due_on: date | None,
    ends_on: date | None,
    by: Who,
    now: datetime,
    questions: Iterable[QuestionId] | None = None,
    mail: str | None = None,
) -> bool:
    """Sets both dates of a place, also of one that has run out; asks it exactly `questions`, and reminds it at `mail`,
    if they are given.

    A question that it had declined is asked anew; a part that was handed back is not done any more when a question
    comes in. False where it is no place or withdrawn.
    """
    if not may_be_public_id(public_id):
        return False
    with writing() as connection:
        place = connection.execute(select(tables.Place).where(*_live(check_id, public_id)).with_for_update()).first()
        if place is None:
            return False
        _set_days(connection, place, due_on, ends_on, by, now)
        if mail is not None and mail != place.mail:
            kept = limits.keep_line(mail, "mail", limits.MAIL)
            connection.execute(update(tables.Place).where(tables.Place.id == place.id).values(mail=kept))
        if questions is not None:
            _set_questions(connection, place, tuple(dict.fromkeys(questions)), by, now)
        return True


def _set_days(
    connection: Connection, place: AnyRow, due_on: date | None, ends_on: date | None, by: Who, now: datetime
) -> None:
    if (place.due_on, place.ends_on) == (due_on, ends_on):
        return
    dates = {"due_on": due_on, "ends_on": ends_on}
    connection.execute(update(tables.Place).where(tables.Place.id == place.id).values(dates))
    said = {name: _plain(day) for name, day in dates.items()}
    note(connection, place.check_id, place.public_id, "extended", by, now, label=place.label, **said)


def _set_questions(connection: Connection, place: AnyRow, wanted: Sequence[QuestionId], by: Who, now: datetime) -> None:
    asked = _asked(connection, place.id)
    added = [question for question in wanted if question not in asked]
    removed = [question for question in asked if question not in wanted]
    if not added and not removed:
        return
    _drop(connection, place.id, removed)
    _ask(connection, place.check_id, place.id, added, now)
    if added and place.returned_at is not None:
        connection.execute(update(tables.Place).where(tables.Place.id == place.id).values(returned_at=None))
    said = {"added": added, "removed": removed}
    note(connection, place.check_id, place.public_id, "asked", by, now, label=place.label, **said)


def issue_again(check_id: int, public_id: str, by: Who, now: datetime) -> str | None:
    """One more token for the link of a place; earlier ones live on. None where the place is closed or none."""
    if not may_be_public_id(public_id):
        return None
    with writing() as connection:
        place = connection.execute(select(tables.Place).where(*_live(check_id, public_id))).first()
        if place is None or (place.ends_on is not None and place.ends_on < local_day(now)):
            return None
        note(connection, check_id, public_id, "issued", by, now, label=place.label)
        return add_token(connection, place.id, now)


def remind(check_id: int, public_id: str, letter: Letter, by: Who, now: datetime) -> Reminded:
    """Sends a mail with a fresh link to the address of a place, at most one a day and address."""
    if not may_be_public_id(public_id):
        return Reminded.NOBODY
    with writing() as connection:
        place = connection.execute(select(tables.Place).where(*_live(check_id, public_id))).first()
        closed = place is None or (place.ends_on is not None and place.ends_on < local_day(now))
        if place is None or closed or not place.mail or not place.reminders:
            return Reminded.NOBODY
        person = {"person": outbox.hash_address(place.mail), "day": local_day(now)}
        if not insert_new(connection, tables.Reminder, [person]):
            return Reminded.TODAY
        mail = letter(add_token(connection, place.id, now))
        if not outbox.has_room(connection, mail, now):
            abandon()
            return Reminded.NOBODY
        outbox.put(connection, mail, now)
        note(connection, check_id, public_id, "reminded", by, now, label=place.label)
        return Reminded.SENT


def withdraw(check_id: int, public_id: str, by: Who, now: datetime) -> bool:
    """Closes a place at once, whoever sits there; what it was asked is free again. False where it is none or closed.

    Somebody else who coordinates may be closed out, too; never oneself, nor by somebody who was just closed out.
    """
    if not may_be_public_id(public_id):
        return False
    with writing() as connection:
        lock(connection, check_id, now)
        closing = update(tables.Place).where(_open(check_id, public_id), _may_close(by)).values(withdrawn_at=now)
        place = connection.execute(closing.returning(tables.Place.id, tables.Place.label)).first()
        if place is None:
            abandon()
            return False
        connection.execute(delete(tables.Assignment).where(tables.Assignment.place_id == place.id))
        note(connection, check_id, public_id, "withdrawn", by, now, label=place.label)
        return True


def _may_close(by: Who) -> ColumnElement[bool]:
    own = aliased(tables.Place, name="own")
    still = select(own.id).where(own.id == by.place_id, own.withdrawn_at.is_(None)).exists()
    other = and_(tables.Place.role == Role.COORDINATOR.value, tables.Place.id != by.place_id, still)
    return or_(tables.Place.role.in_(INVITED), other)


def reassign(check_id: int, public_id: str, question: QuestionId, to: str | None, by: Who, now: datetime) -> bool:
    """What to do with a question that a place declined: ask the place `to`, or (None) leave it to the coordination.

    False where it has not declined that question, or `to` is no open place.
    """
    if not all(may_be_public_id(id) for id in (public_id, to or "x")):
        return False
    with writing() as connection:
        places = {row.public_id: row for row in connection.execute(_select_live(check_id, (public_id, to or "")))}
        old, new = places.get(public_id), places.get(to or "")
        if old is None or (to is not None and new is None):
            return False
        declined = (tables.Assignment.place_id == old.id, tables.Assignment.question == question)
        gone = connection.execute(
            delete(tables.Assignment).where(*declined, tables.Assignment.declined_at.is_not(None))
        )
        if not gone.rowcount:
            return False
        if new is not None:
            _ask(connection, check_id, new.id, (question,), now)
            connection.execute(update(tables.Place).where(tables.Place.id == new.id).values(returned_at=None))
        said = {"question": question, "to": new.label if new is not None else ""}
        note(connection, check_id, public_id, "reassigned", by, now, label=old.label, **said)
        return True


def mark_read(check_id: int, public_id: str, now: datetime) -> bool:
    """The coordination has read the message of a place. False where it is none."""
    if not may_be_public_id(public_id):
        return False
    with writing() as connection:
        mine = (tables.Place.check_id == check_id, tables.Place.public_id == public_id, tables.Place.role.in_(INVITED))
        return bool(connection.execute(update(tables.Place).where(*mine).values(message_read_at=now)).rowcount)


def note(connection: Connection, check_id: int, place: str, event: str, by: Who, now: datetime, **facts: Any) -> None:
    """Writes an event of the team into the history; `place` is the public id of the place it is about."""
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in facts.items()}
    write_changes(connection, check_id, [Entered(Part.TEAM, place, None, {"event": event, **plain})], by, now)


def _asked(connection: Connection, place_id: int) -> list[QuestionId]:
    found = select(tables.Assignment.question).where(
        tables.Assignment.place_id == place_id, tables.Assignment.declined_at.is_(None)
    )
    return [QuestionId(question) for question in connection.execute(found).scalars()]


def _ask(connection: Connection, check_id: int, place_id: int, questions: Iterable[QuestionId], now: datetime) -> None:
    row = {"check_id": check_id, "place_id": place_id, "created_at": now, "declined_at": None}
    rows = [row | {"question": question} for question in dict.fromkeys(questions)]
    if rows:
        upsert(connection, tables.Assignment, rows, ("place_id", "question"))


def _drop(connection: Connection, place_id: int, questions: Iterable[QuestionId]) -> None:
    mine = (tables.Assignment.place_id == place_id, tables.Assignment.question.in_(list(questions)))
    connection.execute(delete(tables.Assignment).where(*mine))


def _select_live(check_id: int, public_ids: Iterable[str]) -> Any:
    mine = (
        tables.Place.check_id == check_id,
        tables.Place.public_id.in_(list(public_ids)),
        tables.Place.withdrawn_at.is_(None),
    )
    return select(tables.Place.id, tables.Place.public_id, tables.Place.label).where(
        *mine, tables.Place.role.in_(INVITED)
    )


def _live(check_id: int, public_id: str) -> tuple[ColumnElement[bool], ...]:
    return _open(check_id, public_id), tables.Place.role.in_(INVITED)


def _open(check_id: int, public_id: str) -> ColumnElement[bool]:
    return and_(
        tables.Place.check_id == check_id, tables.Place.public_id == public_id, tables.Place.withdrawn_at.is_(None)
    )


def _plain(day: date | None) -> str | None:
    return day.isoformat() if day else None
