"""Writing back what stood there before: one change, or everything since a Stand. What was there later stays told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, update

from selfcheck.core.questionnaire.model import QuestionId, Questionnaire
from selfcheck.store.database import limits, tables
from selfcheck.store.database.damage import sound_rows
from selfcheck.store.database.times import local_day
from selfcheck.store.database.transactions import abandon, upsert, writing
from selfcheck.store.history.changes import LARGEST, Change, write_changes
from selfcheck.store.history.contents import (
    DETAILS,
    KEPT,
    Place,
    find_entry,
    put_choice,
    put_entry,
    put_piece,
    put_step,
    raw_content,
    settle_content,
)
from selfcheck.store.history.states import (
    CHANGES,
    Moment,
    Present,
    add_name,
    contents_at,
    find_state,
    newest_change,
    read_later,
    read_present,
    settle_all,
)
from selfcheck.store.parts import answer_writes, entry_writes, evidence_writes, steps
from selfcheck.store.parts.details import details_columns, details_from_plain
from selfcheck.store.parts.locking import lock
from selfcheck.store.parts.values import (
    Check,
    Details,
    StoredAnswer,
    Who,
)
from selfcheck.store.parts.steps import StoredStep
from selfcheck.store.parts.work import Work, plain_fields
from selfcheck.store.parts.writes import (
    LISTS,
    Current,
    Outcome,
    Part,
    Saved,
    settle,
)

NEVER_SEEN = -1


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of taking a line of the history back: `line` as it stands there, from its oldest to its newest
    change; a `Conflict` in `outcome` shows the plain content that stands there now."""

    line: Change
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class GoneBack:
    """`changed`: how many places were written; 0 where nothing differs. `moved`: somebody changed something since the
    page was shown, and nothing was written."""

    changed: int
    moved: bool = False


@dataclass
class Desk:
    """A self-check with what is to be put down; beside `work`, steps and details."""

    present: Present
    work: Work
    steps: dict[str, StoredStep] = field(default_factory=dict)
    details: Details | None = None

    def standing(self, place: Place) -> Current[Any]:
        """What stands at `place`, with its version and its last change."""
        part, subject = place
        content = self.present.contents.get(place)
        stock = self.present.stock
        found: Any = None
        if part in (Part.CHOICE, Part.NOTE):
            answer = stock.answers.get(QuestionId(subject)) or StoredAnswer.untouched(QuestionId(subject))
            if part is Part.CHOICE:
                return Current(content, content, answer.choice_version, answer.choice_by, answer.choice_at)
            return Current(content, content, answer.note_version, answer.note_by, answer.note_at)
        if part is Part.EVIDENCE:
            found = stock.evidence.get(subject)
        elif part in LISTS:
            found = find_entry(stock, part, int(subject))
        elif part is Part.STEP:
            found = self.present.steps.get(subject)
        elif part is Part.DETAILS:
            found = self.present.check
        if found is None:
            return Current(None, None, 0, "", None)
        return Current(content, content, found.version, found.by, found.at)

    def put(self, place: Place, wanted: Any) -> None:
        """Writes the settled content `wanted` at `place` and enters it in the history."""
        self.lay(place, wanted)
        before = raw_content(place, self.present.contents.get(place))
        self.work.enter(place[0], place[1], before, raw_content(place, wanted))

    def lay(self, place: Place, wanted: Any) -> None:
        """Writes the content without a word in the history."""
        if place[0] is Part.EVIDENCE and wanted is not None and place not in self.present.contents:
            self._keep_few(wanted)
        with sound_rows():
            _LAY.get(place[0], _lay_entry)(self, place, wanted, wanted is None)

    def row_content(self, place: Place) -> Any:
        """What is stored at `place`, also where it was removed."""
        part, subject = place
        if place in self.present.contents:
            return self.present.contents[place]
        with sound_rows():
            if part is Part.EVIDENCE:
                return plain_fields(self.present.stock.evidence.get(subject), evidence_writes.CONTENT)
            if part is Part.STEP:
                return plain_fields(self.present.steps.get(subject), steps.CONTENT)
            known = part in LISTS and subject.isdigit() and subject.isascii()
            entry = find_entry(self.present.stock, part, int(subject)) if known else None
        return plain_fields(entry.text) if entry else None

    def rewrite(self, place: Place, content: Any) -> None:
        """Writes other content at a place without a word in the history; what was removed stays removed."""
        gone = place not in self.present.contents
        with sound_rows():
            _LAY.get(place[0], _lay_entry)(self, place, content, gone)

    def _keep_few(self, wanted: Any) -> None:
        question = wanted.get("question", "") if isinstance(wanted, Mapping) else ""
        pieces = self.work.stock.evidence.values()
        limits.keep_few(question, sum(piece.question == question and piece.removed_at is None for piece in pieces))

    @property
    def stamp(self) -> dict[str, Any]:
        return {"by": self.work.by.label, "at": self.work.now}

    def store(self, connection: Connection) -> None:
        """Puts everything down."""
        work = self.work
        answer_writes.store_answers(work, connection)
        evidence_writes.store_evidence(work, connection)
        entry_writes.store_entries(work, connection)
        if self.steps:
            rows = [steps.step_row(work.check_id, self.steps[key]) for key in sorted(self.steps)]
            upsert(connection, tables.Step, rows, ("check_id", "key"))
        if self.details is not None:
            version = {"version": self.present.check.version + 1}
            mine = update(tables.SelfCheck).where(tables.SelfCheck.id == work.check_id)
            connection.execute(mine.values(details_columns(self.details) | self.stamp | version))
        write_changes(connection, work.check_id, work.changes, work.by, work.now)


