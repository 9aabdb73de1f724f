"""The tables and what they refuse. Rows never leave the store.

A part that people change has a version: it counts its changes and stands with who made the last one, and when.
What is removed keeps its row (`removed_at`), so that its version, number and key are never given again.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, text, true
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from selfcheck.core.questionnaire.model import AUDITS, LANDS, PLACES
from selfcheck.core.rules.answers import State
from selfcheck.store.database import limits
from selfcheck.store.database.times import UtcDateTime
from selfcheck.store.database.transactions import Base

HASH = 64
LINK_ROLES = ("coordinator", "colleague", "office", "reader")


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


class SelfCheck(Base):
    __tablename__ = "self_check"
    __table_args__ = (
        one_of("land", LANDS),
        one_of("place", PLACES),
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
    place: Mapped[str] = mapped_column(String(30))
    audit: Mapped[str] = mapped_column(String(10))
    interview: Mapped[date | None]
    contact_name: Mapped[str] = text_column("contact_name", limits.LINE)
    contact_office: Mapped[str] = text_column("contact_office", limits.LINE)
    contact_phone: Mapped[str] = text_column("contact_phone", limits.LINE)
    contact_mail: Mapped[str] = text_column("contact_mail", limits.LINE)
    version: Mapped[int] = mapped_column(default=1)
    by: Mapped[str] = text_column("by", limits.LABEL)
    at: Mapped[datetime] = moment()
    created_at: Mapped[datetime] = moment()
    changed_at: Mapped[datetime] = moment()
    deleted_at: Mapped[datetime | None] = moment(optional=True)


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
    value: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    reason: Mapped[str] = text_column("reason", limits.REASON)
    choice_version: Mapped[int]
    choice_by: Mapped[str] = text_column("choice_by", limits.LABEL)
    choice_at: Mapped[datetime | None] = moment(optional=True)
    note: Mapped[str] = text_column("note", limits.NOTE)
    note_version: Mapped[int]
    note_by: Mapped[str] = text_column("note_by", limits.LABEL)
    note_at: Mapped[datetime | None] = moment(optional=True)


class Change(Base):
    """What happened in a self-check. Append only: nothing in the store changes a row."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_check_id_id", "check_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = parent("self_check")
    part: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(limits.KEY))
    before: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    after: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    by: Mapped[str] = text_column("by", limits.LABEL)
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("grant.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime] = moment()
    decided: Mapped[bool] = mapped_column(server_default=false())
    """Whether it was made in a conflict: by somebody who saw both values and decided."""


class _Versioned:
    """What every removable part has."""

    version: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    @declared_attr
    def by(cls) -> Mapped[str]:
        return text_column("by", limits.LABEL)


class Evidence(_Versioned, Base):
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
    link_id: Mapped[int | None] = mapped_column(ForeignKey("link.id", ondelete="SET NULL"), index=True)


class Step(Base):
    """A step of the checklist that was shown once, or an own one. Version 0: nobody touched it."""

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
    at: Mapped[datetime | None] = moment(optional=True)
    removed_at: Mapped[datetime | None] = moment(optional=True)


class _Entry(_Versioned):
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


class Goal(_Entry, Base):
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


class PastGoal(_Entry, Base):
    __tablename__ = "past_goal"
    __table_args__ = (UniqueConstraint("check_id", "key"), UniqueConstraint("check_id", "number"))

    achieved: Mapped[bool]
    documented: Mapped[bool]
    evidence: Mapped[str] = text_column("evidence", limits.PARAGRAPH)


class Project(_Entry, Base):
    __tablename__ = "project"
    __table_args__ = (UniqueConstraint("check_id", "key"), UniqueConstraint("check_id", "number"))

    description: Mapped[str] = text_column("description", limits.PARAGRAPH)
    effect: Mapped[str] = text_column("effect", limits.PARAGRAPH)
    documented: Mapped[bool]
    evidence: Mapped[str] = text_column("evidence", limits.PARAGRAPH)


class Link(Base):
    """A place in a self-check and the way to it: `ends_on` is its last day.

    For an office `label` is its name, `due_on` the day on which the coordination expects its answers; `message` and
    `returned_at` come back from it, at `message_read_at` the coordination had read it. `mail` is where an invitation
    went, if the server sent it. `public_id` names the place in addresses; a reader's report has an id of its own.
    `reminders`: whether `mail` may be reminded.
    """

    __tablename__ = "link"
    __table_args__ = (one_of("role", LINK_ROLES),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str | None] = mapped_column(String(32), unique=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("self_check.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = text_column("label", limits.LABEL)
    mail: Mapped[str] = text_column("mail", limits.MAIL, empty=True)
    due_on: Mapped[date | None]
    message: Mapped[str] = text_column("message", limits.MESSAGE, empty=True)
    message_version: Mapped[int] = mapped_column(default=0, server_default="0")
    message_by: Mapped[str] = text_column("message_by", limits.LABEL, empty=True)
    message_at: Mapped[datetime | None] = moment(optional=True)
    message_read_at: Mapped[datetime | None] = moment(optional=True)
    reminders: Mapped[bool] = mapped_column(default=True, server_default=true())
    returned_at: Mapped[datetime | None] = moment(optional=True)
    created_at: Mapped[datetime] = moment()
    ends_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None] = moment(optional=True)
    creation_hash: Mapped[str | None] = mapped_column(String(HASH), unique=True)


class LinkToken(Base):
    __tablename__ = "link_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("link.id", ondelete="CASCADE"), index=True)
    hash: Mapped[str] = mapped_column(String(HASH), unique=True)
    issued_at: Mapped[datetime] = moment()
    last_used_at: Mapped[datetime | None] = moment(optional=True)
    withdrawn_at: Mapped[datetime | None] = moment(optional=True)


class Grant(Base):
    """Who sits on a place: a browser (`hash` of the secret in its cookie) or an account.

    A browser without a token began the self-check. `name` is the person's, as they gave it; `seen_change` the newest
    change that they said they have seen.
    """

    __tablename__ = "grant"
    __table_args__ = (
        UniqueConstraint("link_id", "account_id"),
        CheckConstraint("hash IS NULL OR account_id IS NULL", name="one_holder"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("link.id", ondelete="CASCADE"), index=True)
    token_id: Mapped[int | None] = mapped_column(ForeignKey("link_token.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    hash: Mapped[str | None] = mapped_column(String(HASH), unique=True)
    name: Mapped[str] = text_column("name", limits.NAME, empty=True)
    seen_change: Mapped[int] = mapped_column(default=0, server_default="0")
    reminders: Mapped[bool] = mapped_column(default=True, server_default=true())
    created_at: Mapped[datetime] = moment()
    last_seen_at: Mapped[datetime] = moment()
    ended_at: Mapped[datetime | None] = moment(optional=True)


class Snapshot(Base):
    """A frozen Stand; `content` is canonical JSON, `sha256` is that of its UTF-8 bytes. Append only, but for texts that
    are taken out: `sha256` stays that of the original, `redacted_sha256` is that of what is left, `redacted_by` the
    place that took it out."""

    __tablename__ = "snapshot"

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("self_check.id", ondelete="CASCADE"), index=True)
    content: Mapped[str] = mapped_column(Text())
    sha256: Mapped[str] = mapped_column(String(HASH))
    created_at: Mapped[datetime] = moment()
    redacted_sha256: Mapped[str | None] = mapped_column(String(HASH))
    redacted_at: Mapped[datetime | None] = moment(optional=True)
    redacted_by: Mapped[str] = text_column("redacted_by", limits.LABEL, empty=True)


class Share(Base):
    __tablename__ = "share"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id", ondelete="CASCADE"), index=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("link.id", ondelete="CASCADE"), unique=True)
    creation_hash: Mapped[str | None] = mapped_column(String(HASH), unique=True)


class ShareRead(Base):
    __tablename__ = "share_read"
    __table_args__ = (Index("ix_share_read_share_id_at", "share_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    share_id: Mapped[int] = parent("share")
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = moment()


class Attempt(Base):
    """One attempt of one kind; who made it stands here as a keyed hash only."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_kind_key_at", "kind", "key", "at"), Index("ix_attempt_at", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(HASH))
    at: Mapped[datetime] = moment()
