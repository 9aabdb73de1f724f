"""Handing a case over says to whom and can be taken back; the largest difference of a case is found at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("case_step") as batch:
        batch.add_column(sa.Column("recipient", sa.String(120), server_default=sa.text("''"), nullable=False))
        batch.create_check_constraint(op.f("ck_case_step_recipient_length"), 'length("recipient") <= 120')
        batch.add_column(sa.Column("advisor_before_id", sa.Integer(), nullable=True))
        named = op.f("fk_case_step_advisor_before_id")
        batch.create_foreign_key(named, "account", ["advisor_before_id"], ["id"], ondelete="SET NULL")
        batch.create_index(op.f("ix_case_step_advisor_before_id"), ["advisor_before_id"])
    op.create_index("ix_judgement_case_id_difference", "judgement", ["case_id", "difference"])


def downgrade() -> None:
    op.drop_index("ix_judgement_case_id_difference", "judgement")
    with op.batch_alter_table("case_step") as batch:
        batch.drop_index(op.f("ix_case_step_advisor_before_id"))
        batch.drop_constraint(op.f("fk_case_step_advisor_before_id"), type_="foreignkey")
        batch.drop_column("advisor_before_id")
        batch.drop_constraint(op.f("ck_case_step_recipient_length"), type_="check")
        batch.drop_column("recipient")