def open_desk(connection: Connection, check: Check, questionnaire: Questionnaire, by: Who, now: datetime) -> Desk:
    """Five statements; nobody else writes to the self-check before the transaction ends. Raises `Gone`."""
    present = read_present(connection, lock(connection, check.id, now))
    return Desk(present, Work(check.id, questionnaire, present.stock, by, now))


def take_back(
    check: Check,
    questionnaire: Questionnaire,
    line: tuple[int, int],
    allowed: Collection[str],
    by: Who,
    now: datetime,
    decided: int | None = None,
) -> TakenBack | None:
    """Writes back what stood there before the oldest change of `line`, if what its newest left stands there still.

    `decided`: the version over which somebody wants to write although it is another one. None where these are not
    changes of one place of this self-check, or its part is not among `allowed`. Raises `Gone`, `TooMany` or
    `DamagedRow`.
    """
    with writing() as connection:
        desk = open_desk(connection, check, questionnaire, by, now)
        found = _read_line(connection, check.id, line)
        if found is None or found.part not in allowed:
            abandon()
            return None
        place = (Part(found.part), found.subject)
        outcome = _settle(desk, place, found, decided)
        if isinstance(outcome, Saved):
            desk.put(place, settle_content(place[0], found.before))
            desk.store(connection)
        else:
            abandon()
        return TakenBack(found, outcome)


def _settle(desk: Desk, place: Place, line: Change, decided: int | None) -> Outcome:
    with sound_rows():
        current = desk.standing(place)
        wanted, left = (settle_content(place[0], content) for content in (line.before, line.after))
    seen = current.version if current.content == left else NEVER_SEEN
    return settle(current, seen if decided is None else decided, wanted, desk.work.now)


def _read_line(connection: Connection, check_id: int, line: tuple[int, int]) -> Change | None:
    """Two changes of one place as one line."""
    ids = [max(0, min(id, LARGEST)) for id in line]
    wanted = CHANGES.where(tables.Change.check_id == check_id, tables.Change.id.in_(ids)).order_by(tables.Change.id)
    with sound_rows():
        found = [Change(*row) for row in connection.execute(wanted)]
    if not found or {each.id for each in found} != set(ids):
        return None
    oldest, newest = found[0], found[-1]
    same = (oldest.part, oldest.subject) == (newest.part, newest.subject)
    kept = same and newest.part in [part.value for part in KEPT]
    return replace(newest, id=oldest.id, before=oldest.before, last=newest.id) if kept else None


