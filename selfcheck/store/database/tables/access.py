"""Who may open a self-check: the places in it, their links, who sits there."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    BindParameter,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    String,
    UniqueConstraint,
    and_,
    false,
    or_,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from selfcheck.core.permissions import Role
from selfcheck.store.database import limits
from selfcheck.store.database.tables.columns import HASH, RoleColumn, one_of, text_column
from selfcheck.store.database.transactions import Base


class Place(Base):
    """A place in a self-check: `ends_on` is its last day.

    For an office `label` is its name, `due_on` the day on which the coordination expects its answers; `message` and
    `returned_at` come back from it, at `message_read_at` the coordination had read it. `mail` is where an invitation
    went, if the server sent it; `mail_refused_at`: when a mail server last said that it takes none for it. `public_id`
    names the place in addresses; a reader's report has an id of its own.
    `reminders`: whether `mail` may be reminded.
    """

    __tablename__ = "place"
    __table_args__ = (one_of("role", tuple(Role)),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str | None] = mapped_column(String(32), unique=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("self_check.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role] = mapped_column(RoleColumn())
    label: Mapped[str] = text_column("label", limits.LABEL)
    mail: Mapped[str] = text_column("mail", limits.MAIL, empty=True)
    mail_refused_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    message: Mapped[str] = text_column("message", limits.MESSAGE, empty=True)
    message_version: Mapped[int] = mapped_column(default=0, server_default="0")
    message_by: Mapped[str] = text_column("message_by", limits.LABEL, empty=True)
    message_at: Mapped[datetime | None]
    message_read_at: Mapped[datetime | None]
    reminders: Mapped[bool] = mapped_column(default=True, server_default=true())
    returned_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    ends_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    creation_hash: Mapped[str | None] = mapped_column(String(HASH), unique=True)

    @classmethod
    def open_on(cls, day: date | BindParameter[date]) -> ColumnElement[bool]:
        """Whether it is neither withdrawn nor over on `day`."""
        return and_(cls.withdrawn_at.is_(None), or_(cls.ends_on.is_(None), cls.ends_on >= day))

    @classmethod
    def coordinating(cls) -> ColumnElement[bool]:
        """Whether it is one of the coordination, and not withdrawn."""
        return and_(cls.role == Role.COORDINATOR, cls.withdrawn_at.is_(None))


class Link(Base):
    """The way to a place: `hash` is that of the token in its address, which is kept nowhere."""

    __tablename__ = "link"

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id", ondelete="CASCADE"), index=True)
    hash: Mapped[str] = mapped_column(String(HASH), unique=True)
    issued_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class Grant(Base):
    """Who sits on a place: a browser (`hash` of the secret in its cookie) or an account.

    A browser without a link began the self-check. `name` is the person's, as they gave it; `seen_change` the newest
    change that they said they have seen. `bundles`: whether they asked to be told by mail that something waits;
    `told_at`: until when they were. `asked_on` is the day of the last mail about the Zwischenstand of the goals.
    """

    __tablename__ = "grant"
    __table_args__ = (
        UniqueConstraint("place_id", "account_id"),
        CheckConstraint("hash IS NULL OR account_id IS NULL", name="one_holder"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id", ondelete="CASCADE"), index=True)
    link_id: Mapped[int | None] = mapped_column(ForeignKey("link.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    hash: Mapped[str | None] = mapped_column(String(HASH), unique=True)
    name: Mapped[str] = text_column("name", limits.NAME, empty=True)
    seen_change: Mapped[int] = mapped_column(default=0, server_default="0")
    reminders: Mapped[bool] = mapped_column(default=True, server_default=true())
    bundles: Mapped[bool] = mapped_column(default=False, server_default=false())
    told_at: Mapped[datetime | None]
    asked_on: Mapped[date | None]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
