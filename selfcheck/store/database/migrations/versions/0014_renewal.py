"""An answer that was taken over waits for somebody to confirm it; the day of the award has a place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("answer") as batch:
        batch.add_column(sa.Column("unconfirmed", sa.String(48), server_default=sa.text("''"), nullable=False))
    with op.batch_alter_table("self_check") as batch:
        batch.add_column(sa.Column("awarded", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("self_check") as batch:
        batch.drop_column("awarded")
    with op.batch_alter_table("answer") as batch:
        batch.drop_column("unconfirmed")