def go_back(
    check: Check,
    questionnaire: Questionnaire,
    state_id: int,
    newest: int,
    with_details: bool,
    rescue: str,
    by: Who,
    now: datetime,
) -> GoneBack | None:
    """Makes everything as it was at a named Stand, in one transaction; names the present state `rescue` first.

    `newest` is the last change that the person saw: later ones stop it. None where there is no such Stand.
    Raises `Gone` or `DamagedRow`.
    """
    with writing() as connection:
        desk = open_desk(connection, check, questionnaire, by, now)
        state = find_state(connection, check.id, state_id)
        last = newest_change(connection, check.id)
        if state is None or last != newest:
            abandon()
            return None if state is None else GoneBack(0, moved=True)
        wanted = _differences(connection, desk, state, with_details)
        if not wanted:
            abandon()
            return GoneBack(0)
        add_name(connection, check.id, rescue, last, by, now)
        for place, content in wanted.items():
            desk.put(place, content)
        desk.store(connection)
        return GoneBack(len(wanted))


def _differences(connection: Connection, desk: Desk, state: Moment, with_details: bool) -> dict[Place, Any]:
    """What to write, by place, to be where `state` was."""
    later = read_later(connection, desk.work.check_id, [state.change_id])
    present = desk.present.contents
    then = settle_all(contents_at(present, state.change_id, later))
    return differing(present, then, with_details)


def differing(present: Mapping[Place, Any], then: Mapping[Place, Any], with_details: bool) -> dict[Place, Any]:
    """The settled contents of `then` at every place where it is not as `present`."""
    places = dict.fromkeys((*present, *then))
    found = {place: then.get(place) for place in places if present.get(place) != then.get(place)}
    if not with_details:
        found.pop(DETAILS, None)
    return found


def _lay_choice(desk: Desk, place: Place, wanted: Any, gone: bool) -> None:
    stored = desk.work.stock.answers.get(QuestionId(place[1])) or StoredAnswer.untouched(QuestionId(place[1]))
    version, by, now = stored.choice_version + 1, desk.work.by.label, desk.work.now
    _keep_answer(desk, put_choice(stored, wanted)._replace(choice_version=version, choice_by=by, choice_at=now))


def _lay_note(desk: Desk, place: Place, wanted: Any, gone: bool) -> None:
    stored = desk.work.stock.answers.get(QuestionId(place[1])) or StoredAnswer.untouched(QuestionId(place[1]))
    version, by, now = stored.note_version + 1, desk.work.by.label, desk.work.now
    _keep_answer(desk, stored._replace(note=wanted or "", note_version=version, note_by=by, note_at=now))


def _keep_answer(desk: Desk, answer: StoredAnswer) -> None:
    desk.work.stock.answers[answer.question] = answer
    desk.work.answers.add(answer.question)


def _lay_piece(desk: Desk, place: Place, wanted: Any, gone: bool) -> None:
    key, pieces = place[1], desk.work.stock.evidence
    stored = pieces.get(key)
    piece = stored if wanted is None else put_piece(key, stored, wanted)
    if piece is not None:
        removed = desk.work.now if gone else None
        pieces[key] = piece._replace(version=piece.version + 1, removed_at=removed, **desk.stamp)
        desk.work.evidence.add(key)


def _lay_entry(desk: Desk, place: Place, wanted: Any, gone: bool) -> None:
    part, number = place[0], int(place[1])
    stored = find_entry(desk.work.stock, part, number)
    entry = stored if wanted is None else put_entry(part, number, stored, wanted)
    if entry is not None:
        removed = desk.work.now if gone else None
        kept = replace(entry, version=entry.version + 1, removed_at=removed, **desk.stamp)
        desk.work.stock.entries[part, entry.key] = kept
        desk.work.entries.add((part, entry.key))


def _lay_step(desk: Desk, place: Place, wanted: Any, gone: bool) -> None:
    key, today = place[1], local_day(desk.work.now)
    stored = desk.present.steps.get(key)
    told = raw_content(place, wanted)
    step = stored if told is None else put_step(key, stored, told, today)
    if step is not None:
        removed = desk.work.now if gone and step.own else None
        desk.steps[key] = replace(step, version=step.version + 1, removed_at=removed, **desk.stamp)


def _lay_details(desk: Desk, place: Place, wanted: Any, gone: bool) -> None:
    desk.details = details_from_plain(wanted)


_LAY = {
    Part.CHOICE: _lay_choice,
    Part.NOTE: _lay_note,
    Part.EVIDENCE: _lay_piece,
    Part.STEP: _lay_step,
    Part.DETAILS: _lay_details,
}
