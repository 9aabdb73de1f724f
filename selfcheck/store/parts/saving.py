"""The door to everything that is said in a self-check: load it, save parts of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from selfcheck.core.permissions import Allowed
from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.store.database import limits, tables
from selfcheck.store.database.damage import DamagedRow
from selfcheck.store.database.transactions import abandon, insert_new, note, reading, writing
from selfcheck.store.parts.kinds.details import DETAILS
from selfcheck.store.parts.kinds.register import KINDS
from selfcheck.store.parts.loading import (
    ANSWERS,
    EVIDENCE,
    INTERIMS,
    LISTS,
    SHEET,
    SHEET_MARK,
    STEPS,
    build,
    lock_and_look,
    read_stock,
)
from selfcheck.store.parts.shelf import Shelf, Stock
from selfcheck.store.parts.values import (
    NO_MARK,
    Check,
    Loaded,
    StoredAnswer,
    StoredInterim,
    StoredSheet,
    StoredStep,
    Who,
)
from selfcheck.store.parts.work import OtherVersion, Work
from selfcheck.store.parts.writes import Outcome, Saved, Write

Steps = Mapping[str, StoredStep]
SAID: tuple[Shelf[Any], ...] = (ANSWERS, EVIDENCE, *LISTS)
"""Where all lies that is said in a self-check."""


@dataclass(frozen=True)
class SaveResult:
    """One outcome per write, in their order; and the self-check as it is afterwards, of which only what a write
    touched is read as long as nobody asks for more.

    `moment` grows with every save that changes something: of two results the one with the larger knows of the other. It
    is 0 where there was nothing to write.
    """

    outcomes: Sequence[Outcome]
    questionnaire: Questionnaire
    stock: Stock
    moment: int = 0

    @property
    def stored(self) -> Mapping[str, StoredAnswer]:
        """Answers as they are stored, by question."""
        return self.stock.rows(ANSWERS, reading())

    @cached_property
    def loaded(self) -> Loaded:
        """Raises `DamagedRow`."""
        stock = read_stock(reading(), self.stock.check_id, self.stock)
        return build(stock.rows(DETAILS)[""], self.questionnaire, stock)


def load(check: Check, questionnaire: Questionnaire) -> Loaded:
    """Everything said in `check`, in three statements."""
    return build(check, questionnaire, read_stock(reading(), check.id))


def load_many(checks: Sequence[Check], questionnaires: Mapping[str, Questionnaire]) -> dict[int, Loaded]:
    """What is said in each of `checks`, by its id; what is damaged, or of a questionnaire that is not among
    `questionnaires`, is left out.
    """
    known = {check.id: check for check in checks if check.questionnaire in questionnaires}
    connection = reading()
    try:
        stocks = _read_all(connection, tuple(known))
    except DamagedRow:
        stocks = [stock for id in known for stock in _read_sound(connection, id)]
    return {
        stock.check_id: build(known[stock.check_id], questionnaires[known[stock.check_id].questionnaire], stock)
        for stock in stocks
    }


def _read_all(connection: Connection, ids: Sequence[int]) -> list[Stock]:
    """Raises `DamagedRow`."""
    stocks = [Stock(id) for id in ids]
    for shelf in SAID if stocks else ():
        rows = shelf.read_many(connection, ids)
        for stock in stocks:
            stock.fill(shelf, rows[stock.check_id])
    return stocks


def _read_sound(connection: Connection, id: int) -> list[Stock]:
    """One by itself; none where it cannot be read."""
    try:
        return _read_all(connection, (id,))
    except DamagedRow:
        return []


def save(
    check: Check, questionnaire: Questionnaire, writes: Sequence[Write], by: Who, now: datetime, *, allowed: Allowed
) -> SaveResult:
    """Applies `writes` in one transaction: stale ones change nothing of their part and let the others through.

    Raises `NotAllowed` for what `allowed` does not reach, `Gone`, `OtherVersion`, `DoesNotFit`, `TooLong`, `TooMany` or
    `HistoryFull`; then nothing at all is written.
    """
    stock = Stock(check.id)
    stock.fill(DETAILS, {"": check})
    outcomes: list[Outcome] = []
    if not writes:
        return SaveResult(outcomes, questionnaire, stock)
    with writing() as connection:
        current, moment = lock_and_look(connection, check.id, now, sum(map(weigh, writes)))
        if current.questionnaire != check.questionnaire:
            raise OtherVersion(check.id)
        stock.fill(DETAILS, {"": current})
        work = Work(connection, current, questionnaire, stock, by, now, allowed)
        for write in writes:
            work.decided = write.decided
            outcomes.append(KINDS[write.part].apply(work, write))
        if work.changes:
            ids, moment = work.store(), moment + 1
            outcomes = [_with_id(outcome, ids) for outcome in outcomes]
        else:
            abandon()
            stock.fill(DETAILS, {"": replace(current, changed_at=check.changed_at)})
    return SaveResult(outcomes, questionnaire, stock, moment)


def weigh(write: Write) -> int:
    """Letters that a write adds to the history at most, before anybody looks at what stands there."""
    return limits.WRITING + len(str(write.content))


def _with_id(outcome: Outcome, ids: Mapping[int, int]) -> Outcome:
    """`outcome` with the id that a new row got in the end."""
    if isinstance(outcome, Saved) and outcome.id is not None:
        return replace(outcome, id=ids.get(outcome.id, outcome.id))
    return outcome


def load_sheet(check_id: int) -> StoredSheet:
    """What stands in the Prüfbogen that was laid beside, in two statements. Raises `DamagedRow`."""
    connection = reading()
    mark = SHEET_MARK.read(connection, check_id).get("", NO_MARK)
    return StoredSheet(SHEET.read(connection, check_id), mark)


def load_interims(check_id: int) -> tuple[StoredInterim, ...]:
    """What was said of the agreed goals, by year and goal, with one statement. Raises `DamagedRow`."""
    return tuple(INTERIMS.read(reading(), check_id).values())


def load_steps(check_id: int) -> Steps:
    """All steps that were shown once or are own ones, by key; removed own ones are not among them."""
    return _live(STEPS.read(reading(), check_id))


def load_many_steps(check_ids: Sequence[int]) -> dict[int, Steps]:
    """The same of several self-checks, by their ids: one statement. None of one whose steps are damaged."""
    connection = reading()
    try:
        found = STEPS.read_many(connection, check_ids) if check_ids else {}
    except DamagedRow:
        found = {id: steps for id in check_ids for steps in _read_sound_steps(connection, id)}
    return {id: _live(found.get(id, {})) for id in check_ids}


def _read_sound_steps(connection: Connection, id: int) -> list[dict[str, StoredStep]]:
    try:
        return [STEPS.read(connection, id)]
    except DamagedRow:
        return []


def remember_first_seen(check_id: int, keys: Sequence[str], today: date) -> Steps:
    """All steps as `load_steps`; keys that appear for the first time are written down with `today`, another time where
    that takes too long."""
    known = STEPS.read(reading(), check_id)
    new = [StoredStep(key, today) for key in dict.fromkeys(keys) if key not in known]
    # whoever looked first in the meantime was there first
    rows = [STEPS.values(check_id, step) for step in new]
    if new and note(lambda connection: insert_new(connection, tables.Step, rows)):
        return load_steps(check_id)
    return _live(known | {step.key: step for step in new})


def _live(steps: Steps) -> Steps:
    return {key: step for key, step in steps.items() if step.removed_at is None}
