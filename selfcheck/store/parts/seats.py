"""What the people of a self-check do together: who sits where, who is asked what, what they ask each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Row, Select, SQLColumnExpression, bindparam, cast, func, literal, null, select, union_all

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.database import limits, tables
from selfcheck.store.database.rows import read_row
from selfcheck.store.database.transactions import reading
from selfcheck.store.parts.values import COLLEAGUES, author

PERSONAL = (Role.COORDINATOR, Role.COLLEAGUE)
"""Places of persons: they see all questions, and questions are assigned to them one by one."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A place that is open, as one calls it: `name` differs from that of any other."""

    place_id: int
    role: Role
    label: str
    people: tuple[str, ...]
    name: str
    due_on: date | None

    @property
    def person(self) -> str:
        """Whoever sits there, at most `limits.NAME` characters; empty where no name is known."""
        joined = ", ".join(self.people)
        return joined if len(joined) <= limits.NAME else joined[: limits.NAME - 1] + "…"


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody asked or said about a question; `resolved_by` is empty while it is open. `label` is that
    of the place where its author sits."""

    id: int
    question: QuestionId
    text: str
    by: str
    grant_id: int | None
    at: datetime
    resolved_by: str
    resolved_at: datetime | None
    label: str

    @property
    def open(self) -> bool:
        return self.resolved_at is None


@dataclass(frozen=True, slots=True)
class Together:
    """`asked`: the places that a question is assigned to; `newest`: the newest change when this was read."""

    seats: tuple[Seat, ...]
    asked: Mapping[QuestionId, tuple[Seat, ...]]
    comments: Mapping[QuestionId, tuple[Comment, ...]]
    newest: int

    @property
    def people(self) -> tuple[Seat, ...]:
        """The places of persons."""
        return tuple(seat for seat in self.seats if seat.role in PERSONAL)

    def assignee(self, question: QuestionId) -> Seat | None:
        """The person's place that a question is assigned to."""
        return next((seat for seat in self.asked.get(question, ()) if seat.role in PERSONAL), None)

    def offices(self, question: QuestionId) -> tuple[Seat, ...]:
        """The offices that are asked a question and have not declined it."""
        return tuple(seat for seat in self.asked.get(question, ()) if seat.role is Role.OFFICE)

    def seat(self, place_id: int) -> Seat | None:
        return next((seat for seat in self.seats if seat.place_id == place_id), None)

    def is_mine(self, question: QuestionId, place_id: int) -> bool:
        return any(seat.place_id == place_id for seat in self.asked.get(question, ()))

    def count_open(self, question: QuestionId) -> int:
        """Comments that nobody has resolved."""
        return sum(comment.open for comment in self.comments.get(question, ()))


def load_together(check_id: int, today: date) -> Together:
    """Places, assignments, comments and the newest change of a self-check: one statement."""
    return _gather(reading().execute(_EVERYTHING, {"check_id": check_id, "today": today}).all())


_COMMENTS = {
    column.name: column
    for column in (
        *(
            getattr(tables.Comment, name).label(name)
            for name in ("id", "question", "text", "by", "grant_id", "at", "resolved_by", "resolved_at")
        ),
        select(tables.Place.label)
        .join(tables.Grant)
        .where(tables.Grant.id == tables.Comment.grant_id)
        .scalar_subquery()
        .label("sits_on"),
        cast(null(), tables.Place.id.type).label("place_id"),
        *(cast(null(), getattr(tables.Place, name).type).label(name) for name in ("role", "mail", "due_on")),
    )
}


def _select(kind: str, **columns: SQLColumnExpression[object]) -> Select[*tuple[object, ...]]:
    """Rows of one kind, with nothing where they have nothing to say."""
    named = [
        columns[name].label(name) if name in columns else cast(null(), column.type).label(name)
        for name, column in _COMMENTS.items()
    ]
    return select(literal(kind).label("kind"), *named)


_EVERYTHING = union_all(
    select(literal("comment").label("kind"), *_COMMENTS.values()).where(
        tables.Comment.check_id == bindparam("check_id"), tables.Comment.removed_at.is_(None)
    ),
    _select(
        "seat",
        id=tables.Grant.id,
        text=tables.Place.label,
        by=func.coalesce(func.nullif(tables.Grant.name, ""), tables.Account.name),
        place_id=tables.Place.id,
        role=tables.Place.role,
        mail=tables.Place.mail,
        due_on=tables.Place.due_on,
    )
    .select_from(tables.Place)
    .outerjoin(tables.Grant, (tables.Grant.place_id == tables.Place.id) & tables.Grant.ended_at.is_(None))
    .outerjoin(tables.Account)
    .where(
        tables.Place.check_id == bindparam("check_id"),
        tables.Place.role != Role.READER,
        tables.Place.open_on(bindparam("today")),
    ),
    _select(
        "asked", id=tables.Assignment.id, question=tables.Assignment.question, place_id=tables.Assignment.place_id
    ).where(tables.Assignment.check_id == bindparam("check_id"), tables.Assignment.declined_at.is_(None)),
    _select("newest", id=func.coalesce(func.max(tables.Change.id), 0)).where(
        tables.Change.check_id == bindparam("check_id")
    ),
)

_Row = Row[*tuple[object, ...]]


def _gather(rows: Sequence[_Row]) -> Together:
    kinds: dict[str, list[_Row]] = {"comment": [], "seat": [], "asked": [], "newest": []}
    for row in rows:
        kinds[row.kind].append(row)
    seated = sorted(kinds["seat"], key=lambda row: (row.place_id, row.id or 0))
    seats = _name_apart([_read_seat(tuple(each)) for _, each in groupby(seated, key=attrgetter("place_id"))])
    seat_of = {seat.place_id: seat for seat in seats}
    asked: dict[QuestionId, tuple[Seat, ...]] = {}
    for row in sorted(kinds["asked"], key=lambda row: int(row.id)):
        if row.place_id in seat_of:
            asked[row.question] = (*asked.get(row.question, ()), seat_of[row.place_id])
    comments: dict[QuestionId, tuple[Comment, ...]] = {}
    for row in sorted(kinds["comment"], key=lambda row: int(row.id)):
        comment = read_row(Comment, row, label=row.sits_on or COLLEAGUES)
        comments[row.question] = (*comments.get(row.question, ()), comment)
    return Together(tuple(seats), asked, comments, kinds["newest"][0].id)


def _read_seat(rows: Sequence[_Row]) -> Seat:
    """A seat of its rows, one for each person. Persons are called by their names, offices by their own; whoever has
    not come yet by the address of the invitation."""
    first, people = rows[0], dict.fromkeys(row.by for row in rows if row.by)
    seat = Seat(first.place_id, first.role, first.text, tuple(people), first.text, first.due_on)
    if seat.role is Role.OFFICE:
        return seat
    invited = first.mail and not seat.person
    return replace(seat, name=f"{seat.label}, {first.mail}" if invited else author(seat.person, seat.label))


def _name_apart(seats: Sequence[Seat]) -> list[Seat]:
    """The same name a second time gets a number."""
    met: Counter[str] = Counter()
    named = []
    for seat in seats:
        met[seat.name] += 1
        named.append(replace(seat, name=f"{seat.name} {met[seat.name]}") if met[seat.name] > 1 else seat)
    return named
