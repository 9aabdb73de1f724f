"""Stände are numbered, and a self-check keeps where its chamber is written to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SNAPSHOT = sa.table("snapshot", sa.column("id"), sa.column("check_id"), sa.column("number"))


def _text(name: str, limit: int) -> sa.Column[str]:
    kind = sa.String(limit)
    check = sa.CheckConstraint(f'length("{name}") <= {limit}', name=op.f(f"ck_self_check_{name}_length"))
    return sa.Column(name, kind, check, nullable=False, server_default="")


def upgrade() -> None:
    with op.batch_alter_table("self_check") as batch:
        batch.add_column(_text("chamber_mail", 200))
        batch.add_column(sa.Column("chamber_version", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(_text("chamber_by", 120))
        batch.add_column(sa.Column("chamber_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("snapshot", sa.Column("number", sa.Integer(), nullable=True))
    earlier = SNAPSHOT.alias()
    mine = (earlier.c.check_id == SNAPSHOT.c.check_id, earlier.c.id <= SNAPSHOT.c.id)
    count = sa.select(sa.func.count()).select_from(earlier).where(*mine).correlate(SNAPSHOT)
    op.execute(sa.update(SNAPSHOT).values(number=count.scalar_subquery()))
    with op.batch_alter_table("snapshot") as batch:
        batch.alter_column("number", existing_type=sa.Integer(), nullable=False)
        batch.create_unique_constraint(op.f("uq_snapshot_check_id_number"), ["check_id", "number"])


def downgrade() -> None:
    with op.batch_alter_table("snapshot") as batch:
        batch.drop_constraint(op.f("uq_snapshot_check_id_number"), type_="unique")
        batch.drop_column("number")
    with op.batch_alter_table("self_check") as batch:
        for name in ("chamber_mail", "chamber_by"):
            batch.drop_constraint(op.f(f"ck_self_check_{name}_length"), type_="check")
        for name in ("chamber_mail", "chamber_version", "chamber_by", "chamber_at"):
            batch.drop_column(name)
