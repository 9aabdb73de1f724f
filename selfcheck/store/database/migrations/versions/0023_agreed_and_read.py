"""Agreed goals say by what they are measured; a Rückfrage says when the town has read it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("agreed_goal") as batch:
        for name in ("metric", "metric_now"):
            batch.add_column(sa.Column(name, sa.String(200), server_default=sa.text("''"), nullable=False))
            batch.create_check_constraint(op.f(f"ck_agreed_goal_{name}_length"), f'length("{name}") <= 200')
    op.add_column("thread", sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("thread", "read_at")
    with op.batch_alter_table("agreed_goal") as batch:
        for name in ("metric", "metric_now"):
            batch.drop_constraint(op.f(f"ck_agreed_goal_{name}_length"), type_="check")
            batch.drop_column(name)
