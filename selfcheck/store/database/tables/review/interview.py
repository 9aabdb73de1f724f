"""The interview of a case: what its agenda plans, what its record says, and each finished version of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from selfcheck.core.review.record import Field
from selfcheck.store.database import limits
from selfcheck.store.database.tables.columns import HASH, Stamped, WordColumn, one_of, parent, text_column
from selfcheck.store.database.transactions import Base


class InterviewText(Stamped, Base):
    """One field of agenda and record. `subject` is the row, criterion or department where there is one for each."""

    __tablename__ = "interview_text"
    __table_args__ = (UniqueConstraint("case_id", "field", "subject"), one_of("field", tuple(Field)))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = parent("review_case")
    field: Mapped[str] = mapped_column(WordColumn(Field))
    subject: Mapped[str] = mapped_column(String(limits.ID))
    text: Mapped[str] = text_column("text", limits.NOTE)


class InterviewRow(Stamped, Base):
    """What advisors set of a row of the agenda; `title` is empty where it is none of their own."""

    __tablename__ = "interview_row"
    __table_args__ = (UniqueConstraint("case_id", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = parent("review_case")
    subject: Mapped[str] = mapped_column(String(limits.ID))
    title: Mapped[str] = text_column("title", limits.TITLE)
    kept: Mapped[bool]
    minutes: Mapped[int | None]


class RecordVersion(Base):
    """A finished version of the record, frozen as plain data. `final_*` say who made it final; it is read only then."""

    __tablename__ = "record_version"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = parent("review_case")
    number: Mapped[int]
    content: Mapped[str] = mapped_column(Text())
    sha256: Mapped[str] = mapped_column(String(HASH))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    by: Mapped[str] = text_column("by", limits.LABEL)
    at: Mapped[datetime]
    reopened_at: Mapped[datetime | None]
    reopened_by: Mapped[str] = text_column("reopened_by", limits.LABEL)
    final_at: Mapped[datetime | None]
    final_by: Mapped[str] = text_column("final_by", limits.LABEL)
    final_name: Mapped[str] = text_column("final_name", limits.NAME)
