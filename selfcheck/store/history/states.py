"""Stände: names for „after this change“, and what stood there then.

Nothing is kept twice: the state after change N is what stands now, but for every place that was changed later the
`before` of the earliest later change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
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
from sqlalchemy.exc import IntegrityError

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.removed import fill_marks
from selfcheck.store.database import limits, tables
from selfcheck.store.database.damage import sound_rows
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.history.changes import LARGEST, Change, write_changes
from selfcheck.store.history.contents import (
    DETAILS,
    KEPT,
    Contents,
    Place,
    check_of,
    read_contents,
    settle_content,
    stock_of,
)
from selfcheck.store.parts import steps
from selfcheck.store.parts.loading import (
    CHECK_COLUMNS,
    Stock,
    build,
    read_check,
    read_stock,
)
from selfcheck.store.parts.values import Check, Loaded, Who
from selfcheck.store.parts.steps import StoredStep
from selfcheck.store.parts.work import Entered, hash_key
from selfcheck.store.parts.writes import Part

_KEPT = tuple(part.value for part in KEPT)


@dataclass(frozen=True, slots=True)
class Moment:
    """A Stand that can be looked at: `id` of the name, None where it is that of a shared report (`share`).

    `change_id` is the last change that belongs to it; `by` and `at` say who named or shared it when.
    """

    id: int | None
    share: str
    name: str
    change_id: int
    by: str
    at: datetime


@dataclass(frozen=True)
class StateThen:
    """A self-check as it was after `change_id`: `contents` by place, with marks where a text was taken out since, and
    as the rules know it. `change_id` is None for the present."""

    change_id: int | None
    contents: Contents
    loaded: Loaded


@dataclass(frozen=True)
class Present:
    """Everything that stands now, as it is stored and as plain contents."""

    check: Check
    stock: Stock
    steps: Mapping[str, StoredStep]
    contents: Contents


def read_present(connection: Connection, check: Check) -> Present:
    """Four statements."""
    stock = read_stock(connection, check.id)
    known = steps.read_steps(connection, check.id)
    return Present(check, stock, known, read_contents(check, stock, known))


def states_at(check: Check, questionnaire: Questionnaire, change_ids: Sequence[int | None]) -> list[StateThen]:
    """The states after each of `change_ids` (None: as it is now), in five statements. Raises `DamagedRow`."""
    connection = reading()
    present = read_present(connection, check)
    wanted = [id for id in change_ids if id is not None]
    later = read_later(connection, check.id, wanted) if wanted else []
    return [_state(present, questionnaire, id, later) for id in change_ids]


def _state(present: Present, questionnaire: Questionnaire, change_id: int | None, later: Sequence[Change]) -> StateThen:
    if change_id is None:
        return StateThen(None, present.contents, build(present.check, questionnaire, present.stock))
    contents = contents_at(present.contents, change_id, later)
    with sound_rows():
        settled = settle_all(contents)
        check = check_of(settled, present.check)
        return StateThen(change_id, contents, build(check, questionnaire, stock_of(settled, present.stock)))


def read_later(connection: Connection, check_id: int, change_ids: Collection[int]) -> list[Change]:
    """For each of `change_ids`: the earliest later change of every place, oldest first; one statement."""
    mine = (tables.Change.check_id == check_id, tables.Change.part.in_(_KEPT))
    earliest = [
        tables.Change.id.in_(
            select(func.min(tables.Change.id))
            .where(*mine, tables.Change.id > max(0, min(id, LARGEST)))
            .group_by(tables.Change.part, tables.Change.subject)
        )
        for id in change_ids
    ]
    with sound_rows():
        rows = connection.execute(CHANGES.where(or_(*earliest)).order_by(tables.Change.id))
        return [Change(*row) for row in rows]


CHANGES = select(
    *(getattr(tables.Change, name) for name in ("id", "part", "subject", "before", "after", "by", "grant_id", "at"))
)


def contents_at(present: Contents, change_id: int, later: Iterable[Change]) -> dict[Place, Any]:
    """The contents after `change_id`; `later`: changes after it, oldest first, at least the first of every place."""
    found = dict(present)
    seen: set[Place] = set()
    for change in later:
        place = (Part(change.part), change.subject)
        if change.id <= change_id or place in seen:
            continue
        seen.add(place)
        found[place] = change.before
        if settle_content(place[0], change.before) is None and not _marked(change.before):
            del found[place]
    return found


def _marked(content: Any) -> bool:
    """Whether a mark stands there: it counts as nothing, but is shown."""
    return bool(fill_marks(content) != content)


def settle_all(contents: Contents) -> dict[Place, Any]:
    """`contents` as they count: without marks, and without places where nothing stands."""
    settled = {place: settle_content(place[0], content) for place, content in contents.items()}
    return {place: content for place, content in settled.items() if content is not None}


def replay(changes: Iterable[Change]) -> dict[Place, Any]:
    """What must stand there after `changes`, oldest first, from the first one on; details only if they changed."""
    found: dict[Place, Any] = {}
    for change in changes:
        if change.part in _KEPT:
            found[Part(change.part), change.subject] = change.after
    return settle_all(found)


def replayed(check_id: int) -> dict[Place, Any]:
    """What must stand in a self-check after its whole history; to be compared with `present_contents`."""
    mine = CHANGES.where(tables.Change.check_id == check_id).order_by(tables.Change.id)
    with sound_rows():
        return replay(Change(*row) for row in reading().execute(mine))


def present_contents(check_id: int) -> dict[Place, Any]:
    """What stands in a self-check, by place; the details only if they were changed since it began."""
    connection = reading()
    check = read_check(connection.execute(select(*CHECK_COLUMNS).where(tables.SelfCheck.id == check_id)).one())
    found = dict(read_present(connection, check).contents)
    if check.version == 1:
        del found[DETAILS]
    return found


def newest_change(connection: Connection, check_id: int) -> int:
    found = connection.execute(select(func.max(tables.Change.id)).where(tables.Change.check_id == check_id)).scalar()
    return int(found or 0)


def moments(check_id: int) -> list[Moment]:
    """Named Stände and those that were shared, newest first: one statement."""
    shared = select(
        cast(null(), Integer).label("id"),
        tables.Change.subject.label("share"),
        literal("").label("name"),
        tables.Change.id.label("change_id"),
        tables.Change.by,
        tables.Change.at,
        tables.Change.after,
    ).where(
        tables.Change.check_id == check_id, tables.Change.part == Part.SHARE.value, tables.Change.after.is_not(null())
    )
    state = tables.NamedState
    named = select(
        state.id, literal(""), state.name, state.change_id, state.by, state.at, cast(null(), tables.Change.after.type)
    ).where(state.check_id == check_id)
    with sound_rows():
        found = [_moment(*row) for row in reading().execute(union_all(shared, named))]
    return sorted(found, key=lambda moment: (moment.change_id, moment.at), reverse=True)


def _moment(id: int | None, share: str, name: str, change_id: int, by: str, at: datetime, after: Any) -> Moment:
    label = after.get("label") if isinstance(after, Mapping) else ""
    return Moment(id, share, name or str(label or ""), change_id, by, at)


def name_state(check_id: int, name: str, by: Who, now: datetime, creation_key: str = "") -> Moment:
    """Names the self-check as it is now; the same form (`creation_key`) sent again leads to the same name.

    Raises `TooLong`, and `TooMany` where there are too many names.
    """
    creation = hash_key("state", str(check_id), creation_key) if creation_key else None
    try:
        return _name_once(check_id, name, by, now, creation)
    except IntegrityError:  # a double click: the other one was faster by a hair and is found now
        return _name_once(check_id, name, by, now, creation)


def _name_once(check_id: int, name: str, by: Who, now: datetime, creation: str | None) -> Moment:
    with writing() as connection:
        earlier = select(*_MOMENT).where(tables.NamedState.creation_hash == creation)
        row = connection.execute(earlier).first() if creation else None
        if row is not None:
            return Moment(row.id, "", row.name, row.change_id, row.by, row.at)
        hold(connection, check_id)
        return add_name(connection, check_id, name, newest_change(connection, check_id), by, now, creation)


_MOMENT = tuple(getattr(tables.NamedState, name) for name in ("id", "name", "change_id", "by", "at"))


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
    """Names the state after `change_id`, and says so in the history."""
    kept = limits.keep_line(name, "name", limits.LABEL)
    count = select(func.count()).select_from(tables.NamedState).where(tables.NamedState.check_id == check_id)
    limits.keep_few("states", connection.execute(count).scalar_one())
    row = {
        "check_id": check_id,
        "name": kept,
        "change_id": change_id,
        "by": by.label,
        "grant_id": by.grant_id,
        "at": now,
        "creation_hash": creation,
    }
    id = connection.execute(insert(tables.NamedState).values(row).returning(tables.NamedState.id)).scalar_one()
    write_changes(connection, check_id, [Entered(Part.STATE, str(id), None, kept)], by, now)
    return Moment(id, "", kept, change_id, by.label, now)


def rename_state(check_id: int, id: int, name: str, by: Who, now: datetime) -> bool:
    """Gives a Stand another name. False where there is no such Stand. Raises `TooLong`."""
    kept = limits.keep_line(name, "name", limits.LABEL)
    with writing() as connection:
        before = connection.execute(select(tables.NamedState.name).where(*_one(check_id, id))).scalar()
        if before is None or before == kept:
            return before is not None
        connection.execute(update(tables.NamedState).where(*_one(check_id, id)).values(name=kept))
        write_changes(connection, check_id, [Entered(Part.STATE, str(id), before, kept)], by, now)
        return True


def remove_state(check_id: int, id: int, by: Who, now: datetime) -> bool:
    """Takes a name away; what the history tells stays. False where there is no such Stand."""
    with writing() as connection:
        gone = delete(tables.NamedState).where(*_one(check_id, id)).returning(tables.NamedState.name)
        name = connection.execute(gone).scalar()
        if name is None:
            return False
        write_changes(connection, check_id, [Entered(Part.STATE, str(id), name, None)], by, now)
        return True


def find_state(connection: Connection, check_id: int, id: int) -> Moment | None:
    row = connection.execute(select(*_MOMENT).where(*_one(check_id, id))).first()
    return None if row is None else Moment(row.id, "", row.name, row.change_id, row.by, row.at)


def _one(check_id: int, id: int) -> tuple[ColumnElement[bool], ...]:
    return tables.NamedState.check_id == check_id, tables.NamedState.id == max(0, min(id, LARGEST))
