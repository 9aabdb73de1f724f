"""The chamber's side: advisors and their chamber, cases of shared reports, threads, judgements, private notes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

AUDITS = ("first", "renewal")
STATES = ("received", "reviewing", "queries", "prepared", "released", "closed")
SENDERS = ("open", "confirmed", "refused")
BALLS = ("chamber", "town", "nobody")
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
VERDICTS = ("", "enough", "missing", "unclear", "to discuss")
THREADS = ("open", "answered", "done")
MESSAGES = ("question", "answer", "returned", "done")


def _create(table: str, *items: sa.schema.SchemaItem) -> None:
    op.create_table(table, sa.Column("id", sa.Integer(), primary_key=True), *items)


def _text(table: str, name: str, limit: int) -> sa.Column[str]:
    check = sa.CheckConstraint(f'length("{name}") <= {limit}', name=op.f(f"ck_{table}_{name}_length"))
    return sa.Column(name, sa.String(limit) if limit <= 200 else sa.Text(), check, nullable=False)


def _word(name: str, limit: int = 20) -> sa.Column[str]:
    return sa.Column(name, sa.String(limit), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _to(table: str, name: str, other: str, gone: str = "CASCADE") -> list[sa.schema.SchemaItem]:
    column = sa.Column(name, sa.Integer(), nullable=gone != "CASCADE")
    return [column, sa.ForeignKeyConstraint([name], [f"{other}.id"], name=op.f(f"fk_{table}_{name}"), ondelete=gone)]


def _known(table: str, name: str, allowed: tuple[str, ...]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in allowed)
    return sa.CheckConstraint(f"{name} IN ({listed})", name=op.f(f"ck_{table}_{name}_known"))


def _unique(table: str, *names: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*names, name=op.f(f"uq_{table}_{'_'.join(names)}"))


def _index(table: str, *names: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(names)}"), table, list(names))


def upgrade() -> None:
    with op.batch_alter_table("account") as batch:
        batch.add_column(sa.Column("chamber", sa.String(48), server_default=sa.text("''"), nullable=False))
    _create(
        "advisor_invitation",
        _text("advisor_invitation", "email", 254),
        _text("advisor_invitation", "name", 80),
        _word("chamber", 48),
        _word("hash", 64),
        _moment("at"),
        sa.Column("ends_on", sa.Date(), nullable=False),
        _moment("used_at", nullable=True),
        _moment("withdrawn_at", nullable=True),
        _unique("advisor_invitation", "hash"),
    )
    _create_cases()
    _create_parts()
    _create_threads()


def _create_cases() -> None:
    _create(
        "review_case",
        _word("public_id", 32),
        *_to("review_case", "check_id", "self_check"),
        _word("chamber", 48),
        _text("review_case", "municipality", 200),
        _text("review_case", "district", 20),
        _word("audit", 10),
        sa.Column("interview", sa.Date(), nullable=True),
        sa.Column("stand", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        _moment("shared_at"),
        _word("state"),
        sa.Column("papers_missing", sa.Boolean(), nullable=False),
        *_to("review_case", "advisor_id", "account", "SET NULL"),
        *_to("review_case", "sender_id", "account", "SET NULL"),
        _text("review_case", "sender_name", 80),
        _text("review_case", "sender_mail", 254),
        _word("sender"),
        _text("review_case", "sender_by", 120),
        _moment("sender_at", nullable=True),
        _word("waits_on"),
        _moment("waits_since"),
        _moment("created_at"),
        _moment("withdrawn_at", nullable=True),
        _known("review_case", "audit", AUDITS),
        _known("review_case", "state", STATES),
        _known("review_case", "sender", SENDERS),
        _known("review_case", "waits_on", BALLS),
        _unique("review_case", "public_id"),
        _unique("review_case", "check_id", "chamber"),
    )
    for columns in (("chamber", "state"), ("advisor_id",), ("sender_id",)):
        _index("review_case", *columns)
    _create(
        "case_stand",
        *_to("case_stand", "case_id", "review_case"),
        *_to("case_stand", "snapshot_id", "snapshot"),
        _moment("sent_at"),
        _text("case_stand", "sent_by", 120),
        _unique("case_stand", "case_id", "snapshot_id"),
    )
    _index("case_stand", "snapshot_id")
    _create(
        "case_step",
        *_to("case_step", "case_id", "review_case"),
        _word("kind"),
        *_to("case_step", "account_id", "account", "SET NULL"),
        _text("case_step", "by", 120),
        _text("case_step", "note", 1000),
        sa.Column("stand", sa.Integer(), nullable=True),
        _word("state_before"),
        _word("ball_before"),
        _moment("at"),
        _moment("undone_at", nullable=True),
        _text("case_step", "undone_by", 120),
        _known("case_step", "kind", STEPS),
    )
    _index("case_step", "account_id")
    _index("case_step", "case_id", "at")
    op.create_table(
        "case_reader",
        *_to("case_reader", "case_id", "review_case"),
        *_to("case_reader", "account_id", "account"),
        _text("case_reader", "by", 120),
        _moment("first_at"),
        _moment("last_at"),
        sa.Column("stand", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "account_id", name=op.f("pk_case_reader")),
    )
    _index("case_reader", "account_id")
    _create(
        "case_flag",
        *_to("case_flag", "case_id", "review_case"),
        *_to("case_flag", "account_id", "account"),
        _text("case_flag", "by", 120),
        _text("case_flag", "reason", 1000),
        _moment("at"),
        _moment("done_at", nullable=True),
    )
    _create(
        "case_reminder",
        *_to("case_reminder", "case_id", "review_case"),
        *_to("case_reminder", "account_id", "account"),
        sa.Column("due", sa.Date(), nullable=False),
        _text("case_reminder", "text", 200),
        _moment("at"),
        _moment("done_at", nullable=True),
    )
    for table in ("case_flag", "case_reminder"):
        _index(table, "case_id")
        _index(table, "account_id")


def _create_parts() -> None:
    _create(
        "judgement",
        *_to("judgement", "case_id", "review_case"),
        _word("question", 48),
        sa.Column("points", sa.String(20), nullable=True),
        _word("verdict"),
        _text("judgement", "reason", 1000),
        sa.Column("stand", sa.Integer(), nullable=False),
        sa.Column("difference", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("judgement", "by", 120),
        _moment("at"),
        _known("judgement", "verdict", VERDICTS),
        _unique("judgement", "case_id", "question"),
    )
    _create(
        "case_note",
        *_to("case_note", "case_id", "review_case"),
        _word("question", 48),
        _text("case_note", "text", 5000),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("case_note", "by", 120),
        _moment("at"),
        _unique("case_note", "case_id", "question"),
    )
    _create(
        "case_change",
        *_to("case_change", "case_id", "review_case"),
        _word("part"),
        _word("subject", 48),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        _text("case_change", "by", 120),
        *_to("case_change", "account_id", "account", "SET NULL"),
        _moment("at"),
    )
    _index("case_change", "account_id")
    _index("case_change", "case_id", "part", "subject")
    _create(
        "text_block",
        _word("chamber", 48),
        sa.Column("account_id", sa.Integer(), nullable=True),
        _text("text_block", "title", 200),
        _text("text_block", "text", 2000),
        _text("text_block", "by", 120),
        sa.Column("version", sa.Integer(), nullable=False),
        _moment("at"),
        _moment("removed_at", nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_text_block_account_id"), ondelete="CASCADE"
        ),
    )
    _index("text_block", "account_id")
    _index("text_block", "chamber")


def _create_threads() -> None:
    _create(
        "thread",
        *_to("thread", "case_id", "review_case"),
        _word("question", 48),
        _word("state"),
        _moment("at"),
        _known("thread", "state", THREADS),
    )
    _index("thread", "case_id", "question")
    _create(
        "thread_message",
        *_to("thread_message", "thread_id", "thread"),
        _word("kind"),
        _text("thread_message", "text", 2000),
        _text("thread_message", "by", 120),
        *_to("thread_message", "account_id", "account", "SET NULL"),
        *_to("thread_message", "grant_id", "grant", "SET NULL"),
        _moment("at"),
        sa.Column("creation_hash", sa.String(64), nullable=True),
        _known("thread_message", "kind", MESSAGES),
        _unique("thread_message", "creation_hash"),
    )
    for name in ("thread_id", "account_id", "grant_id"):
        _index("thread_message", name)


def downgrade() -> None:
    for table in (
        "thread_message",
        "thread",
        "text_block",
        "case_change",
        "case_note",
        "judgement",
        "case_reminder",
        "case_flag",
        "case_reader",
        "case_step",
        "case_stand",
        "review_case",
        "advisor_invitation",
    ):
        op.drop_table(table)
    with op.batch_alter_table("account") as batch:
        batch.drop_column("chamber")
