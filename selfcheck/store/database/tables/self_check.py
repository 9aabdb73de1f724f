"""What is said in a self-check, question by question, and the steps of its checklist."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from selfcheck.core.questionnaire.model import AUDITS, CENTRALITIES, LANDS
from selfcheck.core.rules.answers import State
from selfcheck.store.database import limits
from selfcheck.store.database.tables.columns import HASH, NamesColumn, Versioned, one_of, parent, text_column
from selfcheck.store.database.transactions import Base


class SelfCheck(Base):
    __tablename__ = "self_check"
    __table_args__ = (
        one_of("land", LANDS),
        one_of("centrality", CENTRALITIES),
        one_of("audit", AUDITS),
        Index("ix_self_check_deleted_at", "deleted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    creation_hash: Mapped[str | None] = mapped_column(String(HASH), unique=True)
    questionnaire_id: Mapped[str] = mapped_column(String(limits.ID))
    questionnaire_version: Mapped[str] = mapped_column(String(limits.ID))
    municipality: Mapped[str] = text_column("municipality", limits.LINE)
    district: Mapped[str] = text_column("district", limits.DISTRICT)
    land: Mapped[str] = mapped_column(String(10))
    centrality: Mapped[str] = mapped_column(String(30))
    audit: Mapped[str] = mapped_column(String(10))
    interview: Mapped[date | None]
    awarded: Mapped[date | None]
    contact_name: Mapped[str] = text_column("contact_name", limits.LINE)
    contact_office: Mapped[str] = text_column("contact_office", limits.LINE)
    contact_phone: Mapped[str] = text_column("contact_phone", limits.LINE)
    contact_mail: Mapped[str] = text_column("contact_mail", limits.LINE)
    version: Mapped[int] = mapped_column(default=1)
    by: Mapped[str] = text_column("by", limits.LABEL)
    at: Mapped[datetime]
    chamber_mail: Mapped[str] = text_column("chamber_mail", limits.LINE, empty=True)
    """Where the chamber is written to, as somebody found it; a part of its own."""
    chamber_version: Mapped[int] = mapped_column(default=0, server_default="0")
    chamber_by: Mapped[str] = text_column("chamber_by", limits.LABEL, empty=True)
    chamber_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    written: Mapped[int] = mapped_column(server_default="0")
    """Letters that were ever written into it, about; no more than `limits.HISTORY`."""


class Answer(Base):
    __tablename__ = "answer"
    __table_args__ = (
        one_of("state", tuple(State)),
        CheckConstraint("(state = 'given') = (value IS NOT NULL)", name="value_when_given"),
        CheckConstraint("(state = 'not_applicable') = (reason <> '')", name="reason_when_not_applicable"),
    )

    check_id: Mapped[int] = mapped_column(ForeignKey("self_check.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(String(limits.ID), primary_key=True)
    state: Mapped[str] = mapped_column(String(20))
    value: Mapped[object] = mapped_column(JSON(none_as_null=True), nullable=True)
    reason: Mapped[str] = text_column("reason", limits.REASON)
    choice_version: Mapped[int]
    choice_by: Mapped[str] = text_column("choice_by", limits.LABEL)
    choice_at: Mapped[datetime | None]
    note: Mapped[str] = text_column("note", limits.NOTE)
    note_version: Mapped[int]
    note_by: Mapped[str] = text_column("note_by", limits.LABEL)
    note_at: Mapped[datetime | None]
    unconfirmed: Mapped[str] = mapped_column(String(limits.ID), server_default=text("''"))
    """Taken over, and not confirmed by anybody yet."""


class Evidence(Versioned, Base):
    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("check_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = parent("self_check")
    key: Mapped[str] = mapped_column(String(HASH))
    question: Mapped[str] = mapped_column(String(limits.ID))
    usual: Mapped[bool]
    title: Mapped[str] = text_column("title", limits.TITLE)
    available: Mapped[bool]
    link: Mapped[str] = text_column("link", limits.LINK)
    file_number: Mapped[str] = text_column("file_number", limits.LINE)
    page: Mapped[str] = text_column("page", limits.LINE)
    valid_until: Mapped[date | None]
    name: Mapped[str] = text_column("name", limits.TITLE, empty=True)
    kind: Mapped[str] = mapped_column(String(limits.ID), server_default=text("''"))
    dated: Mapped[date | None]
    also: Mapped[tuple[str, ...]] = mapped_column(NamesColumn, server_default=text("''"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id", ondelete="SET NULL"), index=True)


class Step(Base):
    """A step of the checklist that was shown once, or an own one. Version 0: nobody touched it. `place_id` is that of
    whoever does it, where `person` is somebody of the Team."""

    __tablename__ = "step"

    check_id: Mapped[int] = mapped_column(ForeignKey("self_check.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(limits.KEY), primary_key=True)
    first_seen: Mapped[date]
    own: Mapped[bool]
    done: Mapped[bool]
    person: Mapped[str] = text_column("person", limits.PERSON)
    note: Mapped[str] = text_column("note", limits.STEP_NOTE)
    title: Mapped[str] = text_column("title", limits.TITLE)
    due: Mapped[date | None]
    group: Mapped[str] = mapped_column(String(limits.ID))
    version: Mapped[int]
    by: Mapped[str] = text_column("by", limits.LABEL)
    at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id", ondelete="SET NULL"), index=True)
