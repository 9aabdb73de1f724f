"""What happened, moments with a name, texts that were taken out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from selfcheck.store.database import limits
from selfcheck.store.database.tables.columns import HASH, parent, text_column
from selfcheck.store.database.transactions import Base


class Change(Base):
    """What happened in a self-check. Append only: nothing in the store changes a row."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_check_id_id", "check_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = parent("self_check")
    part: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(limits.KEY))
    before: Mapped[object] = mapped_column(JSON(none_as_null=True), nullable=True)
    after: Mapped[object] = mapped_column(JSON(none_as_null=True), nullable=True)
    by: Mapped[str] = text_column("by", limits.LABEL)
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("grant.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    decided: Mapped[bool] = mapped_column(server_default=false())
    """Whether it was made in a conflict: by somebody who saw both values and decided."""


class NamedState(Base):
    """A Stand with a name: the self-check as it was after the change `change_id`. The history holds what it was."""

    __tablename__ = "named_state"

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("self_check.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = text_column("name", limits.LABEL)
    change_id: Mapped[int]
    by: Mapped[str] = text_column("by", limits.LABEL)
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("grant.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    creation_hash: Mapped[str | None] = mapped_column(String(HASH), unique=True)


class Redaction(Base):
    """A text that was taken out everywhere, history and frozen states included; what it said is kept nowhere."""

    __tablename__ = "redaction"

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("self_check.id", ondelete="CASCADE"), index=True)
    part: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(limits.KEY))
    reason: Mapped[str] = text_column("reason", limits.LINE)
    by: Mapped[str] = text_column("by", limits.LABEL)
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("grant.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
