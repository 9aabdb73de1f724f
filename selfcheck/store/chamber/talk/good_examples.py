"""Good examples: an advisor proposes words of an answer, the town agrees or not, then all towns read them.

What is agreed to is shown as long as the self-check is not deleted and its report not withdrawn. Nothing that ended
begins again: other words are another proposal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, Select, func, insert, select, update
from sqlalchemy import case as when

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.review.example import OPEN_EXAMPLES, ExampleState, may_become
from selfcheck.core.review.thread import Side
from selfcheck.core.review.told import OF_EXAMPLE, Told
from selfcheck.store.chamber.cases import Advisor, Case
from selfcheck.store.chamber.locking import lock_case
from selfcheck.store.chamber.town_history import tell_town
from selfcheck.store.database import limits, tables
from selfcheck.store.database.journal import forget_journal
from selfcheck.store.database.rows import read_row, read_sound
from selfcheck.store.database.tokens import may_be_public_id, new_public_id
from selfcheck.store.database.transactions import after_commit, once, reading, writing
from selfcheck.store.parts.values import Who
from selfcheck.store.parts.work import hash_key
from selfcheck.store.parts.writes import Conflict, Saved, Unchanged

MOST_SHOWN = 5
"""At one question, the newest: more than that nobody reads there."""
Decided = Saved | Unchanged | Conflict | None
"""What became of a deed; None: there is no such example. What a conflict shows is the state."""
WORDLESS = {"title": "", "text": ""}


@dataclass(frozen=True, slots=True)
class Words:
    """What is shown of an answer."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Example:
    """An example of a case. `by`, `at` and `reason` are of what was done last with it; `withdrawn`: the chamber may not
    read the report any more, and what was agreed to is not shown meanwhile."""

    public_id: str
    check_id: int
    question: QuestionId
    chamber: str
    municipality: str
    title: str
    text: str
    state: ExampleState
    version: int
    proposed_by: str
    proposed_at: datetime
    by: str
    at: datetime
    reason: str
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class ShownExample:
    """What all towns read; `chamber` is an id of `chambers.yaml`. Nothing of it changes as long as it is shown."""

    public_id: str
    question: QuestionId
    municipality: str
    chamber: str
    title: str
    text: str


@once
def propose(case: Case, question: str, words: Words, by: Advisor, key: str, now: datetime) -> bool:
    """Asks the town of `case` whether these words may be shown at `question`. False where another example of this
    question is proposed or agreed to already; the same form (`key`) with the same words sent twice is one proposal.

    Raises `CaseGone`, `TooLong`, and `TooMany` where the case has as many as anybody reads.
    """
    title = limits.keep_line(words.title, "title", limits.LABEL)
    text = limits.keep_text(words.text, "text", limits.REASON)
    creation, example = hash_key("good example", case.public_id, key, question, title, text), tables.GoodExample
    with writing() as connection:
        lock_case(connection, case.id)
        mine = select(example.question, example.state, example.creation_hash).where(example.case_id == case.id)
        earlier = connection.execute(mine).all()
        if any(each.creation_hash == creation for each in earlier):
            return True
        if any(each.question == question and each.state in OPEN_EXAMPLES for each in earlier):
            return False
        limits.keep_few("good examples", len(earlier))
        row: dict[str, object] = {"public_id": new_public_id(), "case_id": case.id, "question": question}
        row |= {"municipality": case.municipality, "creation_hash": creation, "state": ExampleState.PROPOSED}
        row |= {"title": title, "text": text}
        said = {"version": 1, "proposed_by": by.author, "proposed_at": now, "by": by.author, "at": now}
        connection.execute(insert(example).values(row | said))
        tell_town(connection, case.check_id, Told.PROPOSED, [(question, "")], by.author, now)
        return True


def agree(check_id: int, public_id: str, seen_version: int, by: Who, now: datetime) -> Decided:
    """The town agrees: from now on all towns read it at its question."""
    return _decide(_of_town(check_id), public_id, seen_version, ExampleState.AGREED, Side.TOWN, by, now)


def decline(check_id: int, public_id: str, seen_version: int, reason: str, by: Who, now: datetime) -> Decided:
    """The town does not agree; the advisor reads the `reason`, which may be empty. Raises `TooLong`."""
    kept = limits.keep_text(reason, "reason", limits.REASON)
    wanted = ExampleState.DECLINED
    return _decide(_of_town(check_id), public_id, seen_version, wanted, Side.TOWN, by, now, {"reason": kept})


def take_back(check_id: int, public_id: str, seen_version: int, by: Who, now: datetime) -> Decided:
    """The town takes back what it agreed to: nobody reads it any more, and its words are gone."""
    wanted = ExampleState.TAKEN_BACK
    return _decide(_of_town(check_id), public_id, seen_version, wanted, Side.TOWN, by, now, WORDLESS)


