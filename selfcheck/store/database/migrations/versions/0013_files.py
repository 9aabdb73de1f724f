"""Pieces of evidence can have files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
KINDS = ("pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "jpg", "png", "webp", "txt", "csv")
SCANS = ("clean", "unchecked")


def _text(name: str, limit: int) -> sa.Column[str]:
    check = sa.CheckConstraint(f'length("{name}") <= {limit}', name=op.f(f"ck_piece_file_{name}_length"))
    return sa.Column(name, sa.String(limit), check, nullable=False)


def _one_of(name: str, allowed: tuple[str, ...]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in allowed)
    return sa.CheckConstraint(f"{name} IN ({listed})", name=op.f(f"ck_piece_file_{name}_known"))


def _parent(column: str, target: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_piece_file_{column}"), ondelete=ondelete)


def upgrade() -> None:
    op.create_table(
        "piece_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        _text("name", 200),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=True),
        sa.Column("scan", sa.String(10), nullable=False),
        _text("by", 120),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        _text("removed_by", 120),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_piece_file")),
        sa.UniqueConstraint("evidence_id", "number", name=op.f("uq_piece_file_evidence_id_number")),
        _one_of("kind", KINDS),
        _one_of("scan", SCANS),
        _parent("check_id", "self_check"),
        _parent("evidence_id", "evidence"),
        _parent("grant_id", "grant", "SET NULL"),
    )
    op.create_index(op.f("ix_piece_file_check_id"), "piece_file", ["check_id"])
    op.create_index(op.f("ix_piece_file_grant_id"), "piece_file", ["grant_id"])
    op.create_index("ix_piece_file_sha256", "piece_file", ["sha256"])


def downgrade() -> None:
    op.drop_table("piece_file")
