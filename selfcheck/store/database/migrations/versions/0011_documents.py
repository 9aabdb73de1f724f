"""A piece of evidence has a name of its own, a kind, a day, and may belong to several questions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

COLUMNS = ("name", "kind", "dated", "also")


def upgrade() -> None:
    long_name = sa.CheckConstraint('length("name") <= 500', name=op.f("ck_evidence_name_length"))
    with op.batch_alter_table("evidence") as batch:
        batch.add_column(sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch.add_column(sa.Column("kind", sa.String(48), server_default=sa.text("''"), nullable=False))
        batch.add_column(sa.Column("dated", sa.Date(), nullable=True))
        batch.add_column(sa.Column("also", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch.create_check_constraint(op.f("ck_evidence_name_length"), long_name.sqltext)


def downgrade() -> None:
    with op.batch_alter_table("evidence") as batch:
        batch.drop_constraint(op.f("ck_evidence_name_length"), type_="check")
        for column in COLUMNS:
            batch.drop_column(column)
