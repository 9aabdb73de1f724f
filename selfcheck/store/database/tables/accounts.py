"""Accounts, and how often something was tried."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, Index, String, and_, text, true
from sqlalchemy.orm import Mapped, mapped_column

from selfcheck.core.permissions import ADVISOR, MEMBER, OPERATOR
from selfcheck.store.database import limits
from selfcheck.store.database.tables.columns import HASH, one_of, text_column
from selfcheck.store.database.transactions import Base

POSITIONS = (MEMBER, ADVISOR, OPERATOR)


def name_author(name: str | None, mail: str | None) -> str:
    """Under which name an account writes; empty where there is none (any more)."""
    return name or (mail or "").partition("@")[0]


class Account(Base):
    """Somebody who signs in. The names of the columns are those that Flask-Security asks for.

    `fs_uniquifier` is the mark that sessions and links in mails carry: a new one ends them all. `tf_counter` is the
    step of the newest code of the second factor that was used: no code is good twice. `tf_totp_secret` is sealed; of
    recovery codes only hashes are kept. `chamber` is an id of `chambers.yaml`, for advisors only.
    """

    __tablename__ = "account"
    __table_args__ = (one_of("position", POSITIONS),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(
        String(limits.MAIL), CheckConstraint(f"length(email) <= {limits.MAIL}", name="email_length"), unique=True
    )
    name: Mapped[str] = text_column("name", limits.NAME)
    position: Mapped[str] = mapped_column(String(20), default=MEMBER)
    chamber: Mapped[str] = mapped_column(String(limits.ID), default="", server_default=text("''"))
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool]
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    confirmed_at: Mapped[datetime | None]
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_counter: Mapped[int] = mapped_column(default=0, server_default="0")
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]

    @classmethod
    def usable(cls) -> ColumnElement[bool]:
        """Whether somebody can sign in with it and gets mails: confirmed, not blocked, not deleted."""
        return and_(cls.confirmed_at.is_not(None), cls.active == true(), cls.deleted_at.is_(None))


class AccountSession(Base):
    """A browser that is signed in. Its cookie holds a text of which `hash` is kept; `browser` says in words what it is.

    `mark` is the one that the account had when it began: the session is over once the account has another.
    """

    __tablename__ = "account_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    hash: Mapped[str] = mapped_column(String(HASH), unique=True)
    mark: Mapped[str] = mapped_column(String(64))
    browser: Mapped[str] = text_column("browser", limits.NAME)
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class Attempt(Base):
    """One attempt of one kind; who made it stands here as a keyed hash only."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_kind_key_at", "kind", "key", "at"), Index("ix_attempt_at", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(HASH))
    at: Mapped[datetime]
