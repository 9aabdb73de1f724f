"""How much was ever written into a self-check, so that one of them cannot fill the disk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("self_check") as table:
        table.add_column(sa.Column("written", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("self_check") as table:
        table.drop_column("written")
