"""The result of an audit, agreed goals, what was released of a case, and how a chamber works."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

STEPS = (
    "shared",
    "withdrawn",
    "confirmed",
    "refused",
    "taken",
    "handed over",
    "asked",
    "answered",
    "papers missing",
    "papers complete",
    "closed",
    "reopened",
)
RESULT_STEPS = ("prepared", "read over", "released", "recommended", "replied", "recorded")


def _text(table: str, name: str, limit: int) -> sa.Column[str]:
    check = sa.CheckConstraint(f'length("{name}") <= {limit}', name=op.f(f"ck_{table}_{name}_length"))
    return sa.Column(name, sa.String(limit) if limit <= 200 else sa.Text(), check, nullable=False)


def _case(table: str) -> list[sa.schema.SchemaItem]:
    key = sa.ForeignKeyConstraint(["case_id"], ["review_case.id"], name=op.f(f"fk_{table}_case_id"), ondelete="CASCADE")
    return [sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False), key]


def _changed(table: str, *, nullable: bool = False) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("version", sa.Integer(), nullable=False),
        _text(table, "by", 120),
        sa.Column("at", sa.DateTime(timezone=True), nullable=nullable),
    ]


def _allow_steps(*known: str) -> None:
    listed = ", ".join(f"'{value}'" for value in known)
    with op.batch_alter_table("case_step") as batch:
        batch.drop_constraint(op.f("ck_case_step_kind_known"), type_="check")
        batch.create_check_constraint(op.f("ck_case_step_kind_known"), f"kind IN ({listed})")


def upgrade() -> None:
    op.create_table(
        "case_result",
        *_case("case_result"),
        sa.Column("points", sa.JSON(), nullable=False),
        sa.Column("certified", sa.String(20), nullable=False),
        sa.Column("awarded", sa.Date(), nullable=True),
        _text("case_result", "next_steps", 2000),
        *_changed("case_result"),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_result")),
        sa.CheckConstraint("certified IN ('', 'yes', 'no')", name=op.f("ck_case_result_certified_known")),
    )
    op.create_table(
        "agreed_goal",
        sa.Column("id", sa.Integer(), primary_key=True),
        *_case("agreed_goal"),
        sa.Column("number", sa.Integer(), nullable=False),
        _text("agreed_goal", "title", 500),
        sa.Column("criterion", sa.String(48), nullable=False),
        _text("agreed_goal", "measure", 2000),
        _text("agreed_goal", "target", 200),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("creation_hash", sa.String(64), nullable=True),
        *_changed("agreed_goal"),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_agreed_goal_case_id_number")),
        sa.UniqueConstraint("creation_hash", name=op.f("uq_agreed_goal_creation_hash")),
    )
    op.create_table(
        "case_release",
        sa.Column("id", sa.Integer(), primary_key=True),
        *_case("case_release"),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        _text("case_release", "by", 120),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index(op.f("ix_case_release_case_id_at"), "case_release", ["case_id", "at"])
    op.create_table(
        "chamber_setting",
        sa.Column("chamber", sa.String(48), nullable=False),
        sa.Column("second_reader", sa.Boolean(), nullable=False),
        *_changed("chamber_setting"),
        sa.PrimaryKeyConstraint("chamber", name=op.f("pk_chamber_setting")),
    )
    with op.batch_alter_table("review_case") as batch:
        batch.add_column(sa.Column("next_audit", sa.Date(), nullable=True))
    _allow_steps(*STEPS, *RESULT_STEPS)


def downgrade() -> None:
    steps = sa.table("case_step", sa.column("kind", sa.String))
    op.execute(sa.delete(steps).where(steps.c.kind.in_(RESULT_STEPS)))
    _allow_steps(*STEPS)
    with op.batch_alter_table("review_case") as batch:
        batch.drop_column("next_audit")
    for table in ("chamber_setting", "case_release", "agreed_goal", "case_result"):
        op.drop_table(table)
