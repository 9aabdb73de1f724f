"""Taking one text out of everything: what stands now, the history, frozen Stände. What it said is kept nowhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from selfcheck.core.permissions import Allowed, Role
from selfcheck.core.plain import to_plain
from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.removed import Removed, fill_marks
from selfcheck.core.rules.answers import Uploaded
from selfcheck.store.chamber.talk.good_examples import forget_words
from selfcheck.store.database import limits, tables
from selfcheck.store.database.damage import sound_rows
from selfcheck.store.database.journal import forget_journal
from selfcheck.store.database.times import local_day
from selfcheck.store.database.transactions import abandon, reading, writing
from selfcheck.store.files.revisions import StoredFile, list_files, take_out
from selfcheck.store.history.changes import CHANGES, Change, read_changes
from selfcheck.store.history.moments import read_present
from selfcheck.store.history.put_back import Desk, open_desk
from selfcheck.store.parts.changes import Entered, write_changes
from selfcheck.store.parts.kinds.frozen_texts import Versions, clear_file
from selfcheck.store.parts.kinds.kind import AnyKind
from selfcheck.store.parts.kinds.register import KINDS
from selfcheck.store.parts.loading import EVIDENCE, lock
from selfcheck.store.parts.values import Check, Who
from selfcheck.store.parts.work import Work
from selfcheck.store.parts.writes import Part
from selfcheck.store.sharing.stands import dump_content, is_sound

COORDINATOR = Allowed(Role.COORDINATOR)
Clear = Callable[[dict[str, object], Versions], bool]
"""Takes texts out of a frozen content; whether there were any."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What would be taken out of one slot: every text that ever stood there with the name of its field, newest
    first, and in how many frozen Stände. `question` is the question of a piece of evidence or a comment."""

    part: str
    subject: str
    texts: tuple[tuple[str, str], ...]
    frozen: int
    question: str = ""
    files: int = 0
    """So many files of a piece of evidence go with its texts."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Who takes a text out: the `label` of their place stands in the marks, `words` in frozen Stände, `reason` in the
    history."""

    label: str
    words: str
    reason: str


@dataclass(frozen=True)
class _Slot:
    """One slot with all that ever stood there, newest first; `changes` are those that told of it."""

    kind: AnyKind
    subject: str
    changes: Sequence[Change]
    contents: Sequence[object]
    questionnaire: Questionnaire
    piece: int | None = None
    """The id of a piece of evidence, and the numbers of its files."""
    files: Sequence[int] = ()

    def texts(self) -> dict[tuple[str, str], None]:
        """Every text with the name of its field, each once."""
        return dict.fromkeys(
            text for told in self.contents for text in self.kind.list_texts(self.questionnaire, self.subject, told)
        )

    def versions(self, words: str) -> Versions:
        texts = self.texts()
        fields, said = frozenset(name for name, _ in texts), frozenset(text for _, text in texts)
        return Versions(self.subject, self.contents, fields, said, words)

    @property
    def question(self) -> str:
        """The question of a piece of evidence or a comment."""
        told = (content.get("question") for content in self.contents if isinstance(content, Mapping))
        return str(next(told, None) or "")


def find_texts(check: Check, questionnaire: Questionnaire, part: str, subject: str) -> Texts | None:
    """What somebody is shown before they take it out; None where there is no such slot. Changes nothing."""
    kind = KINDS.get(part)
    # addresses can hold anything, even what a database refuses to be asked
    if kind is None or not kind.typed or not subject.isprintable() or len(subject) > limits.KEY:
        return None
    connection = reading()
    present = read_present(connection, check)
    by = Who(None, "")
    work = Work(connection, check, questionnaire, present.stock, by, check.changed_at, COORDINATOR)
    slot = _find(work, kind, subject)
    texts = tuple(slot.texts())
    if not kind.comes_back and not texts:
        return None
    versions = slot.versions("")
    frozen = sum(
        _clear(kind.clear_frozen, content, versions) is not None
        for _, content, _, _ in _read_frozen(connection, check.id)
    )
    return Texts(part, subject, texts, frozen, slot.question, len(slot.files))


def redact(
    check: Check, questionnaire: Questionnaire, part: str, subject: str, taken: Taken, by: Who, now: datetime
) -> bool:
    """Takes all texts of one slot out, in one transaction; twice is once. False where there was none.

    Raises `Gone`, `TooLong` for the reason, or `DamagedRow`.
    """
    reason = limits.keep_line(taken.reason, "reason", limits.LINE)
    kind, removed = KINDS[part], Removed(local_day(now), taken.label)
    with writing() as connection:
        desk = open_desk(connection, check, questionnaire, by, now, COORDINATOR)
        work = desk.work
        slot = _find(work, kind, subject)
        versions = slot.versions(taken.words)
        if not versions.fields:
            abandon()
            return False
        _mark_changes(connection, slot, removed)
        _clear_present(desk, slot, removed)
        _clear_frozen(connection, check.id, kind.clear_frozen, versions, taken.label, now)
        if slot.piece is not None:
            take_files(connection, check.id, slot.piece, slot.files, taken, now)
        if part in (Part.CHOICE, Part.NOTE):
            forget_words(connection, check.id, subject, taken.label, now)
        told = {"part": part, "question": slot.question, "reason": reason}
        work.enter(Part.REDACTION, subject, None, {name: text for name, text in told.items() if text})
        work.store()
        note(connection, check.id, part, subject, reason, by, now)
    forget_journal()
    return True


def _find(work: Work, kind: AnyKind, subject: str) -> _Slot:
    mine = (tables.Change.check_id == work.check.id, tables.Change.part == kind.part, tables.Change.subject == subject)
    changes = read_changes(work.connection, CHANGES.where(*mine).order_by(tables.Change.id.desc()))
    standing = _standing(work, kind, subject)
    told = [content for change in changes for content in (change.after, change.before)]
    contents = [content for content in (standing, *told) if content is not None]
    slot = _Slot(kind, subject, changes, contents, work.questionnaire)
    row = work.rows(EVIDENCE).get(subject) if kind.part == Part.EVIDENCE else None
    if row is None:
        return slot
    there = [file.number for file in list_files(work.check.id, row.id, work.connection) if file.removed_at is None]
    return replace(slot, piece=row.id, files=there)


def _standing(work: Work, kind: AnyKind, subject: str) -> object:
    """What is stored at a slot, also where it was removed: its row is kept."""
    row = kind.find(work.rows(kind.shelf), subject)
    return kind.tell(kind.say(row)) if row is not None else None


def _mark_changes(connection: Connection, slot: _Slot, removed: Removed) -> None:
    def take(content: object) -> object:
        return slot.kind.take_out(slot.questionnaire, slot.subject, content, removed)

    marked = [{"row": each.id, "was": take(each.before), "became": take(each.after)} for each in slot.changes]
    values = {
        "before": bindparam("was", type_=tables.Change.before.type),
        "after": bindparam("became", type_=tables.Change.after.type),
    }
    if marked:
        connection.execute(update(tables.Change).where(tables.Change.id == bindparam("row")).values(values), marked)


def _clear_present(desk: Desk, slot: _Slot, removed: Removed) -> None:
    """What was removed stays removed."""
    kind, subject = slot.kind, slot.subject
    standing = _standing(desk.work, kind, subject)
    cleared = fill_marks(kind.take_out(slot.questionnaire, subject, standing, removed))
    if cleared != standing:
        with sound_rows():
            gone = (kind.part, subject) not in desk.present.contents
            kind.write_back(desk.work, subject, cleared, gone=gone)


def _read_frozen(connection: Connection, check_id: int) -> Sequence[Row[int, str, str, str | None]]:
    frozen = tables.Snapshot
    wanted = select(frozen.id, frozen.content, frozen.sha256, frozen.redacted_sha256)
    return connection.execute(wanted.where(frozen.check_id == check_id)).all()


def _clear(clear: Clear, text: str, versions: Versions) -> str | None:
    """The frozen content without the texts; None where there are none."""
    try:
        content = json.loads(text)
    except ValueError:  # damaged: no report comes of it any more
        return "" if any(json.dumps(each, ensure_ascii=False)[1:-1] in text for each in versions.texts) else None
    if not isinstance(content, dict) or not clear(content, versions):
        return None
    return dump_content(content)


def _clear_frozen(
    connection: Connection, check_id: int, clear: Clear, versions: Versions, label: str, now: datetime
) -> None:
    """What was damaged before stays so: it gets no second hash that fits."""
    cleared = []
    for id, text, sha256, redacted in _read_frozen(connection, check_id):
        content = _clear(clear, text, versions)
        if content is not None:
            sound = is_sound(text, sha256, redacted)
            digest = hashlib.sha256(content.encode()).hexdigest() if sound else redacted
            cleared.append({"row": id, "left": content, "digest": digest, "when": now, "whose": label})
    if cleared:
        row = update(tables.Snapshot).where(tables.Snapshot.id == bindparam("row"))
        row = row.values(content=bindparam("left"), redacted_sha256=bindparam("digest"))
        connection.execute(row.values(redacted_at=bindparam("when"), redacted_by=bindparam("whose")), cleared)


def take_files(
    connection: Connection, check_id: int, piece: int, numbers: Sequence[int], taken: Taken, now: datetime
) -> Sequence[StoredFile]:
    """Takes files of a piece out of everything: their bytes, their names, what frozen Stände say of them. Those that
    went; twice is once.
    """
    gone = take_out(connection, check_id, piece, numbers, taken.label, now)
    if gone:
        told = [to_plain(Uploaded(file.name, file.size, local_day(file.at), file.number)) for file in gone]
        versions = Versions(str(piece), told, frozenset({"file"}), frozenset(), taken.words)
        _clear_frozen(connection, check_id, clear_file, versions, taken.label, now)
    return gone


def redact_file(check: Check, piece: int, number: int, taken: Taken, by: Who, now: datetime) -> bool:
    """Takes one file out of everything, in one transaction; twice is once. False where there was none.

    Raises `Gone`, or `TooLong` for the reason.
    """
    reason = limits.keep_line(taken.reason, "reason", limits.LINE)
    evidence = tables.Evidence
    wanted = select(evidence.key, evidence.question).where(evidence.check_id == check.id, evidence.id == piece)
    with writing() as connection:
        lock(connection, check.id, now)
        row = connection.execute(wanted).first()
        if row is None or not take_files(connection, check.id, piece, [number], taken, now):
            abandon()
            return False
        told = {"part": Part.FILE, "question": row.question, "reason": reason}
        said = {name: text for name, text in told.items() if text}
        write_changes(connection, check.id, [Entered(Part.REDACTION, row.key, None, said)], by, now)
        note(connection, check.id, Part.FILE, row.key, reason, by, now)
    forget_journal()
    return True


def note(connection: Connection, check_id: int, part: str, subject: str, reason: str, by: Who, now: datetime) -> None:
    """That something was taken out, for good."""
    row = {"part": part, "subject": subject, "reason": reason, "by": by.label, "grant_id": by.grant_id, "at": now}
    connection.execute(insert(tables.Redaction).values(check_id=check_id, **row))


def take_comment_from_stands(
    connection: Connection, check_id: int, comment_id: int, taken: Taken, now: datetime
) -> None:
    """Where a comment was shared, the words of `taken` stand instead of it."""
    versions = Versions(str(comment_id), (), frozenset({"text"}), frozenset(), taken.words)
    _clear_frozen(connection, check_id, KINDS[Part.COMMENT].clear_frozen, versions, taken.label, now)


def holds_text(questionnaire: Questionnaire, change: Change) -> bool:
    """Whether a line of the history holds a text that somebody typed, and that can be taken out."""
    kind = KINDS.get(change.part)
    told = (change.before, change.after)
    return kind is not None and any(any(kind.list_texts(questionnaire, change.subject, each)) for each in told)
