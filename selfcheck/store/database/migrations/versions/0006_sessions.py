"""Sessions of accounts are rows; secrets of second factors are kept so that no change to them passes unseen."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable

import sqlalchemy as sa
from alembic import context, op
from cryptography.fernet import Fernet, InvalidToken
from flask import current_app
from passlib.totp import TOTP

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ACCOUNT = sa.table("account", sa.column("id", sa.Integer()), sa.column("tf_totp_secret", sa.String()))


def upgrade() -> None:
    op.create_table(
        "account_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("browser", sa.String(80), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.CheckConstraint('length("browser") <= 80', name=op.f("ck_account_session_browser_length")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_session_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_session")),
        sa.UniqueConstraint("hash", name=op.f("uq_account_session_hash")),
    )
    op.create_index(op.f("ix_account_session_account_id"), "account_session", ["account_id"])
    _turn(_seal)


def downgrade() -> None:
    _turn(_open)
    op.drop_index(op.f("ix_account_session_account_id"), "account_session")
    op.drop_table("account_session")


def _turn(way: Callable[[str], str | None]) -> None:
    """Keeps every secret in another way; what was written with another key cannot be read either way, and stays."""
    if context.is_offline_mode():
        return
    connection = op.get_bind()
    stored = sa.select(ACCOUNT.c.id, ACCOUNT.c.tf_totp_secret).where(ACCOUNT.c.tf_totp_secret.is_not(None))
    for account_id, secret in connection.execute(stored).all():
        turned = way(secret)
        if turned is not None:
            connection.execute(sa.update(ACCOUNT).where(ACCOUNT.c.id == account_id).values(tf_totp_secret=turned))


def _seal(stored: str) -> str | None:
    try:
        return _fernet().encrypt(_wallet().from_source(stored).base32_key.encode()).decode()
    except (ValueError, TypeError, KeyError):
        return None


def _open(sealed: str) -> str | None:
    try:
        return str(_wallet()(key=_fernet().decrypt(sealed.encode()).decode()).to_json(encrypt=True))
    except InvalidToken:
        return None


def _derive(purpose: bytes) -> bytes:
    secret = current_app.config["SECRET_KEY"]
    return hashlib.sha256(purpose + (secret.encode() if isinstance(secret, str) else secret)).digest()


def _wallet() -> type[TOTP]:
    """What the secrets were written with before."""
    wallet: type[TOTP] = TOTP.using(issuer="Selbstcheck", secrets={"1": _derive(b"second factor\n").hex()})
    return wallet


def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derive(b"second factor, sealed\n")))