def withdraw(case: Case, public_id: str, seen_version: int, by: Advisor, now: datetime) -> Decided:
    """The chamber takes back what it proposed, agreed to or not; its words are gone."""
    mine, wanted = tables.GoodExample.case_id == case.id, ExampleState.TAKEN_BACK
    return _decide(mine, public_id, seen_version, wanted, Side.CHAMBER, Who(None, by.author), now, WORDLESS)


def forget_words(connection: Connection, check_id: int, question: str, label: str, now: datetime) -> None:
    """Empties all examples of a question of a self-check, of which a text is taken out everywhere: nobody reads them
    any more."""
    example = tables.GoodExample
    of_check = select(tables.ReviewCase.id).where(tables.ReviewCase.check_id == check_id)
    emptied = update(example).where(example.case_id.in_(of_check), example.question == question)
    ended = when((example.state.in_(sorted(OPEN_EXAMPLES)), ExampleState.TAKEN_BACK), else_=example.state)
    values = {"state": ended, "version": example.version + 1, "by": label, "at": now}
    connection.execute(emptied.where(example.text != "").values(values | WORDLESS))


def list_of_case(case_id: int) -> list[Example]:
    """All examples of a case, the newest first: one statement. Raises `DamagedRow`."""
    return _list(tables.GoodExample.case_id == case_id)


def list_of_check(check_id: int) -> list[Example]:
    """All examples of a self-check, whichever chamber proposed them, the newest first: one statement. Raises
    `DamagedRow`."""
    return _list(tables.ReviewCase.check_id == check_id)


def list_shown() -> Mapping[QuestionId, tuple[ShownExample, ...]]:
    """What all towns read, by question, the newest first: one statement."""
    example = tables.GoodExample
    place = func.row_number().over(partition_by=example.question, order_by=(example.at.desc(), example.id.desc()))
    ranked = (
        select(example.id, place.label("place"))
        .join(tables.ReviewCase)
        .join(tables.SelfCheck)
        .where(example.state == ExampleState.AGREED)
        .where(tables.ReviewCase.withdrawn_at.is_(None), tables.SelfCheck.deleted_at.is_(None))
        .subquery()
    )
    said = (example.question, example.municipality, example.title, example.text)
    newest = (
        select(example.public_id, *said, tables.ReviewCase.chamber)
        .join(tables.ReviewCase)
        .where(example.id.in_(select(ranked.c.id).where(ranked.c.place <= MOST_SHOWN)))
        .order_by(example.at.desc(), example.id.desc())
    )
    found: defaultdict[QuestionId, list[ShownExample]] = defaultdict(list)
    for row in read_sound(reading(), newest, example.id)[0]:
        found[QuestionId(row.question)].append(read_row(ShownExample, row))
    return {question: tuple(examples) for question, examples in found.items()}


def _list(*wanted: ColumnElement[bool]) -> list[Example]:
    rows = reading().execute(_select_examples().where(*wanted).order_by(tables.GoodExample.id.desc()))
    return [_read(row) for row in rows]


def _select_examples() -> Select[*tuple[object, ...]]:
    case = tables.ReviewCase
    columns = (*tables.GoodExample.__table__.columns, case.check_id, case.chamber, case.withdrawn_at)
    return select(*columns).join(case, case.id == tables.GoodExample.case_id)


def _read(row: Row[*tuple[object, ...]]) -> Example:
    return read_row(Example, row, state=ExampleState(row.state), withdrawn=row.withdrawn_at is not None)


def _of_town(check_id: int) -> ColumnElement[bool]:
    return tables.ReviewCase.check_id == check_id


def _decide(
    whose: ColumnElement[bool],
    public_id: str,
    seen_version: int,
    wanted: ExampleState,
    side: Side,
    by: Who,
    now: datetime,
    beside: Mapping[str, str] | None = None,
) -> Decided:
    """Makes `wanted` of an example, for somebody who saw `seen_version` of it, with what else becomes of its row."""
    if not may_be_public_id(public_id):
        return None
    with writing() as connection:
        found = _find(connection, whose, public_id)
        if found is None:
            return None
        if found.state is wanted:
            return Unchanged(found.version)
        moot = found.withdrawn and wanted is ExampleState.AGREED
        if moot or found.version != seen_version or not may_become(side, found.state, wanted):
            return Conflict(found.version, found.state, found.by, found.at)
        values = {"state": wanted, "version": found.version + 1, "by": by.label, "at": now, **(beside or {})}
        connection.execute(update(tables.GoodExample).where(tables.GoodExample.public_id == public_id).values(values))
        tell_town(connection, found.check_id, OF_EXAMPLE[wanted], [(found.question, "")], by, now)
        if beside is WORDLESS:
            after_commit(forget_journal)
        return Saved(found.version + 1, now)


def _find(connection: Connection, whose: ColumnElement[bool], public_id: str) -> Example | None:
    """The example, which nobody else changes until this transaction ends."""
    wanted = _select_examples().where(whose, tables.GoodExample.public_id == public_id)
    row = connection.execute(wanted.with_for_update(of=tables.GoodExample)).first()
    return _read(row) if row is not None else None
