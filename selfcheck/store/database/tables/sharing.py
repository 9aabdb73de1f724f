"""Frozen Stände, the links to their reports, and who read them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from selfcheck.store.database import limits
from selfcheck.store.database.tables.columns import HASH, parent, text_column
from selfcheck.store.database.transactions import Base


class Snapshot(Base):
    """A frozen Stand; `content` is canonical JSON, `sha256` is that of its UTF-8 bytes. Append only, but for texts that
    are taken out: `sha256` stays that of the original, `redacted_sha256` is that of what is left, `redacted_by` the
    place that took it out. `number` counts the Stände of a self-check from 1, for people."""

    __tablename__ = "snapshot"
    __table_args__ = (UniqueConstraint("check_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("self_check.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    content: Mapped[str] = mapped_column(Text())
    sha256: Mapped[str] = mapped_column(String(HASH))
    created_at: Mapped[datetime]
    redacted_sha256: Mapped[str | None] = mapped_column(String(HASH))
    redacted_at: Mapped[datetime | None]
    redacted_by: Mapped[str] = text_column("redacted_by", limits.LABEL, empty=True)


class Share(Base):
    __tablename__ = "share"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id", ondelete="CASCADE"), index=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id", ondelete="CASCADE"), unique=True)
    creation_hash: Mapped[str | None] = mapped_column(String(HASH), unique=True)


class ShareRead(Base):
    __tablename__ = "share_read"
    __table_args__ = (Index("ix_share_read_share_id_at", "share_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    share_id: Mapped[int] = parent("share")
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
