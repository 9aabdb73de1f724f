"""Good examples: the words of an answer that all towns may read once its own town has agreed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

STATES = ("proposed", "agreed", "declined", "taken back")


def _text(name: str, limit: int) -> sa.Column[str]:
    check = sa.CheckConstraint(f'length("{name}") <= {limit}', name=op.f(f"ck_good_example_{name}_length"))
    return sa.Column(name, sa.String(limit) if limit <= 200 else sa.Text(), check, nullable=False)


def upgrade() -> None:
    listed = ", ".join(f"'{state}'" for state in STATES)
    op.create_table(
        "good_example",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("public_id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(48), nullable=False),
        _text("municipality", 200),
        _text("title", 120),
        _text("text", 1000),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("proposed_by", 120),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        _text("by", 120),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _text("reason", 1000),
        sa.Column("creation_hash", sa.String(64), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["review_case.id"], name=op.f("fk_good_example_case_id"), ondelete="CASCADE"
        ),
        sa.CheckConstraint(f"state IN ({listed})", name=op.f("ck_good_example_state_known")),
        sa.UniqueConstraint("public_id", name=op.f("uq_good_example_public_id")),
        sa.UniqueConstraint("creation_hash", name=op.f("uq_good_example_creation_hash")),
    )
    op.create_index(op.f("ix_good_example_case_id"), "good_example", ["case_id"])
    op.create_index("ix_good_example_state_question", "good_example", ["state", "question"])


def downgrade() -> None:
    op.drop_table("good_example")
