"""Taking the town's own words out of what it said to its chamber: from then on nobody reads them there, on either side.

What the chamber wrote itself, or took over into its record, is the chamber's and stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, Select, bindparam, select, update

from selfcheck.core.review.example import ExampleState
from selfcheck.core.review.recommendations import ANSWERING
from selfcheck.core.review.thread import MessageKind
from selfcheck.store.chamber.case_changes import CasePart
from selfcheck.store.database import limits, tables
from selfcheck.store.database.journal import forget_journal
from selfcheck.store.database.tokens import may_be_public_id
from selfcheck.store.database.transactions import abandon, reading, writing
from selfcheck.store.history.changes import LARGEST
from selfcheck.store.history.redaction import Taken, Texts, note
from selfcheck.store.parts.changes import Entered, write_changes
from selfcheck.store.parts.loading import lock
from selfcheck.store.parts.values import Check, Who
from selfcheck.store.parts.writes import Part


class Spoken(StrEnum):
    """Where a town says something to its chamber."""

    ANSWER = "query_answer"
    """Of a Rückfrage; it is called by the id of the message."""
    REPLY = "recommendation_reply"
    """Of a recommendation; it is called by its public id, as an example is."""
    REFUSAL = "example_refusal"
    """Why a good example was declined."""


TYPED = {"reason": limits.REASON, "person": limits.PERSON}
"""The texts of an answer to a recommendation, with how long they may be."""
LONGEST = len(str(LARGEST))
_Row = Row[*tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class _Found:
    """`row` holds at least `id`, `case_id` and `question`; `texts` are its texts with the names of their fields,
    `label` is how a recommendation is called in the history of its case."""

    row: _Row
    texts: Mapping[tuple[str, str], None]
    label: str = ""


def find_spoken(check: Check, part: Spoken, id: str) -> Texts | None:
    """What somebody is shown before they take it out; None where the town said nothing such. Changes nothing."""
    found = _find(reading(), check.id, part, id)
    if found is None:
        return None
    return Texts(part, id, tuple(found.texts), 0, str(found.row.question))


def take_out_spoken(check: Check, part: Spoken, id: str, taken: Taken, by: Who, now: datetime) -> bool:
    """Takes the words out, in one transaction; twice is once. False where there are none.

    Raises `Gone`, or `TooLong` for the reason.
    """
    reason = limits.keep_line(taken.reason, "reason", limits.LINE)
    with writing() as connection:
        lock(connection, check.id, now)
        found = _find(connection, check.id, part, id)
        if found is None or not any(text != taken.words for _, text in found.texts):
            abandon()
            return False
        _CLEAR[part](connection, found, taken.words)
        told = {"part": part, "question": str(found.row.question), "reason": reason}
        said = {name: text for name, text in told.items() if text}
        write_changes(connection, check.id, [Entered(Part.REDACTION, id, None, said)], by, now)
        note(connection, check.id, part, id, reason, by, now)
    forget_journal()
    return True


def _find(connection: Connection, check_id: int, part: Spoken, id: str) -> _Found | None:
    wanted = _select(check_id, part, id)
    row = connection.execute(wanted).first() if wanted is not None else None
    if row is None:
        return None
    if part is not Spoken.REPLY:
        return _Found(row, {("", str(row.text)): None} if row.text else {})
    contents = [{name: getattr(row, name) for name in TYPED}, row.submitted]
    contents += [side for change in _read_changes(connection, row) for side in (change.after, change.before)]
    texts = [(name, side.get(name)) for side in contents if isinstance(side, Mapping) for name in TYPED]
    return _Found(row, dict.fromkeys((name, str(text)) for name, text in texts if text), str(row.label))


def _select(check_id: int, part: Spoken, id: str) -> Select[*tuple[object, ...]] | None:
    """Addresses can hold anything, even what a database refuses to be asked."""
    mine = tables.ReviewCase.check_id == check_id
    if part is Spoken.ANSWER:
        if not (id.isascii() and id.isdecimal() and len(id) <= LONGEST and int(id) <= LARGEST):
            return None
        message, thread = tables.ThreadMessage, tables.Thread
        columns = (message.id, thread.case_id, thread.question, message.text.label("text"))
        joined = select(*columns).join(thread, thread.id == message.thread_id).join(tables.ReviewCase)
        return joined.where(mine, message.id == int(id), message.kind == MessageKind.ANSWER)
    if not may_be_public_id(id):
        return None
    if part is Spoken.REFUSAL:
        example = tables.GoodExample
        columns = (example.id, example.case_id, example.question, example.reason.label("text"))
        declined = (example.public_id == id, example.state == ExampleState.DECLINED)
        return select(*columns).join(tables.ReviewCase).where(mine, *declined)
    advice = tables.Recommendation
    sent = (advice.public_id == id, advice.sent_at.is_not(None))
    return select(*advice.__table__.columns).join(tables.ReviewCase).where(mine, *sent)


def _read_changes(connection: Connection, row: _Row) -> list[_Row]:
    """What the history of the case tells of an answer to a recommendation, newest first."""
    change = tables.CaseChange
    mine = (change.case_id == row.case_id, change.subject == row.label, change.part == CasePart.REPLY)
    wanted = select(change.id, change.before, change.after).where(*mine).order_by(change.id.desc())
    return list(connection.execute(wanted))


def _clear_answer(connection: Connection, found: _Found, words: str) -> None:
    message = tables.ThreadMessage
    connection.execute(update(message).where(message.id == found.row.id).values(text=words))


def _clear_refusal(connection: Connection, found: _Found, words: str) -> None:
    example = tables.GoodExample
    cleared = update(example).where(example.id == found.row.id)
    connection.execute(cleared.values(reason=words, version=example.version + 1))


def _clear_reply(connection: Connection, found: _Found, words: str) -> None:
    """Where the town may still answer, its fields are empty; whoever has typed in them meanwhile sees both."""
    row, advice, change = found.row, tables.Recommendation, tables.CaseChange
    left = "" if row.state in ANSWERING else words
    values: dict[str, object] = {name: left[:most] for name, most in TYPED.items() if getattr(row, name)}
    values |= {"reply_version": advice.reply_version + 1, "submitted": _without(row.submitted, words)}
    connection.execute(update(advice).where(advice.id == row.id).values(values))
    marked = [
        {"row": line.id, "was": _without(line.before, words), "became": _without(line.after, words)}
        for line in _read_changes(connection, row)
    ]
    sides = {
        "before": bindparam("was", type_=change.before.type),
        "after": bindparam("became", type_=change.after.type),
    }
    if marked:
        connection.execute(update(change).where(change.id == bindparam("row")).values(sides), marked)


def _without(content: object, words: str) -> object:
    """A stored answer with `words` where there was a text."""
    if not isinstance(content, Mapping):
        return content
    return {**content, **{name: words[:most] for name, most in TYPED.items() if content.get(name)}}


_CLEAR = {Spoken.ANSWER: _clear_answer, Spoken.REPLY: _clear_reply, Spoken.REFUSAL: _clear_refusal}
