"""The kinds of parts by which people work together: who is to answer, what they ask each other, what an office says.

The history only tells of them; it cannot bring them back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, NamedTuple, cast

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from selfcheck.core.permissions import Right, Role
from selfcheck.store.database import limits, tables
from selfcheck.store.parts import values
from selfcheck.store.parts.kinds import frozen_texts
from selfcheck.store.parts.kinds.frozen_texts import Versions
from selfcheck.store.parts.kinds.kind import Kind, TextKind
from selfcheck.store.parts.seats import PERSONAL, Seat
from selfcheck.store.parts.shelf import Shelf, live
from selfcheck.store.parts.values import COORDINATION, StoredMessage
from selfcheck.store.parts.work import Gone, NotAllowed, Work, hash_key
from selfcheck.store.parts.writes import Conflict, NoPlace, NoRoom, Outcome, Part, Saved, Unchanged, Write

NOBODY = 0
FIRST = 1


@dataclass(frozen=True, slots=True)
class Assigned:
    """What a conflict shows: the names of the place that is wanted and of the one that stands; empty for nobody."""

    wanted: str
    stands: str


class StoredAssignment(NamedTuple):
    """A question that the place `wanted` is to answer from `at` on (`NOBODY` for none), and the places of persons that
    held it: several only from a time when there could be."""

    question: str
    held: tuple[int, ...]
    wanted: int
    at: datetime


class AssignmentShelf(Shelf[StoredAssignment]):
    """Who is to answer what: read together with the places (`seats`), put down here."""

    exported = False

    def read(self, connection: Connection, check_id: int) -> dict[str, StoredAssignment]:
        return {}

    def store(
        self,
        connection: Connection,
        check_id: int,
        rows: Mapping[str, StoredAssignment],
        stock: dict[str, StoredAssignment],
    ) -> Mapping[int, int]:
        """The usual change of one person to another is one statement."""
        moved: list[dict[str, object]] = []
        dropped: list[dict[str, object]] = []
        added: list[dict[str, object]] = []
        for row in rows.values():
            kept = row.held[:1] if row.wanted != NOBODY else ()
            moved += [{"of": row.question, "old": place_id, "new": row.wanted, "now": row.at} for place_id in kept]
            dropped += [{"of": row.question, "old": place_id} for place_id in row.held[len(kept) :]]
            if not row.held:
                new = {"check_id": check_id, "question": row.question, "place_id": row.wanted, "created_at": row.at}
                added.append(new)
        for statement, changes in ((_DROP, dropped), (_MOVE, moved), (insert(tables.Assignment), added)):
            if changes:
                connection.execute(statement, changes)
        return {}


_HELD = (tables.Assignment.question == bindparam("of"), tables.Assignment.place_id == bindparam("old"))
_DROP = delete(tables.Assignment).where(*_HELD)
_MOVE = update(tables.Assignment).where(*_HELD).values(place_id=bindparam("new"), created_at=bindparam("now"))


class AssignmentKind(Kind[StoredAssignment, int]):
    """What is written is the id of a place; who is assigned already counts as the version."""

    part = Part.ASSIGNMENT
    shelf = AssignmentShelf("assignments", tables.Assignment, StoredAssignment, "question")
    content = int
    right = Right.COMMENT
    comes_back = False

    def apply(self, work: Work, write: Write) -> Outcome:
        """A conflict shows `Assigned`."""
        question = work.question(write.subject).id
        if not work.allowed.to_write(self.right):
            raise NotAllowed(self.part)
        together, wanted = work.together(), cast(int, write.content)
        current, seat = together.assignee(question), together.seat(wanted)
        stands = current.place_id if current else NOBODY
        if wanted == stands:
            return Unchanged(stands)
        if wanted != NOBODY and (seat is None or seat not in together.people):
            return NoPlace()
        if write.seen_version != stands:
            shown = Assigned(seat.name if seat else "", current.name if current else "")
            return Conflict(stands, shown, *_last_assigned(work, question))
        held = tuple(each.place_id for each in together.asked.get(question, ()) if each.role in PERSONAL)
        work.keep(self.shelf, question, StoredAssignment(question, held, wanted, work.now))
        work.enter(self.part, question, _name(current), _name(seat))
        return Saved(wanted, work.now)


def _name(seat: Seat | None) -> dict[str, str] | None:
    return {"name": seat.person, "place": seat.label} if seat else None


def _last_assigned(work: Work, question: str) -> tuple[str, datetime]:
    """Who assigned a question last, and when; what the team's page assigned is the coordination's."""
    mine = (tables.Change.check_id == work.check.id, tables.Change.part == Part.ASSIGNMENT.value)
    last = (
        select(tables.Change.by, tables.Change.at)
        .where(*mine, tables.Change.subject == question)
        .order_by(tables.Change.id.desc())
        .limit(1)
    )
    row = work.connection.execute(last).first()
    return (row.by, row.at) if row else (COORDINATION, work.now)


@dataclass(frozen=True, slots=True)
class CommentText:
    question: values.Name
    text: Annotated[str, values.COMMENT]


class StoredComment(NamedTuple):
    """A comment as it is stored; a new one has a negative id."""

    id: int
    question: str
    text: str
    by: str
    grant_id: int | None
    at: datetime
    creation_hash: str | None = None
    resolved_by: str = ""
    resolved_at: datetime | None = None
    removed_at: datetime | None = None


class CommentShelf(Shelf[StoredComment]):
    inside = frozenset({"id", "grant_id", "creation_hash", "removed_at"})
    with_removed = False

    def store(
        self, connection: Connection, check_id: int, rows: Mapping[str, StoredComment], stock: dict[str, StoredComment]
    ) -> Mapping[int, int]:
        added = [self.values(check_id, row) for row in rows.values() if row.id < 0]
        if added:
            connection.execute(insert(tables.Comment), added)
        for row in rows.values():
            if row.id > 0:
                changed = update(tables.Comment).where(tables.Comment.id == row.id)
                connection.execute(changed.values(text=row.text, removed_at=row.removed_at))
        return {}


class CommentKind(Kind[StoredComment, CommentText]):
    """Only ever added and taken away. The history tells that something was asked, never what."""

    part = Part.COMMENT
    shelf = CommentShelf("comments", tables.Comment, StoredComment, "id")
    content = CommentText
    right = Right.COMMENT
    comes_back = False

    def apply(self, work: Work, write: Write) -> Outcome:
        """The same form sent twice makes one comment; with another text it is another one."""
        content = self.keep(work, cast(CommentText, write.content), None)
        self.check(work, None, content)
        question = work.question(content.question).id
        key = hash_key("comment", str(work.check.id), question, write.creation_key, content.text)
        rows = work.rows(self.shelf)
        if any(row.creation_hash == key for row in rows.values()):
            return Unchanged(FIRST)
        if sum(row.question == question for row in live(rows.values())) >= limits.ENTRIES:
            return NoRoom()
        id = -1 - len(rows)
        made = StoredComment(id, question, content.text, work.by.label, work.by.grant_id, work.now, key)
        work.keep(self.shelf, str(id), made)
        work.enter(self.part, question, None, {"event": "asked"})
        return Saved(FIRST, work.now)

    def lay(self, work: Work, row: StoredComment, content: CommentText, *, gone: bool = False) -> StoredComment:
        """Who wrote it when stays."""
        laid = row._replace(text=content.text, removed_at=work.now if gone else row.removed_at)
        work.keep(self.shelf, str(row.id), laid)
        return laid

    def clear_frozen(self, stand: dict[str, object], versions: Versions) -> bool:
        return frozen_texts.clear_remark(stand, versions)


class MessageShelf(Shelf[StoredMessage]):
    """What offices say stands in the rows of their places."""

    exported = False

    def read(self, connection: Connection, check_id: int) -> dict[str, StoredMessage]:
        place = tables.Place
        columns = (place.id, place.public_id, place.message, place.message_version, place.message_by, place.message_at)
        wanted = select(*columns).where(place.check_id == check_id, place.role == Role.OFFICE.value)
        return {str(row.id): StoredMessage(*row) for row in connection.execute(wanted.with_for_update())}

    def store(
        self, connection: Connection, check_id: int, rows: Mapping[str, StoredMessage], stock: dict[str, StoredMessage]
    ) -> Mapping[int, int]:
        for row in rows.values():
            said = {name: getattr(row, name) for name in ("message", "message_version", "message_by", "message_at")}
            connection.execute(update(tables.Place).where(tables.Place.id == row.place_id).values(said))
        return {}


class MessageKind(TextKind[StoredMessage]):
    """Pages call it by the id of the office's place, the history by its public id."""

    part = Part.MESSAGE
    shelf = MessageShelf("messages", tables.Place, StoredMessage, "place_id")
    right = Right.OWN_PART
    comes_back = False
    stamp = "message_"
    column = "message"
    text = values.MESSAGE

    def key(self, work: Work, write: Write) -> str:
        """Raises `Gone` where the place is gone."""
        if write.subject not in work.rows(self.shelf):
            raise Gone(write.subject)
        return write.subject

    def check(self, work: Work, row: StoredMessage | None, wanted: str | None) -> None:
        super().check(work, row, wanted)
        if row is None or row.place_id != work.allowed.place_id:
            raise NotAllowed(self.part)

    def find(self, rows: Mapping[str, StoredMessage], subject: str) -> StoredMessage | None:
        return next((row for row in rows.values() if (row.public_id or "") == subject), None)

    def subject(self, row: StoredMessage) -> str:
        return row.public_id or ""

    def show(self, work: Work, row: StoredMessage) -> object:
        return row.message
