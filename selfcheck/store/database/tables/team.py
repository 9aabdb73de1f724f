"""Working together: who answers what, and what colleagues say about it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from selfcheck.store.database import limits
from selfcheck.store.database.tables.columns import HASH, parent, text_column
from selfcheck.store.database.transactions import Base


class Assignment(Base):
    """One question that one place is to answer; for an office the sum of these is its scope.

    `declined_at`: the office said that it is not in charge; the question is the coordination's again.
    """

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("place_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("self_check.id", ondelete="CASCADE"), index=True)
    place_id: Mapped[int] = parent("place")
    question: Mapped[str] = mapped_column(String(limits.ID))
    created_at: Mapped[datetime]
    declined_at: Mapped[datetime | None]


class Comment(Base):
    """What colleagues say to each other about a question; never part of a report unless somebody ticks it."""

    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_check_id_question", "check_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = parent("self_check")
    question: Mapped[str] = mapped_column(String(limits.ID))
    text: Mapped[str] = text_column("text", limits.COMMENT)
    by: Mapped[str] = text_column("by", limits.LABEL)
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("grant.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    resolved_by: Mapped[str] = text_column("resolved_by", limits.LABEL)
    resolved_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    creation_hash: Mapped[str | None] = mapped_column(String(HASH), unique=True)
