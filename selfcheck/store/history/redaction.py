"""Taking one text out of everything: what stands now, the history, frozen Stände. What it said is kept nowhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.removed import Removed, fill_marks
from selfcheck.store.database import limits, tables
from selfcheck.store.database.damage import sound_rows
from selfcheck.store.database.times import local_day
from selfcheck.store.database.transactions import (
    abandon,
    forget_journal,
    reading,
    writing,
)
from selfcheck.store.history.changes import Change
from selfcheck.store.history.contents import Place
from selfcheck.store.history.frozen_texts import Versions, clear_frozen
from selfcheck.store.history.put_back import Desk, open_desk
from selfcheck.store.history.states import CHANGES, read_present
from selfcheck.store.history.texts import WITH_TEXTS, list_texts, take_out
from selfcheck.store.parts.values import Check, Who
from selfcheck.store.parts.work import Work
from selfcheck.store.parts.writes import Part
from selfcheck.store.sharing.shares import dump_content, is_sound


@dataclass(frozen=True, slots=True)
class Texts:
    """What would be taken out at one place: every text that ever stood there with the name of its field, newest
    first, and in how many frozen Stände. `question` is the question of a piece of evidence or a comment."""

    part: Part
    subject: str
    texts: tuple[tuple[str, str], ...]
    frozen: int
    question: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """Who takes a text out: `place` stands in the marks, `words` in frozen Stände, `reason` in the history."""

    place: str
    words: str
    reason: str


@dataclass(frozen=True)
class _Found:
    """One place with all its versions; `changes` are those that hold any."""

    part: Part
    subject: str
    changes: Sequence[Change]
    contents: Sequence[Any]


def find_texts(check: Check, questionnaire: Questionnaire, part: str, subject: str) -> Texts | None:
    """What somebody is shown before they take it out; None where there is no such place. Changes nothing."""
    if part not in [each.value for each in WITH_TEXTS] + [Part.COMMENT.value] or not _may_be_subject(subject):
        return None
    connection = reading()
    if part == Part.COMMENT:
        return _find_comment(connection, check.id, subject)
    present = read_present(connection, check)
    desk = Desk(present, Work(check.id, questionnaire, present.stock, Who(None, ""), check.changed_at))
    found = _find(connection, desk, Part(part), subject)
    versions = _versions(questionnaire, found, "")
    frozen = sum(_clear(content, versions) is not None for _, content, _, _ in _read_frozen(connection, check.id))
    listed = dict.fromkeys(
        text for content in found.contents for text in list_texts(questionnaire, found.part, subject, content)
    )
    return Texts(found.part, subject, tuple(listed), frozen, _question(found))


def _may_be_subject(text: str) -> bool:
    """Whether it is worth asking for: addresses can hold anything, even what a database refuses to be asked."""
    return text.isprintable() and len(text) <= limits.KEY


def redact(
    check: Check, questionnaire: Questionnaire, part: str, subject: str, taken: Taken, by: Who, now: datetime
) -> bool:
    """Takes all texts of one place out, in one transaction; twice is once. False where there was none.

    Raises `Gone`, `TooLong` for the reason, or `DamagedRow`.
    """
    reason = limits.keep_line(taken.reason, "reason", limits.LINE)
    removed = Removed(local_day(now), taken.place)
    with writing() as connection:
        desk = open_desk(connection, check, questionnaire, by, now)
        question = _take_out(connection, desk, Part(part), subject, taken, removed)
        if question is None:
            abandon()
            return False
        told = {"part": part, "question": question, "reason": reason}
        desk.work.enter(Part.REDACTION, subject, None, {name: each for name, each in told.items() if each})
        desk.store(connection)
        row = {"part": part, "subject": subject, "reason": reason, "by": by.label, "grant_id": by.grant_id, "at": now}
        connection.execute(insert(tables.Redaction).values(check_id=check.id, **row))
    forget_journal()
    return True


def _take_out(
    connection: Connection, desk: Desk, part: Part, subject: str, taken: Taken, removed: Removed
) -> str | None:
    """The question that it belonged to, or nothing; None where no text was found."""
    check_id, questionnaire = desk.work.check_id, desk.work.questionnaire
    if part is Part.COMMENT:
        return _take_out_comment(connection, check_id, subject, taken, desk.work.now)
    found = _find(connection, desk, part, subject)
    versions = _versions(questionnaire, found, taken.words)
    if not versions.fields:
        return None
    _mark_changes(connection, questionnaire, found, removed)
    _clear_present(connection, desk, found, removed)
    _clear_frozen(connection, check_id, versions, taken.place, desk.work.now)
    return _question(found)


def _find(connection: Connection, desk: Desk, part: Part, subject: str) -> _Found:
    mine = (
        tables.Change.check_id == desk.work.check_id,
        tables.Change.part == part.value,
        tables.Change.subject == subject,
    )
    with sound_rows():
        changes = [Change(*row) for row in connection.execute(CHANGES.where(*mine).order_by(tables.Change.id.desc()))]
        standing = [_standing(connection, desk, (part, subject))]
    told = [content for change in changes for content in (change.after, change.before)]
    return _Found(part, subject, changes, [content for content in (*standing, *told) if content is not None])


def _standing(connection: Connection, desk: Desk, place: Place) -> Any:
    """What is stored at a place, also where it was removed: its row is kept."""
    if place[0] is not Part.MESSAGE:
        return desk.row_content(place)
    mine = (tables.Place.check_id == desk.work.check_id, tables.Place.public_id == place[1])
    return connection.execute(select(tables.Place.message).where(*mine)).scalar()


def _versions(questionnaire: Questionnaire, found: _Found, words: str) -> Versions:
    listed = [
        each for content in found.contents for each in list_texts(questionnaire, found.part, found.subject, content)
    ]
    names, texts = frozenset(name for name, _ in listed), frozenset(text for _, text in listed)
    return Versions(found.part, found.subject, found.contents, names, texts, words)


def _question(found: _Found) -> str:
    if found.part is not Part.EVIDENCE:
        return ""
    told = (content.get("question") for content in found.contents if isinstance(content, Mapping))
    return str(next(told, ""))


def _mark_changes(connection: Connection, questionnaire: Questionnaire, found: _Found, removed: Removed) -> None:
    def take(content: Any) -> Any:
        return take_out(questionnaire, found.part, found.subject, content, removed)

    kind = tables.Change.before.type
    marked = [{"row": each.id, "was": take(each.before), "became": take(each.after)} for each in found.changes]
    values = {"before": bindparam("was", type_=kind), "after": bindparam("became", type_=kind)}
    if marked:
        connection.execute(update(tables.Change).where(tables.Change.id == bindparam("row")).values(values), marked)


def _clear_present(connection: Connection, desk: Desk, found: _Found, removed: Removed) -> None:
    place = (found.part, found.subject)
    standing = _standing(connection, desk, place)
    cleared = fill_marks(take_out(desk.work.questionnaire, *place, standing, removed))
    if cleared == standing:
        return
    if found.part is Part.MESSAGE:
        mine = (tables.Place.check_id == desk.work.check_id, tables.Place.public_id == found.subject)
        values = {"message": "", "message_version": tables.Place.message_version + 1}
        connection.execute(update(tables.Place).where(*mine).values(values))
    else:
        desk.rewrite(place, cleared)


def _read_frozen(connection: Connection, check_id: int) -> Sequence[Row[int, str, str, str | None]]:
    columns = (tables.Snapshot.id, tables.Snapshot.content, tables.Snapshot.sha256, tables.Snapshot.redacted_sha256)
    return connection.execute(select(*columns).where(tables.Snapshot.check_id == check_id)).all()


def _clear(text: str, versions: Versions) -> str | None:
    """The frozen content without the texts; None where there are none."""
    try:
        content = json.loads(text)
    except ValueError:  # damaged: no report comes of it any more
        return "" if any(json.dumps(each, ensure_ascii=False)[1:-1] in text for each in versions.texts) else None
    if not isinstance(content, dict) or not clear_frozen(content, versions):
        return None
    return dump_content(content)


def _clear_frozen(connection: Connection, check_id: int, versions: Versions, place: str, now: datetime) -> None:
    """What was damaged before stays so: it gets no second hash that fits."""
    cleared = []
    for id, text, sha256, redacted in _read_frozen(connection, check_id):
        content = _clear(text, versions)
        if content is not None:
            sound = is_sound(text, sha256, redacted)
            digest = hashlib.sha256(content.encode()).hexdigest() if sound else redacted
            cleared.append({"row": id, "left": content, "digest": digest, "when": now, "whose": place})
    values: dict[str, Any] = {
        "content": bindparam("left"),
        "redacted_sha256": bindparam("digest"),
        "redacted_at": bindparam("when"),
        "redacted_by": bindparam("whose"),
    }
    if cleared:
        connection.execute(
            update(tables.Snapshot).where(tables.Snapshot.id == bindparam("row")).values(values), cleared
        )


def _find_comment(connection: Connection, check_id: int, subject: str) -> Texts | None:
    mine = (
        tables.Comment.check_id == check_id,
        tables.Comment.id == _number(subject),
        tables.Comment.removed_at.is_(None),
    )
    row = connection.execute(select(tables.Comment.question, tables.Comment.text).where(*mine)).first()
    if row is None:
        return None
    versions = _comment_versions(subject, "")
    frozen = sum(_clear(content, versions) is not None for _, content, _, _ in _read_frozen(connection, check_id))
    return Texts(Part.COMMENT, subject, (("", row.text),), frozen, row.question)


def _take_out_comment(connection: Connection, check_id: int, subject: str, taken: Taken, now: datetime) -> str | None:
    mine = (
        tables.Comment.check_id == check_id,
        tables.Comment.id == _number(subject),
        tables.Comment.removed_at.is_(None),
    )
    gone = update(tables.Comment).where(*mine).values(text="", removed_at=now).returning(tables.Comment.question)
    question: str | None = connection.execute(gone).scalar()
    if question is not None:
        take_comment_from_stands(connection, check_id, subject, taken, now)
    return question


def take_comment_from_stands(connection: Connection, check_id: int, subject: str, taken: Taken, now: datetime) -> None:
    """Where the comment `subject` (its id) was shared, the words of `taken` stand instead of it."""
    _clear_frozen(connection, check_id, _comment_versions(subject, taken.words), taken.place, now)


def _comment_versions(subject: str, words: str) -> Versions:
    return Versions(Part.COMMENT, subject, (), frozenset({"text"}), frozenset(), words)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
