"""The part of an office: what it is asked, what it gave back as not its own, when it was done; and several offices of
one self-check in one browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Row, and_, false, func, insert, select, update
from sqlalchemy.orm import aliased

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.access.links import coordinator_of
from selfcheck.store.database import tables
from selfcheck.store.database.rows import read_row
from selfcheck.store.database.times import local_day
from selfcheck.store.database.tokens import hash_token, hash_tokens, may_be_public_id, new_token
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.parts.changes import Entered, write_changes
from selfcheck.store.parts.values import Who
from selfcheck.store.parts.writes import Part

DECLINED = "declined"
RETURNED = "returned"
ANSWERS = (Part.CHOICE, Part.NOTE, Part.EVIDENCE, Part.MESSAGE, Part.CHARGE)
"""What the coordination wants to hear of when an office changes it after it has handed its part back."""


@dataclass(frozen=True, slots=True)
class Message:
    """What the office says to the coordination, and who wrote it last."""

    text: str = ""
    version: int = 0
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OwnPart:
    """The place of an office with its questions; `declined` are those it gave back and can still take again.

    `changed` says that the office has changed something since it handed its part back at `returned_at`. `coordinator`:
    what the account is called that coordinates, if any.
    """

    place_id: int
    public_id: str
    office: str
    due_on: date | None
    ends_on: date | None
    questions: frozenset[QuestionId]
    declined: frozenset[QuestionId]
    message: Message
    returned_at: datetime | None
    changed: bool
    coordinator: str = ""


_OTHER = aliased(tables.Assignment)
_REASSIGNED = (
    select(_OTHER.id)
    .where(
        _OTHER.check_id == tables.Assignment.check_id,
        _OTHER.question == tables.Assignment.question,
        _OTHER.place_id != tables.Assignment.place_id,
        _OTHER.created_at >= tables.Assignment.declined_at,
    )
    .correlate(tables.Assignment)
    .exists()
)
"""Somebody else was asked after the office had said that it is not in charge: now it is theirs."""


def changed_since_return() -> ColumnElement[bool]:
    """Whether the place of a row of `place` has changed something since it handed its part back."""
    return (
        select(tables.Change.id)
        .join(tables.Grant)
        .where(
            tables.Change.check_id == tables.Place.check_id,
            tables.Grant.place_id == tables.Place.id,
            tables.Change.at > tables.Place.returned_at,
            tables.Change.part.in_(ANSWERS),
        )
        .correlate(tables.Place)
        .exists()
    )


_PART = (
    select(
        tables.Place.id.label("place_id"),
        func.coalesce(tables.Place.public_id, "").label("public_id"),
        tables.Place.label.label("office"),
        tables.Place.due_on,
        tables.Place.ends_on,
        tables.Place.message,
        tables.Place.message_version,
        tables.Place.message_by,
        tables.Place.message_at,
        tables.Place.returned_at,
        func.coalesce(changed_since_return(), false()).label("changed"),
        coordinator_of(tables.Place.check_id).label("coordinator"),
        tables.Assignment.question,
        tables.Assignment.declined_at,
        func.coalesce(_REASSIGNED, false()).label("reassigned"),
    )
    .outerjoin(tables.Assignment)
    .where(tables.Place.role == Role.OFFICE, tables.Place.withdrawn_at.is_(None))
)


def load_part(place_id: int) -> OwnPart | None:
    """The part of the office on this place, in one statement; None where it is no office, or withdrawn."""
    return _read_part(reading().execute(_PART.where(tables.Place.id == place_id)).all())


def find_part(check_id: int, public_id: str) -> OwnPart | None:
    """The same by the name that addresses have for a place of this self-check."""
    if not may_be_public_id(public_id):
        return None
    of_check = (tables.Place.check_id == check_id, tables.Place.public_id == public_id)
    return _read_part(reading().execute(_PART.where(*of_check)).all())


def _read_part(rows: Sequence[Row[*tuple[object, ...]]]) -> OwnPart | None:
    if not rows:
        return None
    first = rows[0]
    return read_row(
        OwnPart,
        first,
        questions=frozenset(QuestionId(row.question) for row in rows if row.question and row.declined_at is None),
        declined=frozenset(QuestionId(row.question) for row in rows if row.declined_at and not row.reassigned),
        message=Message(first.message, first.message_version, first.message_by, first.message_at),
        changed=bool(first.changed),
    )


def decline(check_id: int, place_id: int, question: QuestionId, by: Who, now: datetime) -> bool:
    """Gives a question back to the coordination; what was answered stays. False where it is not the office's."""
    mine = and_(
        tables.Assignment.place_id == place_id,
        tables.Assignment.question == question,
        tables.Assignment.declined_at.is_(None),
    )
    return _change_charge(mine, now, Entered(Part.CHARGE, question, None, DECLINED), check_id, by, now)


