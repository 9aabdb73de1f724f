"""What happened in a self-check, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, update

from selfcheck.store.database import tables
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.parts.writes import Part

FOLDED = timedelta(minutes=10)
OF_QUESTIONS = (Part.CHOICE, Part.NOTE, Part.CHARGE, Part.ASSIGNMENT, Part.COMMENT, Part.TALK)
"""Parts whose subject is a question."""
LARGEST = 2**31 - 1
"""An id of a change is never larger; addresses can hold anything."""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the history: `before` and `after` are plain data, None where there was or is nothing.

    `subject` is the question of a choice or a note, the key of a piece of evidence or a step, the number of an
    entry, the public id of a share. `decided`: whoever made it saw somebody else's value and decided. `count` says how
    many changes are shown as one; `id` is that of the oldest.
    """

    id: int
    part: str
    subject: str
    before: object
    after: object
    by: str
    grant_id: int | None
    at: datetime
    decided: bool = False
    count: int = 1
    last: int = 0
    """The newest of those that are shown as one; 0 where it is one."""

    @property
    def newest(self) -> int:
        return self.last or self.id


_ROW = tables.Change
ChangeSelect = Select[int, str, str, object, object, str, int | None, datetime, bool]
CHANGES: ChangeSelect = select(
    _ROW.id, _ROW.part, _ROW.subject, _ROW.before, _ROW.after, _ROW.by, _ROW.grant_id, _ROW.at, _ROW.decided
)
"""What `read_changes` reads; whoever asks says which, and in which order."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which changes: those of some `parts` (all where there are none), those of one `question`, with its evidence,
    those that `by` made, those `since` then."""

    parts: tuple[str, ...] = ()
    question: str = ""
    by: str = ""
    since: datetime | None = None


def history(check_id: int, limit: int, before: int | None = None, wanted: Wanted | None = None) -> list[Change]:
    """The newest `limit` changes that are `wanted`, only those older than the change `before` if it is given."""
    found = CHANGES.where(tables.Change.check_id == check_id)
    if before is not None:
        found = found.where(tables.Change.id < max(0, min(before, LARGEST)))
    if wanted is not None:
        found = found.where(*_limit_to(check_id, wanted))
    return read_changes(reading(), found.order_by(tables.Change.id.desc()).limit(limit))


def _limit_to(check_id: int, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.parts:
        yield tables.Change.part.in_(wanted.parts)
    if wanted.question:
        yield _about(wanted.question, _list_pieces(check_id, wanted.question))
    if wanted.by:
        yield tables.Change.by == wanted.by
    if wanted.since is not None:
        yield tables.Change.at >= wanted.since


def list_authors(check_id: int) -> list[str]:
    """Everybody who changed something, by name."""
    names = select(tables.Change.by).where(tables.Change.check_id == check_id, tables.Change.by != "").distinct()
    return sorted(reading().execute(names).scalars())


def _list_pieces(check_id: int, question: str) -> list[str]:
    """The keys of the pieces of evidence that belong to a question."""
    evidence = tables.Evidence
    mine = select(evidence.key, evidence.question, evidence.also).where(evidence.check_id == check_id)
    return [row.key for row in reading().execute(mine) if question in (row.question, *row.also)]


def _about(question: str, pieces: list[str]) -> ColumnElement[bool]:
    return or_(
        and_(tables.Change.part.in_(OF_QUESTIONS), tables.Change.subject == question),
        and_(tables.Change.part.in_((Part.EVIDENCE, Part.FILE)), tables.Change.subject.in_(pieces)),
    )


def news(check_id: int, grant_id: int, since: int, limit: int) -> list[Change]:
    """The newest `limit` changes after the change `since` that somebody else than this grant made."""
    wanted = CHANGES.where(
        tables.Change.check_id == check_id,
        tables.Change.id > max(0, min(since, LARGEST)),
        or_(tables.Change.grant_id.is_(None), tables.Change.grant_id != grant_id),
    )
    return read_changes(reading(), wanted.order_by(tables.Change.id.desc()).limit(limit))


def last_change_of(check_id: int, grant_id: int, before: datetime) -> tuple[int, datetime] | None:
    """The newest change that this grant made before then, and when; None where it made none."""
    mine = (tables.Change.check_id == check_id, tables.Change.grant_id == grant_id, tables.Change.at < before)
    newest = select(tables.Change.id, tables.Change.at).where(*mine).order_by(tables.Change.id.desc()).limit(1)
    row = reading().execute(newest).first()
    return None if row is None else (row.id, row.at)


def mark_seen(check_id: int, grant_id: int, change_id: int) -> None:
    """This grant has seen the changes up to `change_id`, which was shown to it; it never forgets what it has seen."""
    shown = (tables.Change.check_id == check_id, tables.Change.id <= max(0, min(change_id, LARGEST)))
    with writing() as connection:
        newest = connection.execute(select(func.coalesce(func.max(tables.Change.id), 0)).where(*shown)).scalar_one()
        later = (tables.Grant.id == grant_id, tables.Grant.seen_change < newest)
        connection.execute(update(tables.Grant).where(*later).values(seen_change=newest))


def read_changes(connection: Connection, wanted: ChangeSelect) -> list[Change]:
    return [Change(*row) for row in connection.execute(wanted)]


def fold(changes: Sequence[Change]) -> list[Change]:
    """Changes of one person to one part within ten minutes as one; `changes` and result are newest first.

    Each goes on where the one before it stopped: what a decision about a conflict wrote over stays to be seen.
    """
    folded: list[Change] = []
    newest: dict[tuple[str, str], int] = {}
    for change in changes:
        index = newest.get((change.part, change.subject))
        if index is not None and _belong_together(folded[index], change):
            later = folded[index]
            joint = replace(change, after=later.after, at=later.at, count=later.count + change.count, last=later.newest)
            folded[index] = joint
        else:
            newest[change.part, change.subject] = len(folded)
            folded.append(change)
    return folded


def _belong_together(later: Change, earlier: Change) -> bool:
    same = (later.grant_id, later.by) == (earlier.grant_id, earlier.by)
    goes_on = later.before == earlier.after and not later.decided
    return same and goes_on and later.at - earlier.at <= FOLDED
