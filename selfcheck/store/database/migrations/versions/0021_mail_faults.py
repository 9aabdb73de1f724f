"""Why a mail did not go out the last time, and since when nobody will ever take it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("mail") as batch:
        batch.add_column(sa.Column("fault", sa.String(20), server_default=sa.text("''"), nullable=False))
        batch.add_column(sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("mail") as batch:
        batch.drop_column("refused_at")
        batch.drop_column("fault")
