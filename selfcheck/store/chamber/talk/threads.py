"""Rückfragen of a chamber: what was asked of a town at which question, and what both sides said since.

Every message names how many its author had read (`seen`); whoever has not read the newest one says nothing yet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, Select, insert, select, update

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.review.case import Ball, CaseState, StepKind
from selfcheck.core.review.thread import (
    FINISHED,
    MessageKind,
    Side,
    ThreadState,
    can_take,
    case_after,
    next_state,
    side_of,
)
from selfcheck.core.review.told import OF_MESSAGE
from selfcheck.store.chamber.cases import Advisor
from selfcheck.store.chamber.locking import CaseGone, CaseRow, gone_since, hold_case, lock_case
from selfcheck.store.chamber.step_rows import before, enter_step
from selfcheck.store.chamber.town_history import tell_town
from selfcheck.store.database import limits, tables
from selfcheck.store.database.rows import read_row
from selfcheck.store.database.transactions import note, once, reading, writing
from selfcheck.store.parts.values import Who
from selfcheck.store.parts.work import hash_key


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """One turn of a thread. `by` is the name under which its author wrote it; `text` is empty only where it is done."""

    id: int
    kind: MessageKind
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredThread:
    """A Rückfrage with all its messages, oldest first. `read_at`: when somebody of the town first saw what it is asked
    now; None as long as nobody has."""

    id: int
    question: QuestionId
    state: ThreadState
    at: datetime
    read_at: datetime | None
    messages: tuple[StoredMessage, ...]

    @property
    def seen(self) -> int:
        """What a message must name that answers the newest one."""
        return len(self.messages)

    @property
    def last(self) -> StoredMessage:
        return self.messages[-1]

    @property
    def asked(self) -> StoredMessage:
        """What the town is to answer: the newest message with which the chamber opened it."""
        opening = (MessageKind.QUESTION, MessageKind.RETURNED)
        return next((each for each in reversed(self.messages) if each.kind in opening), self.messages[0])

    @property
    def came_back(self) -> bool:
        """zurückgegeben: open again because an answer was not enough."""
        return self.state is ThreadState.OPEN and self.last.kind is MessageKind.RETURNED


@dataclass(frozen=True, slots=True)
class Asked:
    """A thread as the town sees it. `locked`: it can be read only, for the report was withdrawn or the case is over."""

    thread: StoredThread
    chamber: str
    locked: bool


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody says who has read `seen` messages of a thread. `key` comes from the form: sent twice, it is one."""

    text: str
    key: str
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """It stands there; `again`: it did so before."""

    thread_id: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Somebody else said something in the thread meanwhile: nothing was written. None: nobody can say that now."""

    thread: StoredThread | None


_MESSAGE = tables.ThreadMessage
_READ_AFTER = {MessageKind.RETURNED: None}
"""What the town has read of a thread after a message, where that is otherwise than before."""
_COLUMNS = (
    tables.Thread.id,
    tables.Thread.question,
    tables.Thread.state,
    tables.Thread.at,
    tables.Thread.read_at,
    _MESSAGE.id.label("message_id"),
    _MESSAGE.kind,
    _MESSAGE.text,
    _MESSAGE.by,
    _MESSAGE.at.label("said_at"),
)


def read_threads(case_id: int) -> dict[QuestionId, tuple[StoredThread, ...]]:
    """All threads of a case by question, oldest first: one statement."""
    rows = reading().execute(_select_threads(tables.Thread.case_id == case_id)).all()
    return by_question(_gather(rows))


def by_question(threads: Iterable[StoredThread]) -> dict[QuestionId, tuple[StoredThread, ...]]:
    found: dict[QuestionId, tuple[StoredThread, ...]] = {}
    for thread in threads:
        found[thread.question] = (*found.get(thread.question, ()), thread)
    return found


def list_asked(check_id: int) -> list[Asked]:
    """What chambers asked of a self-check, done or not, oldest first: one statement."""
    case = tables.ReviewCase
    wanted = _select_threads(case.check_id == check_id).add_columns(
        case.chamber, case.state.label("case_state"), case.withdrawn_at
    )
    rows = reading().execute(wanted.join(case, case.id == tables.Thread.case_id)).all()
    cases = {row[0]: row for row in rows}
    return [_town_sees(thread, cases[thread.id]) for thread in _gather(rows)]


def _town_sees(thread: StoredThread, row: Row[*tuple[object, ...]]) -> Asked:
    """`row` is of the case: the thread has a state of its own."""
    return Asked(thread, row.chamber, row.withdrawn_at is not None or CaseState(row.case_state) in FINISHED)


def note_read(shown: Collection[StoredThread], now: datetime) -> None:
    """Writes down that the town has seen these threads, where it is the first time since the chamber wrote: for one of
    which there is another message by now, it is not. No statement where all were seen before."""
    unread = [thread for thread in shown if thread.read_at is None and thread.state is ThreadState.OPEN]
    if not unread:
        return
    newest = max(thread.last.id for thread in unread)
    later = select(_MESSAGE.id).where(_MESSAGE.thread_id == tables.Thread.id, _MESSAGE.id > newest)
    wanted = (tables.Thread.id.in_([thread.id for thread in unread]), tables.Thread.read_at.is_(None))
    seen = update(tables.Thread).where(*wanted, ~later.correlate(tables.Thread).exists()).values(read_at=now)
    note(lambda connection: connection.execute(seen))


@once
def ask(case_id: int, question: QuestionId, message: Message, advisor: Advisor, now: datetime) -> Said | Overtaken:
    """A new thread at a question; the turn goes to the town. Raises `CaseGone`, `TooLong`, and `TooMany` where a
    question has too many already."""
    creation = _hash(message, case_id, question, MessageKind.QUESTION)
    with writing() as connection:
        case = lock_case(connection, case_id)
        earlier = _find_earlier(connection, creation)
        if earlier is not None:
            return Said(earlier, again=True)
        if CaseState(case.state) in FINISHED:
            return Overtaken(None)
        threads = _read_states(connection, case_id)
        limits.keep_few("threads", sum(row.question == question for row in threads.values()))
        row = {"case_id": case_id, "question": question, "state": ThreadState.OPEN, "at": now}
        thread_id = connection.execute(insert(tables.Thread).values(row).returning(tables.Thread.id)).scalar_one()
        said = _Said(MessageKind.QUESTION, advisor.author, now, account_id=advisor.account_id)
        _write_message(connection, thread_id, said, message, creation)
        _tell(connection, case, question, said)
        states = [ThreadState.OPEN, *(ThreadState(each.state) for each in threads.values())]
        _pass_ball(connection, case, said, states)
        return Said(thread_id)


def answer(
    check_id: int, thread_id: int, message: Message, who: Who, account_id: int | None, now: datetime
) -> Said | Overtaken:
    """The town's answer; the turn goes to the chamber with the last one. Raises `TooLong`, `TooMany`."""
    said = _Said(MessageKind.ANSWER, who.label, now, account_id, who.grant_id)
    return _say(tables.ReviewCase.check_id == check_id, thread_id, message, said)


