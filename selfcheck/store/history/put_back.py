"""Writing back what stood there before: one change, or everything since a moment. What was there later stays told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from selfcheck.core.permissions import Allowed
from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.store.database import tables
from selfcheck.store.database.damage import sound_rows
from selfcheck.store.database.transactions import abandon, writing
from selfcheck.store.history.changes import CHANGES, LARGEST, Change, read_changes
from selfcheck.store.history.contents import Contents, Slot, settle_all, settle_content
from selfcheck.store.history.moments import (
    Present,
    add_name,
    contents_at,
    find_moment,
    find_version,
    newest_change,
    read_later,
    read_moves,
    read_present,
)
from selfcheck.store.parts.kinds.register import KINDS
from selfcheck.store.parts.loading import charge, lock
from selfcheck.store.parts.values import Check, Who
from selfcheck.store.parts.work import Work
from selfcheck.store.parts.writes import Current, Outcome, Saved, settle

NEVER_SEEN = -1


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of taking a line of the history back: `line` as it stands there, from its oldest to its newest
    change; a `Conflict` in `outcome` shows the plain content that stands there now."""

    line: Change
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class GoneBack:
    """`changed`: how many slots were written; 0 where nothing differs. `moved`: somebody changed something since the
    page was shown, and nothing was written."""

    changed: int
    moved: bool = False


@dataclass
class Desk:
    """A self-check as it stands, and what is to be put down of it."""

    present: Present
    work: Work

    def standing(self, slot: Slot) -> Current[object]:
        """What stands at `slot`, with its version and its last change."""
        kind = KINDS[slot[0]]
        row = kind.find(self.work.rows(kind.shelf), slot[1]) or kind.blank(self.work, slot[1])
        if row is None:
            return Current(None, None, 0, "", None)
        content = self.present.contents.get(slot)
        return Current(content, content, *kind.version(row))

    def put(self, slot: Slot, wanted: object) -> None:
        """Writes the settled content `wanted` at `slot` and enters it in the history."""
        part, subject = slot
        with sound_rows():
            wanted = KINDS[part].fit(self.work, wanted)
            KINDS[part].write_back(self.work, subject, wanted, gone=wanted is None)
        before = self.present.contents.get(slot)
        self.work.enter(part, subject, KINDS[part].told(subject, before), KINDS[part].told(subject, wanted))

    def store(self) -> None:
        """Puts everything down. Raises `HistoryFull`."""
        weight = sum(len(str(entered.after)) for entered in self.work.changes)
        charge(self.work.connection, self.present.check.id, weight)
        self.work.store()


def open_desk(
    connection: Connection, check: Check, questionnaire: Questionnaire, by: Who, now: datetime, allowed: Allowed
) -> Desk:
    """Seven statements; nobody else writes to the self-check before the transaction ends. Raises `Gone`."""
    present = read_present(connection, lock(connection, check.id, now))
    return Desk(present, Work(connection, present.check, questionnaire, present.stock, by, now, allowed))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the history, from its oldest to its newest change. `decided`: the version over which somebody wants
    to write although it is another one."""

    oldest: int
    newest: int
    decided: int | None = None


def take_back(
    check: Check, questionnaire: Questionnaire, line: Line, by: Who, now: datetime, *, allowed: Allowed
) -> TakenBack | None:
    """Writes back what stood there before the oldest change of `line`, if what its newest left stands there still.

    None where these are not changes of one part of this self-check, or `allowed` does not reach it, or they were made
    to another version of the questionnaire. Raises `Gone`, `TooMany`, `HistoryFull` or `DamagedRow`.
    """
    with writing() as connection:
        desk = open_desk(connection, check, questionnaire, by, now, allowed)
        change = _read_line(connection, check.id, line)
        known = change is not None and not find_version(change.newest, read_moves(check.id))
        if change is None or not known or not allowed.to_write(KINDS[change.part].right):
            abandon()
            return None
        slot = (change.part, change.subject)
        outcome = _settle(desk, slot, change, line.decided)
        if isinstance(outcome, Saved):
            desk.put(slot, settle_content(change.part, change.before))
            desk.store()
        else:
            abandon()
        return TakenBack(change, outcome)


def _settle(desk: Desk, slot: Slot, line: Change, decided: int | None) -> Outcome:
    with sound_rows():
        current = desk.standing(slot)
        wanted, left = (settle_content(slot[0], content) for content in (line.before, line.after))
    seen = current.version if current.content == left else NEVER_SEEN
    return settle(current, seen if decided is None else decided, wanted, desk.work.now)


def _read_line(connection: Connection, check_id: int, line: Line) -> Change | None:
    """Two changes of one slot as one line."""
    ids = [max(0, min(id, LARGEST)) for id in (line.oldest, line.newest)]
    wanted = CHANGES.where(tables.Change.check_id == check_id, tables.Change.id.in_(ids)).order_by(tables.Change.id)
    changes = read_changes(connection, wanted)
    if not changes or {change.id for change in changes} != set(ids):
        return None
    oldest, newest = changes[0], changes[-1]
    kind = KINDS.get(newest.part)
    same = (oldest.part, oldest.subject) == (newest.part, newest.subject)
    if not same or kind is None or not kind.comes_back:
        return None
    return replace(newest, id=oldest.id, before=oldest.before, last=newest.id)


@dataclass(frozen=True, slots=True)
class Return:
    """Going back to the moment `moment_id`. `newest` is the last change that the person saw: later ones stop it.
    `rescue` is what the present is called from then on."""

    moment_id: int
    newest: int
    rescue: str


def go_back(
    check: Check, questionnaire: Questionnaire, wish: Return, by: Who, now: datetime, *, allowed: Allowed
) -> GoneBack | None:
    """Makes everything as it was at a named moment, as far as `allowed` reaches, in one transaction; names the present
    first. None where there is no such moment, or it answers another version of the questionnaire. Raises `Gone`,
    `TooMany`, `HistoryFull` or `DamagedRow`.
    """
    with writing() as connection:
        desk = open_desk(connection, check, questionnaire, by, now, allowed)
        moment = find_moment(connection, check.id, wish.moment_id)
        last = newest_change(connection, check.id)
        if moment is None or last != wish.newest:
            abandon()
            return None if moment is None else GoneBack(0, moved=True)
        later = read_later(connection, check.id, [moment.change_id])
        if find_version(moment.change_id, later):
            abandon()
            return None
        then = settle_all(contents_at(desk.present.contents, moment.change_id, later))
        wanted = {
            slot: content
            for slot, content in differing(desk.present.contents, then).items()
            if allowed.to_write(KINDS[slot[0]].right)
        }
        if not wanted:
            abandon()
            return GoneBack(0)
        add_name(connection, check.id, wish.rescue, last, by, now)
        for slot, content in wanted.items():
            desk.put(slot, content)
        desk.store()
        return GoneBack(len(wanted))


def differing(present: Contents, then: Contents) -> Mapping[Slot, object]:
    """The settled contents of `then` at every slot where it is not as `present`."""
    slots = dict.fromkeys((*present, *then))
    return {slot: then.get(slot) for slot in slots if present.get(slot) != then.get(slot)}
