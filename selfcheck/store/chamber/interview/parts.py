"""The interview of a case: agenda and record, part by part. Every save names the version of the part that it saw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from selfcheck.core.review.agenda import LONGEST, RowPlan, is_own
from selfcheck.core.review.record import BY_SUBJECT, Field, Method, RecordState, may_write
from selfcheck.store.chamber.case_changes import CaseEntered, CasePart, write_case_changes
from selfcheck.store.chamber.cases import Advisor
from selfcheck.store.chamber.interview.versions import RecordClosed, StoredVersion, read_versions, state_of
from selfcheck.store.chamber.locking import lock_case
from selfcheck.store.database import limits, tables
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.parts.work import DoesNotFit
from selfcheck.store.parts.writes import Conflict, Current, Saved, Unchanged, Write, settle

LINES = {Field.MINUTES: 3, Field.PLACE: limits.LINE, Field.WHO: limits.LINE, Field.PERIOD: limits.LINE}
"""How long the fields of one line are; `METHOD` is one of `Method`, all others are longer texts."""
Outcome = Saved | Unchanged | Conflict
Key = tuple[str, str]
"""Part and subject."""


@dataclass(frozen=True, slots=True)
class StoredPart:
    """A part as it stands: a text, or what is set of a row."""

    content: str | RowPlan
    version: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Interview:
    """Everything that was written. `moment` is the newest change of the case: what is known of it."""

    parts: Mapping[Key, StoredPart]
    versions: tuple[StoredVersion, ...]
    moment: int

    @property
    def state(self) -> RecordState:
        return state_of(self.versions)

    @property
    def plans(self) -> dict[str, RowPlan]:
        """What is set of rows, by key; own ones in the order in which they came."""
        found = {subject: part.content for (name, subject), part in self.parts.items() if name == CasePart.ROW}
        return {subject: plan for subject, plan in found.items() if isinstance(plan, RowPlan)}

    def text(self, field: Field, subject: str = "") -> str:
        part = self.parts.get((field, subject))
        return part.content if part is not None and isinstance(part.content, str) else ""

    def texts(self, field: Field) -> dict[str, str]:
        """The texts of one field that say something, by subject."""
        found = {subject: self.text(field, subject) for name, subject in self.parts if name == field}
        return {subject: text for subject, text in found.items() if text}


def read_interview(case_id: int) -> Interview:
    """Agenda and record of a case as they stand: four statements."""
    connection = reading()
    return Interview(_read_parts(connection, case_id), read_versions(case_id), _find_moment(connection, case_id))


def save(case_id: int, writes: Sequence[Write], by: Advisor, now: datetime) -> list[Outcome]:
    """Writes each part whose version is the one that stands there, in one transaction with its history; what became of
    each, in the same order. The content of a `CasePart.ROW` is a `RowPlan`; all others are a `Field`, with a text.

    Raises `RecordClosed` where the record is finished and says something else, `CaseGone`, `TooLong`, `TooMany` and
    `DoesNotFit`.
    """
    kept = [_keep(write) for write in writes]
    with writing() as connection:
        lock_case(connection, case_id)
        stored = _read_parts(connection, case_id)
        outcomes = [_settle(stored.get(_key(write)), write, now) for write in kept]
        if not all(isinstance(each, Unchanged) for each in outcomes) and not may_write(
            state_of(read_versions(case_id))
        ):
            raise RecordClosed
        saved = [(write, each) for write, each in zip(kept, outcomes, strict=True) if isinstance(each, Saved)]
        _keep_few(stored, [write for write, _ in saved])
        for write, outcome in saved:
            _lay(connection, case_id, write, outcome, by)
        changes = [
            CaseEntered(write.part, _key(write)[1], _tell(stored.get(_key(write))), _plain(write.content))
            for write, _ in saved
        ]
        write_case_changes(connection, case_id, changes, by.author, by.account_id, now)
    return outcomes


def _key(write: Write) -> Key:
    return write.part, write.subject or ""


def _keep(write: Write) -> Write:
    """`write` as it is stored."""
    subject = write.subject or ""
    if len(subject) > limits.ID:
        raise DoesNotFit(subject[: limits.ID])
    if write.part == CasePart.ROW:
        return replace(write, content=_keep_plan(subject, write.content))
    field = Field(write.part)
    if not isinstance(write.content, str) or bool(subject) != (field in BY_SUBJECT):
        raise DoesNotFit(field)
    return replace(write, content=_keep_text(field, write.content))


def _keep_text(field: Field, text: str) -> str:
    longest = LINES.get(field)
    kept = limits.keep_text(text, field, limits.NOTE) if longest is None else limits.keep_line(text, field, longest)
    if field is Field.METHOD and kept not in ("", *Method):
        raise DoesNotFit(field)
    if field is Field.MINUTES and kept and not (kept.isascii() and kept.isdigit() and 0 < int(kept) <= LONGEST):
        raise DoesNotFit(field)
    return kept


def _keep_plan(subject: str, plan: object) -> RowPlan:
    if not isinstance(plan, RowPlan) or not subject or bool(plan.title) != is_own(subject):
        raise DoesNotFit(CasePart.ROW)
    if plan.minutes is not None and not 0 < plan.minutes <= LONGEST:
        raise DoesNotFit(CasePart.ROW)
    return replace(plan, title=limits.keep_line(plan.title, "title", limits.TITLE))


def _keep_few(stored: Mapping[Key, StoredPart], writes: Sequence[Write]) -> None:
    """Raises `TooMany` where more own rows were added than anybody talks about."""
    own = {subject for part, subject in stored if part == CasePart.ROW and is_own(subject)}
    for write in writes:
        part, subject = _key(write)
        if part == CasePart.ROW and is_own(subject) and subject not in own:
            limits.keep_few(CasePart.ROW, len(own))
            own.add(subject)


def _settle(stored: StoredPart | None, write: Write, now: datetime) -> Outcome:
    if stored is None:
        nothing = RowPlan() if write.part == CasePart.ROW else ""
        return settle(Current(nothing, nothing, 0, "", None), write.seen_version, write.content, now)
    current = Current(stored.content, stored.content, stored.version, stored.by, stored.at)
    return settle(current, write.seen_version, write.content, now)


def _lay(connection: Connection, case_id: int, write: Write, outcome: Saved, by: Advisor) -> None:
    part, subject = _key(write)
    stamp = {"version": outcome.version, "by": by.author, "at": outcome.at}
    place: dict[str, object] = {"case_id": case_id, "subject": subject}
    if isinstance(write.content, RowPlan):
        plan = write.content
        table: type[tables.InterviewRow | tables.InterviewText] = tables.InterviewRow
        said: dict[str, object] = {"title": plan.title, "kept": plan.kept, "minutes": plan.minutes, **stamp}
    else:
        table, said = tables.InterviewText, {"text": write.content, **stamp}
        place["field"] = part
    if outcome.version == 1:
        connection.execute(insert(table).values({**place, **said}))
    else:
        columns = table.__table__.columns
        mine = (columns[name] == value for name, value in place.items())
        connection.execute(update(table).where(*mine).values(said))


def _tell(stored: StoredPart | None) -> Mapping[str, object] | None:
    return _plain(stored.content) if stored is not None else None


def _plain(content: object) -> Mapping[str, object]:
    """How the history tells it."""
    if isinstance(content, RowPlan):
        return {"title": content.title, "kept": content.kept, "minutes": content.minutes}
    return {"text": content}


def _read_parts(connection: Connection, case_id: int) -> dict[Key, StoredPart]:
    text, row = tables.InterviewText, tables.InterviewRow
    texts = select(text.field, text.subject, text.text, text.version, text.by, text.at)
    rows = select(row.subject, row.title, row.kept, row.minutes, row.version, row.by, row.at)
    found = {
        (str(each.field), str(each.subject)): StoredPart(each.text, each.version, each.by, each.at)
        for each in connection.execute(texts.where(text.case_id == case_id).order_by(text.id))
    }
    for each in connection.execute(rows.where(row.case_id == case_id).order_by(row.id)):
        plan = RowPlan(each.kept, each.minutes, each.title)
        found[CasePart.ROW, each.subject] = StoredPart(plan, each.version, each.by, each.at)
    return found


def _find_moment(connection: Connection, case_id: int) -> int:
    change = tables.CaseChange
    newest = select(func.coalesce(func.max(change.id), 0)).where(change.case_id == case_id)
    return connection.execute(newest).scalar_one()
