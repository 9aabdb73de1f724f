"""That what had to go went: the proof that deadlines were kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from selfcheck.store.database.transactions import Base


class PurgeRun(Base):
    """One run of the purge: when, and how many of each kind went. It names nobody and no town."""

    __tablename__ = "purge_run"
    __table_args__ = (Index("ix_purge_run_at", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    gone: Mapped[object] = mapped_column(JSON(none_as_null=True))
