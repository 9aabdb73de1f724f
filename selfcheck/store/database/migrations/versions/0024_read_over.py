"""A step that is about the result as it stands names the newest change of it; answers never sent leave the history."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

STEP = sa.table(
    "case_step",
    *(sa.column(name) for name in ("case_id", "kind", "change_id")),
    sa.column("at", sa.DateTime(timezone=True)),
)
CHANGE = sa.table(
    "case_change",
    *(sa.column(name) for name in ("id", "case_id", "part")),
    sa.column("at", sa.DateTime(timezone=True)),
)
MARKED = ("prepared", "read over")
NEVER_SENT = "reply draft"
RELEASED = ("judgement", "result", "goal")


def upgrade() -> None:
    with op.batch_alter_table("case_step") as batch:
        batch.add_column(sa.Column("change_id", sa.Integer(), nullable=True))
    before = (CHANGE.c.case_id == STEP.c.case_id, CHANGE.c.part.in_(RELEASED), CHANGE.c.at <= STEP.c.at)
    newest = sa.select(sa.func.coalesce(sa.func.max(CHANGE.c.id), 0)).where(*before).correlate(STEP)
    op.execute(sa.update(STEP).where(STEP.c.kind.in_(MARKED)).values(change_id=newest.scalar_subquery()))
    op.execute(sa.delete(CHANGE).where(CHANGE.c.part == NEVER_SENT))


def downgrade() -> None:
    with op.batch_alter_table("case_step") as batch:
        batch.drop_column("change_id")
