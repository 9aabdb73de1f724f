"""What somebody read in the chamber's Prüfbogen."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from selfcheck.store.database import limits
from selfcheck.store.database.tables.columns import AmountColumn, text_column
from selfcheck.store.database.tables.goals import Entry
from selfcheck.store.database.transactions import Base


class SheetLine(Base):
    """One question of ours: where it stands there, and what it gives. `absent`: it does not stand there."""

    __tablename__ = "sheet_line"
    __table_args__ = (CheckConstraint("NOT absent OR points IS NULL", name="points_unless_absent"),)

    check_id: Mapped[int] = mapped_column(ForeignKey("self_check.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(String(limits.ID), primary_key=True)
    number_there: Mapped[str] = text_column("number_there", limits.NUMBER_THERE)
    points: Mapped[Decimal | None] = mapped_column(AmountColumn)
    absent: Mapped[bool]
    remark: Mapped[str] = text_column("remark", limits.REMARK)
    version: Mapped[int]
    by: Mapped[str] = text_column("by", limits.LABEL)
    at: Mapped[datetime | None]


class OnlyThere(Entry, Base):
    """What only the Prüfbogen asks."""

    __tablename__ = "only_there"
    __table_args__ = (UniqueConstraint("check_id", "key"), UniqueConstraint("check_id", "number"))

    number_there: Mapped[str] = text_column("number_there", limits.NUMBER_THERE)
    points: Mapped[Decimal | None] = mapped_column(AmountColumn)


class SheetMark(Base):
    """The share of its points that it asks for."""

    __tablename__ = "sheet_mark"

    check_id: Mapped[int] = mapped_column(ForeignKey("self_check.id", ondelete="CASCADE"), primary_key=True)
    percent: Mapped[Decimal | None] = mapped_column(AmountColumn)
    version: Mapped[int]
    by: Mapped[str] = text_column("by", limits.LABEL)
    at: Mapped[datetime | None]
