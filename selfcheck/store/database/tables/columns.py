"""What the columns of several tables have in common, and what they refuse."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Dialect, ForeignKey, String, Text, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

from selfcheck.core.permissions import Role
from selfcheck.store.database import limits
from selfcheck.store.database.damage import DamagedRow

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


class RoleColumn(TypeDecorator[Role]):
    """Raises `DamagedRow` for what is no role."""

    impl = String(20)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return str(value) if value is not None else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> Role | None:
        try:
            return Role(value) if value is not None else None
        except ValueError:
            raise DamagedRow("no role") from None


class WordColumn(TypeDecorator[StrEnum]):
    """One of the words of an enumeration, or nothing. Raises `DamagedRow` for any other."""

    impl = String(20)
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return str(value) if value is not None else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """`Any`: an empty text is no word."""
        try:
            return self.words(value) if value else value
        except ValueError:
            raise DamagedRow("no word that is known") from None


class AmountColumn(TypeDecorator[Decimal]):
    """Points or a percentage, digit for digit. Raises `DamagedRow` for what is no number."""

    impl = String(20)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return format(value, "f") if value is not None else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        try:
            amount = Decimal(value) if value is not None else None
        except ArithmeticError:
            raise DamagedRow("no number") from None
        if amount is not None and not amount.is_finite():
            raise DamagedRow("no number")
        return amount


class NamesColumn(TypeDecorator[tuple[str, ...]]):
    """Ids, which have no blanks in them, one after the other."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:
        return " ".join(value or ())

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        return tuple((value or "").split())


def parent(table: str) -> Mapped[int]:
    return mapped_column(ForeignKey(f"{table}.id", ondelete="CASCADE"), nullable=False)


class Stamped:
    """What every part has: its version, and who wrote that when."""

    version: Mapped[int]
    at: Mapped[datetime]

    @declared_attr
    def by(cls) -> Mapped[str]:
        return text_column("by", limits.LABEL)


class Versioned(Stamped):
    """What every removable part has."""

    removed_at: Mapped[datetime | None]
