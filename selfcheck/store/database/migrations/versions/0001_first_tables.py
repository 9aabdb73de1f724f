"""The first tables: self-checks with answers, evidence, history, checklist, lists, links and shares."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
LONGEST_LINE = 200
PLACES = (
    "place IN ('oberzentrum', 'mittelzentrum', 'unterzentrum', 'kleinzentrum', 'grundzentrum', "
    "'verwaltungsgemeinschaft', 'keine', 'unknown')"
)


def _text(table: str, name: str, limit: int) -> sa.Column[str]:
    kind = sa.String(limit) if limit <= LONGEST_LINE else sa.Text()
    check = sa.CheckConstraint(f'length("{name}") <= {limit}', name=op.f(f"ck_{table}_{name}_length"))
    return sa.Column(name, kind, check, nullable=False)


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_at"), "attempt", ["at"])
    op.create_index(op.f("ix_attempt_kind_key_at"), "attempt", ["kind", "key", "at"])
    op.create_table(
        "self_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(32), nullable=False),
        sa.Column("creation_hash", sa.String(64), nullable=True),
        sa.Column("questionnaire_id", sa.String(48), nullable=False),
        sa.Column("questionnaire_version", sa.String(48), nullable=False),
        _text("self_check", "municipality", 200),
        _text("self_check", "district", 20),
        sa.Column("land", sa.String(10), nullable=False),
        sa.Column("place", sa.String(30), nullable=False),
        sa.Column("audit", sa.String(10), nullable=False),
        sa.Column("interview", sa.Date(), nullable=True),
        _text("self_check", "contact_name", 200),
        _text("self_check", "contact_office", 200),
        _text("self_check", "contact_phone", 200),
        _text("self_check", "contact_mail", 200),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("self_check", "by", 120),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("deleted_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_check")),
        sa.UniqueConstraint("creation_hash", name=op.f("uq_self_check_creation_hash")),
        sa.UniqueConstraint("public_id", name=op.f("uq_self_check_public_id")),
        sa.CheckConstraint("audit IN ('first', 'renewal')", name=op.f("ck_self_check_audit_known")),
        sa.CheckConstraint("land IN ('HE', 'RP', 'BY', 'unknown')", name=op.f("ck_self_check_land_known")),
        sa.CheckConstraint(PLACES, name=op.f("ck_self_check_place_known")),
    )
    op.create_index(op.f("ix_self_check_deleted_at"), "self_check", ["deleted_at"])
    op.create_table(
        "answer",
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(48), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        _text("answer", "reason", 1000),
        sa.Column("choice_version", sa.Integer(), nullable=False),
        _text("answer", "choice_by", 120),
        sa.Column("choice_at", MOMENT, nullable=True),
        _text("answer", "note", 5000),
        sa.Column("note_version", sa.Integer(), nullable=False),
        _text("answer", "note_by", 120),
        sa.Column("note_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("check_id", "question", name=op.f("pk_answer")),
        sa.ForeignKeyConstraint(["check_id"], ["self_check.id"], name=op.f("fk_answer_check_id"), ondelete="CASCADE"),
        sa.CheckConstraint(
            "(state = 'not_applicable') = (reason <> '')", name=op.f("ck_answer_reason_when_not_applicable")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'unclear', 'given', 'not_applicable')", name=op.f("ck_answer_state_known")
        ),
        sa.CheckConstraint("(state = 'given') = (value IS NOT NULL)", name=op.f("ck_answer_value_when_given")),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("question", sa.String(48), nullable=False),
        sa.Column("usual", sa.Boolean(), nullable=False),
        _text("evidence", "title", 500),
        sa.Column("available", sa.Boolean(), nullable=False),
        _text("evidence", "link", 2000),
        _text("evidence", "file_number", 200),
        _text("evidence", "page", 200),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        _text("evidence", "by", 120),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.ForeignKeyConstraint(["check_id"], ["self_check.id"], name=op.f("fk_evidence_check_id"), ondelete="CASCADE"),
        sa.UniqueConstraint("check_id", "key", name=op.f("uq_evidence_check_id_key")),
    )
    op.create_table(
        "goal",
        sa.Column("criterion", sa.String(48), nullable=False),
        _text("goal", "start", 2000),
        _text("goal", "measure", 2000),
        _text("goal", "metric", 500),
        _text("goal", "metric_now", 200),
        _text("goal", "metric_target", 200),
        sa.Column("due", sa.Date(), nullable=True),
        _text("goal", "person", 120),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        _text("goal", "title", 500),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        _text("goal", "by", 120),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        sa.ForeignKeyConstraint(["check_id"], ["self_check.id"], name=op.f("fk_goal_check_id"), ondelete="CASCADE"),
        sa.UniqueConstraint("check_id", "key", name=op.f("uq_goal_check_id_key")),
        sa.UniqueConstraint("check_id", "number", name=op.f("uq_goal_check_id_number")),
    )
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        _text("link", "label", 120),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.ForeignKeyConstraint(["check_id"], ["self_check.id"], name=op.f("fk_link_check_id"), ondelete="CASCADE"),
        sa.CheckConstraint("role IN ('coordinator', 'reader')", name=op.f("ck_link_role_known")),
    )
    op.create_index(op.f("ix_link_check_id"), "link", ["check_id"])
    op.create_table(
        "past_goal",
        sa.Column("achieved", sa.Boolean(), nullable=False),
        sa.Column("documented", sa.Boolean(), nullable=False),
        _text("past_goal", "evidence", 2000),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        _text("past_goal", "title", 500),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        _text("past_goal", "by", 120),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_goal")),
        sa.ForeignKeyConstraint(
            ["check_id"], ["self_check.id"], name=op.f("fk_past_goal_check_id"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint("check_id", "key", name=op.f("uq_past_goal_check_id_key")),
        sa.UniqueConstraint("check_id", "number", name=op.f("uq_past_goal_check_id_number")),
    )
    op.create_table(
        "project",
        _text("project", "description", 2000),
        _text("project", "effect", 2000),
        sa.Column("documented", sa.Boolean(), nullable=False),
        _text("project", "evidence", 2000),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        _text("project", "title", 500),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        _text("project", "by", 120),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.ForeignKeyConstraint(["check_id"], ["self_check.id"], name=op.f("fk_project_check_id"), ondelete="CASCADE"),
        sa.UniqueConstraint("check_id", "key", name=op.f("uq_project_check_id_key")),
        sa.UniqueConstraint("check_id", "number", name=op.f("uq_project_check_id_number")),
    )
    op.create_table(
        "snapshot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
        sa.ForeignKeyConstraint(["check_id"], ["self_check.id"], name=op.f("fk_snapshot_check_id"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_snapshot_check_id"), "snapshot", ["check_id"])
    op.create_table(
        "step",
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("first_seen", sa.Date(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        _text("step", "person", 120),
        _text("step", "note", 2000),
        _text("step", "title", 500),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("group", sa.String(48), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("step", "by", 120),
        sa.Column("at", MOMENT, nullable=True),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("check_id", "key", name=op.f("pk_step")),
        sa.ForeignKeyConstraint(["check_id"], ["self_check.id"], name=op.f("fk_step_check_id"), ondelete="CASCADE"),
    )
    op.create_table(
        "link_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("last_used_at", MOMENT, nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_token")),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], name=op.f("fk_link_token_link_id"), ondelete="CASCADE"),
        sa.UniqueConstraint("hash", name=op.f("uq_link_token_hash")),
    )
    op.create_index(op.f("ix_link_token_link_id"), "link_token", ["link_id"])
    op.create_table(
        "share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(32), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("creation_hash", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share")),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], name=op.f("fk_share_link_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_share_snapshot_id"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint("creation_hash", name=op.f("uq_share_creation_hash")),
        sa.UniqueConstraint("link_id", name=op.f("uq_share_link_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_share_public_id")),
    )
    op.create_index(op.f("ix_share_snapshot_id"), "share", ["snapshot_id"])
    op.create_table(
        "grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("token_id", sa.Integer(), nullable=True),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_seen_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant")),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], name=op.f("fk_grant_link_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["token_id"], ["link_token.id"], name=op.f("fk_grant_token_id"), ondelete="CASCADE"),
        sa.UniqueConstraint("hash", name=op.f("uq_grant_hash")),
    )
    op.create_index(op.f("ix_grant_link_id"), "grant", ["link_id"])
    op.create_index(op.f("ix_grant_token_id"), "grant", ["token_id"])
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(120), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        _text("change", "by", 120),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sa.ForeignKeyConstraint(["check_id"], ["self_check.id"], name=op.f("fk_change_check_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_change_grant_id"), ondelete="SET NULL"),
    )
    op.create_index(op.f("ix_change_check_id_id"), "change", ["check_id", "id"])
    op.create_index(op.f("ix_change_grant_id"), "change", ["grant_id"])
    op.create_table(
        "share_read",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("share_id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_read")),
        sa.ForeignKeyConstraint(["grant_id"], ["grant.id"], name=op.f("fk_share_read_grant_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["share_id"], ["share.id"], name=op.f("fk_share_read_share_id"), ondelete="CASCADE"),
    )
    op.create_index(op.f("ix_share_read_grant_id"), "share_read", ["grant_id"])
    op.create_index(op.f("ix_share_read_share_id_at"), "share_read", ["share_id", "at"])


def downgrade() -> None:
    for table in (
        "share_read",
        "change",
        "grant",
        "share",
        "link_token",
        "step",
        "snapshot",
        "project",
        "past_goal",
        "link",
        "goal",
        "evidence",
        "answer",
        "self_check",
        "attempt",
    ):
        op.drop_table(table)
