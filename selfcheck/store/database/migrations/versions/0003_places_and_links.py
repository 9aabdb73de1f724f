"""A place in a self-check is called `place`, the way to it `link`; the municipality's rank is its `centrality`."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

Pair = tuple[str, str]

# In this order: a name has to be free before another takes it.
TABLES: list[Pair] = [("link", "place"), ("link_token", "link")]
SEQUENCES: list[Pair] = [("link_id_seq", "place_id_seq"), ("link_token_id_seq", "link_id_seq")]
COLUMNS: list[tuple[str, Pair]] = [
    ("link", ("link_id", "place_id")),
    ("grant", ("link_id", "place_id")),
    ("grant", ("token_id", "link_id")),
    ("assignment", ("link_id", "place_id")),
    ("evidence", ("link_id", "place_id")),
    ("share", ("link_id", "place_id")),
    ("self_check", ("place", "centrality")),
]
CONSTRAINTS: dict[str, list[Pair]] = {
    "place": [
        ("pk_link", "pk_place"),
        ("fk_link_check_id", "fk_place_check_id"),
        ("uq_link_public_id", "uq_place_public_id"),
        ("uq_link_creation_hash", "uq_place_creation_hash"),
        ("ck_link_role_known", "ck_place_role_known"),
        ("ck_link_label_length", "ck_place_label_length"),
        ("ck_link_mail_length", "ck_place_mail_length"),
        ("ck_link_message_length", "ck_place_message_length"),
        ("ck_link_message_by_length", "ck_place_message_by_length"),
    ],
    "link": [
        ("pk_link_token", "pk_link"),
        ("fk_link_token_link_id", "fk_link_place_id"),
        ("uq_link_token_hash", "uq_link_hash"),
    ],
    "grant": [
        ("fk_grant_link_id", "fk_grant_place_id"),
        ("fk_grant_token_id", "fk_grant_link_id"),
        ("uq_grant_link_id_account_id", "uq_grant_place_id_account_id"),
    ],
    "assignment": [
        ("fk_assignment_link_id", "fk_assignment_place_id"),
        ("uq_assignment_link_id_question", "uq_assignment_place_id_question"),
    ],
    "evidence": [("fk_evidence_link_id", "fk_evidence_place_id")],
    "share": [("fk_share_link_id", "fk_share_place_id"), ("uq_share_link_id", "uq_share_place_id")],
    "self_check": [("ck_self_check_place_known", "ck_self_check_centrality_known")],
}
INDEXES: list[Pair] = [
    ("ix_link_check_id", "ix_place_check_id"),
    ("ix_link_token_link_id", "ix_link_place_id"),
    ("ix_grant_link_id", "ix_grant_place_id"),
    ("ix_grant_token_id", "ix_grant_link_id"),
    ("ix_evidence_link_id", "ix_evidence_place_id"),
]


def upgrade() -> None:
    for old, new in TABLES:
        op.rename_table(old, new)
    for table, (old, new) in COLUMNS:
        _rename_column(table, old, new)
    for table, names in CONSTRAINTS.items():
        _rename_constraints(table, names, INDEXES)
    _rename("INDEX", INDEXES)
    _rename("SEQUENCE", SEQUENCES)


def downgrade() -> None:
    _rename("SEQUENCE", _turned(SEQUENCES))
    _rename("INDEX", _turned(INDEXES))
    for table, names in reversed(CONSTRAINTS.items()):
        _rename_constraints(table, _turned(names), _turned(INDEXES))
    for table, (old, new) in reversed(COLUMNS):
        _rename_column(table, new, old)
    for old, new in reversed(TABLES):
        op.rename_table(new, old)


def _turned(pairs: list[Pair]) -> list[Pair]:
    return [(new, old) for old, new in reversed(pairs)]


def _rename_column(table: str, old: str, new: str) -> None:
    op.execute(f'ALTER TABLE "{table}" RENAME COLUMN "{old}" TO "{new}"')


def _on_sqlite() -> bool:
    return op.get_context().dialect.name == "sqlite"


def _rename(kind: str, pairs: list[Pair]) -> None:
    """SQLite has no sequences, and gives indexes their new names where it makes tables anew."""
    for old, new in pairs if not _on_sqlite() else ():
        op.execute(f'ALTER {kind} "{old}" RENAME TO "{new}"')


def _rename_constraints(table: str, constraints: list[Pair], indexes: list[Pair]) -> None:
    if _on_sqlite():
        _make_anew(table, constraints, indexes)
    else:
        for old, new in constraints:
            op.execute(f'ALTER TABLE "{table}" RENAME CONSTRAINT "{old}" TO "{new}"')


def _make_anew(table: str, constraints: list[Pair], indexes: list[Pair]) -> None:
    """SQLite cannot rename a constraint: the same table is made once more, with other names, and takes all rows."""
    stored = sa.text("SELECT sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL ORDER BY type DESC")
    made, *indexed = op.get_bind().execute(stored, {"table": table}).scalars()
    columns = made.partition("(")[2]
    op.execute(f"CREATE TABLE made_anew ({_with_names(columns, constraints)}")
    names = [column["name"] for column in sa.inspect(op.get_bind()).get_columns(table)]
    old, new = (sa.table(name, *map(sa.column, names)) for name in (table, "made_anew"))
    op.execute(sa.insert(new).from_select(names, sa.select(old)))
    op.drop_table(table)
    op.rename_table("made_anew", table)
    for statement in indexed:
        op.execute(_with_names(statement, indexes))


def _with_names(statement: str, pairs: list[Pair]) -> str:
    for old, new in pairs:
        statement = re.sub(rf"\b{old}\b", new, statement)
    return statement
