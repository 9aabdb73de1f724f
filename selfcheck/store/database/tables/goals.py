"""The simple lists: goals, goals of the last audit, projects."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from selfcheck.store.database import limits
from selfcheck.store.database.tables.columns import HASH, Versioned, parent, text_column
from selfcheck.store.database.transactions import Base


class Entry(Versioned):
    """An entry of a list: its number is its own for life."""

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(HASH))
    number: Mapped[int]

    @declared_attr
    def check_id(cls) -> Mapped[int]:
        return parent("self_check")

    @declared_attr
    def title(cls) -> Mapped[str]:
        return text_column("title", limits.TITLE)


class Goal(Entry, Base):
    __tablename__ = "goal"
    __table_args__ = (UniqueConstraint("check_id", "key"), UniqueConstraint("check_id", "number"))

    criterion: Mapped[str] = mapped_column(String(limits.ID))
    start: Mapped[str] = text_column("start", limits.PARAGRAPH)
    measure: Mapped[str] = text_column("measure", limits.PARAGRAPH)
    metric: Mapped[str] = text_column("metric", limits.TITLE)
    metric_now: Mapped[str] = text_column("metric_now", limits.LINE)
    metric_target: Mapped[str] = text_column("metric_target", limits.LINE)
    due: Mapped[date | None]
    person: Mapped[str] = text_column("person", limits.PERSON)


class PastGoal(Entry, Base):
    __tablename__ = "past_goal"
    __table_args__ = (UniqueConstraint("check_id", "key"), UniqueConstraint("check_id", "number"))

    achieved: Mapped[bool]
    documented: Mapped[bool]
    evidence: Mapped[str] = text_column("evidence", limits.PARAGRAPH)


class Project(Entry, Base):
    __tablename__ = "project"
    __table_args__ = (UniqueConstraint("check_id", "key"), UniqueConstraint("check_id", "number"))

    description: Mapped[str] = text_column("description", limits.PARAGRAPH)
    effect: Mapped[str] = text_column("effect", limits.PARAGRAPH)
    documented: Mapped[bool]
    evidence: Mapped[str] = text_column("evidence", limits.PARAGRAPH)