def send_back(case_id: int, thread_id: int, message: Message, advisor: Advisor, now: datetime) -> Said | Overtaken:
    """The answer is not enough („reicht noch nicht“): the thread is open again. Raises `CaseGone`, `TooLong`,
    `TooMany`."""
    said = _Said(MessageKind.RETURNED, advisor.author, now, account_id=advisor.account_id)
    return _say(tables.ReviewCase.id == case_id, thread_id, message, said)


def resolve(case_id: int, thread_id: int, message: Message, advisor: Advisor, now: datetime) -> Said | Overtaken:
    """erledigt. Raises `CaseGone`, `TooLong`, `TooMany`."""
    said = _Said(MessageKind.DONE, advisor.author, now, account_id=advisor.account_id)
    return _say(tables.ReviewCase.id == case_id, thread_id, message, said)


@dataclass(frozen=True, slots=True)
class _Said:
    kind: MessageKind
    by: str
    at: datetime
    account_id: int | None = None
    grant_id: int | None = None


@once
def _say(own: ColumnElement[bool], thread_id: int, message: Message, said: _Said) -> Said | Overtaken:
    """`own` says of which cases the thread may be."""
    creation = _hash(message, thread_id, said.kind)
    with writing() as connection:
        of_thread = tables.ReviewCase.id.in_(select(tables.Thread.case_id).where(tables.Thread.id == thread_id))
        case = _hold(connection, said, own, of_thread)
        if case is None:
            return Overtaken(None)
        if _find_earlier(connection, creation) is not None:
            return Said(thread_id, again=True)
        thread = _gather(connection.execute(_select_threads(tables.Thread.id == thread_id)).all())[0]
        state = next_state(thread.state, said.kind)
        if state is None or message.seen != thread.seen or not can_take(CaseState(case.state), said.kind):
            return Overtaken(thread)
        limits.keep_few("messages", thread.seen)
        _write_message(connection, thread_id, said, message, creation)
        _tell(connection, case, thread.question, said)
        changed = {"state": state, "read_at": _READ_AFTER.get(said.kind, tables.Thread.read_at)}
        connection.execute(update(tables.Thread).where(tables.Thread.id == thread_id).values(changed))
        _pass_ball(
            connection, case, said, [ThreadState(row.state) for row in _read_states(connection, case.id).values()]
        )
        return Said(thread_id)


