"""Every visit asks which good examples are shown: the index answers that without their texts."""

from __future__ import annotations

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_good_example_state_question", "good_example")
    op.create_index("ix_good_example_shown", "good_example", ["state", "case_id", "public_id"])


def downgrade() -> None:
    op.drop_index("ix_good_example_shown", "good_example")
    op.create_index("ix_good_example_state_question", "good_example", ["state", "question"])
