"""The cases of a chamber as one advisor finds them: in groups, sorted, in pages.

However many cases there are, the database sorts and counts; details are read of the few that a page shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from selfcheck.core.renewal.dates import BEFORE, add_months
from selfcheck.core.review.case import Ball, CaseState
from selfcheck.core.review.thread import MessageKind, ThreadState
from selfcheck.core.text.order import sort_key, spellings
from selfcheck.store.chamber.cases import Advisor, Case, read_case, select_cases
from selfcheck.store.chamber.judging.judgements import judged
from selfcheck.store.database import tables
from selfcheck.store.database.rows import read_sound
from selfcheck.store.database.transactions import reading

NAMES_KEPT = 10_000
"""Of municipalities: how each is sorted and compared is worked out once."""
C = tables.ReviewCase
Order = tuple[ColumnElement[Any], ...]
sort_name, spell_name = lru_cache(NAMES_KEPT)(sort_key), lru_cache(NAMES_KEPT)(spellings)


class Group(StrEnum):
    """What a case is to one advisor. `ALL` is every case of the chamber, those of colleagues too."""

    WAITING = "waiting"
    """wartet auf mich: it is the chamber's turn in what is mine or nobody's, a reminder is due, or the label ends in
    nine months."""
    FLAGGED = "flagged"
    TOWN = "town"
    DONE = "done"
    ALL = "all"


class Sorting(StrEnum):
    URGENT = "urgent"
    """What needs a decision first, then the largest difference."""
    DIFFERENCE = "difference"
    MUNICIPALITY = "municipality"
    INTERVIEW = "interview"
    SHARED = "shared"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list shows; `district` and `search` are empty for all."""

    group: Group
    district: str = ""
    search: str = ""
    sorting: Sorting = Sorting.URGENT


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A case with what stands beside it. `difference` is the largest of its questions, in hundredths; None where
    nothing is judged. `looked`: the advisor has opened its report; `changed`: another Stand or an answer came since.
    """

    case: Case
    mine: bool
    open_threads: int
    answered_threads: int
    judged: int
    difference: int | None
    looked: bool
    changed: bool

    @property
    def not_judged(self) -> int:
        return max(self.case.asked - self.judged, 0)


class Inbox:
    """The cases of one advisor's chamber, today."""

    def __init__(self, advisor: Advisor, today: date) -> None:
        self._advisor = advisor
        flag, reminder = tables.CaseFlag, tables.CaseReminder
        me = advisor.account_id
        self._flagged = C.id.in_(select(flag.case_id).where(flag.account_id == me, flag.done_at.is_(None)))
        self._reminded = C.id.in_(
            select(reminder.case_id).where(reminder.account_id == me, reminder.done_at.is_(None), reminder.due <= today)
        )

        self._ends_soon = C.next_audit.between(add_months(today, -BEFORE), today)

    def _is_in(self, group: Group) -> ColumnElement[bool]:
        deleted = select(tables.SelfCheck.id).where(tables.SelfCheck.deleted_at.is_not(None))
        gone = or_(C.withdrawn_at.is_not(None), C.check_id.in_(deleted))
        alive = and_(C.withdrawn_at.is_(None), C.check_id.not_in(deleted))
        own = or_(C.advisor_id == self._advisor.account_id, C.advisor_id.is_(None))
        turn = and_(C.waits_on == Ball.CHAMBER, C.state != CaseState.CLOSED, own)
        conditions: Mapping[Group, ColumnElement[bool]] = {
            Group.WAITING: and_(alive, or_(turn, self._reminded, and_(own, self._ends_soon))),
            Group.FLAGGED: and_(alive, self._flagged),
            Group.TOWN: and_(alive, C.state != CaseState.CLOSED, C.waits_on == Ball.TOWN),
            Group.DONE: or_(gone, C.state == CaseState.CLOSED),
            Group.ALL: C.chamber == self._advisor.chamber,
        }
        return conditions[group]

    def count(self) -> dict[Group, int]:
        """How many cases are in each group: one statement."""
        sums = [func.sum(case((self._is_in(group), 1), else_=0)) for group in Group]
        row: Sequence[Any] = reading().execute(self._of_chamber(select(*sums))).one()
        return {group: int(number or 0) for group, number in zip(Group, row, strict=True)}

    def list_districts(self) -> list[str]:
        """The keys of all districts from which cases came: one statement."""
        wanted = select(C.district).where(C.chamber == self._advisor.chamber).distinct()
        return sorted({row.district for row in read_sound(reading(), wanted, C.id)[0]})

    def find(self, wanted: Wanted, most: int, skip: int = 0) -> list[int]:
        """The ids of at most so many cases of a list, in its order: one statement, two for whoever searches.

        No database compares what people typed, nor sorts names: that is done here.
        """
        chosen = self._of_chamber(select(C.id, C.municipality)).where(self._is_in(wanted.group))
        if wanted.district:
            chosen = chosen.where(C.district == wanted.district)
        if wanted.search:
            chosen = chosen.where(C.municipality.in_(self._list_names(wanted.search)))
        chosen = chosen.order_by(*self._order(wanted))
        if wanted.sorting is not Sorting.MUNICIPALITY:
            some = chosen.with_only_columns(C.id).limit(most).offset(skip)
            return list(reading().execute(some).scalars())
        rows, damaged = read_sound(reading(), chosen, C.id)
        every = [row.id for row in sorted(rows, key=lambda row: sort_name(row.municipality))] + damaged
        return every[skip : skip + most]

    def _list_names(self, search: str) -> list[str]:
        """The municipalities in whose name that stands: one statement."""
        folded, spelled = spellings(search)
        wanted = select(C.municipality).where(C.chamber == self._advisor.chamber).distinct()
        names = {row.municipality for row in read_sound(reading(), wanted, C.id)[0]}
        return [name for name in names if folded in spell_name(name)[0] or spelled in spell_name(name)[1]]

    def _of_chamber(self, statement: Select[*tuple[object, ...]]) -> Select[*tuple[object, ...]]:
        return statement.where(C.chamber == self._advisor.chamber)

    def _order(self, wanted: Wanted) -> Order:
        """Where nobody at the chamber has anything to decide, what is urgent is only how long it has been so."""
        last: Order = (C.waits_since.asc(), C.id.asc())
        if wanted.sorting is Sorting.URGENT and wanted.group is Group.DONE:
            return C.waits_since.desc(), C.id.desc()
        if wanted.sorting is Sorting.URGENT and wanted.group is Group.TOWN:
            return last
        orders: Mapping[Sorting, Order] = {
            Sorting.URGENT: (self._urgency(), _difference().desc(), *last),
            Sorting.DIFFERENCE: (_difference().desc(), *last),
            Sorting.INTERVIEW: (C.interview.is_(None), C.interview.asc(), *last),
            Sorting.SHARED: (C.shared_at.desc(), C.id.asc()),
        }
        return orders.get(wanted.sorting, last)

    def _urgency(self) -> ColumnElement[int]:
        """What needs a decision: a reminder that is due, a report that nobody has taken, an answer of the town."""
        thread = tables.Thread
        answered = C.id.in_(
            select(thread.case_id)
            .join(C, C.id == thread.case_id)
            .where(C.chamber == self._advisor.chamber, thread.state == ThreadState.ANSWERED)
        )
        return case((or_(self._reminded, C.state == CaseState.RECEIVED, answered), 0), else_=1)

    def read(self, ids: Sequence[int]) -> dict[int, InboxRow]:
        """What stands beside these cases, by their ids: four statements, however many they are. Damaged ones are not
        among them.
        """
        sound, _ = read_sound(reading(), select_cases().where(C.id.in_(ids)), C.id)
        rows = [read_case(row) for row in sound]
        threads, judged, looks = _count_threads(ids), _count_judged(ids), self._list_looks(ids)
        return {
            each.id: self._make_row(each, threads.get(each.id), judged.get(each.id), looks.get(each.id))
            for each in rows
        }

    def _make_row(self, of: Case, threads: _Threads | None, judged: _Judged | None, look: _Look | None) -> InboxRow:
        threads, judged = threads or _Threads(0, 0, None), judged or _Judged(0, None)
        answer = threads.last_answer is not None and look is not None and threads.last_answer > look.last_at
        return InboxRow(
            case=of,
            mine=of.advisor_id == self._advisor.account_id,
            open_threads=threads.open,
            answered_threads=threads.answered,
            judged=judged.number,
            difference=judged.difference,
            looked=look is not None,
            changed=look is not None and (look.stand < of.stand or answer),
        )

    def _list_looks(self, ids: Sequence[int]) -> dict[int, _Look]:
        reader = tables.CaseLook
        mine = reader.account_id == self._advisor.account_id
        wanted = select(reader.case_id, reader.stand, reader.last_at).where(mine, reader.case_id.in_(ids))
        rows, _ = read_sound(reading(), wanted, reader.case_id)
        return {row.case_id: _Look(row.stand, row.last_at) for row in rows}


