"""Moments: „after this change“, maybe with a name (on the screen a Stand), and what stood there then.

Nothing is kept twice: what stood there after change N is what stands now, but for every slot that was changed later the
`before` of the earliest later change.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    and_,
    cast,
    delete,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    union_all,
    update,
)

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.removed import fill_marks
from selfcheck.store.database import limits, tables
from selfcheck.store.database.damage import sound_rows
from selfcheck.store.database.rows import read_row
from selfcheck.store.database.transactions import once, reading, writing
from selfcheck.store.history.changes import CHANGES, LARGEST, Change, read_changes
from selfcheck.store.history.contents import Contents, Slot, read_contents, settle_all, settle_content, stock_of
from selfcheck.store.parts.changes import Entered, write_changes
from selfcheck.store.parts.kinds.details import DETAILS
from selfcheck.store.parts.kinds.register import returning
from selfcheck.store.parts.loading import build, read_stock
from selfcheck.store.parts.shelf import Stock
from selfcheck.store.parts.values import Check, Loaded, Who
from selfcheck.store.parts.work import hash_key
from selfcheck.store.parts.writes import Part

Find = Callable[[str], Questionnaire | None]
"""The questionnaire `id/version`; None where there is no such one any more."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that can be looked at: `id` of the name, None where it is that of a shared report (`share`).

    `change_id` is the last change that belongs to it; `by` and `at` say who named or shared it when.
    """

    id: int | None
    share: str
    name: str
    change_id: int
    by: str
    at: datetime


@dataclass(frozen=True)
class Then:
    """A self-check as it was after `change_id`: `contents` by slot, with marks where a text was taken out since, and
    as the rules know it. `change_id` is None for the present. `questionnaire` is the version that it answered then."""

    change_id: int | None
    contents: Contents
    loaded: Loaded
    questionnaire: Questionnaire


@dataclass(frozen=True)
class Present:
    """Everything that stands now, as it is stored and as plain contents."""

    check: Check
    stock: Stock
    contents: Contents


def read_present(connection: Connection, check: Check) -> Present:
    """Six statements."""
    stock = read_stock(connection, check.id)
    stock.fill(DETAILS, {"": check})
    return Present(check, stock, read_contents(stock, connection))


def read_then(
    check: Check, questionnaire: Questionnaire, change_ids: Sequence[int | None], find: Find | None = None
) -> list[Then]:
    """The self-check after each of `change_ids` (None: as it is now), in seven statements. Raises `DamagedRow`.

    `find` knows the questionnaires of versions that it answered before; without it, or where it has none,
    `questionnaire` stands for them.
    """
    connection = reading()
    present = read_present(connection, check)
    wanted = [id for id in change_ids if id is not None]
    later = read_later(connection, check.id, wanted) if wanted else []
    return [_build_then(present, questionnaire, id, later, find) for id in change_ids]


def _build_then(
    present: Present, questionnaire: Questionnaire, change_id: int | None, later: Sequence[Change], find: Find | None
) -> Then:
    if change_id is None:
        return Then(None, present.contents, build(present.check, questionnaire, present.stock), questionnaire)
    before = find_version(change_id, later)
    asked = (find(before) if find and before else None) or questionnaire
    contents = contents_at(present.contents, change_id, later)
    with sound_rows():
        stock = stock_of(settle_all(contents), present.stock)
        return Then(change_id, contents, build(stock.rows(DETAILS)[""], asked, stock), asked)


def find_version(change_id: int, moves: Iterable[Change]) -> str:
    """The questionnaire that was answered after `change_id`; empty where it is the present one. `moves`: the changes by
    which the self-check came onto another one, oldest first, and maybe others."""
    later = (change.before for change in moves if change.part == Part.CHECK and change.id > change_id)
    return next((before for before in later if isinstance(before, str)), "")


def read_moves(check_id: int) -> list[Change]:
    """The changes by which the self-check came onto another version of its questionnaire, oldest first."""
    return read_changes(reading(), CHANGES.where(_moved(check_id)).order_by(tables.Change.id))


def _moved(check_id: int) -> ColumnElement[bool]:
    """Of all events only these have something before them."""
    mine = (tables.Change.check_id == check_id, tables.Change.part == Part.CHECK)
    return and_(*mine, tables.Change.before.is_not(null()))


def read_later(connection: Connection, check_id: int, change_ids: Collection[int]) -> list[Change]:
    """For each of `change_ids`: the earliest later change of every slot, oldest first; and all moves onto another
    version of the questionnaire. One statement."""
    mine = (tables.Change.check_id == check_id, tables.Change.part.in_([kind.part for kind in returning()]))
    earliest = [
        tables.Change.id.in_(
            select(func.min(tables.Change.id))
            .where(*mine, tables.Change.id > max(0, min(id, LARGEST)))
            .group_by(tables.Change.part, tables.Change.subject)
        )
        for id in change_ids
    ]
    return read_changes(connection, CHANGES.where(or_(*earliest, _moved(check_id))).order_by(tables.Change.id))


def contents_at(present: Contents, change_id: int, later: Iterable[Change]) -> dict[Slot, object]:
    """The contents after `change_id`; `later`: changes after it, oldest first, at least the first of every slot."""
    contents = dict(present)
    seen: set[Slot] = set()
    for change in later:
        slot = (change.part, change.subject)
        if change.id <= change_id or slot in seen or change.part == Part.CHECK:
            continue
        seen.add(slot)
        contents[slot] = change.before
        # a mark counts as nothing, but is shown
        if settle_content(change.part, change.before) is None and fill_marks(change.before) == change.before:
            del contents[slot]
    return contents


def newest_change(connection: Connection, check_id: int) -> int:
    newest = select(func.coalesce(func.max(tables.Change.id), 0)).where(tables.Change.check_id == check_id)
    return connection.execute(newest).scalar_one()


_NAMED = tables.NamedState
_MOMENT = (_NAMED.id, literal(""), _NAMED.name, _NAMED.change_id, _NAMED.by, _NAMED.at)
"""What a named one is built from."""


def moments(check_id: int) -> list[Moment]:
    """Those with a name and those that were shared, newest first: one statement."""
    shared = select(
        cast(null(), Integer).label("id"),
        tables.Change.subject.label("share"),
        literal("").label("name"),
        tables.Change.id.label("change_id"),
        tables.Change.by,
        tables.Change.at,
        tables.Change.after,
    ).where(tables.Change.check_id == check_id, tables.Change.part == Part.SHARE, tables.Change.after.is_not(null()))
    named = select(*_MOMENT, cast(null(), tables.Change.after.type)).where(_NAMED.check_id == check_id)
    listed = []
    for row in reading().execute(union_all(shared, named)):
        label = row.after.get("label") if isinstance(row.after, Mapping) else ""
        listed.append(read_row(Moment, row, name=row.name or str(label or "")))
    return sorted(listed, key=lambda moment: (moment.change_id, moment.at), reverse=True)


@once
def name_moment(check_id: int, name: str, by: Who, now: datetime, creation_key: str = "") -> Moment:
    """Names the self-check as it is now; the same form (`creation_key`) sent again leads to the same name.

    Raises `TooLong`, and `TooMany` where there are too many names.
    """
    creation = hash_key("state", str(check_id), creation_key) if creation_key else None
    with writing() as connection:
        earlier = select(*_MOMENT).where(tables.NamedState.creation_hash == creation)
        row = connection.execute(earlier).first() if creation else None
        if row is not None:
            return Moment(*row)
        hold(connection, check_id)
        return add_name(connection, check_id, name, newest_change(connection, check_id), by, now, creation)


def hold(connection: Connection, check_id: int) -> None:
    """Nobody else changes the self-check before this transaction ends."""
    connection.execute(select(tables.SelfCheck.id).where(tables.SelfCheck.id == check_id).with_for_update())


def add_name(
    connection: Connection,
    check_id: int,
    name: str,
    change_id: int,
    by: Who,
    now: datetime,
    creation: str | None = None,
) -> Moment:
    """Names the moment after `change_id`, and says so in the history."""
    kept = limits.keep_line(name, "name", limits.LABEL)
    count = select(func.count()).select_from(tables.NamedState).where(tables.NamedState.check_id == check_id)
    limits.keep_few("states", connection.execute(count).scalar_one())
    row = {"check_id": check_id, "name": kept, "change_id": change_id, "by": by.label, "grant_id": by.grant_id}
    named = insert(tables.NamedState).values(at=now, creation_hash=creation, **row)
    id = connection.execute(named.returning(tables.NamedState.id)).scalar_one()
    write_changes(connection, check_id, [Entered(Part.STATE, str(id), None, kept)], by, now)
    return Moment(id, "", kept, change_id, by.label, now)


def rename_moment(check_id: int, id: int, name: str, by: Who, now: datetime) -> bool:
    """Gives a moment another name. False where there is no such one. Raises `TooLong`."""
    kept = limits.keep_line(name, "name", limits.LABEL)
    with writing() as connection:
        before = connection.execute(select(tables.NamedState.name).where(*_one(check_id, id))).scalar()
        if before is None or before == kept:
            return before is not None
        connection.execute(update(tables.NamedState).where(*_one(check_id, id)).values(name=kept))
        write_changes(connection, check_id, [Entered(Part.STATE, str(id), before, kept)], by, now)
        return True


def remove_moment(check_id: int, id: int, by: Who, now: datetime) -> bool:
    """Takes a name away; what the history tells stays. False where there is no such moment."""
    with writing() as connection:
        gone = delete(tables.NamedState).where(*_one(check_id, id)).returning(tables.NamedState.name)
        name = connection.execute(gone).scalar()
        if name is None:
            return False
        write_changes(connection, check_id, [Entered(Part.STATE, str(id), name, None)], by, now)
        return True


def find_moment(connection: Connection, check_id: int, id: int) -> Moment | None:
    row = connection.execute(select(*_MOMENT).where(*_one(check_id, id))).first()
    return Moment(*row) if row is not None else None


def _one(check_id: int, id: int) -> tuple[ColumnElement[bool], ...]:
    return tables.NamedState.check_id == check_id, tables.NamedState.id == max(0, min(id, LARGEST))
