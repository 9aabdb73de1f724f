"""Files that people sent for a piece of evidence."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from selfcheck.core.files.kinds import FileKind
from selfcheck.store.database import limits
from selfcheck.store.database.tables.columns import HASH, one_of, text_column
from selfcheck.store.database.transactions import Base

SCANNED, UNSCANNED = "clean", "unchecked"


class PieceFile(Base):
    """One file of a piece, which counts its revisions from 1. The bytes lie in a folder, under their `sha256`; where
    they were taken out for good there is none, and no name.

    `scan`: whether somebody looked for viruses in it, and found none.
    """

    __tablename__ = "piece_file"
    __table_args__ = (
        UniqueConstraint("evidence_id", "number"),
        Index("ix_piece_file_sha256", "sha256"),
        one_of("kind", tuple(FileKind)),
        one_of("scan", (SCANNED, UNSCANNED)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("self_check.id", ondelete="CASCADE"), index=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"))
    number: Mapped[int]
    name: Mapped[str] = text_column("name", limits.LINE)
    kind: Mapped[str] = mapped_column(String(10))
    size: Mapped[int]
    sha256: Mapped[str | None] = mapped_column(String(HASH))
    scan: Mapped[str] = mapped_column(String(10))
    by: Mapped[str] = text_column("by", limits.LABEL)
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("grant.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str] = text_column("removed_by", limits.LABEL)
