"""Tables of accounts and of the mails that the server sends."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from selfcheck.store.database import limits
from selfcheck.store.database.tables.self_check import (
    HASH,
    moment,
    one_of,
    text_column,
)
from selfcheck.store.database.transactions import Base

POSITIONS = ("member", "advisor", "operator")


class Account(Base):
    """Somebody who signs in. The names of the columns are those that Flask-Security asks for.

    `fs_uniquifier` stands in the session: a new one signs out everywhere. `tf_counter` is the step of the newest code
    of the second factor that was used: no code is good twice. Of recovery codes only hashes are kept.
    """

    __tablename__ = "account"
    __table_args__ = (one_of("position", POSITIONS),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(
        String(limits.MAIL), CheckConstraint(f"length(email) <= {limits.MAIL}", name="email_length"), unique=True
    )
    name: Mapped[str] = text_column("name", limits.NAME)
    position: Mapped[str] = mapped_column(String(20), default="member")
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool]
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    confirmed_at: Mapped[datetime | None] = moment(optional=True)
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_counter: Mapped[int] = mapped_column(default=0, server_default="0")
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime] = moment()
    last_seen_at: Mapped[datetime] = moment()
    deleted_at: Mapped[datetime | None] = moment(optional=True)


class Mail(Base):
    """A mail on its way (outbox). `account_id` is on whose behalf; `recipient` a keyed hash of the address.

    `stop` is the address that ends mails of this kind, for the head of the mail (List-Unsubscribe).
    Once sent, `address`, `subject`, `body` and `stop` are emptied; the row still counts towards the limit of
    recipients.
    """

    __tablename__ = "mail"
    __table_args__ = (Index("ix_mail_sent_at_next_at", "sent_at", "next_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    recipient: Mapped[str] = mapped_column(String(HASH))
    address: Mapped[str] = text_column("address", limits.MAIL)
    subject: Mapped[str] = text_column("subject", limits.LINE)
    body: Mapped[str] = text_column("body", limits.NOTE)
    stop: Mapped[str] = text_column("stop", limits.LINK)
    created_at: Mapped[datetime] = moment()
    attempts: Mapped[int]
    next_at: Mapped[datetime] = moment()
    sent_at: Mapped[datetime | None] = moment(optional=True)
