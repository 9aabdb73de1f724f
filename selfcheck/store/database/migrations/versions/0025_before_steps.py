"""A step knows since when a case waited before it, and what the chamber thought of the sender."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("case_step") as batch:
        batch.add_column(sa.Column("waits_since_before", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("sender_before", sa.String(20), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("case_step") as batch:
        batch.drop_column("sender_before")
        batch.drop_column("waits_since_before")
