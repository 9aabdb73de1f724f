"""The interview of a case: agenda, record, and its finished versions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

FIELDS = (
    "minutes",
    "place",
    "who",
    "period",
    "method",
    "check_quality",
    "paper_quality",
    "good",
    "better",
    "said",
    "result",
)


def _text(table: str, name: str, limit: int) -> sa.Column[str]:
    check = sa.CheckConstraint(f'length("{name}") <= {limit}', name=op.f(f"ck_{table}_{name}_length"))
    return sa.Column(name, sa.String(limit) if limit <= 200 else sa.Text(), check, nullable=False)


def _word(name: str, limit: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(limit), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _create(table: str, unique: tuple[str, ...], *items: sa.schema.SchemaItem) -> None:
    case = sa.ForeignKeyConstraint(
        ["case_id"], ["review_case.id"], name=op.f(f"fk_{table}_case_id"), ondelete="CASCADE"
    )
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        case,
        *items,
        sa.UniqueConstraint(*unique, name=op.f(f"uq_{table}_{'_'.join(unique)}")),
    )


def _stamp(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return sa.Column("version", sa.Integer(), nullable=False), _text(table, "by", 120), _moment("at")


def upgrade() -> None:
    listed = ", ".join(f"'{value}'" for value in FIELDS)
    _create(
        "interview_text",
        ("case_id", "field", "subject"),
        _word("field", 20),
        _word("subject", 48),
        _text("interview_text", "text", 5000),
        *_stamp("interview_text"),
        sa.CheckConstraint(f"field IN ({listed})", name=op.f("ck_interview_text_field_known")),
    )
    _create(
        "interview_row",
        ("case_id", "subject"),
        _word("subject", 48),
        _text("interview_row", "title", 500),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        *_stamp("interview_row"),
    )
    _create(
        "record_version",
        ("case_id", "number"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        _word("sha256", 64),
        sa.Column("account_id", sa.Integer(), nullable=True),
        _text("record_version", "by", 120),
        _moment("at"),
        _moment("reopened_at", nullable=True),
        _text("record_version", "reopened_by", 120),
        _moment("final_at", nullable=True),
        _text("record_version", "final_by", 120),
        _text("record_version", "final_name", 80),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_record_version_account_id"), ondelete="SET NULL"
        ),
    )
    op.create_index(op.f("ix_record_version_account_id"), "record_version", ["account_id"])


def downgrade() -> None:
    for table in ("record_version", "interview_row", "interview_text"):
        op.drop_table(table)
