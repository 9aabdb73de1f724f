"""Mails on their way, and who was reminded."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from selfcheck.store.database import limits
from selfcheck.store.database.tables.columns import HASH, text_column
from selfcheck.store.database.transactions import Base


class Mail(Base):
    """A mail on its way (outbox). `account_id` is on whose behalf; `recipient` a keyed hash of the address.

    `stop` is the address that ends mails of this kind, for the head of the mail (List-Unsubscribe).
    Once sent, `address`, `subject`, `body` and `stop` are emptied; the row still counts towards the limit of
    recipients. `fault` is why the last attempt failed. `refused_at`: nobody will ever take it; its address stays for
    some time, so that the operator finds it.
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
    created_at: Mapped[datetime]
    attempts: Mapped[int]
    next_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    fault: Mapped[str] = mapped_column(String(20), default="", server_default=text("''"))
    refused_at: Mapped[datetime | None]


class Reminder(Base):
    """One reminder was written to this person (keyed hash of the address) on this day; never a second one."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("person", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(String(HASH))
    day: Mapped[date]
