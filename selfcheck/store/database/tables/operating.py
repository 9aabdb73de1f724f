"""What the server does by itself, and when it last did."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, text
from sqlalchemy.orm import Mapped, mapped_column

from selfcheck.store.database.tables.columns import HASH
from selfcheck.store.database.transactions import Base


class Job(Base):
    """One thing that is done again and again; `holder` is the process that does it now, until `held_until`.

    `ran_at` is when it was last done to the end, with `done` pieces; `failed_at` when that last went wrong. No column
    is one by which the purge knows whether the clock is right: a job that runs under a wrong clock must not vouch for
    it.
    """

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(20), unique=True)
    holder: Mapped[str] = mapped_column(String(HASH))
    held_until: Mapped[datetime | None]
    ran_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    done: Mapped[int] = mapped_column(default=0, server_default=text("0"))
