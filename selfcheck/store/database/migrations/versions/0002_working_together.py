"""Working together: accounts, mails, places with a scope, comments, named states, redactions, reminders."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
LONGEST_LINE = 200


def _length(table: str, name: str, limit: int) -> sa.CheckConstraint:
    return sa.CheckConstraint(f'length("{name}") <= {limit}', name=op.f(f"ck_{table}_{name}_length"))


def _text(table: str, name: str, limit: int, default: str | None = None) -> sa.Column[str]:
    kind = sa.String(limit) if limit <= LONGEST_LINE else sa.Text()
    return sa.Column(name, kind, _length(table, name, limit), nullable=False, server_default=default)


def upgrade() -> None:
    _add_accounts()
    _widen_links()
    _widen_grants()
    with op.batch_alter_table("evidence") as batch:
        batch.add_column(sa.Column("link_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_evidence_link_id"), "link", ["link_id"], ["id"], ondelete="SET NULL")
        batch.create_index(op.f("ix_evidence_link_id"), ["link_id"])
    with op.batch_alter_table("change") as batch:
        batch.add_column(sa.Column("decided", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("snapshot") as batch:
        batch.add_column(sa.Column("redacted_sha256", sa.String(64), nullable=True))
        batch.add_column(sa.Column("redacted_at", MOMENT, nullable=True))
        batch.add_column(_text("snapshot", "redacted_by", 120, ""))
    _add_team()


def _add_accounts() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.CheckConstraint("length(email) <= 254", name=op.f("ck_account_email_length")),
        _text("account", "name", 80),
        sa.Column("position", sa.String(20), nullable=False),
        sa.Column("password", sa.String(255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(64), nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("tf_primary_method", sa.String(64), nullable=True),
        sa.Column("tf_totp_secret", sa.String(255), nullable=True),
        sa.Column("tf_counter", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("mf_recovery_codes", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_seen_at", MOMENT, nullable=False),
        sa.Column("deleted_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_account_fs_uniquifier")),
        sa.CheckConstraint("position IN ('member', 'advisor', 'operator')", name=op.f("ck_account_position_known")),
    )
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("recipient", sa.String(64), nullable=False),
        _text("mail", "address", 254),
        _text("mail", "subject", 200),
        _text("mail", "body", 5000),
        _text("mail", "stop", 2000),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_mail_account_id"), ondelete="SET NULL"),
    )
    op.create_index(op.f("ix_mail_account_id"), "mail", ["account_id"])
    op.create_index(op.f("ix_mail_sent_at_next_at"), "mail", ["sent_at", "next_at"])


def _widen_links() -> None:
    with op.batch_alter_table("link") as batch:
        batch.drop_constraint(op.f("ck_link_role_known"), type_="check")
        batch.create_check_constraint(
            op.f("ck_link_role_known"), "role IN ('coordinator', 'colleague', 'office', 'reader')"
        )
        batch.add_column(sa.Column("public_id", sa.String(32), nullable=True))
        batch.add_column(_text("link", "mail", 254, ""))
        batch.add_column(sa.Column("due_on", sa.Date(), nullable=True))
        batch.add_column(_text("link", "message", 2000, ""))
        batch.add_column(sa.Column("message_version", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(_text("link", "message_by", 120, ""))
        batch.add_column(sa.Column("message_at", MOMENT, nullable=True))
        batch.add_column(sa.Column("message_read_at", MOMENT, nullable=True))
        batch.add_column(sa.Column("reminders", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch.add_column(sa.Column("returned_at", MOMENT, nullable=True))
        batch.add_column(sa.Column("creation_hash", sa.String(64), nullable=True))
        batch.create_unique_constraint(op.f("uq_link_public_id"), ["public_id"])
        batch.create_unique_constraint(op.f("uq_link_creation_hash"), ["creation_hash"])


def _widen_grants() -> None:
    with op.batch_alter_table("grant") as batch:
        batch.alter_column("hash", existing_type=sa.String(64), nullable=True)
        batch.add_column(sa.Column("account_id", sa.Integer(), nullable=True))
        batch.add_column(_text("grant", "name", 80, ""))
        batch.add_column(sa.Column("seen_change", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("reminders", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch.create_foreign_key(op.f("fk_grant_account_id"), "account", ["account_id"], ["id"], ondelete="SET NULL")
        batch.create_unique_constraint(op.f("uq_grant_link_id_account_id"), ["link_id", "account_id"])
        batch.create_check_constraint(op.f("ck_grant_one_holder"), "hash IS NULL OR account_id IS NULL")
        batch.create_index(op.f("ix_grant_account_id"), ["account_id"])


def _reference(table: str, column: str, ondelete: str) -> sa.ForeignKeyConstraint:
    target = column.removesuffix("_id").replace("check", "self_check")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def _add_team() -> None:
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(48), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("declined_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        _reference("assignment", "check_id", "CASCADE"),
        _reference("assignment", "link_id", "CASCADE"),
        sa.UniqueConstraint("link_id", "question", name=op.f("uq_assignment_link_id_question")),
    )
    op.create_index(op.f("ix_assignment_check_id"), "assignment", ["check_id"])
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(48), nullable=False),
        _text("comment", "text", 2000),
        _text("comment", "by", 120),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        _text("comment", "resolved_by", 120),
        sa.Column("resolved_at", MOMENT, nullable=True),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.Column("creation_hash", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        _reference("comment", "check_id", "CASCADE"),
        _reference("comment", "grant_id", "SET NULL"),
        sa.UniqueConstraint("creation_hash", name=op.f("uq_comment_creation_hash")),
    )
    op.create_index(op.f("ix_comment_check_id_question"), "comment", ["check_id", "question"])
    op.create_index(op.f("ix_comment_grant_id"), "comment", ["grant_id"])
    op.create_table(
        "named_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        _text("named_state", "name", 120),
        sa.Column("change_id", sa.Integer(), nullable=False),
        _text("named_state", "by", 120),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("creation_hash", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_named_state")),
        _reference("named_state", "check_id", "CASCADE"),
        _reference("named_state", "grant_id", "SET NULL"),
        sa.UniqueConstraint("creation_hash", name=op.f("uq_named_state_creation_hash")),
    )
    op.create_index(op.f("ix_named_state_check_id"), "named_state", ["check_id"])
    op.create_index(op.f("ix_named_state_grant_id"), "named_state", ["grant_id"])
    op.create_table(
        "redaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(120), nullable=False),
        _text("redaction", "reason", 200),
        _text("redaction", "by", 120),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redaction")),
        _reference("redaction", "check_id", "CASCADE"),
        _reference("redaction", "grant_id", "SET NULL"),
    )
    op.create_index(op.f("ix_redaction_check_id"), "redaction", ["check_id"])
    op.create_index(op.f("ix_redaction_grant_id"), "redaction", ["grant_id"])
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("person", "day", name=op.f("uq_reminder_person_day")),
    )


def downgrade() -> None:
    for table in ("reminder", "redaction", "named_state", "comment", "assignment"):
        op.drop_table(table)
    with op.batch_alter_table("snapshot") as batch:
        batch.drop_constraint(op.f("ck_snapshot_redacted_by_length"), type_="check")
        for column in ("redacted_sha256", "redacted_at", "redacted_by"):
            batch.drop_column(column)
    with op.batch_alter_table("change") as batch:
        batch.drop_column("decided")
    with op.batch_alter_table("evidence") as batch:
        batch.drop_index(op.f("ix_evidence_link_id"))
        batch.drop_constraint(op.f("fk_evidence_link_id"), type_="foreignkey")
        batch.drop_column("link_id")
    op.execute('DELETE FROM "grant" WHERE hash IS NULL')
    with op.batch_alter_table("grant") as batch:
        batch.drop_index(op.f("ix_grant_account_id"))
        batch.drop_constraint(op.f("uq_grant_link_id_account_id"), type_="unique")
        batch.drop_constraint(op.f("fk_grant_account_id"), type_="foreignkey")
        for check in ("one_holder", "name_length"):
            batch.drop_constraint(op.f(f"ck_grant_{check}"), type_="check")
        for column in ("account_id", "name", "seen_change", "reminders"):
            batch.drop_column(column)
        batch.alter_column("hash", existing_type=sa.String(64), nullable=False)
    _narrow_links()
    op.drop_table("mail")
    op.drop_table("account")


def _narrow_links() -> None:
    op.execute("DELETE FROM link WHERE role IN ('colleague', 'office')")
    with op.batch_alter_table("link") as batch:
        batch.drop_constraint(op.f("uq_link_public_id"), type_="unique")
        batch.drop_constraint(op.f("uq_link_creation_hash"), type_="unique")
        batch.drop_constraint(op.f("ck_link_role_known"), type_="check")
        batch.create_check_constraint(op.f("ck_link_role_known"), "role IN ('coordinator', 'reader')")
        for check in ("mail_length", "message_length", "message_by_length"):
            batch.drop_constraint(op.f(f"ck_link_{check}"), type_="check")
        for column in (
            "public_id",
            "mail",
            "due_on",
            "message",
            "message_version",
            "message_by",
            "message_at",
            "message_read_at",
            "reminders",
            "returned_at",
            "creation_hash",
        ):
            batch.drop_column(column)