@dataclass(frozen=True, slots=True)
class _Look:
    stand: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class _Threads:
    open: int
    answered: int
    last_answer: datetime | None


@dataclass(frozen=True, slots=True)
class _Judged:
    number: int
    difference: int | None


def _difference() -> ColumnElement[int]:
    """The largest difference of a case, whichever way: found at both ends of an index, not by going over all."""
    judgement = tables.Judgement
    here = judgement.case_id == C.id
    most = func.coalesce(select(func.max(judgement.difference)).where(here).correlate(C).scalar_subquery(), 0)
    least = func.coalesce(select(func.min(judgement.difference)).where(here).correlate(C).scalar_subquery(), 0)
    return case((most > -least, most), else_=-least)


def _count_threads(ids: Sequence[int]) -> dict[int, _Threads]:
    thread, message = tables.Thread, tables.ThreadMessage
    answer = (
        select(func.max(message.at))
        .where(message.thread_id == thread.id, message.kind == MessageKind.ANSWER)
        .correlate(thread)
        .scalar_subquery()
    )
    each = select(thread.case_id, thread.state, answer.label("answer")).where(thread.case_id.in_(ids)).subquery()

    def number(state: ThreadState) -> ColumnElement[int]:
        return func.sum(case((each.c.state == state, 1), else_=0))

    wanted = select(
        each.c.case_id,
        number(ThreadState.OPEN).label("open"),
        number(ThreadState.ANSWERED).label("answered"),
        func.max(each.c.answer).label("last"),
    ).group_by(each.c.case_id)
    rows, _ = read_sound(reading(), wanted, each.c.case_id)
    return {row.case_id: _Threads(row.open, row.answered, row.last) for row in rows}


def _count_judged(ids: Sequence[int]) -> dict[int, _Judged]:
    judgement = tables.Judgement
    wanted = (
        select(
            judgement.case_id,
            func.sum(case((judged(), 1), else_=0)).label("number"),
            func.max(func.abs(judgement.difference)).label("difference"),
        )
        .where(judgement.case_id.in_(ids))
        .group_by(judgement.case_id)
    )
    rows, _ = read_sound(reading(), wanted, judgement.case_id)
    return {row.case_id: _Judged(row.number, row.difference) for row in rows}
