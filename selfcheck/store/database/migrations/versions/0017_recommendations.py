"""Recommendations of a chamber, each with what its town answers; from which self-check another was begun."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TABLE = "recommendation"
KNOWN = {
    "priority": ("high", "normal"),
    "state": ("new", "planned", "not planned", "submitted", "accepted", "returned", "done", "withdrawn"),
    "decision": ("", "doing", "not doing"),
    "money": ("", "yes", "no", "open"),
}


def _text(name: str, limit: int) -> sa.Column[str]:
    check = sa.CheckConstraint(f'length("{name}") <= {limit}', name=op.f(f"ck_{TABLE}_{name}_length"))
    return sa.Column(name, sa.String(limit) if limit <= 200 else sa.Text(), check, nullable=False)


def _word(name: str, limit: int = 20) -> sa.Column[str]:
    return sa.Column(name, sa.String(limit), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _known(name: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in KNOWN[name])
    return sa.CheckConstraint(f"{name} IN ({listed})", name=op.f(f"ck_{TABLE}_{name}_known"))


def _unique(*names: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*names, name=op.f(f"uq_{TABLE}_{'_'.join(names)}"))


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), primary_key=True),
        _word("public_id", 32),
        _number("case_id"),
        _word("creation_hash", 64),
        _word("label"),
        _word("criterion", 48),
        _word("question", 48),
        _text("title", 200),
        _text("text", 2000),
        _word("priority"),
        _number("version"),
        _text("by", 120),
        _moment("at"),
        _word("state"),
        _moment("sent_at", nullable=True),
        _text("note", 1000),
        sa.Column("returned", sa.Boolean(), nullable=False),
        _text("turned_by", 120),
        _moment("turned_at", nullable=True),
        _word("decision"),
        _text("reason", 1000),
        _text("person", 120),
        sa.Column("due", sa.Date(), nullable=True),
        _word("money"),
        _number("progress"),
        _number("reply_version"),
        _text("reply_by", 120),
        _moment("reply_at", nullable=True),
        sa.Column("submitted", sa.JSON(), nullable=True),
        _text("submitted_by", 120),
        _moment("submitted_at", nullable=True),
        *(_known(name) for name in KNOWN),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name=op.f(f"ck_{TABLE}_progress_percent")),
        sa.ForeignKeyConstraint(["case_id"], ["review_case.id"], name=op.f(f"fk_{TABLE}_case_id"), ondelete="CASCADE"),
        _unique("public_id"),
        _unique("creation_hash"),
        _unique("case_id", "label"),
    )

    op.create_table(
        "audit_before",
        _number("check_id"),
        _number("before_id"),
        sa.ForeignKeyConstraint(
            ["check_id"], ["self_check.id"], name=op.f("fk_audit_before_check_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["before_id"], ["self_check.id"], name=op.f("fk_audit_before_before_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("check_id", name=op.f("pk_audit_before")),
    )
    op.create_index(op.f("ix_audit_before_before_id"), "audit_before", ["before_id"])


def downgrade() -> None:
    op.drop_table("audit_before")
    op.drop_table(TABLE)
