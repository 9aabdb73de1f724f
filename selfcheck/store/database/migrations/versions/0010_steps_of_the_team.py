"""A step of the checklist knows the place of whoever does it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("step") as batch:
        batch.add_column(sa.Column("place_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_step_place_id"), "place", ["place_id"], ["id"], ondelete="SET NULL")
        batch.create_index(op.f("ix_step_place_id"), ["place_id"])


def downgrade() -> None:
    with op.batch_alter_table("step") as batch:
        batch.drop_index(op.f("ix_step_place_id"))
        batch.drop_constraint(op.f("fk_step_place_id"), type_="foreignkey")
        batch.drop_column("place_id")
