"""What a chamber says after the interview, what of it the town was shown, and how a chamber works."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from selfcheck.core.review.result import Certified
from selfcheck.store.database import limits
from selfcheck.store.database.tables.columns import HASH, Stamped, Versioned, WordColumn, one_of, parent, text_column
from selfcheck.store.database.transactions import Base


class CaseResult(Stamped, Base):
    """The result of an audit. `points` are those of the criteria by their ids, digit for digit, and under `""` the
    Sonderpunkte."""

    __tablename__ = "case_result"
    __table_args__ = (one_of("certified", tuple(Certified)),)

    case_id: Mapped[int] = mapped_column(ForeignKey("review_case.id", ondelete="CASCADE"), primary_key=True)
    points: Mapped[object] = mapped_column(JSON())
    certified: Mapped[str] = mapped_column(WordColumn(Certified))
    awarded: Mapped[date | None]
    next_steps: Mapped[str] = text_column("next_steps", limits.PARAGRAPH)


class AgreedGoal(Versioned, Base):
    """A goal that was agreed on in the interview; its `number` is its own for life."""

    __tablename__ = "agreed_goal"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = parent("review_case")
    number: Mapped[int]
    title: Mapped[str] = text_column("title", limits.TITLE)
    criterion: Mapped[str] = mapped_column(String(limits.ID))
    measure: Mapped[str] = text_column("measure", limits.PARAGRAPH)
    metric: Mapped[str] = text_column("metric", limits.LINE, empty=True)
    metric_now: Mapped[str] = text_column("metric_now", limits.LINE, empty=True)
    target: Mapped[str] = text_column("target", limits.LINE)
    due: Mapped[date | None]
    creation_hash: Mapped[str | None] = mapped_column(String(HASH), unique=True)


class CaseRelease(Base):
    """What the town was shown of a case, frozen; append only. `content` is canonical JSON, `sha256` that of its bytes.
    The newest one counts."""

    __tablename__ = "case_release"
    __table_args__ = (Index("ix_case_release_case_id_at", "case_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = parent("review_case")
    content: Mapped[str] = mapped_column(Text())
    sha256: Mapped[str] = mapped_column(String(HASH))
    by: Mapped[str] = text_column("by", limits.LABEL)
    at: Mapped[datetime]


class ChamberSetting(Stamped, Base):
    """How a chamber works. `second_reader`: another advisor reads what is to be released."""

    __tablename__ = "chamber_setting"

    chamber: Mapped[str] = mapped_column(String(limits.ID), primary_key=True)
    second_reader: Mapped[bool]
