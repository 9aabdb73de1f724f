"""What the columns of several tables have in common, and what they refuse."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from selfcheck.store.database import limits
from selfcheck.store.database.times import UtcDateTime

HASH = 64


def text_column(name: str, limit: int, *, empty: bool = False) -> Mapped[str]:
    """A text of at most `limit` characters; SQLite needs to be told to refuse longer ones.

    `empty`: the column came later, rows before it have nothing there.
    """
    kind = String(limit) if limit <= limits.LINE else Text()
    check = CheckConstraint(f'length("{name}") <= {limit}', name=f"{name}_length")
    return mapped_column(kind, check, default="", nullable=False, server_default=text("''") if empty else None)


def one_of(name: str, allowed: tuple[str, ...]) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in allowed)
    return CheckConstraint(f"{name} IN ({listed})", name=f"{name}_known")


def moment(optional: bool = False) -> Mapped[Any]:
    return mapped_column(UtcDateTime(), nullable=optional)


def parent(table: str) -> Mapped[int]:
    return mapped_column(ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False)


class Versioned:
    """What every removable part has."""

    version: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    @declared_attr
    def by(cls) -> Mapped[str]:
        return text_column("by", limits.LABEL)
