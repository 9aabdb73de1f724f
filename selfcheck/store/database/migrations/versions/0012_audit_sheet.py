"""The chamber's Prüfbogen can be laid beside our questions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _text(table: str, name: str, limit: int) -> sa.Column[str]:
    kind = sa.String(limit) if limit <= 200 else sa.Text()
    check = sa.CheckConstraint(f'length("{name}") <= {limit}', name=op.f(f"ck_{table}_{name}_length"))
    return sa.Column(name, kind, check, nullable=False)


def _parent(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["check_id"], ["self_check.id"], name=op.f(f"fk_{table}_check_id"), ondelete="CASCADE"
    )


def upgrade() -> None:
    op.create_table(
        "sheet_line",
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(48), nullable=False),
        _text("sheet_line", "number_there", 12),
        sa.Column("points", sa.String(20), nullable=True),
        sa.Column("absent", sa.Boolean(), nullable=False),
        _text("sheet_line", "remark", 500),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("sheet_line", "by", 120),
        sa.Column("at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("check_id", "question", name=op.f("pk_sheet_line")),
        sa.CheckConstraint("NOT absent OR points IS NULL", name=op.f("ck_sheet_line_points_unless_absent")),
        _parent("sheet_line"),
    )
    op.create_table(
        "only_there",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        _text("only_there", "title", 500),
        _text("only_there", "number_there", 12),
        sa.Column("points", sa.String(20), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        _text("only_there", "by", 120),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_only_there")),
        sa.UniqueConstraint("check_id", "key", name=op.f("uq_only_there_check_id_key")),
        sa.UniqueConstraint("check_id", "number", name=op.f("uq_only_there_check_id_number")),
        _parent("only_there"),
    )
    op.create_table(
        "sheet_mark",
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("percent", sa.String(20), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("sheet_mark", "by", 120),
        sa.Column("at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("check_id", name=op.f("pk_sheet_mark")),
        _parent("sheet_mark"),
    )


def downgrade() -> None:
    for table in ("sheet_mark", "only_there", "sheet_line"):
        op.drop_table(table)