def _hold(connection: Connection, said: _Said, *wanted: ColumnElement[bool]) -> CaseRow | None:
    """The case, which nobody else changes before this transaction ends; None where there is none, or none any more for
    the town. Raises `CaseGone` for the chamber."""
    case = hold_case(connection, *wanted)
    since = gone_since(case) if case is not None else None
    if since is not None and side_of(said.kind) is Side.CHAMBER:
        raise CaseGone(since)
    return case if since is None else None


def _find_earlier(connection: Connection, creation: str) -> int | None:
    found = select(_MESSAGE.thread_id).where(_MESSAGE.creation_hash == creation)
    return connection.execute(found).scalar()


def _read_states(connection: Connection, case_id: int) -> dict[int, Row[int, str, str]]:
    columns = (tables.Thread.id, tables.Thread.question, tables.Thread.state)
    rows = connection.execute(select(*columns).where(tables.Thread.case_id == case_id))
    return {row.id: row for row in rows}


def _write_message(connection: Connection, thread_id: int, said: _Said, message: Message, creation: str) -> None:
    row = {
        "thread_id": thread_id,
        "kind": said.kind,
        "text": limits.keep_text(message.text, "text", limits.COMMENT),
        "by": said.by,
        "account_id": said.account_id,
        "grant_id": said.grant_id,
        "at": said.at,
        "creation_hash": creation,
    }
    connection.execute(insert(_MESSAGE).values(row))


def _tell(connection: Connection, case: CaseRow, question: str, said: _Said) -> None:
    by = Who(said.grant_id, said.by)
    tell_town(connection, case.check_id, OF_MESSAGE[said.kind], [(question, "")], by, said.at)


def _pass_ball(connection: Connection, case: CaseRow, said: _Said, threads: list[ThreadState]) -> None:
    """A step is written once for each turn, however many questions are asked in it."""
    was = before(case)
    state, ball = case_after(was.state, was.ball, said.kind, threads)
    if (state, ball) == (was.state, was.ball):
        return
    changed: dict[str, object] = {"state": state, "waits_on": ball}
    if ball is not was.ball:
        changed["waits_since"] = said.at
    connection.execute(update(tables.ReviewCase).where(tables.ReviewCase.id == case.id).values(changed))
    kind = StepKind.ASKED if ball is Ball.TOWN else StepKind.ANSWERED
    enter_step(connection, case.id, kind, said.by, said.account_id, said.at, was=was, stand=case.stand)


def _hash(message: Message, *where: object) -> str:
    """Of who says what where: the same form with another text is another message."""
    return hash_key("thread", *(str(part) for part in where), message.key, message.text)


def _select_threads(*wanted: ColumnElement[bool]) -> Select[*tuple[object, ...]]:
    joined = select(*_COLUMNS).select_from(tables.Thread).join(_MESSAGE, _MESSAGE.thread_id == tables.Thread.id)
    return joined.where(*wanted).order_by(tables.Thread.id, _MESSAGE.id)


def _gather(rows: Iterable[Row[*tuple[object, ...]]]) -> list[StoredThread]:
    found: dict[int, StoredThread] = {}
    said: dict[int, list[StoredMessage]] = {}
    for row in rows:
        message = StoredMessage(row.message_id, MessageKind(row.kind), row.text, row.by, row.said_at)
        said.setdefault(row.id, []).append(message)
        found[row.id] = read_row(
            StoredThread, row, question=QuestionId(row.question), state=ThreadState(row.state), messages=()
        )
    return [replace(thread, messages=tuple(said[id])) for id, thread in found.items()]
