"""The simple lists: goals, goals of the last audit, projects; and what became of agreed goals by and by."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from selfcheck.core.goals.interim import Reached
from selfcheck.store.database import limits
from selfcheck.store.database.tables.columns import HASH, Versioned, one_of, parent, text_column
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
    location: Mapped[str] = text_column("location", limits.LINE, empty=True)
    outcome: Mapped[str] = text_column("outcome", limits.PARAGRAPH, empty=True)


class Interim(Base):
    """A goal, by its number, in a year of the label."""

    __tablename__ = "interim"
    __table_args__ = (
        one_of("reached", tuple(Reached)),
        CheckConstraint("year > 0 AND goal > 0", name="counted_from_one"),
    )

    check_id: Mapped[int] = mapped_column(ForeignKey("self_check.id", ondelete="CASCADE"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    goal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reached: Mapped[str] = mapped_column(String(limits.ID))
    said: Mapped[str] = text_column("said", limits.REASON)
    document: Mapped[str] = text_column("document", limits.TITLE)
    location: Mapped[str] = text_column("location", limits.LINE)
    version: Mapped[int]
    by: Mapped[str] = text_column("by", limits.LABEL)
    at: Mapped[datetime | None]


class Project(Entry, Base):
    __tablename__ = "project"
    __table_args__ = (UniqueConstraint("check_id", "key"), UniqueConstraint("check_id", "number"))

    description: Mapped[str] = text_column("description", limits.PARAGRAPH)
    effect: Mapped[str] = text_column("effect", limits.PARAGRAPH)
    documented: Mapped[bool]
    evidence: Mapped[str] = text_column("evidence", limits.PARAGRAPH)
