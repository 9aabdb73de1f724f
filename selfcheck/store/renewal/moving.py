"""Moving a self-check onto another version of its questionnaire, and beginning a new one from another, in one
transaction each. What stood there before has a name and can be looked at from then on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from selfcheck.core.permissions import Allowed, Role
from selfcheck.core.questionnaire.model import QuestionId, Questionnaire
from selfcheck.core.renewal.carry_over import carry_over
from selfcheck.core.renewal.plan import Plan
from selfcheck.core.rules.answers import Answers
from selfcheck.store.access import self_checks
from selfcheck.store.access.self_checks import Begun
from selfcheck.store.database import limits, tables
from selfcheck.store.database.transactions import abandon, once, writing
from selfcheck.store.files.revisions import copy_newest
from selfcheck.store.history.contents import Contents
from selfcheck.store.history.moments import add_name, newest_change
from selfcheck.store.history.put_back import Desk, open_desk
from selfcheck.store.parts.loading import build
from selfcheck.store.parts.values import COORDINATION, Check, Details, Holder, Who, author
from selfcheck.store.parts.work import hash_key
from selfcheck.store.parts.writes import Part
from selfcheck.store.renewal.contents import differing, list_wanted

MOVED, RENEWED = "moved", "renewed"
"""What the history says happened."""


@dataclass(frozen=True, slots=True)
class Move:
    """From which version to which; `renewal`: for the next audit, else the same one goes on. `name` is what the state
    before is called, `day` the one that counts for evidence."""

    old: Questionnaire
    new: Questionnaire
    name: str
    day: date
    renewal: bool = False


def plan_move(move: Move, answers: Answers) -> Plan:
    """What would become of `answers`; nothing is written."""
    return carry_over(move.old, answers, move.new, move.day, limits.NOTE, renewal=move.renewal)


def move(check: Check, move: Move, newest: int, by: Who, now: datetime, *, allowed: Allowed) -> bool:
    """Moves a self-check that goes on. False, and nothing is written, where somebody changed something after the change
    `newest`. Raises `Gone`, `TooMany`, `HistoryFull` or `DamagedRow`."""
    with writing() as connection:
        desk = open_desk(connection, check, move.new, by, now, allowed)
        if newest_change(connection, check.id) != newest:
            abandon()
            return False
        _move(desk, move)
        return True


def _move(desk: Desk, move: Move) -> None:
    connection, check, work = desk.work.connection, desk.present.check, desk.work
    answers = build(check, move.old, desk.present.stock).answers
    plan = plan_move(move, answers)
    add_name(connection, check.id, move.name, newest_change(connection, check.id), work.by, work.now)
    wanted = list_wanted(plan, desk.present, move.new, renewal=move.renewal)
    for slot, content in differing(desk.present.contents, wanted).items():
        desk.put(slot, content)
    # the last line of a move: whatever lies before it answers the old version
    work.enter(Part.CHECK, check.public_id, move.old.name, MOVED)
    desk.store()
    on_new = {"questionnaire_id": move.new.id, "questionnaire_version": move.new.version}
    connection.execute(update(tables.SelfCheck).where(tables.SelfCheck.id == check.id).values(on_new))
    homes = {id: ids[0] for id, ids in plan.homes.items() if id not in move.new.question}
    _move_talk(connection, check.id, homes)


def _move_talk(connection: Connection, check_id: int, homes: Mapping[QuestionId, QuestionId]) -> None:
    """Comments, and who is to answer what, go with the question that replaces theirs; what is gone stays told."""
    moved = [{"old": old, "new": new} for old, new in homes.items()]
    if not moved:
        return
    comment, assignment = tables.Comment, tables.Assignment
    comments = update(comment).where(comment.check_id == check_id, comment.question == bindparam("old"))
    connection.execute(comments.values(question=bindparam("new")), moved)
    columns = (assignment.place_id, assignment.question, assignment.created_at, assignment.declined_at)
    rows = connection.execute(select(*columns).where(assignment.check_id == check_id).order_by(assignment.id)).all()
    kept = {(row.place_id, row.question) for row in rows if QuestionId(row.question) not in homes}
    held = {row.question for row in rows}
    new: dict[tuple[int, str], dict[str, object]] = {}
    for row in rows:
        home = homes.get(QuestionId(row.question))
        if home is not None and home not in held and (row.place_id, home) not in kept:
            asked = {"check_id": check_id, "place_id": row.place_id, "question": home}
            new.setdefault((row.place_id, home), asked | {"created_at": row.created_at, "declined_at": row.declined_at})
    connection.execute(delete(assignment).where(assignment.check_id == check_id, assignment.question.in_(homes)))
    if new:
        connection.execute(insert(assignment), list(new.values()))


@dataclass(frozen=True, slots=True)
class Source:
    """What a new self-check begins from: what is said about the municipality, plain contents by slot, and whose files
    go along.
    """

    details: Details
    contents: Contents
    check_id: int


@once
def begin_from(
    source: Source,
    move: Move,
    creation_key: str,
    now: datetime,
    held: Sequence[str] = (),
    account: Holder | None = None,
) -> tuple[Check, str | None]:
    """A new self-check for the next audit: first as it stood there, with a name, then moved. What it returns, and what
    becomes of the same form sent twice, is as in `self_checks.begin`. Raises `TooMany` or `DamagedRow`."""
    creation, by = hash_key(RENEWED, creation_key), Who(None, author(account.name if account else "", COORDINATION))
    with writing() as connection:
        begun: Begun = self_checks.begin_with(
            connection, move.old.name, source.details, creation, RENEWED, now, held, account
        )
        if not begun.again:
            coordination = Allowed(Role.COORDINATOR)
            before = {"check_id": begun.check.id, "before_id": source.check_id}
            connection.execute(insert(tables.AuditBefore).values(before))
            _copy(open_desk(connection, begun.check, move.old, by, now, coordination), source.contents)
            copy_newest(connection, source.check_id, begun.check.id, by, now)
            _move(open_desk(connection, begun.check, move.new, by, now, coordination), move)
    return begun.check, begun.secret


def _copy(desk: Desk, contents: Contents) -> None:
    for slot, content in contents.items():
        if slot[0] != Part.DETAILS:  # the new self-check began with them
            desk.put(slot, content)
    desk.store()
