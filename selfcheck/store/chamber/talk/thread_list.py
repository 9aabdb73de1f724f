"""The threads of all cases of one chamber, one page of them at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, String, func, select, type_coerce

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.review.thread import ThreadState
from selfcheck.store.chamber.cases import Advisor
from selfcheck.store.database import tables
from selfcheck.store.database.rows import read_row, read_sound
from selfcheck.store.database.transactions import reading


@dataclass(frozen=True, slots=True)
class ListedThread:
    """A thread with its newest message; `case_id` is the public one. `questionnaire` is the version (`id/version`) that
    the self-check has now."""

    id: int
    case_id: str
    municipality: str
    questionnaire: str
    question: QuestionId
    state: ThreadState
    kind: str
    by: str
    at: datetime


def list_threads(
    advisor: Advisor, state: ThreadState | None, most: int, skip: int, *, mine: bool
) -> list[ListedThread]:
    """Those of the advisor's chamber, what waits longest first: one statement. `mine`: of cases that the advisor looks
    after; without a `state` all that are not done."""
    newest = select(func.max(tables.ThreadMessage.id)).where(tables.ThreadMessage.thread_id == tables.Thread.id)
    message = tables.ThreadMessage
    wanted = (
        _of_chamber(
            select(
                tables.Thread.id,
                tables.ReviewCase.public_id.label("case_id"),
                tables.ReviewCase.municipality,
                tables.SelfCheck.questionnaire_id,
                tables.SelfCheck.questionnaire_version,
                tables.Thread.question,
                tables.Thread.state,
                message.kind,
                message.by,
                message.at,
            ),
            advisor,
            mine=mine,
        )
        .join(message, message.id == newest.correlate(tables.Thread).scalar_subquery())
        .where(_is_in(state))
        .order_by(message.id)
        .limit(most)
        .offset(skip)
    )
    rows, _ = read_sound(reading(), wanted, tables.Thread.id)
    return [
        read_row(
            ListedThread,
            row,
            question=QuestionId(row.question),
            state=ThreadState(row.state),
            questionnaire=f"{row.questionnaire_id}/{row.questionnaire_version}",
        )
        for row in rows
    ]


def count_threads(advisor: Advisor, *, mine: bool) -> Mapping[ThreadState, int]:
    """How many threads there are in each state: one statement."""
    word = type_coerce(tables.Thread.state, String)
    counted = _of_chamber(select(word.label("state"), func.count().label("number")), advisor, mine=mine)
    rows = reading().execute(counted.group_by(word))
    found = {row.state: int(row.number) for row in rows}
    return {state: found.get(state, 0) for state in ThreadState}


def find_questionnaire(check_id: int) -> str:
    """The version (`id/version`) in whose words a case speaks of questions."""
    check = tables.SelfCheck
    columns = (check.questionnaire_id, check.questionnaire_version)
    id, version = reading().execute(select(*columns).where(check.id == check_id)).one()
    return f"{id}/{version}"


def _is_in(state: ThreadState | None) -> ColumnElement[bool]:
    return tables.Thread.state != ThreadState.DONE if state is None else tables.Thread.state == state


def _of_chamber(wanted: Select[*tuple[object, ...]], advisor: Advisor, *, mine: bool) -> Select[*tuple[object, ...]]:
    """Nothing of what a town took back."""
    case = tables.ReviewCase
    kept = (case.chamber == advisor.chamber, case.withdrawn_at.is_(None), tables.SelfCheck.deleted_at.is_(None))
    joined = (
        wanted.select_from(tables.Thread)
        .join(case, case.id == tables.Thread.case_id)
        .join(tables.SelfCheck, tables.SelfCheck.id == case.check_id)
        .where(*kept)
    )
    return joined.where(case.advisor_id == advisor.account_id) if mine else joined
