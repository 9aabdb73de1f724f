"""What becomes of agreed goals is said once a year; a goal of last time says what became of it and where."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


ADDED = {"location": 200, "outcome": 2000}


def _kind(limit: int) -> sa.String:
    return sa.String(limit) if limit <= 200 else sa.Text()


def _text(name: str, limit: int) -> sa.Column[str]:
    check = sa.CheckConstraint(f'length("{name}") <= {limit}', name=op.f(f"ck_interim_{name}_length"))
    return sa.Column(name, _kind(limit), check, nullable=False)


def upgrade() -> None:
    op.create_table(
        "interim",
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("goal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reached", sa.String(48), nullable=False),
        _text("said", 1000),
        _text("document", 500),
        _text("location", 200),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("by", 120),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("check_id", "year", "goal", name=op.f("pk_interim")),
        sa.CheckConstraint(
            "reached IN ('', 'reached', 'under_way', 'given_up')", name=op.f("ck_interim_reached_known")
        ),
        sa.CheckConstraint("year > 0 AND goal > 0", name=op.f("ck_interim_counted_from_one")),
        sa.ForeignKeyConstraint(["check_id"], ["self_check.id"], name=op.f("fk_interim_check_id"), ondelete="CASCADE"),
    )
    with op.batch_alter_table("past_goal") as batch:
        for name, limit in ADDED.items():
            batch.add_column(sa.Column(name, _kind(limit), server_default=sa.text("''"), nullable=False))
            batch.create_check_constraint(op.f(f"ck_past_goal_{name}_length"), f'length("{name}") <= {limit}')
    with op.batch_alter_table("grant") as batch:
        batch.add_column(sa.Column("asked_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("grant") as batch:
        batch.drop_column("asked_on")
    with op.batch_alter_table("past_goal") as batch:
        for name in ADDED:
            batch.drop_constraint(op.f(f"ck_past_goal_{name}_length"), type_="check")
            batch.drop_column(name)
    op.drop_table("interim")
