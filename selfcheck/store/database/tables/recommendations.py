"""Recommendations of a chamber, each with what its town answers."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from selfcheck.core.review.recommendations import Decision, Money, Priority, RecommendationState
from selfcheck.store.database import limits
from selfcheck.store.database.tables.columns import HASH, WordColumn, one_of, parent, text_column
from selfcheck.store.database.transactions import Base

WORD = 20


class Recommendation(Base):
    """A recommendation and the town's answer to it.

    `label` is its number (`C6-1`), `question` empty where it is about the whole criterion. `sent_at`: since when the
    town sees it. `note` is the sentence with which it was sent back last, `turned_at` when an advisor decided last;
    `returned`: it was sent back since the town sent its answer. `decision` to `progress` are the answer as the town is
    writing it, in its own version; `submitted` what of it the chamber was sent last.
    """

    __tablename__ = "recommendation"
    __table_args__ = (
        UniqueConstraint("case_id", "label"),
        one_of("priority", tuple(Priority)),
        one_of("state", tuple(RecommendationState)),
        one_of("decision", ("", *Decision)),
        one_of("money", ("", *Money)),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress_percent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    case_id: Mapped[int] = parent("review_case")
    creation_hash: Mapped[str] = mapped_column(String(HASH), unique=True)
    label: Mapped[str] = mapped_column(String(WORD))
    criterion: Mapped[str] = mapped_column(String(limits.ID))
    question: Mapped[str] = mapped_column(String(limits.ID))
    title: Mapped[str] = text_column("title", limits.LINE)
    text: Mapped[str] = text_column("text", limits.PARAGRAPH)
    priority: Mapped[str] = mapped_column(WordColumn(Priority))
    version: Mapped[int]
    by: Mapped[str] = text_column("by", limits.LABEL)
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(WordColumn(RecommendationState))
    sent_at: Mapped[datetime | None]
    note: Mapped[str] = text_column("note", limits.REASON)
    returned: Mapped[bool]
    turned_by: Mapped[str] = text_column("turned_by", limits.LABEL)
    turned_at: Mapped[datetime | None]
    decision: Mapped[str] = mapped_column(WordColumn(Decision))
    reason: Mapped[str] = text_column("reason", limits.REASON)
    person: Mapped[str] = text_column("person", limits.PERSON)
    due: Mapped[date | None]
    money: Mapped[str] = mapped_column(WordColumn(Money))
    progress: Mapped[int]
    reply_version: Mapped[int]
    reply_by: Mapped[str] = text_column("reply_by", limits.LABEL)
    reply_at: Mapped[datetime | None]
    submitted: Mapped[object | None] = mapped_column(JSON(none_as_null=True))
    submitted_by: Mapped[str] = text_column("submitted_by", limits.LABEL)
    submitted_at: Mapped[datetime | None]


class AuditBefore(Base):
    """From which self-check one for the next audit was begun: its recommendations are shown there again."""

    __tablename__ = "audit_before"

    check_id: Mapped[int] = mapped_column(ForeignKey("self_check.id", ondelete="CASCADE"), primary_key=True)
    before_id: Mapped[int] = mapped_column(ForeignKey("self_check.id", ondelete="CASCADE"), index=True)
