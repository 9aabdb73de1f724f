"""The places of a self-check as its coordination sees them: who sits there, what each is asked, until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Row, Select, false, func, select

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.access.waiting import is_undecided, list_questions, read_questions
from selfcheck.store.database import tables
from selfcheck.store.database.rows import read_row
from selfcheck.store.database.transactions import reading
from selfcheck.store.team.offices import changed_since_return


@dataclass(frozen=True, slots=True)
class Person:
    """Who sits on a place; without an account it is a browser, and `name` what was typed there, perhaps nothing."""

    grant_id: int
    name: str
    mail: str
    account_id: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """A place with the people on it.

    `questions`: what it is asked; `declined`: what it sent back, `undecided`: what of that nobody has answered since.
    `due_on`: when the coordination expects its answers, `ends_on`: its last day. `changed`: whether it changed anything
    after `returned_at`. `opened`: whether anybody ever did. `mail_refused_at`: when a mail server last refused `mail`.
    `unread`: its message waits for the coordination.
    `public_id` is empty for the coordination's first place.
    """

    place_id: int
    public_id: str
    role: Role
    label: str
    mail: str
    mail_refused_at: datetime | None
    created_at: datetime
    due_on: date | None
    ends_on: date | None
    withdrawn_at: datetime | None
    returned_at: datetime | None
    changed: bool
    message: str
    unread: bool
    opened: bool
    questions: tuple[QuestionId, ...] = ()
    declined: tuple[QuestionId, ...] = ()
    undecided: tuple[QuestionId, ...] = ()
    people: tuple[Person, ...] = ()

    def is_open(self, today: date) -> bool:
        return self.withdrawn_at is None and (self.ends_on is None or self.ends_on >= today)


def places_of(check_id: int) -> list[Place]:
    """All places of a self-check but those of readers, withdrawn ones too, in the order they were made: one statement.

    Whoever has left a place is not on it any more.
    """
    return _gather(reading().execute(_select_places().where(tables.Place.check_id == check_id)))


def find_place(check_id: int, public_id: str) -> Place | None:
    """One of `places_of`."""
    return next((place for place in places_of(check_id) if place.public_id and place.public_id == public_id), None)


def questions_asked(place_id: int) -> tuple[QuestionId, ...]:
    """What a place is asked; what it declined is not among it."""
    asked = select(tables.Assignment.question).where(
        tables.Assignment.place_id == place_id, tables.Assignment.declined_at.is_(None)
    )
    return tuple(QuestionId(question) for question in reading().execute(asked.order_by(tables.Assignment.id)).scalars())


_Row = Row[*tuple[object, ...]]


def _select_places() -> Select[*tuple[object, ...]]:
    names = ("public_id", "role", "label", "mail", "mail_refused_at")
    times = ("created_at", "due_on", "ends_on", "withdrawn_at", "returned_at", "message_at", "message_read_at")
    return (
        select(
            tables.Place.id.label("place_id"),
            *(getattr(tables.Place, name) for name in (*names, *times, "message")),
            func.coalesce(changed_since_return(), false()).label("changed"),
            list_questions(tables.Assignment.declined_at.is_(None)).label("questions"),
            list_questions(tables.Assignment.declined_at.is_not(None)).label("declined"),
            list_questions(is_undecided(tables.Assignment)).label("undecided"),
            tables.Grant.id.label("grant_id"),
            tables.Grant.name.label("grant_name"),
            tables.Grant.ended_at,
            tables.Grant.account_id,
            tables.Account.name.label("account_name"),
            tables.Account.email,
        )
        .select_from(tables.Place)
        .outerjoin(tables.Grant)
        .outerjoin(tables.Account)
        .where(tables.Place.role != Role.READER)
        .order_by(tables.Place.id, tables.Grant.id)
    )


def _gather(rows: Iterable[_Row]) -> list[Place]:
    """One place of all its rows, one of which stands for each grant."""
    found: dict[int, Place] = {}
    for row in rows:
        place = found.get(row.place_id) or _read_place(row)
        if row.grant_id is not None:
            place = replace(place, opened=True)
        if row.grant_id is not None and row.ended_at is None:
            person = Person(row.grant_id, row.grant_name or row.account_name or "", row.email or "", row.account_id)
            place = replace(place, people=(*place.people, person))
        found[row.place_id] = place
    return list(found.values())


def _read_place(row: _Row) -> Place:
    """A message that was changed after it was read is new again."""
    read_at, written_at = row.message_read_at, row.message_at
    return read_row(
        Place,
        row,
        public_id=row.public_id or "",
        changed=bool(row.changed),
        unread=bool(row.message) and (read_at is None or (written_at is not None and read_at < written_at)),
        opened=False,
        questions=read_questions(row.questions),
        declined=read_questions(row.declined),
        undecided=read_questions(row.undecided),
        people=(),
    )
