"""Recommendations of a chamber with what their town answers, as either side reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, Select, or_, select

from selfcheck.core.plain import from_plain
from selfcheck.core.review.recommendations import (
    Priority,
    RecommendationState,
    Reply,
    is_settled,
    seen_by_chamber,
)
from selfcheck.store.database import tables
from selfcheck.store.database.damage import DamagedRow
from selfcheck.store.database.rows import read_row
from selfcheck.store.database.tokens import may_be_public_id
from selfcheck.store.database.transactions import reading


@dataclass(frozen=True, slots=True)
class RecommendationText:
    """What an advisor writes; `question` is empty where it is about the whole criterion."""

    title: str
    text: str
    priority: Priority


@dataclass(frozen=True, slots=True)
class StoredRecommendation:
    """The columns of `tables.Recommendation`; `reply` is the answer as the town is writing it, `submitted` what of it
    the chamber was sent last. `chamber` is an id of `chambers.yaml`; `gone`: it reads no report of the town any more.
    """

    id: int
    public_id: str
    case_id: int
    case_public_id: str
    chamber: str
    gone: bool
    label: str
    criterion: str
    question: str
    content: RecommendationText
    version: int
    by: str
    at: datetime
    state: RecommendationState
    sent_at: datetime | None
    note: str
    returned: bool
    turned_by: str
    turned_at: datetime | None
    reply: Reply
    reply_version: int
    reply_by: str
    reply_at: datetime | None
    submitted: Reply | None
    submitted_by: str
    submitted_at: datetime | None

    @property
    def for_chamber(self) -> RecommendationState:
        """The state as far as the chamber may know it."""
        return seen_by_chamber(self.state, returned=self.returned)

    @property
    def settled(self) -> bool:
        """Whether nothing of it is left to do for the town."""
        return is_settled(self.state, self.reply)

    @property
    def changeable(self) -> bool:
        """Whether the chamber may still change its words: the town has not written an answer."""
        return self.state is RecommendationState.NEW and self.reply_version == 0


def read_recommendations(case_id: int) -> list[StoredRecommendation]:
    """All of a case in the order in which they were written, also those that were withdrawn after the town had seen
    them: one statement. Raises `DamagedRow`."""
    return read_all(reading(), tables.Recommendation.case_id == case_id)


def list_for_check(check_id: int) -> list[StoredRecommendation]:
    """What the town of a self-check sees, of whichever chamber: one statement. Raises `DamagedRow`."""
    return read_all(reading(), *of_check(check_id))


def list_of_last_audit(check_id: int) -> list[StoredRecommendation]:
    """What was agreed in the self-check from which this one was begun, unless it was deleted: one statement. Raises
    `DamagedRow`."""
    before = (
        select(tables.AuditBefore.before_id)
        .join(tables.SelfCheck, tables.SelfCheck.id == tables.AuditBefore.before_id)
        .where(tables.AuditBefore.check_id == check_id, tables.SelfCheck.deleted_at.is_(None))
    )
    agreed = tables.Recommendation.state.in_((RecommendationState.ACCEPTED, RecommendationState.DONE))
    return read_all(reading(), tables.ReviewCase.check_id.in_(before), agreed)


def find_recommendation(case_id: int, public_id: str) -> StoredRecommendation | None:
    """One of a case; None where it is another's, or none."""
    if not may_be_public_id(public_id):
        return None
    found = read_all(reading(), tables.Recommendation.case_id == case_id, tables.Recommendation.public_id == public_id)
    return found[0] if found else None


def find_for_check(check_id: int, public_id: str) -> StoredRecommendation | None:
    """One that the town of this self-check sees; None where it is another's, or none."""
    if not may_be_public_id(public_id):
        return None
    found = read_all(reading(), *of_check(check_id), tables.Recommendation.public_id == public_id)
    return found[0] if found else None


def of_check(check_id: int) -> tuple[ColumnElement[bool], ...]:
    """What belongs to a self-check and was sent to its town."""
    return tables.ReviewCase.check_id == check_id, tables.Recommendation.sent_at.is_not(None)


def read_all(connection: Connection, *wanted: ColumnElement[bool]) -> list[StoredRecommendation]:
    """Those that are `wanted`, but for drafts that were thrown away."""
    seen = or_(tables.Recommendation.state != RecommendationState.WITHDRAWN, tables.Recommendation.sent_at.is_not(None))
    rows = connection.execute(_select().where(*wanted, seen).order_by(tables.Recommendation.id))
    return [_read_row(row) for row in rows]


def _select() -> Select[*tuple[object, ...]]:
    return select(
        *(column for column in tables.Recommendation.__table__.columns),
        tables.ReviewCase.public_id.label("case_public_id"),
        tables.ReviewCase.chamber,
        tables.ReviewCase.withdrawn_at.label("case_withdrawn_at"),
    ).join(tables.ReviewCase)


def _read_row(row: Row[*tuple[object, ...]]) -> StoredRecommendation:
    try:
        submitted = None if row.submitted is None else from_plain(Reply, row.submitted)
    except (KeyError, TypeError, ValueError):
        raise DamagedRow("no answer to a recommendation") from None
    return read_row(
        StoredRecommendation,
        row,
        gone=row.case_withdrawn_at is not None,
        content=RecommendationText(row.title, row.text, Priority(row.priority)),
        state=RecommendationState(row.state),
        reply=Reply(row.decision, row.reason, row.person, row.due, row.money, row.progress),
        submitted=submitted,
    )