def take_again(check_id: int, place_id: int, question: QuestionId, by: Who, now: datetime) -> bool:
    """„Doch wir“: the office answers a question after all. False once the coordination asked somebody else."""
    given_back = and_(tables.Assignment.declined_at.is_not(None), ~_REASSIGNED)
    mine = and_(tables.Assignment.place_id == place_id, tables.Assignment.question == question, given_back)
    return _change_charge(mine, None, Entered(Part.CHARGE, question, DECLINED, None), check_id, by, now)


def _change_charge(
    mine: ColumnElement[bool], declined_at: datetime | None, event: Entered, check_id: int, by: Who, now: datetime
) -> bool:
    with writing() as connection:
        statement = update(tables.Assignment).where(tables.Assignment.check_id == check_id, mine)
        found = connection.execute(statement.values(declined_at=declined_at).returning(tables.Assignment.id)).first()
        if found is not None:
            write_changes(connection, check_id, [event], by, now)
    return found is not None


def hand_back(check_id: int, place_id: int, by: Who, now: datetime) -> None:
    """„Fertig“: the office is done, whatever is still open. Twice is once, unless something has changed since."""
    anew = tables.Place.returned_at.is_(None) | changed_since_return()
    with writing() as connection:
        statement = update(tables.Place).where(tables.Place.id == place_id, tables.Place.check_id == check_id, anew)
        found = connection.execute(statement.values(returned_at=now).returning(tables.Place.public_id)).first()
        if found is not None:
            event = Entered(Part.RETURN, found.public_id or "", None, RETURNED)
            write_changes(connection, check_id, [event], by, now)


@dataclass(frozen=True, slots=True)
class OtherPart:
    """An office as addresses and people call it."""

    public_id: str
    office: str


@dataclass(frozen=True, slots=True)
class Switched:
    """The secret of the new grant, and of those that ended with it."""

    secret: str
    ended: tuple[str, ...]


def find_others(grant_secrets: Sequence[str], check_id: int, place_id: int, now: datetime) -> list[OtherPart]:
    """The open offices of a self-check that these grants hold beside `place_id`, in the order they were made."""
    found = (
        select(func.coalesce(tables.Place.public_id, ""), tables.Place.label, tables.Place.id)
        .join(tables.Grant)
        .distinct()
    )
    others = found.where(*_held(grant_secrets, check_id, now), tables.Place.id != place_id)
    return [OtherPart(id, label) for id, label, _ in reading().execute(others.order_by(tables.Place.id))]


def switch(grant_secrets: Sequence[str], check_id: int, public_id: str, now: datetime) -> Switched | None:
    """Makes the grants of one office a new one: a browser sees the office that it came to last. None for any other
    place than those of `find_others`.
    """
    if not may_be_public_id(public_id):
        return None
    secrets, new = {hash_token(secret): secret for secret in grant_secrets}, new_token()
    copied = (tables.Grant.place_id, tables.Grant.link_id, tables.Grant.name, tables.Grant.seen_change)
    held = select(tables.Grant.id, tables.Grant.hash, *copied).join(tables.Place)
    mine = held.where(*_held(grant_secrets, check_id, now), tables.Place.public_id == public_id)
    with writing() as connection:
        rows = connection.execute(mine.order_by(tables.Grant.id)).all()
        if not rows:
            return None
        ended = update(tables.Grant).where(tables.Grant.id.in_([row.id for row in rows])).values(ended_at=now)
        connection.execute(ended)
        kept = {column.key: getattr(rows[-1], column.key) for column in copied}
        made = {"hash": hash_token(new), "created_at": now, "last_seen_at": now}
        connection.execute(insert(tables.Grant).values(kept | made))
    return Switched(new, tuple(secrets[row.hash] for row in rows))


def _held(grant_secrets: Sequence[str], check_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        tables.Grant.hash.in_(hash_tokens(grant_secrets)),
        tables.Grant.ended_at.is_(None),
        tables.Place.check_id == check_id,
        tables.Place.role == Role.OFFICE,
        tables.Place.open_on(local_day(now)),
    )
