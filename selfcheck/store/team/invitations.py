"""Places for colleagues and offices: made with a link, asked, extended, reminded, withdrawn; all of it in the history.

Tokens and grants of a withdrawn place open nothing from that moment on: every request asks the place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, delete, false, func, insert, or_, select, update
from sqlalchemy.orm import aliased

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.text.mail import tidy_mail
from selfcheck.store.access.links import add_link
from selfcheck.store.database import limits, tables
from selfcheck.store.database.rows import field_names
from selfcheck.store.database.times import local_day
from selfcheck.store.database.tokens import may_be_public_id, new_public_id
from selfcheck.store.database.transactions import abandon, insert_new, once, upsert, writing
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.parts.changes import Entered, write_changes
from selfcheck.store.parts.loading import lock
from selfcheck.store.parts.seats import PERSONAL
from selfcheck.store.parts.values import Who
from selfcheck.store.parts.work import hash_key
from selfcheck.store.parts.writes import Part

INVITED = (Role.COLLEAGUE, Role.OFFICE)
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


@once
def invite(check_id: int, new: NewPlace, by: Who, now: datetime, letter: Letter | None = None) -> Issued:
    """Makes a place and a link to it, which `letter` takes to its address. The same form sent again leads to the same
    place, with one more token and no mail; once that is withdrawn, to a new one. Raises `TooLong`, `TooMany` where
    there are too many open places, and `NoMoreMails`.
    """
    creation = hash_key("place", str(check_id), new.creation_key) if new.creation_key else None
    with writing() as connection:
        places = select(tables.Place.id, tables.Place.public_id, tables.Place.withdrawn_at)
        earlier = connection.execute(places.where(tables.Place.creation_hash == creation)).first() if creation else None
        if earlier is not None and earlier.withdrawn_at is None:
            return Issued(earlier.public_id or "", add_link(connection, earlier.id, now), again=True)
        unclosed = (tables.Place.check_id == check_id, tables.Place.withdrawn_at.is_(None))
        guests = select(func.count(tables.Place.id)).where(*unclosed, tables.Place.role.in_(INVITED))
        limits.keep_few("team", connection.execute(guests).scalar_one())
        place_id, public_id = _insert(connection, check_id, new, None if earlier else creation, now)
        _ask(connection, check_id, place_id, new.questions, now)
        facts = {"label": new.label, "questions": new.questions, "role": new.role.value}
        note(connection, check_id, public_id, "invited", by, now, **facts, due_on=new.due_on, ends_on=new.ends_on)
        token = add_link(connection, place_id, now)
        if letter is not None:
            outbox.put_limited(connection, letter(token), now)
        return Issued(public_id, token)


def _insert(
    connection: Connection, check_id: int, new: NewPlace, creation: str | None, now: datetime
) -> tuple[int, str]:
    public_id = new_public_id()
    row = {
        "public_id": public_id,
        "check_id": check_id,
        "role": new.role,
        "label": limits.keep_line(new.label, "label", limits.LABEL),
        "mail": limits.keep_tidy(new.mail, tidy_mail, "mail", limits.MAIL),
        "due_on": new.due_on,
        "ends_on": new.ends_on,
        "created_at": now,
        "creation_hash": creation,
    }
    return connection.execute(insert(tables.Place).values(row).returning(tables.Place.id)).scalar_one(), public_id


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
    with writing() as connection:
        place = _find(connection, check_id, public_id)
        if place is None:
            return False
        values: dict[str, object] = {}
        if (place.due_on, place.ends_on) != (due_on, ends_on):
            values = {"due_on": due_on, "ends_on": ends_on}
            note(connection, check_id, public_id, "extended", by, now, label=place.label, **values)
        if mail is not None and mail != place.mail:
            values["mail"] = limits.keep_tidy(mail, tidy_mail, "mail", limits.MAIL)
        if questions is not None and _set_questions(connection, check_id, place, questions, by, now):
            values["returned_at"] = None
        if values:
            connection.execute(update(tables.Place).where(tables.Place.id == place.id).values(values))
        return True


def _set_questions(
    connection: Connection, check_id: int, place: _Invited, questions: Iterable[QuestionId], by: Who, now: datetime
) -> bool:
    """Whether a question came in."""
    mine = (tables.Assignment.place_id == place.id, tables.Assignment.declined_at.is_(None))
    asked = connection.execute(select(tables.Assignment.question).where(*mine)).scalars().all()
    chosen = list(dict.fromkeys(questions))
    added = [question for question in chosen if question not in asked]
    removed = [question for question in asked if question not in chosen]
    if not added and not removed:
        return False
    connection.execute(delete(tables.Assignment).where(mine[0], tables.Assignment.question.in_(removed)))
    _ask(connection, check_id, place.id, added, now)
    note(connection, check_id, place.public_id, "asked", by, now, label=place.label, added=added, removed=removed)
    return bool(added)


def issue_again(check_id: int, public_id: str, by: Who, now: datetime) -> str | None:
    """One more link to a place; earlier ones live on. None where the place is closed or none."""
    with writing() as connection:
        place = _find(connection, check_id, public_id)
        if place is None or not place.is_open(local_day(now)):
            return None
        note(connection, check_id, public_id, "issued", by, now, label=place.label)
        return add_link(connection, place.id, now)


def remind(check_id: int, public_id: str, letter: Letter, by: Who, now: datetime) -> Reminded:
    """Sends a mail with a fresh link to the address of a place, at most one a day and address."""
    today = local_day(now)
    with writing() as connection:
        place = _find(connection, check_id, public_id)
        if place is None or not place.is_open(today) or not place.mail or not place.reminders:
            return Reminded.NOBODY
        person = {"person": outbox.hash_address(place.mail), "day": today}
        if not insert_new(connection, tables.Reminder, [person]):
            return Reminded.TODAY
        mail = letter(add_link(connection, place.id, now))
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
    with writing() as connection:
        lock(connection, check_id, now)
        own = aliased(tables.Place)
        still = select(own.id).where(own.id == by.place_id, own.withdrawn_at.is_(None)).exists()
        other = and_(tables.Place.role == Role.COORDINATOR, tables.Place.id != by.place_id, still)
        may_close = or_(tables.Place.role.in_(INVITED), other)
        closing = update(tables.Place).where(*_not_withdrawn(check_id, public_id), may_close)
        closed = closing.values(withdrawn_at=now).returning(tables.Place.id, tables.Place.label)
        place = connection.execute(closed).first()
        if place is None:
            abandon()
            return False
        place_id, label = place
        connection.execute(delete(tables.Assignment).where(tables.Assignment.place_id == place_id))
        note(connection, check_id, public_id, "withdrawn", by, now, label=label)
        return True


def reassign(check_id: int, public_id: str, question: QuestionId, to: str | None, by: Who, now: datetime) -> bool:
    """What to do with a question that a place declined: ask the place `to`, or (None) leave it to the coordination,
    where it is then `by`'s who decides so, unless it is somebody's already.

    False where it has not declined that question, or `to` is no open place.
    """
    with writing() as connection:
        old, new = _find(connection, check_id, public_id), _find(connection, check_id, to or "")
        if old is None or (to is not None and new is None):
            return False
        declined = (tables.Assignment.place_id == old.id, tables.Assignment.question == question)
        given_back = delete(tables.Assignment).where(*declined, tables.Assignment.declined_at.is_not(None))
        if not connection.execute(given_back).rowcount:
            return False
        if new is not None:
            _ask(connection, check_id, new.id, (question,), now)
            connection.execute(update(tables.Place).where(tables.Place.id == new.id).values(returned_at=None))
        elif by.place_id is not None and not _is_somebodys(connection, check_id, question):
            _ask(connection, check_id, by.place_id, (question,), now)
        facts = {"question": question, "to": new.label if new is not None else ""}
        note(connection, check_id, public_id, "reassigned", by, now, label=old.label, **facts)
        return True


def mark_read(check_id: int, public_id: str, now: datetime) -> bool:
    """The coordination has read the message of a place. False where it is none."""
    if not may_be_public_id(public_id):
        return False
    with writing() as connection:
        mine = (tables.Place.check_id == check_id, tables.Place.public_id == public_id, tables.Place.role.in_(INVITED))
        return bool(connection.execute(update(tables.Place).where(*mine).values(message_read_at=now)).rowcount)


def note(
    connection: Connection, check_id: int, public_id: str, event: str, by: Who, now: datetime, **facts: object
) -> None:
    """Writes an event of the team into the history; `public_id` is that of the place it is about, empty for none."""
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}
    write_changes(connection, check_id, [Entered(Part.TEAM, public_id, None, {"event": event, **plain})], by, now)


def _ask(connection: Connection, check_id: int, place_id: int, questions: Iterable[QuestionId], now: datetime) -> None:
    row = {"check_id": check_id, "place_id": place_id, "created_at": now, "declined_at": None}
    rows = [row | {"question": question} for question in dict.fromkeys(questions)]
    if rows:
        upsert(connection, tables.Assignment, rows, ("place_id", "question"))


def _is_somebodys(connection: Connection, check_id: int, question: QuestionId) -> bool:
    """Whether a question is assigned to a person."""
    assigned = (tables.Assignment.check_id == check_id, tables.Assignment.question == question)
    persons = select(tables.Assignment.id).join(tables.Place).where(*assigned, tables.Place.role.in_(PERSONAL)).limit(1)
    return connection.execute(persons).first() is not None


class _Invited(NamedTuple):
    """The place of somebody who was invited; it is not withdrawn."""

    id: int
    public_id: str
    label: str
    mail: str
    reminders: bool
    due_on: date | None
    ends_on: date | None

    def is_open(self, today: date) -> bool:
        return self.ends_on is None or self.ends_on >= today


def _find(connection: Connection, check_id: int, public_id: str) -> _Invited | None:
    """Nobody else changes it before this transaction ends."""
    columns = (getattr(tables.Place, name) for name in field_names(_Invited))
    mine = (*_not_withdrawn(check_id, public_id), tables.Place.role.in_(INVITED))
    row = connection.execute(select(*columns).where(*mine).with_for_update()).first()
    return _Invited(*row) if row is not None else None


def _not_withdrawn(check_id: int, public_id: str) -> tuple[ColumnElement[bool], ...]:
    if not may_be_public_id(public_id):
        return (false(),)
    of_check = tables.Place.check_id == check_id
    return of_check, tables.Place.public_id == public_id, tables.Place.withdrawn_at.is_(None)
